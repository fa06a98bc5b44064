"""Puts every word of a page into the one form in which the embedded engine writes most of them.

It writes a word as one string. A word whose glyphs are not as wide as the face says (superscripts, notes, scaled text)
it writes glyph by glyph, each moved by ``Td``, and scaled text behind a ``Tz`` that stands outside of the text. Here
each such glyph becomes a word by itself, and the scale a part of the text's own matrix (ISO 32000-1, 9.3.4).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

_SIGNS: Final = (b" Tz\n", b" Td <")  # of a page with words of another form
_TOKEN: Final = re.compile(rb"^(?:(q|Q)|([\d.]+) Tz|BT\n(.*?)\nET)$\n?", re.MULTILINE | re.DOTALL)
_TEXT: Final = re.compile(
    rb"(/\S+ [\d.]+ Tf)\n1 0 0 -1 ([-\d.]+) ([-\d.]+) Tm\n"
    rb"(<[0-9A-F]+> Tj(?:\n[-\d.]+ [-\d.]+ Td <[0-9A-F]+> Tj)*)"
)
_GLYPHS: Final = re.compile(rb"(?:([-\d.]+) ([-\d.]+) Td )?(<[0-9A-F]+>) Tj")
_PER_CENT: Final = 100


class _Glyphs(NamedTuple):
    x: bytes
    y: bytes
    string: bytes


def plain_words(content: bytes) -> bytes:
    """``content`` of a page with every word in one piece; text of a form that is not known stays as it is."""
    if not any(sign in content for sign in _SIGNS):
        return content
    return b"".join(_pieces(content))


def _pieces(content: bytes) -> Iterator[bytes]:
    scales, read = [b"100"], 0
    for token in _TOKEN.finditer(content):
        yield content[read : token.start()]
        read = token.end()
        state, scale, text = token.groups()
        if scale is not None:
            scales[-1] = scale
        elif text is not None:
            yield _words(text, scales[-1]) or _unread(token[0], scales[-1])
        else:
            yield token[0]
            _change_state(scales, state)
    yield content[read:]


def _change_state(scales: list[bytes], state: bytes) -> None:
    """``q`` keeps the scale, ``Q`` takes back the one that was kept."""
    if state == b"q":
        scales.append(scales[-1])
    elif len(scales) > 1:
        scales.pop()


def _words(text: bytes, scale: bytes) -> bytes | None:
    """The words of a text object, each one its own; None where it has another form."""
    found = _TEXT.fullmatch(text)
    if found is None:
        return None
    font, x, y, shown = found.groups()
    width = b"%.4g" % (float(scale) / _PER_CENT)
    return b"".join(
        b"BT\n%s\n%s 0 0 -1 %s %s Tm\n%s Tj\nET\n" % (font, width, glyphs.x, glyphs.y, glyphs.string)
        for glyphs in _places(x, y, shown)
    )


def _places(x: bytes, y: bytes, shown: bytes) -> Iterator[_Glyphs]:
    """Where the strings stand: each ``Td`` counts from the one before, upwards in a text that is upside down."""
    for across, up, string in _GLYPHS.findall(shown):
        if across:
            x = b"%.6f" % (float(x) + float(across))
        if up and float(up):
            y = b"%.6f" % (float(y) - float(up))
        yield _Glyphs(x, y, string)


def _unread(text: bytes, scale: bytes) -> bytes:
    """A text object as it was, in its scale, which counts for this one alone."""
    return text if scale == b"100" else b"%s Tz\n%s%d Tz\n" % (scale, text, _PER_CENT)
