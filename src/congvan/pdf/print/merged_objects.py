"""Merges letters of any form into one PDF, object by object.

Letters carry their own cuts of the same fonts. Here the cuts are joined, and equal pictures are written
once, so that the file grows with the text and not with the number of letters.
"""

from __future__ import annotations

import io
from collections.abc import Iterable
from itertools import pairwise
from typing import BinaryIO

from pikepdf import Array, Dictionary, Name, Object, Page, Pdf, String

from congvan.pdf.fonts.font_object import GlyphFont, read_glyph_font
from congvan.pdf.split.object_copier import ObjectCopier, fingerprint
from congvan.pdf.split.page import page_boxes, save_pdf, web_links


def merge_objects(target: BinaryIO, letters: Iterable[tuple[str, bytes]], *, duplex: bool = True) -> int:
    """Write ``letters`` (bookmark and PDF of each) to ``target``; returns the number of pages, blank ones included.

    Raises:
        PdfError: when a letter's PDF cannot be read.
    """
    with Pdf.new() as pdf:
        merged = _MergedPdf(pdf, duplex=duplex)
        for title, letter in letters:
            merged.add(title, letter)
        merged.close()
        save_pdf(pdf, target)
        return len(pdf.pages)


class _MergedPdf:
    """Builds the print file."""

    def __init__(self, pdf: Pdf, *, duplex: bool) -> None:
        self._pdf = pdf
        self._duplex = duplex
        self._fonts = _SharedFonts(pdf)
        self._shared: dict[bytes, Object] = {}
        self._first_pages: list[tuple[str, Object]] = []

    def add(self, title: str, letter: bytes) -> None:
        """Append a letter, and for both sides of the paper a blank page if its last sheet has room for one."""
        with Pdf.open(io.BytesIO(letter)) as source:
            copier = _SharingCopier(self._pdf, self._shared)
            pages = [self._append(self._page(page, copier)) for page in source.pages]
        self._first_pages.append((title, pages[0]))
        if self._duplex and len(pages) % 2:
            self._append(Dictionary(Type=Name.Page, MediaBox=pages[-1].MediaBox, Resources=Dictionary()))

    def close(self) -> None:
        """Write the fonts, which are known only now, and the bookmarks."""
        self._fonts.write()
        if self._first_pages:
            self._pdf.Root.Outlines = self._outline()
            self._pdf.Root.PageMode = Name.UseOutlines

    def _append(self, page: Dictionary) -> Object:
        added = self._pdf.make_indirect(page)
        self._pdf.pages.append(Page(added))
        return added

    def _page(self, page: Page, copier: ObjectCopier) -> Dictionary:
        fonts = page.resources.get("/Font", Dictionary())
        shared = {name: found for name, font in fonts.items() if (found := self._fonts.shared(font)) is not None}
        copied = Dictionary(
            Type=Name.Page,
            Contents=copier.copy(page.obj.Contents),
            Resources=copier.resources(page.resources, _all_names(page.resources), shared),
            **{key[1:]: copier.copy(value) for key, value in page_boxes(page)},
        )
        if links := web_links(page):
            copied.Annots = Array(links)
        return copied

    def _outline(self) -> Object:
        outline = self._pdf.make_indirect(Dictionary(Type=Name.Outlines, Count=len(self._first_pages)))
        items = [self._bookmark(title, page, outline) for title, page in self._first_pages]
        for item, following in pairwise(items):
            item.Next, following.Prev = following, item
        outline.First, outline.Last = items[0], items[-1]
        return outline

    def _bookmark(self, title: str, page: Object, outline: Object) -> Object:
        destination = Array([page, Name.Fit])
        return self._pdf.make_indirect(Dictionary(Title=String(title), Parent=outline, Dest=destination))


class _SharingCopier(ObjectCopier):
    """A copier that knows what earlier letters brought: an equal object is not brought again."""

    def __init__(self, target: Pdf, shared: dict[bytes, Object]) -> None:
        super().__init__(target)
        self._shared = shared

    def _copy(self, value: Object) -> Object:
        if not value.is_indirect:
            return super()._copy(value)
        key = fingerprint(value)
        if key not in self._shared:
            self._shared[key] = super()._copy(value)
        return self._known(value, self._shared[key])


class _SharedFonts:
    """One font for all letters' cuts of it; its object is set aside at once, and written at the end."""

    def __init__(self, pdf: Pdf) -> None:
        self._pdf = pdf
        self._known: dict[bytes, int | None] = {}
        self._joined: list[tuple[GlyphFont, Object]] = []

    def shared(self, source: Object) -> Object | None:
        """The object of the font that stands for ``source``; None for a font that cannot be joined."""
        key = fingerprint(source)
        if key not in self._known:
            font = read_glyph_font(source)
            self._known[key] = None if font is None else self._join(font)
        index = self._known[key]
        return None if index is None else self._joined[index][1]

    def write(self) -> None:
        """Write the fonts into the objects that were set aside for them."""
        for font, target in self._joined:
            font.write(self._pdf, target)

    def _join(self, font: GlyphFont) -> int:
        for index, (known, target) in enumerate(self._joined):
            if joined := known.joined(font):
                self._joined[index] = (joined, target)
                return index
        self._joined.append((font, self._pdf.make_indirect(Dictionary())))
        return len(self._joined) - 1


def _all_names(resources: Object) -> dict[str, list[str]]:
    """Every resource: a letter of its own has none but those it uses."""
    named = {category: entries for category, entries in resources.items() if isinstance(entries, Dictionary)}
    return {category: list(entries.keys()) for category, entries in named.items()}
