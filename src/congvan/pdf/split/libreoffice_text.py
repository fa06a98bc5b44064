"""Rewrites the text of a LibreOffice page, as ``text_rewriting`` does with the embedded engine's.

LibreOffice cuts each face into fonts of 255 glyphs, numbered as the bundle happened to need them, and sets a line glyph
by glyph to where it wants it. Here the glyphs get the numbers that belong to the face, and stay where they were.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar, Final

from pikepdf import Name, Object

from congvan.pdf.fonts.glyph_numbers import face_index_of, numbers, texts, widths
from congvan.pdf.fonts.glyph_set import glyph_set
from congvan.pdf.paragraphs import match_key
from congvan.pdf.split.text_rewriting import RESOURCE_NAMES, SUBSET, Line, LineRewriter, PlacedWord

_NUMBER: Final = rb"-?[\d.]+"
_SHOWN: Final = rb"(?:<[0-9A-F]+>Tj|\[<[0-9A-F]+>(?:%b<[0-9A-F]+>)*\]TJ)" % _NUMBER
_FONT: Final = rb"/\w+ [\d.]+ Tf" + _SHOWN
_TEXT: Final = re.compile(
    rb"(q [\d.]+ [\d.]+ [\d.]+ rg\nBT\n(?:[\d.]+ 0 0 1 )?%b (%b) (?:Td |Tm\n)%b\n"
    rb"(?:[\d.]+ 0 0 1 %b \2 Tm\n%b\n)*ET\nQ\n?)" % (_NUMBER, _NUMBER, _FONT, _NUMBER, _FONT)
)  # a colour, and what is shown in it on one baseline; the baseline
_COLOUR: Final = re.compile(rb"q (.*? rg)\n")
_RUN: Final = re.compile(
    rb"(?:([\d.]+) 0 0 1 )?(%b) (%b) (?:Td |Tm\n)/(\w+) ([\d.]+) Tf(%b)" % (_NUMBER, _NUMBER, _SHOWN)
)  # what is shown in one font, by how much it is scaled and where it stands
_STEP: Final = re.compile(rb"<([0-9A-F]+)>|(%b)" % _NUMBER)
_MAPPED: Final = re.compile(rb"^<([0-9A-F]{2})> <((?:[0-9A-F]{4})+)>$", re.MULTILINE)
_MAPPED_RANGE: Final = b"beginbfrange"
_WIDTH_TOLERANCE: Final = 1.0
"""By how many thousandths of the type size widths may differ that were rounded."""
_EM: Final = 1000  # what widths are counted in
_DRIFT: Final = 3.0
"""After how many thousandths of the type size glyphs that were rounded otherwise are set right: 0.04 points at 14."""


@dataclass(frozen=True, slots=True)
class OfficeFont:
    """One of the bundle's fonts that is a cut of a pinned face; ``face_index`` tells which.

    ``glyphs`` are the face's numbers by the font's own, in hexadecimal, with how much wider the face has each, in
    thousandths of the type size.
    """

    face_index: int
    glyphs: Mapping[bytes, tuple[int, float]]


class OfficeLines(LineRewriter):
    """Lines in one colour on one baseline, by how LibreOffice wrote them."""

    form: ClassVar = _TEXT
    opening: ClassVar = b"q\nBT\n"
    closing: ClassVar = b"ET\nQ\n"

    def __init__(self, fonts: Mapping[bytes, OfficeFont], height: float) -> None:
        self._fonts = fonts
        self._height = height

    def __missing__(self, source: bytes) -> Line:
        colour = _COLOUR.match(source)
        assert colour is not None
        written, shown = [colour[1]], []
        for scale, across, up, name, size, steps in _RUN.findall(source):
            font = self._fonts[name]
            own = list(_decode_glyphs(font, steps))
            face = RESOURCE_NAMES[font.face_index].encode()
            where = scale or b"1", across, up
            written.append(b"%s %s Tf %s 0 0 1 %s %s Tm [%s] TJ" % (face, size, *where, _show_array(own)))
            shown += [(font.face_index, glyph) for glyph, _, _ in own]
        self[source] = Line(
            b"\n".join([*written, b""]),
            match_key("".join(texts(face_index)[glyph] for face_index, glyph in shown)),
            self._height - float(up),
            tuple(
                (face_index, glyph_set(glyph for at, glyph in shown if at == face_index))
                for face_index in sorted(dict(shown))
            ),
        )
        return self[source]

    def placed(self, source: bytes) -> Sequence[PlacedWord]:
        colour = _COLOUR.match(source)
        found = []
        for scale, across, _, name, size, steps in _RUN.findall(source):
            font, left, em = self._fonts[name], float(across), float(size)
            advances, said = widths(font.face_index), texts(font.face_index)
            shown = list(_decode_glyphs(font, steps))
            width = sum(float(advances[glyph]) - wider - shift for glyph, wider, shift in shown)
            text = match_key("".join(said[glyph] for glyph, _, _ in shown))
            right = left + width * em * float(scale or 1) / _EM
            found.append(PlacedWord(text, left, right, em, colour[1] if colour else None))
        return found


def read_office_font(font: Object) -> OfficeFont | None:
    """The font behind a PDF's font object, or None if it is not a pinned face as LibreOffice cuts it."""
    face_index = face_index_of(SUBSET.sub("", str(font.get("/BaseFont", ""))))
    if face_index is None or font.get("/Subtype") != Name.TrueType or not {"/ToUnicode", "/Widths"} <= font.keys():
        return None
    source = font.ToUnicode.read_bytes()
    if "/Encoding" in font or int(font.get("/FirstChar", -1)) != 0 or _MAPPED_RANGE in source:
        return None
    read = [
        (code, bytes.fromhex(text.decode()).decode("utf-16-be", "replace")) for code, text in _MAPPED.findall(source)
    ]
    return OfficeFont(face_index, dict(_match_glyphs(face_index, read, dict(enumerate(map(float, font.Widths))))))


def _match_glyphs(
    face_index: int, read: Sequence[tuple[bytes, str]], given: Mapping[int, float]
) -> Iterator[tuple[bytes, tuple[int, float]]]:
    """The glyphs that are the face's own: the only ones of their text, and as wide as there."""
    counts = Counter(text for _, text in read)
    own, advances = numbers(face_index), widths(face_index)
    for code, text in read:
        if text in own and counts[text] == 1:
            wider = float(advances[own[text]]) - given.get(int(code, 16), 0.0)
            if abs(wider) <= _WIDTH_TOLERANCE:
                yield code, (own[text], wider)


def _decode_glyphs(font: OfficeFont, steps: bytes) -> Iterator[tuple[int, float, float]]:
    """Each glyph by the face's number, how much wider it is, and by how much the next is shifted to the left."""
    glyph: tuple[int, float] | None = None
    for string, shift in _STEP.findall(steps):
        if shift:
            assert glyph is not None
            yield *glyph, float(shift)
            glyph = None
            continue
        for start in range(0, len(string), 2):
            if glyph is not None:
                yield *glyph, 0.0
            glyph = font.glyphs[string[start : start + 2]]
    if glyph is not None:
        yield *glyph, 0.0


def _show_array(glyphs: Iterable[tuple[int, float, float]]) -> bytes:
    """The array that shows ``glyphs`` where they were."""
    written, off = [b"<"], 0.0
    for glyph, wider, shift in glyphs:
        written.append(b"%04X" % glyph)
        off += wider + shift
        if shift or abs(off) >= _DRIFT:
            back = round(off)
            written.append(b">%d<" % back)
            off -= back
    return b"".join([*written, b">"])
