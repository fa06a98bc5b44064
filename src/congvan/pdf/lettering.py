"""The text of a page written anew: in the pinned faces' own glyph numbers, a line at a time.

The embedded engine draws every word as a text object of its own and numbers glyphs as the bundle happened to need
them. Here words of a line follow each other, and nothing in the text depends on the other letters of the bundle.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from pikepdf import Name, Object

from congvan.pdf.font_object import read_unicodes
from congvan.pdf.fonts.numbering import numbers, pinned_place

RESOURCE_NAMES: Final = ("/F0", "/F1", "/F2", "/F3")
"""What a page calls the regular, bold, italic and bold italic face."""

_WORD: Final = re.compile(
    rb"BT\n/(\S+) ([\d.]+) Tf\n1 0 0 -1 ([-\d.]+) ([-\d.]+) Tm\n<([0-9A-F]+)> Tj\nET\n?"  # as the engine writes it
)
_ANY_TEXT: Final = re.compile(rb"\bT[jJ]\b|\bBT\b")
_FIELDS: Final = 5
_HIDDEN: Final = "\u200d"  # put into words to hold them together; it has no width, and is no part of the letter
_SUBSET: Final = re.compile(r"^/(?:[A-Z]{6}\+)?")


class BundleFont(dict[bytes, tuple[bytes, tuple[int, ...]]]):
    """One of the bundle's fonts that is a cut of a pinned face; ``place`` says which.

    It holds strings of glyph numbers in hexadecimal, each with what the face itself would write, and the face's
    numbers of its glyphs. They are made when first asked for: letters of a bundle share most of their words. A
    KeyError says that the font does not tell which character a glyph is, or that the face lacks it.
    """

    def __init__(self, place: int, glyphs: Mapping[bytes, int | None]) -> None:
        self.place = place
        self.resource = RESOURCE_NAMES[place].encode()
        self._glyphs = glyphs

    def __missing__(self, string: bytes) -> tuple[bytes, tuple[int, ...]]:
        found = (self._glyphs[string[start : start + 4]] for start in range(0, len(string), 4))
        own = tuple(glyph for glyph in found if glyph is not None)
        self[string] = b"".join(b"%04X" % glyph for glyph in own), own
        return self[string]


@dataclass(frozen=True, slots=True)
class Lettering:
    """A page's content, what of it is not text, and the glyphs it shows by the place of their face."""

    content: bytes
    graphics: bytes
    glyphs: Mapping[int, frozenset[int]]


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


def lettered(content: bytes, fonts: Mapping[bytes, BundleFont]) -> Lettering | None:
    """``content`` written anew, or None if it holds text of another form or in another font."""
    pieces = _WORD.split(content)
    if any(_ANY_TEXT.search(between) for between in pieces[:: _FIELDS + 1] if between):
        return None
    try:
        return _written(pieces, fonts)
    except KeyError:
        return None


def _written(pieces: Sequence[bytes], fonts: Mapping[bytes, BundleFont]) -> Lettering:
    """The page from its pieces: what stands before a word, then the word's font, size, place, line and glyphs."""
    written: list[bytes] = []
    shown: set[tuple[bytes, bytes]] = set()
    font: tuple[bytes, bytes] | None = None
    line, at = b"", 0.0
    words = iter(pieces)
    for graphics, (name, size, across, height, string) in zip(
        words, zip(*[words] * _FIELDS, strict=False), strict=False
    ):
        if graphics or not written:
            written.append(b"%s%sBT\n" % (b"ET\n" if font else b"", graphics))
            font, line = None, b""
        if font != (name, size):
            font = name, size
            written.append(b"%s %s Tf\n" % (fonts[name].resource, size))
        glyphs, _ = fonts[name][string]
        place = float(across)
        if height == line:
            written.append(b"%.2f 0 Td <%s> Tj\n" % (place - at, glyphs))
        else:
            written.append(b"1 0 0 -1 %.2f %.2f Tm <%s> Tj\n" % (place, float(height), glyphs))
        line, at = height, place
        shown.add((name, string))
    written.append(b"%s%s" % (b"ET\n" if font else b"", pieces[-1]))
    return Lettering(b"".join(written), b"\n".join(pieces[:: _FIELDS + 1]), _by_face(shown, fonts))


def _by_face(shown: set[tuple[bytes, bytes]], fonts: Mapping[bytes, BundleFont]) -> dict[int, frozenset[int]]:
    glyphs: dict[int, set[int]] = {}
    for name, string in shown:
        glyphs.setdefault(fonts[name].place, set()).update(fonts[name][string][1])
    return {place: frozenset(own) for place, own in sorted(glyphs.items())}
