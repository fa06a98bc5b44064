"""Merges letters of plain text into one PDF, without taking them apart.

Such letters are written here (:mod:`congvan.pdf.split.letter_pdf`): their faces have the same object numbers in every
file, and number glyphs alike. So a page goes over as it is, under a new number, and each face is written once, with
the glyphs of all.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from itertools import pairwise
from typing import Final

from congvan.pdf.fonts.font_object import glyphs_of
from congvan.pdf.fonts.glyph_set import GlyphSet, glyph_set
from congvan.pdf.split.letter_pdf import (
    CATALOG,
    FIRST_PAGE,
    INFO,
    PAGES,
    LetterObjects,
    StreamedPdf,
    Target,
    font_number,
    font_objects,
)
from congvan.pdf.split.text_rewriting import RESOURCE_NAMES

_CONTENT: Final = re.compile(rb"/Contents \d+ 0 R")
_COUNT: Final = re.compile(rb"/Count (\d+)")
_STRUCTURE: Final = re.compile(rb"/StructParents \d+")
_BOX: Final = re.compile(rb"/MediaBox\s*\[[^\]]*\]")
_WIDTHS: Final = re.compile(rb"/W(\[.*\])>>", re.DOTALL)


class NotTextLetterError(Exception):
    """A letter is not of the form :mod:`congvan.pdf.split.letter_pdf` writes."""


class MergedTextPdf:
    """The file while it grows, a letter after another; what is written to ``target`` stays as it is."""

    def __init__(self, target: Target, *, duplex: bool = True) -> None:
        self._duplex = duplex
        self._pdf = StreamedPdf(target, FIRST_PAGE)
        self._pages: list[int] = []
        self._bookmarks: list[tuple[str, int]] = []
        self._glyphs: dict[int, GlyphSet] = {}

    def add(self, title: str, letter: bytes) -> None:
        """Write a letter's pages, and take down its bookmark.

        Raises:
            NotTextLetterError: when it has another form, or is damaged; what has been written then is of no use.
        """
        objects = LetterObjects(letter)
        try:
            own = list(_pages(self._pdf, objects, duplex=self._duplex))
            self._bookmarks.append((title, own[0]))
        except (LookupError, ValueError) as error:
            raise NotTextLetterError from error
        self._pages += own
        for face_index, shown in _glyphs(objects):
            self._glyphs[face_index] = self._glyphs.get(face_index, 0) | shown

    def close(self) -> int:
        """Write what all letters share; returns the number of pages, blank ones included."""
        _finish(self._pdf, self._pages, self._bookmarks, self._glyphs)
        return len(self._pages)


def merge_text_letters(target: Target, letters: Iterable[tuple[str, bytes]], *, duplex: bool = True) -> int:
    """Write ``letters`` (bookmark and PDF of each) to ``target``; returns the number of pages, blank ones included.

    Raises:
        NotTextLetterError: when one of them has another form; what has been written then is of no use.
    """
    printed = MergedTextPdf(target, duplex=duplex)
    for title, letter in letters:
        printed.add(title, letter)
    return printed.close()


def _pages(pdf: StreamedPdf, objects: Mapping[int, bytes], *, duplex: bool) -> Iterator[int]:
    """Write a letter's pages, and with ``duplex`` a blank one if its last sheet has room; yields their numbers."""
    numbers = range(FIRST_PAGE, FIRST_PAGE + 2 * _page_count(objects), 2)
    for number in numbers:
        content = pdf.add(objects[number + 1])
        page = _STRUCTURE.sub(b"", objects[number], count=1)
        yield pdf.add(_CONTENT.sub(b"/Contents %d 0 R" % content, page, count=1))
    if duplex and len(numbers) % 2:
        box = _BOX.search(objects[numbers[-1]])
        yield pdf.add(b"<</Type/Page/Parent %d 0 R%s/Resources<<>>>>" % (PAGES, box.group() if box else b""))


def _page_count(objects: Mapping[int, bytes]) -> int:
    found = _COUNT.search(objects[PAGES])
    return int(found[1]) if found else 0


def _glyphs(objects: Mapping[int, bytes]) -> Iterator[tuple[int, GlyphSet]]:
    for face_index in range(len(RESOURCE_NAMES)):
        if described := objects.get(font_number(face_index) + 1):
            yield face_index, _glyphs_of(described)


@lru_cache(maxsize=1024)
def _glyphs_of(described: bytes) -> GlyphSet:
    found = _WIDTHS.search(described)
    return glyph_set(glyphs_of(found[1])) if found else 0


def _finish(pdf: StreamedPdf, pages: list[int], bookmarks: list[tuple[str, int]], glyphs: dict[int, GlyphSet]) -> None:
    for face_index, shown in sorted(glyphs.items()):
        for number, body in font_objects(face_index, shown).items():
            pdf.put(number, body)
    kids = b" ".join(b"%d 0 R" % page for page in pages)
    pdf.put(PAGES, b"<</Type/Pages/Count %d/Kids[%s]>>" % (len(pages), kids))
    pdf.put(INFO, b"<</Producer(congvan)>>")
    outline = b"/Outlines %d 0 R/PageMode/UseOutlines" % _outline(pdf, bookmarks) if bookmarks else b""
    pdf.put(CATALOG, b"<</Type/Catalog/Pages %d 0 R/Lang(vi-VN)%s>>" % (PAGES, outline))
    pdf.close()


def _outline(pdf: StreamedPdf, bookmarks: list[tuple[str, int]]) -> int:
    """A bookmark a letter (ISO 32000-1, 12.3.3); returns the number of the root they hang on."""
    root = pdf.next_number + len(bookmarks)
    numbers = [0, *range(pdf.next_number, root), 0]
    for (title, page), (before, own), (_, after) in zip(
        bookmarks, pairwise(numbers), pairwise(numbers[1:]), strict=False
    ):
        links = (b"/Prev %d 0 R" % before if before else b"") + (b"/Next %d 0 R" % after if after else b"")
        name = title.encode("utf-16-be").hex().encode()
        pdf.put(own, b"<</Title<feff%s>/Parent %d 0 R/Dest[%d 0 R/Fit]%s>>" % (name, root, page, links))
    ends = (len(bookmarks), numbers[1], numbers[-2])
    pdf.put(root, b"<</Type/Outlines/Count %d/First %d 0 R/Last %d 0 R>>" % ends)
    return root
