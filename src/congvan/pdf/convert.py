"""One Word document as PDF, by the same way as a thousand: a bundle of one, converted and cut."""

from __future__ import annotations

from congvan.pdf.engine import Bundle, Engine, engine
from congvan.pdf.metadata import PdfMetadata
from congvan.pdf.split.bundle_splitter import LetterPdf, split_bundle
from congvan.word.intake.admission import admit


def convert_one(docx: bytes, by: Engine, metadata: PdfMetadata | None = None) -> LetterPdf:
    """``docx`` as PDF by an engine that is already open; the same bytes as the letter cut from a bundle.

    Raises:
        EngineError: when the engine fails, or would not draw the letter as Word does.
    """
    converted = by.convert(Bundle(docx))
    return split_bundle(converted, [metadata or PdfMetadata(title="")])[0]


def to_pdf(docx: bytes, engine_name: str | None = None, metadata: PdfMetadata | None = None) -> bytes:
    """``docx``, which may come from anywhere, as PDF; see :func:`congvan.pdf.engine.engine` for the engines.

    What reaches outside the document is left out (:mod:`congvan.word.intake.admission`).

    Raises:
        TemplateError: when the document is not let in.
        UnreadableFileError: when it is no .docx.
        EngineError: as :func:`convert_one`, and when there is no such engine.
    """
    return convert_one(admit(docx, "docx").docx, engine(engine_name), metadata).pdf
