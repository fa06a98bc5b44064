"""The text of a page written anew: in the pinned faces' own glyph numbers, a line at a time.

The embedded engine draws every word as a text object of its own and numbers glyphs as the bundle happened to need
them. Here words of a line follow each other, and nothing in the text depends on the other letters of the bundle.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from pikepdf import Name, Object

from congvan.pdf.font_object import read_unicodes
from congvan.pdf.fonts.numbering import numbers, pinned_place, texts
from congvan.pdf.story import BODY_TEXT, Reading, plain

RESOURCE_NAMES: Final = ("/F0", "/F1", "/F2", "/F3")
"""What a page calls the regular, bold, italic and bold italic face."""

_NUMBER: Final = rb"[-\d.]+"
_WORD: Final = re.compile(
    rb"BT\n/(\S+) ([\d.]+) Tf\n1 0 0 -1 (%b) (%b) Tm\n<([0-9A-F]+)> Tj\nET\n?" % (_NUMBER, _NUMBER)
)  # as the engine writes it
_LINE: Final = re.compile(
    rb"(BT\n/\S+ [\d.]+ Tf\n1 0 0 -1 %b (%b) Tm\n<[0-9A-F]+> Tj\nET\n?"
    rb"(?:BT\n/\S+ [\d.]+ Tf\n1 0 0 -1 %b \2 Tm\n<[0-9A-F]+> Tj\nET\n?)*)" % (_NUMBER, _NUMBER, _NUMBER)
)  # words on one baseline, and the baseline
_ANY_TEXT: Final = re.compile(rb"\bT[jJ]\b|\bBT\b")
_ENGINE_MARK: Final = re.compile(rb"^(?:/H\d <</MCID \d+ >>BDC|EMC)\n", re.MULTILINE)  # about headings, and only them
_GROUPS: Final = 3  # what lies between two lines, a line, its baseline
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
class Line:
    """Words on one baseline, written anew.

    ``text`` is what they say, as :func:`congvan.pdf.story.plain` gives it, ``baseline`` in points from the top of the
    page, ``glyphs`` what they show by the place of the face, ``words`` each of them as the engine wrote it.
    """

    written: bytes
    text: str
    baseline: float
    glyphs: tuple[tuple[int, frozenset[int]], ...]
    words: tuple[bytes, ...]


class Lines(dict[bytes, Line]):
    """Lines by how the engine wrote them, in ``fonts`` by the names they have there.

    They are made when first asked for: most of a letter's lines stand in the others of its bundle as well. A KeyError
    says that a line is in another font, or that a font does not tell which character a glyph is.
    """

    def __init__(self, fonts: Mapping[bytes, BundleFont]) -> None:
        self._fonts = fonts

    def __missing__(self, source: bytes) -> Line:
        words = _WORD.findall(source)
        glyphs: dict[int, set[int]] = {}
        for name, _, _, _, string in words:
            glyphs.setdefault(self._fonts[name].place, set()).update(self._fonts[name][string][1])
        self[source] = Line(
            b"".join(self._written(words)),
            "".join(self._fonts[name][string][2] for name, _, _, _, string in words),
            float(words[0][3]),
            tuple((place, frozenset(own)) for place, own in sorted(glyphs.items())),
            tuple(found.group() for found in _WORD.finditer(source)),
        )
        return self[source]

    def _written(self, words: Sequence[tuple[bytes, ...]]) -> Iterator[bytes]:
        """The words one after another; each is moved to from the one before."""
        before, font = 0.0, (b"", b"")
        for number, (name, size, across, baseline, string) in enumerate(words):
            if font != (name, size):
                font = name, size
                yield b"%s %s Tf\n" % (self._fonts[name].resource, size)
            place = float(across)
            to = b"%.2f 0 Td" % (place - before) if number else b"1 0 0 -1 %.2f %.2f Tm" % (place, float(baseline))
            yield b"%s <%s> Tj\n" % (to, self._fonts[name][string][0])
            before = place


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
    known = {
        glyph: None if text == _HIDDEN else own[text] for glyph, text in texts.items() if text == _HIDDEN or text in own
    }
    return BundleFont(place, {b"%04X" % glyph: number for glyph, number in known.items()})


def lettered(content: bytes, lines: Lines, reading: Reading | None = None) -> Lettering | None:
    """``content`` written anew, or None if it holds text of another form or in another font.

    With a ``reading`` every word is marked with the block it belongs to, and all else as no part of the text.
    """
    if b"BDC" in content:
        content = _ENGINE_MARK.sub(b"", content)
    pieces = _LINE.split(content)
    between = pieces[::_GROUPS]
    if any(_ANY_TEXT.search(graphics) for graphics in between if graphics):
        return None
    page = _Page(lines, reading)
    try:
        for graphics, source in zip(between, pieces[1::_GROUPS], strict=False):
            if graphics:
                page.graphics(graphics)
            page.line(source)
    except KeyError:
        return None
    page.graphics(between[-1])
    return Lettering(b"".join(page.written), b"\n".join(between), page.glyphs(), tuple(page.marked))


class _Page:
    """A page while it is written."""

    def __init__(self, lines: Lines, reading: Reading | None) -> None:
        self.written: list[bytes] = []
        self.marked: list[int] = []
        self._lines = lines
        self._reading = reading
        self._shown: list[Line] = []
        self._in_text = False
        self._mark: int | None = _UNMARKED

    def line(self, source: bytes) -> None:
        """A line; where it is not all of one block, as in the row of a table, word by word."""
        line = self._lines[source]
        if self._reading is None or not line.text:
            self._show(line)
            return
        block = self._reading.block_of(line.text, line.baseline)
        if block is None and len(line.words) > 1:
            for word in line.words:
                self.line(word)
            return
        self._begin_text()
        if block != self._mark:
            self._mark_as(block)
        self._show(line)

    def graphics(self, graphics: bytes) -> None:
        """What is drawn between lines: it ends the text object."""
        if self._in_text:
            self._unmark()
            self.written.append(b"ET\n")
            self._in_text = False
        marked = graphics.strip() and self._reading is not None
        self.written.append(b"/Artifact BMC\n%s\nEMC\n" % graphics if marked else graphics)

    def glyphs(self) -> dict[int, frozenset[int]]:
        """What has been shown, by the place of the face."""
        shown: dict[int, set[int]] = {}
        for line in self._shown:
            for place, own in line.glyphs:
                shown.setdefault(place, set()).update(own)
        return {place: frozenset(own) for place, own in sorted(shown.items())}

    def _show(self, line: Line) -> None:
        self._begin_text()
        self.written.append(line.written)
        self._shown.append(line)

    def _begin_text(self) -> None:
        if not self._in_text:
            self.written.append(b"BT\n")
            self._in_text = True

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
