"""Characters of symbol fonts as the Unicode characters that look like them.

Word keeps them in the private area, U+F000 and up (ISO/IEC 29500-1, 17.3.3.30): what they show depends on the font.
"""

from __future__ import annotations

from typing import Final

_PRIVATE: Final = range(0xF000, 0xF100)
_BULLET: Final = "•"
_SYMBOL: Final = {
    **dict(zip(range(0x61, 0x7B), "αβχδεφγηιϕκλμνοπθρστυϖωξψζ", strict=True)),
    **dict(zip(range(0x41, 0x5B), "ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ", strict=True)),
    **dict(zip(range(0xA2, 0xC0), "′≤⁄∞ƒ♣♦♥♠↔←↑→↓°±″≥×∝∂•÷≠≡≈…⏐⎯↵", strict=True)),
    0x2D: "−",
    0xB7: "•",
    0xCE: "∈",
    0xD2: "®",
    0xD3: "©",
    0xD4: "™",
    0xD6: "√",
    0xDB: "⇔",
    0xDE: "⇒",
    0xE5: "∑",
}
_WINGDINGS: Final = {
    0x28: "☎",
    0x2A: "✉",
    0x46: "☞",
    0x6C: "●",
    0x6E: "■",
    0x6F: "□",
    0x71: "❑",
    0x72: "❒",
    0x75: "◆",
    0x76: "❖",
    0x9F: "•",
    0xA0: "▪",
    0xA1: "○",
    0xA7: "▪",
    0xA8: "□",
    0xAB: "★",
    0xB6: "☆",
    0xD8: "➢",
    0xDF: "←",
    0xE0: "→",
    0xE1: "↑",
    0xE2: "↓",
    0xF0: "⇨",
    0xFB: "✗",
    0xFC: "✓",
    0xFD: "☒",
    0xFE: "☑",
}
_WINGDINGS_2: Final = {0x50: "✓", 0x51: "✗", 0x52: "☑", 0x53: "☒", 0x97: "•", 0xA3: "□"}
_FONTS: Final = {"symbol": _SYMBOL, "wingdings": _WINGDINGS, "wingdings 2": _WINGDINGS_2}


def is_symbol_font(family: str) -> bool:
    """True for a font whose characters are signs, and of which it is known which."""
    return family.casefold() in _FONTS


def symbol(code: int, family: str) -> str | None:
    """The character that the font shows for ``code``; None for one that is not known."""
    known = _FONTS.get(family.casefold())
    if known is None:
        return None if code in _PRIVATE or not chr(code).isprintable() else chr(code)
    own = code - _PRIVATE.start if code in _PRIVATE else code
    found = known.get(own)
    is_plain = known is _SYMBOL and 0x20 <= own < 0x7F  # noqa: PLR2004 - printable ASCII, digits and marks as they are
    return found or (chr(own) if is_plain else None)


def bullet_text(text: str, family: str) -> str:
    """The text of a bullet in that font; a sign that is not known is a round bullet."""
    return "".join(
        (symbol(ord(sign), family) or _BULLET) if is_symbol_font(family) or ord(sign) in _PRIVATE else sign
        for sign in text
    )
