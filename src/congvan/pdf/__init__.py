"""Word to PDF, and PDF to facts.

An engine (:func:`engine`) converts a bundle of letters (:class:`Bundle`) at once. The bundle is split into one PDF a
letter (:mod:`congvan.pdf.split.bundle_splitter`); :mod:`congvan.pdf.print.print_file` merges them for the printer.
:func:`to_pdf` does one document the same way, :func:`congvan.to_pdfs` many. :mod:`congvan.inspect.pdf.facts` reads a
finished PDF without any of this, to check it. The font is pinned and travels along (:mod:`congvan.pdf.fonts`).

Engines and PDF libraries are loaded when a letter is converted, not before.
"""

from __future__ import annotations

from congvan.pdf.engine import Bundle, ConvertedBundle, Engine
from congvan.pdf.engines.available import EngineState, engine, engine_states
from congvan.pdf.metadata import PdfMetadata
from congvan.pdf.paragraphs import CellPosition, LetterText, Paragraph

__all__ = [
    "Bundle",
    "CellPosition",
    "ConvertedBundle",
    "Engine",
    "EngineState",
    "LetterText",
    "Paragraph",
    "PdfMetadata",
    "engine",
    "engine_states",
    "to_pdf",
]


def to_pdf(docx: bytes, engine: str | Engine | None = None, metadata: PdfMetadata | None = None) -> bytes:
    """One .docx, which may come from anywhere, as PDF.

    ``engine`` is the name of one of :func:`engines`, or an object of the caller's (:class:`Engine`); without it the
    embedded one converts. What reaches outside the document is left out (:mod:`congvan.word.intake.admission`).

    Raises:
        TemplateError: when the document is not let in.
        UnreadableFileError: when it is no .docx.
        EngineError: when the engine is missing or fails, or would not draw the letter as Word does.
    """
    from congvan.pdf import convert

    return convert.to_pdf(docx, engine, metadata)
