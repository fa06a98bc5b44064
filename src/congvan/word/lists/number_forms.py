"""Numbers of lists in the forms Word knows (ISO/IEC 29500-1, 17.18.59)."""

from __future__ import annotations

import re
from typing import Final

_ROMAN: Final = (
    *((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl")),
    *((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")),
)
_MAX_ROMAN: Final = 32_767
_LETTERS: Final = 26
_MAX_LETTERS: Final = 780
"""After zzz…z, thirty times, Word begins again at a."""

_CIRCLES: Final = {"decimalEnclosedCircle": (0x2460, 20), "decimalEnclosedParen": (0x2474, 20)}
"""Where the signs with a number in them begin, and how many there are."""

_CHICAGO: Final = "*†‡§"
_PLAIN: Final = frozenset({"decimal", "decimalHalfWidth", "bullet"})
_PADDED: Final = re.compile(r"(0*1)(?=\s*,|$)")  # «001, 002, 003, …»

KNOWN_FORMS: Final = frozenset(
    {
        *_PLAIN,
        *_CIRCLES,
        *("chicago", "decimalZero", "hex", "lowerLetter", "lowerRoman", "none", "numberInDash", "upperLetter"),
        "upperRoman",
    }
)
"""The names of the forms :func:`in_form` writes; others depend on a language."""


def in_form(count: int, form: str) -> str:
    """``count`` in the form of that name, as digits in one that is not known."""
    match form:
        case "lowerRoman" | "upperRoman":
            text = _roman(count)
        case "lowerLetter" | "upperLetter":
            text = _letters(count)
        case "chicago":
            text = _CHICAGO[(count - 1) % 4] * ((count - 1) // 4 % _LETTERS + 1) if count > 0 else ""
        case _:
            text = _digits(count, form)
    return text.upper() if form.startswith("upper") else text


def padded_width(example: str) -> int | None:
    """How many digits a form of the user's own has at least, from its example ``001, 002, 003, …``; None if unknown."""
    found = _PADDED.match(example.strip())
    return len(found[1]) if found else None


def _digits(count: int, form: str) -> str:
    if form in _CIRCLES and 0 < count <= _CIRCLES[form][1]:
        return chr(_CIRCLES[form][0] + count - 1)
    written = {"none": "", "decimalZero": f"{count:02}", "hex": f"{count:X}", "numberInDash": f"- {count} -"}
    return written.get(form, str(count))


def _letters(count: int) -> str:
    """a … z, aa, bb … zz, aaa …, as Word counts."""
    if count < 1:
        return ""
    place = (count - 1) % _MAX_LETTERS
    return chr(ord("a") + place % _LETTERS) * (place // _LETTERS + 1)


def _roman(count: int) -> str:
    if count > _MAX_ROMAN:
        return str(count)
    text = ""
    for worth, sign in _ROMAN:
        times, count = divmod(max(count, 0), worth)
        text += sign * times
    return text
