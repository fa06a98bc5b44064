"""What a string shown in a font says, and how wide it is (ISO 32000-1, 9.6 to 9.10)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

from pikepdf import Array, Name, Object

_BLOCK: Final = re.compile(rb"beginbf(char|range)(.*?)endbf\1", re.DOTALL)
_CODE_SPACE: Final = re.compile(rb"begincodespacerange\s*<([0-9A-Fa-f]+)>")
_TOKEN: Final = re.compile(rb"<([0-9A-Fa-f\s]*)>|(\[)|(\])")
_EM: Final = 1000
_MOST_CODES: Final = 0x10000


class FontCodes:
    """A font of a PDF: the text of each of its codes, and its width in thousandths of the type size.

    A text is None where the font does not say which character a glyph is.
    """

    def __init__(self, font: Object) -> None:
        self._is_composite = font.get("/Subtype") == Name.Type0
        self._bytes = 2 if self._is_composite else 1
        self._unit = 1.0
        if font.get("/Subtype") == Name.Type3:
            self._unit = float(font.get("/FontMatrix", Array([0.001]))[0]) * _EM
        self._texts = self._read_texts(font)
        self._widths, self._default = self._read_widths(font)

    def glyphs(self, shown: bytes) -> Iterator[tuple[str | None, float]]:
        """The text and the width of each glyph of a string."""
        for start in range(0, len(shown), self._bytes):
            code = int.from_bytes(shown[start : start + self._bytes], "big")
            yield self._text(code), self._widths.get(code, self._default) * self._unit

    def _text(self, code: int) -> str | None:
        if self._texts is not None:
            return self._texts.get(code)
        return None if self._is_composite else bytes([code]).decode("cp1252", "replace")

    def _read_texts(self, font: Object) -> Mapping[int, str] | None:
        source = font.get("/ToUnicode")
        if source is None or isinstance(source, Name):
            return None
        content = source.read_bytes()
        if (space := _CODE_SPACE.search(content)) is not None and self._is_composite:
            self._bytes = max(len(space[1]) // 2, 1)
        return dict(_unicode_map(content))

    def _read_widths(self, font: Object) -> tuple[dict[int, float], float]:
        if not self._is_composite:
            first = int(font.get("/FirstChar", 0))
            return {first + index: float(width) for index, width in enumerate(font.get("/Widths", Array()))}, 0.0
        own = font.DescendantFonts[0]
        return dict(_composite_widths(list(own.get("/W", Array())))), float(own.get("/DW", _EM))


def _unicode_map(content: bytes) -> Iterator[tuple[int, str]]:
    for kind, block in _BLOCK.findall(content):
        tokens = [opening or closing or _hexadecimal(string) for string, opening, closing in _TOKEN.findall(block)]
        yield from _characters(tokens) if kind == b"char" else _ranges(tokens)


def _hexadecimal(string: bytes) -> bytes:
    return bytes.fromhex(b"".join(string.split()).decode().ljust(2, "0")) if string.strip() else b""


def _characters(tokens: list[bytes]) -> Iterator[tuple[int, str]]:
    for code, text in zip(tokens[::2], tokens[1::2], strict=False):
        yield int.from_bytes(code, "big"), _decoded(text)


def _ranges(tokens: list[bytes]) -> Iterator[tuple[int, str]]:
    rest = iter(tokens)
    for low in rest:
        first, last, text = int.from_bytes(low, "big"), int.from_bytes(next(rest, b""), "big"), next(rest, b"")
        if text == b"[":
            for code, one in enumerate(iter(lambda: next(rest, b"]"), b"]"), first):
                yield code, _decoded(one)
            continue
        for code in range(first, min(last, first + _MOST_CODES) + 1):
            following = int.from_bytes(text, "big") + code - first
            yield code, _decoded(following.to_bytes(max(len(text), 2), "big"))


def _decoded(text: bytes) -> str:
    return text.decode("utf-16-be", "replace")


def _composite_widths(entries: list[Any]) -> Iterator[tuple[int, float]]:
    """The widths of a /W array: ``c [w1 w2 …]`` or ``first last w``."""
    index = 0
    while index + 1 < len(entries):
        first, second = int(entries[index]), entries[index + 1]
        if isinstance(second, Array):
            yield from ((first + at, float(width)) for at, width in enumerate(second))
            index += 2
            continue
        if index + 2 >= len(entries):
            return
        width = float(entries[index + 2])
        yield from ((code, width) for code in range(first, min(int(second), first + _MOST_CODES) + 1))
        index += 3
