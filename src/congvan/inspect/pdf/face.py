"""A font of a PDF as a reader needs it: which letters its codes are, how wide they are, and what it looks like.

Read with pypdf from the font's own dictionary (ISO 32000-1, 9.5 to 9.10); no font program is opened.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from congvan.inspect.visible_text import encoding_of
from congvan.text.width import text_width

_EM: Final = 1000
_LAST_CODE: Final = 0xFFFF
"""Of a code of two bytes; a damaged file may claim more."""
_SECTION: Final = re.compile(rb"begin(bfchar|bfrange)(.*?)end\1", re.DOTALL)
_HEX: Final = re.compile(rb"<([0-9A-Fa-f\s]*)>|(\[)|(\])")
_ENCODINGS: Final = {"/WinAnsiEncoding": "cp1252", "/MacRomanEncoding": "mac_roman"}
_FORCE_BOLD: Final = 1 << 18
_ITALIC: Final = 1 << 6
_BOLD_WEIGHT: Final = 600
_STYLE_WORDS: Final = re.compile(r"[-, ]?(bold|italic|oblique|regular|normal)", re.IGNORECASE)
_TIMES: Final = re.compile(r"times( ?new ?roman)?(ps)?(mt)?([-,].*)?", re.IGNORECASE)
_GLYPH_NAMES: Final = {
    "space": " ",
    "comma": ",",
    "period": ".",
    "colon": ":",
    "semicolon": ";",
    "hyphen": "-",
    "slash": "/",
    "parenleft": "(",
    "parenright": ")",
    **dict(zip(("zero", "one", "two", "three", "four"), "01234", strict=True)),
    **dict(zip(("five", "six", "seven", "eight", "nine"), "56789", strict=True)),
}


@dataclass(frozen=True, slots=True)
class Face:
    """A font: ``letters`` and ``widths`` (of the type size) by code, ``code_bytes`` of one code."""

    name: str
    family: str
    bold: bool
    italic: bool
    code_bytes: int
    letters: Mapping[int, str] = field(repr=False)
    widths: Mapping[int, float] = field(repr=False)
    default_width: float

    def glyphs(self, shown: bytes) -> Iterator[tuple[int, str, float]]:
        """Code, letters and width (of the type size) of each glyph of a string."""
        for place in range(0, len(shown), self.code_bytes):
            code = int.from_bytes(shown[place : place + self.code_bytes], "big")
            yield code, self.letters.get(code, "\ufffd"), self.widths.get(code, self.default_width)


def entry(dictionary: Any, key: str, default: Any = None) -> Any:
    """The value of a key, what it refers to in place of a reference."""
    value = dictionary.get(key, default)
    return value.get_object() if hasattr(value, "get_object") else value


def read_face(font: Any) -> Face:
    """The font of a resource dictionary (a pypdf object)."""
    composite = entry(font, "/Subtype") == "/Type0"
    described = entry(font, "/DescendantFonts")[0].get_object() if composite else font
    name = str(entry(font, "/BaseFont", entry(font, "/Name", ""))).removeprefix("/").rpartition("+")[2]
    bold, italic = _weight(name, entry(described, "/FontDescriptor", {}))
    letters = dict(_simple_letters(font)) if not composite else {}
    if "/ToUnicode" in font:
        letters |= dict(_unicode_map(entry(font, "/ToUnicode").get_data()))
    widths, default = _cid_widths(described) if composite else _simple_widths(font, letters, bold=bold, italic=italic)
    return Face(name, _family(name), bold, italic, 2 if composite else 1, letters, widths, default)


def _family(name: str) -> str:
    """``TimesNewRomanPS-BoldMT`` is Times New Roman, ``LiberationSerif-Bold`` Liberation Serif."""
    if _TIMES.fullmatch(name):
        return "Times New Roman"
    bare = re.sub(r"[-,]?MT$", "", _STYLE_WORDS.sub("", name)) or name
    if encoding_of(bare):
        return bare
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", bare.rstrip("-, "))


def _weight(name: str, descriptor: Any) -> tuple[bool, bool]:
    flags, lowered = int(entry(descriptor, "/Flags", 0)), name.lower()
    bold = "bold" in lowered or bool(flags & _FORCE_BOLD) or float(entry(descriptor, "/FontWeight", 0)) >= _BOLD_WEIGHT
    slanted = bool(flags & _ITALIC) or float(entry(descriptor, "/ItalicAngle", 0)) != 0
    return bold, "italic" in lowered or "oblique" in lowered or slanted


def _simple_letters(font: Any) -> Iterator[tuple[int, str]]:
    """The letters of a font with one-byte codes: a known encoding, and what differs from it."""
    encoding = entry(font, "/Encoding", "/WinAnsiEncoding")
    known = encoding if isinstance(encoding, str) else str(entry(encoding, "/BaseEncoding", "/WinAnsiEncoding"))
    codec = _ENCODINGS.get(known, "cp1252")
    yield from ((code, bytes([code]).decode(codec, "replace")) for code in range(256))
    code = 0
    for item in [] if isinstance(encoding, str) else entry(encoding, "/Differences", []):
        if isinstance(item, str):
            if (letter := _letter_named(item.removeprefix("/"))) is not None:
                yield code, letter
            code += 1
        else:
            code = int(item)


def _letter_named(glyph: str) -> str | None:
    if found := re.fullmatch(r"(?:uni|u)([0-9A-Fa-f]{4,6})", glyph):
        return chr(int(found[1], 16))
    return glyph if len(glyph) == 1 else _GLYPH_NAMES.get(glyph)


def _unicode_map(cmap: bytes) -> Iterator[tuple[int, str]]:
    """The pairs of a ToUnicode map (ISO 32000-1, 9.10.3)."""
    for kind, body in _SECTION.findall(cmap):
        tokens = [(bytes(hexed) or opened or closed) for hexed, opened, closed in _HEX.findall(body)]
        yield from (_single_pairs(tokens) if kind == b"bfchar" else _ranges(tokens))


def _single_pairs(tokens: list[bytes]) -> Iterator[tuple[int, str]]:
    for code, text in zip(tokens[::2], tokens[1::2], strict=False):
        yield int(code, 16), _utf16(text)


def _ranges(tokens: list[bytes]) -> Iterator[tuple[int, str]]:
    place = 0
    while place + 2 < len(tokens):
        first, last, start = int(tokens[place], 16), min(int(tokens[place + 1], 16), _LAST_CODE), tokens[place + 2]
        place += 3
        if start == b"[":
            end = tokens.index(b"]", place)
            yield from zip(range(first, last + 1), map(_utf16, tokens[place:end]), strict=False)
            place = end + 1
        else:
            text = _utf16(start)
            yield from ((code, text[:-1] + chr(ord(text[-1]) + code - first)) for code in range(first, last + 1))


def _utf16(hexed: bytes) -> str:
    digits = b"".join(hexed.split())
    return bytes.fromhex(digits.decode("ascii")).decode("utf-16-be", "replace") or "\ufffd"


def _cid_widths(descendant: Any) -> tuple[dict[int, float], float]:
    """The W array: ``code [w w …]`` and ``first last w`` (ISO 32000-1, 9.7.4.3)."""
    widths: dict[int, float] = {}
    items = list(entry(descendant, "/W", []))
    place = 0
    while place + 1 < len(items):
        first, second = int(items[place]), items[place + 1]
        second = second.get_object()
        if isinstance(second, list):
            widths |= {first + step: float(width) / _EM for step, width in enumerate(second)}
            place += 2
        else:
            last = min(int(second), _LAST_CODE)
            widths |= dict.fromkeys(range(first, last + 1), float(items[place + 2]) / _EM)
            place += 3
    return widths, float(entry(descendant, "/DW", _EM)) / _EM


def _simple_widths(
    font: Any, letters: Mapping[int, str], *, bold: bool, italic: bool
) -> tuple[Mapping[int, float], float]:
    """The Widths array; a font named without one is a standard font, measured as Times."""
    if "/Widths" not in font:
        return {code: text_width(text, 1, bold=bold, italic=italic) for code, text in letters.items()}, 0.5
    scale = float(entry(font, "/FontMatrix")[0]) if "/FontMatrix" in font else 1 / _EM
    first = int(entry(font, "/FirstChar", 0))
    widths = {first + step: float(width) * scale for step, width in enumerate(entry(font, "/Widths"))}
    missing = entry(entry(font, "/FontDescriptor", {}), "/MissingWidth", 0)
    return widths, float(missing) / _EM
