"""The pinned faces with glyph numbers that stay.

An engine numbers a bundle's glyphs anew, so that a letter's text would change with its neighbours. Going by the
characters, a letter is given numbers that belong to the face: then it is the same alone and in any bundle. They are
not those of the font's file: what Vietnamese is written with comes first, so that a cut to a letter's glyphs ends
early, and tables that have an entry for every number stay short.
"""

from __future__ import annotations

import struct
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final

from congvan.pdf.fonts import FAMILY, SYMBOLS, faces
from congvan.pdf.fonts.typeface import Typeface, table
from congvan.word.body import symbols

_NAMES: Final = (
    *(FAMILY.replace(" ", "") + style for style in ("", "-Bold", "-Italic", "-BoldItalic")),
    SYMBOLS.replace(" ", ""),
)
_WINDOWS_UNICODE: Final = (3, 1)
_SEGMENTS: Final = 4  # the form of cmap subtable that Windows requires
_LIGATURES: Final = {"\ufb01": "fi", "\ufb02": "fl"}
_SERIF, _SYMBOLIC, _ITALIC = 1 << 1, 1 << 2, 1 << 6  # font descriptor flags
_BOLD: Final = (1, 3)
_STEM, _BOLD_STEM = 80, 140  # thousandths of the type size; viewers use them only to stand in for a missing program
_VOWELS, _MARKS = "aăâeêioôơuưy", ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323")
_VIETNAMESE: Final = [unicodedata.normalize("NFC", vowel + mark) for vowel in _VOWELS for mark in _MARKS] + ["đ"]
_FIRST: Final = [*map(chr, range(0x20, 0x7F)), *_VIETNAMESE, *map(str.upper, _VIETNAMESE), *"–—‘’“”…"]
_EM: Final = 1000  # what widths in a PDF are counted in


@cache
def _programs() -> tuple[bytes, ...]:
    """The four pinned faces, and that of the boxes to tick."""
    return (*faces(), symbols.font())


def face_index_of(name: str) -> int | None:
    """The index of the pinned face with this PostScript name; None if it is another font."""
    return _NAMES.index(name) if name in _NAMES else None


@cache
def numbers(face_index: int) -> Mapping[str, int]:
    """The glyph of each character, and of the texts that have a glyph together."""
    known = _renumbered_face(face_index).numbers
    ligatures = {text: known[glyph] for glyph, text in _LIGATURES.items() if glyph in known}
    return {**known, **ligatures}


@dataclass(frozen=True, slots=True)
class _RenumberedFace:
    """A face with glyph numbers of ours, and the number of each character."""

    face: Typeface
    numbers: Mapping[str, int]


@cache
def _renumbered_face(face_index: int) -> _RenumberedFace:
    """The face with the glyphs of ASCII and Vietnamese first, then those of its other characters, and no others.

    Parts a letter is composed of stand beside it.
    """
    whole, in_file = Typeface.read(_programs()[face_index]), dict(_characters(table(_programs()[face_index], b"cmap")))
    order = {0: None}
    for letter in [*_FIRST, *sorted(in_file)]:
        if letter in in_file:
            order |= dict.fromkeys(_with_parts(whole, in_file[letter]))
    own = {glyph: number for number, glyph in enumerate(order)}
    return _RenumberedFace(whole.renumbered(tuple(order)), {letter: own[glyph] for letter, glyph in in_file.items()})


def _with_parts(whole: Typeface, glyph: int) -> Iterator[int]:
    yield glyph
    for part in whole.parts(glyph):
        yield from _with_parts(whole, part)


@cache
def texts(face_index: int) -> Mapping[int, str]:
    """The text each glyph stands for; of several characters drawn by one glyph, the first in Unicode."""
    found: dict[int, str] = {}
    for text, glyph in sorted(numbers(face_index).items()):
        found.setdefault(glyph, text)
    return found | {numbers(face_index)[text]: text for text in _LIGATURES.values() if text in numbers(face_index)}


def postscript_name(face_index: int) -> str:
    """The PostScript name of the face."""
    return _NAMES[face_index]


@cache
def descriptor(face_index: int) -> bytes:
    """The face's font descriptor as a PDF writes it, without name and program (ISO 32000-1, 9.8)."""
    head, hhea, os2, post = (table(_programs()[face_index], tag) for tag in (b"head", b"hhea", b"OS/2", b"post"))
    (units,) = struct.unpack_from(">H", head, 18)
    box = [_scaled(value, units) for value in struct.unpack_from(">4h", head, 36)]
    ascent, descent = (_scaled(value, units) for value in struct.unpack_from(">2h", hhea, 4))
    (capitals,) = struct.unpack_from(">h", os2, 88)
    slant = struct.unpack_from(">l", post, 4)[0] / 65536
    flags = _SYMBOLIC | (_ITALIC if slant else 0) | _SERIF
    stem = _BOLD_STEM if face_index in _BOLD else _STEM
    written = (
        f"<< /Type /FontDescriptor /Flags {flags} /FontBBox [{' '.join(box)}] /ItalicAngle {slant:g} /Ascent {ascent} "
        f"/Descent {descent} /CapHeight {_scaled(capitals, units)} /StemV {stem} >>"
    )
    return written.encode()


def _scaled(value: int, units: int) -> str:
    return f"{round(value * _EM / units, 3):g}"


def face(face_index: int) -> Typeface:
    """The face itself."""
    return _renumbered_face(face_index).face


@cache
def widths(face_index: int) -> Mapping[int, bytes]:
    """The advance of each glyph, as a PDF writes it."""
    (units,) = struct.unpack_from(">H", table(_programs()[face_index], b"head"), 18)
    pinned = face(face_index)
    advances = {glyph: struct.unpack(">H", metric[:2])[0] for glyph, metric in pinned.metrics.items()}
    scaled = (round(advances.get(glyph, 0) * _EM / units, 3) for glyph in range(pinned.glyph_count))
    return {glyph: f"{width:g}".encode() for glyph, width in enumerate(scaled)}


def _characters(cmap: bytes) -> Iterator[tuple[str, int]]:
    """Character and glyph, from the Unicode table Windows uses (OpenType specification: cmap, format 4)."""
    (count,) = struct.unpack_from(">H", cmap, 2)
    entries = [struct.unpack_from(">HHL", cmap, 4 + 8 * index) for index in range(count)]
    start = next(offset for platform, encoding, offset in entries if (platform, encoding) == _WINDOWS_UNICODE)
    form, _, _, twice = struct.unpack_from(">4H", cmap, start)
    if form != _SEGMENTS:
        raise ValueError(f"cmap of format {form}")
    segments = twice // 2
    rows = [struct.unpack_from(f">{segments}H", cmap, start + 14 + twice * row + 2 * (row > 0)) for row in range(4)]
    for index, (last, first, delta, offset) in enumerate(zip(*rows, strict=True)):
        address = start + 16 + 3 * twice + 2 * index + offset
        for code in range(first, min(last, 0xFFFE) + 1):
            glyph = struct.unpack_from(">H", cmap, address + 2 * (code - first))[0] if offset else code
            if glyph and (glyph + delta) & 0xFFFF:
                yield chr(code), (glyph + delta) & 0xFFFF
