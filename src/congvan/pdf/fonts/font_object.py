"""A font as PDF objects: a TrueType program with its widths and its map to Unicode, glyphs addressed by number.

This is the form (Type0, Identity-H, ISO 32000-1, 9.7) in which fonts can be cut to the glyphs a letter uses
and joined again for a print file. Fonts of any other form are taken over whole.
"""

from __future__ import annotations

import hashlib
import re
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache, cached_property, lru_cache
from typing import Final

from pikepdf import Array, Dictionary, Name, Object, Pdf, Stream, String

from congvan.pdf.fonts.glyph_numbers import descriptor, face, postscript_name, texts, widths
from congvan.pdf.fonts.typeface import Typeface

_TAG: Final = re.compile(r"^/[A-Z]{6}\+")
_TOKEN: Final = re.compile(rb"\[|\]|[-+.\d]+")
_MAPPING: Final = re.compile(rb"beginbfchar(.*?)endbfchar", re.DOTALL)
_MAPPED: Final = re.compile(rb"<([0-9A-Fa-f]{4})>\s*<([0-9A-Fa-f]+)>")
_MAPPED_RANGE: Final = b"beginbfrange"
_RANGES: Final = re.compile(rb"beginbfrange(.*?)endbfrange", re.DOTALL)
_RANGE: Final = re.compile(rb"<([0-9A-Fa-f]{4})>\s*<([0-9A-Fa-f]{4})>\s*<([0-9A-Fa-f]+)>")
_MAX_BLOCK: Final = 100  # entries a bfchar block may have

_CMAP: Final = """/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def
/CMapName /Adobe-Identity-UCS def
/CMapType 2 def
1 begincodespacerange
<0000> <FFFF>
endcodespacerange
{blocks}
endcmap
CMapName currentdict /CMap defineresource pop
end
end"""


@dataclass(frozen=True, eq=False)
class GlyphFont:
    """A font whose text names glyphs by number.

    ``widths`` are as the PDF writes them (thousandths of the type size), ``unicodes`` hexadecimal UTF-16,
    ``descriptor`` the source of the font descriptor without its program.
    """

    name: str
    face: Typeface
    widths: Mapping[int, bytes]
    unicodes: Mapping[int, bytes]
    descriptor: bytes

    def only(self, glyphs: frozenset[int]) -> GlyphFont:
        """This font cut to ``glyphs``."""
        return replace(
            self,
            face=self.face.only(glyphs),
            widths={glyph: self.widths[glyph] for glyph in sorted(glyphs) if glyph in self.widths},
            unicodes={glyph: self.unicodes[glyph] for glyph in sorted(glyphs) if glyph in self.unicodes},
        )

    def joined(self, other: GlyphFont) -> GlyphFont | None:
        """One font for what both write, or None where a glyph number means different things in them."""
        if (self.name, self.descriptor) != (other.name, other.descriptor):
            return None
        if _differ(self.widths, other.widths) or _differ(self.unicodes, other.unicodes):
            return None
        face = self.face.joined(other.face)
        if face is None:
            return None
        widths, unicodes = {**self.widths, **other.widths}, {**self.unicodes, **other.unicodes}
        return replace(self, face=face, widths=widths, unicodes=unicodes)

    def write(self, pdf: Pdf, target: Object | None = None) -> Object:
        """The font in ``pdf``; as ``target``, if an object was set aside for it."""
        name = Name(f"/{self.tagged_name}")
        program, unicodes = self._streams
        descriptor = Object.parse(self.descriptor)
        descriptor.FontName = name
        descriptor.FontFile2 = Stream(pdf, program, Filter=Name.FlateDecode, Length1=len(self.face.program))
        described = Dictionary(
            Type=Name.Font,
            Subtype=Name.CIDFontType2,
            BaseFont=name,
            CIDSystemInfo=Dictionary(Registry=String("Adobe"), Ordering=String("Identity"), Supplement=0),
            CIDToGIDMap=Name.Identity,
            DW=0,
            FontDescriptor=pdf.make_indirect(descriptor),
            W=Object.parse(self.width_array),
        )
        font = pdf.make_indirect(Dictionary()) if target is None else target
        font.Type, font.Subtype, font.BaseFont, font.Encoding = Name.Font, Name.Type0, name, Name("/Identity-H")
        font.DescendantFonts = Array([pdf.make_indirect(described)])
        font.ToUnicode = Stream(pdf, unicodes, Filter=Name.FlateDecode)
        return font

    @cached_property
    def _streams(self) -> tuple[bytes, bytes]:
        return zlib.compress(self.face.program), zlib.compress(self.unicode_map)

    @cached_property
    def width_array(self) -> bytes:
        """The /W array (ISO 32000-1, 9.7.4.3)."""
        return _w_array(self.widths)

    @cached_property
    def unicode_map(self) -> bytes:
        """The /ToUnicode map."""
        return _cmap(self.unicodes)

    @cached_property
    def tagged_name(self) -> str:
        """The name with six capitals that say which glyphs are in (ISO 32000-1, 9.6.4)."""
        digest = hashlib.sha256(repr(sorted(self.widths)).encode()).digest()
        return "".join(chr(ord("A") + byte % 26) for byte in digest[:6]) + "+" + self.name


