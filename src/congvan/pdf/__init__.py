"""Word to PDF, and PDF to facts.

A bundle of letters (:class:`Bundle`) is converted at once by an engine (:func:`engine`), cut into one PDF
a letter (:mod:`congvan.pdf.split.cut`), and put together again for the printer (:mod:`congvan.pdf.print.print_file`).
:func:`to_pdf` does one document the same way. :mod:`congvan.inspect.pdf.facts` reads a finished PDF without any of
this, to check it. The font is pinned and travels along (:mod:`congvan.pdf.fonts`).

Engines and PDF libraries are loaded when a letter is converted, not before.
"""

from congvan.pdf.engine import Bundle, Converted, Engine, EngineState, engine, engines
from congvan.pdf.metadata import Marks

__all__ = ["Bundle", "Converted", "Engine", "EngineState", "Marks", "engine", "engines", "to_pdf"]


def to_pdf(docx: bytes, engine: str | None = None, marks: Marks | None = None) -> bytes:
    """One .docx as PDF by the engine of that name, the embedded one by default.

    Raises:
        TemplateError: when the document is not let in (:mod:`congvan.word.intake.admission`).
        UnreadableFileError: when it is no .docx.
        EngineError: when the engine is missing or fails, or would not draw the letter as Word does.
    """
    from congvan.pdf import convert as single

    return single.to_pdf(docx, engine, marks)
