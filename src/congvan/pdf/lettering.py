"""The text of a page written anew: in the pinned faces' own glyph numbers, a line at a time.

The embedded engine draws every word as a text object of its own and numbers glyphs as the bundle happened to need
them. Here words of a line follow each other, and nothing in the text depends on the other letters of the bundle.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from pikepdf import Name, Object

from congvan.pdf.font_object import read_unicodes
from congvan.pdf.fonts.numbering import numbers, pinned_place, texts
from congvan.pdf.story import BODY_TEXT, Reading, plain

RESOURCE_NAMES: Final = ("/F0", "/F1", "/F2", "/F3")
"""What a page calls the regular, bold, italic and bold italic face."""

_WORD: Final = re.compile(
    rb"BT\n/(\S+) ([\d.]+) Tf\n1 0 0 -1 ([-\d.]+) ([-\d.]+) Tm\n<([0-9A-F]+)> Tj\nET\n?"  # as the engine writes it
)
_ANY_TEXT: Final = re.compile(rb"\bT[jJ]\b|\bBT\b")
_ENGINE_MARK: Final = re.compile(rb"^(?:/H\d <</MCID \d+ >>BDC|EMC)\n", re.MULTILINE)  # about headings, and only them
_FIELDS: Final = 5
_HIDDEN: Final = "\u200d"  # put into words to hold them together; it has no width, and is no part of the letter
_UNMARKED: Final = -1
_SUBSET: Final = re.compile(r"^/(?:[A-Z]{6}\+)?")


class BundleFont(dict[bytes, tuple[bytes, tuple[int, ...], str]]):
    """One of the bundle's fonts that is a cut of a pinned face; ``place`` says which.

    It holds strings of glyph numbers in hexadecimal, each with what the face itself would write, the face's numbers
    of its glyphs, and the text as :func:`congvan.pdf.story.plain` gives it. They are made when first asked for:
    letters of a bundle share most of their words. A KeyError says that the font does not tell which character a
    glyph is, or that the face lacks it.
    """

    def __init__(self, place: int, glyphs: Mapping[bytes, int | None]) -> None:
        self.place = place
        self.resource = RESOURCE_NAMES[place].encode()
        self._glyphs = glyphs

    def __missing__(self, string: bytes) -> tuple[bytes, tuple[int, ...], str]:
        found = (self._glyphs[string[start : start + 4]] for start in range(0, len(string), 4))
        own = tuple(glyph for glyph in found if glyph is not None)
        own_texts = texts(self.place)
        written = b"".join(b"%04X" % glyph for glyph in own)
        self[string] = written, own, plain("".join(own_texts[glyph] for glyph in own))
        return self[string]


@dataclass(frozen=True, slots=True)
class Lettering:
    """A page's content, what of it is not text, and the glyphs it shows by the place of their face.

    ``marked`` is the block each mark in the content stands for, by place in the letter's story; empty if nothing is
    marked.
    """

    content: bytes
    graphics: bytes
    glyphs: Mapping[int, frozenset[int]]
    marked: tuple[int, ...] = ()


def read_bundle_font(font: Object) -> BundleFont | None:
    """The font behind a PDF's font object, or None if it is not a pinned face with numbered glyphs."""
    place = pinned_place(_SUBSET.sub("", str(font.get("/BaseFont", ""))))
    if place is None or font.get("/Encoding") != Name("/Identity-H") or "/ToUnicode" not in font:
        return None
    own = numbers(place)
    unicodes = read_unicodes(font.ToUnicode.read_bytes())
    texts = {glyph: bytes.fromhex(code.decode()).decode("utf-16-be") for glyph, code in unicodes.items()}
    known = {glyph: None if text == _HIDDEN else own[text] for glyph, text in texts.items() if text in {*own, _HIDDEN}}
    return BundleFont(place, {b"%04X" % glyph: number for glyph, number in known.items()})


def lettered(content: bytes, fonts: Mapping[bytes, BundleFont], reading: Reading | None = None) -> Lettering | None:
    """``content`` written anew, or None if it holds text of another form or in another font.

    With a ``reading`` every word is marked with the block it belongs to, and all else as no part of the text.
    """
    if b"BDC" in content:
        content = _ENGINE_MARK.sub(b"", content)
    pieces = _WORD.split(content)
    if any(_ANY_TEXT.search(between) for between in pieces[:: _FIELDS + 1] if between):
        return None
    page = _Page(fonts, reading)
    words = iter(pieces)
    try:
        for graphics, word in zip(words, zip(*[words] * _FIELDS, strict=False), strict=False):
            if graphics:
                page.graphics(graphics)
            page.word(*word)
    except KeyError:
        return None
    page.graphics(pieces[-1])
    graphics = b"\n".join(pieces[:: _FIELDS + 1])
    return Lettering(b"".join(page.written), graphics, page.glyphs(), tuple(page.marked))


class _Page:
    """A page while it is written."""

    def __init__(self, fonts: Mapping[bytes, BundleFont], reading: Reading | None) -> None:
        self.written: list[bytes] = []
        self.marked: list[int] = []
        self._fonts = fonts
        self._reading = reading
        self._shown: set[tuple[bytes, bytes]] = set()
        self._in_text = False
        self._font: tuple[bytes, bytes] | None = None
        self._height, self._baseline, self._across = b"", 0.0, 0.0
        self._mark: int | None = _UNMARKED

    def word(self, name: bytes, size: bytes, across: bytes, height: bytes, string: bytes) -> None:
        """A word: its font and size, its place, its glyphs."""
        font = self._fonts[name]
        glyphs, _, text = font[string]
        if not self._in_text:
            self.written.append(b"BT\n")
            self._in_text, self._font, self._height = True, None, b""
        if height != self._height:
            self._baseline = float(height)
        if self._reading is not None and text:
            block = self._reading.block_of(text, self._baseline)
            if block != self._mark:
                self._mark_as(block)
        if self._font != (name, size):
            self._font = name, size
            self.written.append(b"%s %s Tf\n" % (font.resource, size))
        place = float(across)
        if height == self._height:
            self.written.append(b"%.2f 0 Td <%s> Tj\n" % (place - self._across, glyphs))
        else:
            self.written.append(b"1 0 0 -1 %.2f %.2f Tm <%s> Tj\n" % (place, self._baseline, glyphs))
        self._height, self._across = height, place
        self._shown.add((name, string))

    def graphics(self, graphics: bytes) -> None:
        """What is drawn between words: it ends the text object."""
        if self._in_text:
            self._unmark()
            self.written.append(b"ET\n")
            self._in_text = False
        marked = graphics.strip() and self._reading is not None
        self.written.append(b"/Artifact BMC\n%s\nEMC\n" % graphics if marked else graphics)

    def glyphs(self) -> dict[int, frozenset[int]]:
        """What has been shown, by the place of the face."""
        shown: dict[int, set[int]] = {}
        for name, string in self._shown:
            shown.setdefault(self._fonts[name].place, set()).update(self._fonts[name][string][1])
        return {place: frozenset(own) for place, own in sorted(shown.items())}

    def _mark_as(self, block: int | None) -> None:
        self._unmark()
        self._mark = block
        if block is None:
            self.written.append(b"/Artifact BMC\n")
        else:
            self.written.append(b"/%s<</MCID %d>>BDC\n" % (BODY_TEXT.encode(), len(self.marked)))
            self.marked.append(block)

    def _unmark(self) -> None:
        if self._mark != _UNMARKED:
            self.written.append(b"EMC\n")
        self._mark = _UNMARKED
