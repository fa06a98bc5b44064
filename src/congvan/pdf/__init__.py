"""Word to PDF, and PDF to facts.

An engine (:func:`engine`) converts a bundle of letters (:class:`Bundle`) at once. The bundle is split into one PDF a
letter (:mod:`congvan.pdf.split.bundle_splitter`); :mod:`congvan.pdf.print.print_file` merges them for the printer.
:func:`to_pdf` does one document the same way, :func:`congvan.to_pdfs` many. :mod:`congvan.inspect.pdf.facts` reads a
finished PDF without any of this, to check it. The font is pinned and travels along (:mod:`congvan.pdf.fonts`).

Engines and PDF libraries are loaded when a letter is converted, not before.
"""

from __future__ import annotations

from congvan.errors import EngineError, WorkerLostError
from congvan.pdf.engine import Bundle, ConvertedBundle, Engine
from congvan.pdf.engines.available import DEFAULT, EngineState, engine, engine_states
from congvan.pdf.metadata import PdfMetadata
from congvan.pdf.paragraphs import CellPosition, LetterText, Paragraph
from congvan.support.processes.warm_processes import TIME_LIMIT, call_within

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


_MODULES = ("congvan.pdf.convert", "congvan.pdf.engines.dxpdf.engine", "dxpdf")


def to_pdf(
    docx: bytes,
    engine: str | Engine | None = None,
    metadata: PdfMetadata | None = None,
    *,
    time_limit: float | None = TIME_LIMIT,
) -> bytes:
    """One .docx, which may come from anywhere, as PDF.

    ``engine`` is the name of one of :func:`engines`, or an object of the caller's (:class:`Engine`); without it the
    embedded one converts. What reaches outside the document is left out (:mod:`congvan.word.intake.admission`).

    A worker process converts, kept warm for the next call, and is ended after ``time_limit`` seconds. With None, and
    for an engine of the caller's own, the work is done in this process and cannot be ended.

    Raises:
        TemplateError: when the document is not let in.
        UnreadableFileError: when it is no .docx.
        EngineError: when the engine is missing or fails, takes too long or too much memory, or would not draw the
            letter as Word does.
    """
    if not isinstance(engine, str | None):
        return _convert(docx, engine, metadata)
    try:
        return call_within(time_limit, _convert, docx, engine, metadata, modules=_MODULES)
    except WorkerLostError as error:
        raise EngineError(engine or DEFAULT, str(error)) from error


def _convert(docx: bytes, engine: str | Engine | None, metadata: PdfMetadata | None) -> bytes:
    from congvan.pdf import convert

    return convert.to_pdf(docx, engine, metadata)