def read_glyph_font(font: Object) -> GlyphFont | None:
    """The font behind a PDF's font object, or None if it is of a form that is taken over whole."""
    if font.get("/Subtype") != Name.Type0 or font.get("/Encoding") != Name("/Identity-H") or "/ToUnicode" not in font:
        return None
    described = font.DescendantFonts[0]
    if described.get("/CIDToGIDMap", Name.Identity) != Name.Identity or described.get("/DW", 1000) != 0:
        return None
    descriptor = described.FontDescriptor
    if "/FontFile2" not in descriptor or "/W" not in described:
        return None
    return _read(
        _TAG.sub("/", str(font.BaseFont))[1:],
        descriptor.FontFile2.read_bytes(),
        described.W.unparse(resolved=True),
        font.ToUnicode.read_bytes(),
        _descriptor_source(descriptor),
    )


@lru_cache(maxsize=64)
def _read(name: str, program: bytes, widths: bytes, unicodes: bytes, descriptor: bytes) -> GlyphFont | None:
    if _MAPPED_RANGE in unicodes:
        return None
    try:
        face = Typeface.read(program)
    except ValueError:
        return None
    return GlyphFont(name, face, _widths(widths), _unicodes(unicodes), descriptor)


@lru_cache(maxsize=64)
def pinned_font(face_index: int, glyphs: frozenset[int]) -> GlyphFont:
    """One of the pinned faces cut to ``glyphs``; letters of one campaign mostly use the same, so cuts are kept."""
    return _whole(face_index).only(glyphs)


@cache
def _whole(face_index: int) -> GlyphFont:
    unicodes = {glyph: text.encode("utf-16-be").hex().upper().encode() for glyph, text in texts(face_index).items()}
    return GlyphFont(
        postscript_name(face_index), face(face_index), widths(face_index), unicodes, descriptor(face_index)
    )


def _descriptor_source(descriptor: Object) -> bytes:
    entries = {key: value for key, value in descriptor.items() if key not in {"/FontFile2", "/FontName"}}
    return Dictionary(entries).unparse(resolved=True)


def glyphs_of(width_array: bytes) -> frozenset[int]:
    """The glyphs a /W array gives widths for."""
    return frozenset(_widths(width_array))


def _widths(source: bytes) -> dict[int, bytes]:
    """The /W array: ``first [w w …]`` or ``first last w`` (ISO 32000-1, 9.7.4.3)."""
    widths: dict[int, bytes] = {}
    tokens = iter(_TOKEN.findall(source)[1:-1])
    for token in tokens:
        first, second = int(token), next(tokens)
        if second == b"[":
            widths.update(enumerate(iter(lambda: next(tokens), b"]"), start=first))
        else:
            width = next(tokens)
            widths |= dict.fromkeys(range(first, int(second) + 1), width)
    return widths


def _unicodes(cmap: bytes) -> dict[int, bytes]:
    entries = b"".join(_MAPPING.findall(cmap))
    return {int(glyph, 16): text for glyph, text in _MAPPED.findall(entries)}


def read_unicodes(cmap: bytes) -> dict[int, bytes]:
    """The text of each glyph as hexadecimal UTF-16, from a ToUnicode map (ISO 32000-1, 9.10.3)."""
    found = _unicodes(cmap)
    for first, last, text in _RANGE.findall(b"".join(_RANGES.findall(cmap))):
        for step, glyph in enumerate(range(int(first, 16), int(last, 16) + 1)):
            found[glyph] = b"%0*X" % (len(text), int(text, 16) + step)
    return found


def _w_array(widths: Mapping[int, bytes]) -> bytes:
    runs: list[bytes] = []
    previous = None
    for glyph in sorted(widths):
        if previous is None or glyph != previous + 1:
            runs.append(b"%s%d [" % (b"] " if runs else b"", glyph))
        runs.append(widths[glyph] + b" ")
        previous = glyph
    return b"[" + b"".join(runs) + (b"]]" if runs else b"]")


def _cmap(unicodes: Mapping[int, bytes]) -> bytes:
    entries = [f"<{glyph:04X}> <{unicodes[glyph].decode()}>" for glyph in sorted(unicodes)]
    blocks = [entries[start : start + _MAX_BLOCK] for start in range(0, len(entries), _MAX_BLOCK)]
    lines = [line for block in blocks for line in (f"{len(block)} beginbfchar", *block, "endbfchar")]
    return _CMAP.format(blocks="\n".join(lines)).encode()


def _differ(one: Mapping[int, bytes], other: Mapping[int, bytes]) -> bool:
    return any(one[glyph] != other[glyph] for glyph in one.keys() & other.keys())
