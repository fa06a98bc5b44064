"""The embedded engine, dxpdf: nothing but pip, the pinned faces in the document, the same page on every machine."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass, replace
from importlib.metadata import version
from typing import Final

import pikepdf

from congvan.errors import EngineError
from congvan.findings import Report, finding
from congvan.pdf.engine import Bundle, Converted, verified
from congvan.pdf.engines.dxpdf.font_isolation import pinned_face_only
from congvan.pdf.engines.dxpdf.keep_with_next import kept_rows
from congvan.pdf.engines.dxpdf.preparation import ENGINE, Manuscript
from congvan.pdf.engines.dxpdf.prepared_bundle import manuscript_of
from congvan.pdf.engines.dxpdf.tall_rows import tall_rows

_DESTINATIONS: Final = "/Dests"
_MOST_CHANGES: Final = 3  # a table is parted, and joined if that was to no avail; a change may move another table
_MOST_STEPS: Final = 8  # to break a row of several tables in one another, each with merged cells
_SHOWN: Final = 60
"""Letters of lost text that are shown."""


@dataclass(frozen=True, slots=True)
class EmbeddedEngine:
    """dxpdf, with the pinned faces and nothing of the machine's own."""

    version: str
    name: str = ENGINE
    alike_alone: bool = True
    most_letters: int = 100

    def objections(self, docx: bytes) -> Report:
        """What in ``docx``, a letter or a template, the engine would not draw as Word does.

        Raises:
            EngineError: when it is no Word document.
        """
        return manuscript_of(Bundle(docx)).objections

    def convert(self, bundle: Bundle) -> Converted:
        """``bundle`` as PDF.

        Raises:
            EngineError: when the bundle is no Word document, holds what the engine cannot draw, or a character
                the font lacks; the message has every finding.
        """
        manuscript = manuscript_of(bundle)
        if manuscript.report.errors:
            raise EngineError(self.name, str(manuscript.report))
        manuscript, pdf = _laid_out(manuscript, bundle.bookmarks)
        opened = pikepdf.open(io.BytesIO(pdf))
        first_pages = _first_pages(opened, bundle.bookmarks)
        return verified(self, bundle, Converted(pdf, first_pages, len(opened.pages), manuscript.stories, opened))


def open_engine() -> EmbeddedEngine:
    """The engine, if its package is installed.

    Raises:
        EngineError: when it is not.
    """
    try:
        import dxpdf  # noqa: F401
    except ImportError as error:
        raise EngineError(ENGINE, str(error)) from error
    return EmbeddedEngine(version(ENGINE))


def _laid_out(manuscript: Manuscript, bookmarks: Sequence[str]) -> tuple[Manuscript, bytes]:
    """The bundle as it is drawn, and as PDF; drawn again where rows of tables are not where they are to be.

    Raises:
        EngineError: when a row goes past the end of a page, whatever is done.
    """
    manuscript, pdf = _with_tall_rows(manuscript, bookmarks)
    rows = kept_rows(manuscript.document)
    if rows is None:
        return manuscript, _drawn(manuscript.docx) if pdf is None else pdf
    pdf = _drawn(replace(manuscript, document=rows.document).docx)
    for _ in range(_MOST_CHANGES):
        if not rows.fit(pdf):
            break
        pdf = _drawn(replace(manuscript, document=rows.document).docx)
    return manuscript, pdf


def _with_tall_rows(manuscript: Manuscript, bookmarks: Sequence[str]) -> tuple[Manuscript, bytes | None]:
    """The bundle with its tall rows broken, and as drawn with them; nothing drawn where it has none."""
    rows = tall_rows(manuscript.document)
    if rows is None:
        return manuscript, None
    manuscript = replace(manuscript, document=rows.document)
    pdf = _drawn(manuscript.docx)
    for _ in range(_MOST_STEPS):
        if not rows.fit(pdf):
            break
        manuscript = replace(manuscript, document=rows.document, stories=rows.stories(bookmarks, manuscript.kinds))
        pdf = _drawn(manuscript.docx)
    if lost := rows.lost(pdf):
        raise EngineError(ENGINE, str(Report.of([finding("pdf-lost-words", words=lost[0][:_SHOWN])])))
    return manuscript, pdf


def _drawn(docx: bytes) -> bytes:
    import dxpdf

    try:
        with pinned_face_only():
            converted: bytes = dxpdf.convert(docx)
    except (RuntimeError, ValueError, OSError) as error:
        raise EngineError(ENGINE, str(error)) from error
    except BaseException as error:
        if type(error).__name__ != "PanicException":  # what Rust could not go on with; the class has no home
            raise
        raise EngineError(ENGINE, str(error)) from error
    return converted


def _first_pages(pdf: pikepdf.Pdf, bookmarks: Sequence[str]) -> tuple[int, ...]:
    """The page, from 0, on which each letter begins."""
    if len(pdf.pages) == len(bookmarks):  # a letter starts on a new page, so that each has exactly one
        return tuple(range(len(bookmarks)))
    if not bookmarks:
        return (0,)
    numbers = {page.obj.objgen: number for number, page in enumerate(pdf.pages)}
    places = pdf.Root.get(_DESTINATIONS, pikepdf.Dictionary())
    return tuple(numbers[places[f"/{name}"][0].objgen] for name in bookmarks if f"/{name}" in places)
