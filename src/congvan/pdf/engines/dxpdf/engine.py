"""The embedded engine, dxpdf: nothing but pip, the pinned faces in the document, the same page on every machine."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from typing import Final

import pikepdf

from congvan.errors import EngineError, LostWordsError
from congvan.findings import Report, finding
from congvan.pdf.engine import Bundle, ConvertedBundle
from congvan.pdf.engines.dxpdf import ENGINE
from congvan.pdf.engines.dxpdf.preparation import PreparedDocx
from congvan.pdf.engines.dxpdf.prepared_bundle import prepare_bundle
from congvan.pdf.engines.dxpdf.renderer import render
from congvan.pdf.engines.dxpdf.tables.keep_with_next import find_keep_with_next_rows
from congvan.pdf.engines.dxpdf.tables.tall_rows import find_tall_rows

_DESTINATIONS: Final = "/Dests"
_MAX_ATTEMPTS: Final = 3  # a table is parted, and joined if that was to no avail; a change may move another table
_MAX_STEPS: Final = 8  # to break a row of several tables in one another, each with merged cells
_EXCERPT: Final = 60
"""Letters of lost text in a message."""


@dataclass(frozen=True, slots=True)
class EmbeddedEngine:
    """dxpdf, with the pinned faces and nothing of the machine's own."""

    version: str
    name: str = ENGINE
    is_bundle_independent: bool = True
    max_letters: int = 100

    def unsupported(self, docx: bytes) -> Report:
        """Findings about what in ``docx``, a letter or a template, the engine would not draw as Word does.

        Raises:
            EngineError: when it is no Word document.
        """
        return prepare_bundle(Bundle(docx)).unsupported

    def convert(self, bundle: Bundle) -> ConvertedBundle:
        """Convert ``bundle``.

        Raises:
            EngineError: when the bundle is no Word document, holds what the engine cannot draw, or a character
                the font lacks; the message has every finding.
        """
        prepared = prepare_bundle(bundle)
        if prepared.report.errors:
            raise EngineError(self.name, str(prepared.report))
        prepared, pdf = _convert(prepared, bundle.bookmarks)
        opened = pikepdf.open(io.BytesIO(pdf))
        first_pages = _first_pages(opened, bundle.bookmarks)
        return ConvertedBundle(pdf, first_pages, len(opened.pages), prepared.letter_texts, opened)


@cache  # asking for a version costs 9 ms
def open_engine() -> EmbeddedEngine:
    """The engine, if its package is installed.

    Raises:
        EngineError: when it is not.
    """
    try:
        found = version(ENGINE)
    except PackageNotFoundError:
        raise EngineError(ENGINE, f"the package {ENGINE} is not installed") from None
    return EmbeddedEngine(found)


def _convert(prepared: PreparedDocx, bookmarks: Sequence[str]) -> tuple[PreparedDocx, bytes]:
    """Convert the bundle, again after every change of rows that are not where they must be; return it as converted.

    Raises:
        LostWordsError: when a row goes past the end of a page, whatever is done.
    """
    prepared, pdf = _break_tall_rows(prepared, bookmarks)
    rows = find_keep_with_next_rows(prepared.document)
    if rows is None:
        return prepared, render(prepared.docx) if pdf is None else pdf
    pdf = render(replace(prepared, document=rows.document).docx)
    for _ in range(_MAX_ATTEMPTS):
        if not rows.move_rows(pdf):
            break
        pdf = render(replace(prepared, document=rows.document).docx)
    return prepared, pdf


def _break_tall_rows(prepared: PreparedDocx, bookmarks: Sequence[str]) -> tuple[PreparedDocx, bytes | None]:
    """Break rows taller than a page; return the bundle with them, and its PDF, or None where no row may be tall."""
    rows = find_tall_rows(prepared.document)
    if rows is None:
        return prepared, None
    prepared = replace(prepared, document=rows.document)
    pdf = render(prepared.docx)
    for _ in range(_MAX_STEPS):
        if not rows.break_rows(pdf):
            break
        letter_texts = rows.letter_texts(bookmarks, prepared.heading_tags)
        prepared = replace(prepared, document=rows.document, letter_texts=letter_texts)
        pdf = render(prepared.docx)
    if lost := rows.lost_paragraphs(pdf):
        raise LostWordsError(ENGINE, Report.of([finding("pdf-lost-words", words=lost[0][:_EXCERPT])]))
    return prepared, pdf


def _first_pages(pdf: pikepdf.Pdf, bookmarks: Sequence[str]) -> tuple[int, ...]:
    """The page, from 0, on which each letter begins."""
    if len(pdf.pages) == len(bookmarks):  # a letter starts on a new page, so that each has exactly one
        return tuple(range(len(bookmarks)))
    if not bookmarks:
        return (0,)
    numbers = {page.obj.objgen: number for number, page in enumerate(pdf.pages)}
    destinations = pdf.Root.get(_DESTINATIONS, pikepdf.Dictionary())
    return tuple(numbers[destinations[f"/{name}"][0].objgen] for name in bookmarks if f"/{name}" in destinations)
