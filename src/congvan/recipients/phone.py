"""Telephone numbers as lists keep them: text, whose leading zero spreadsheets like to lose."""

from __future__ import annotations

import re
from typing import Final

from congvan.findings import Finding, finding

_WITHOUT_ZERO: Final = re.compile(r"[35789]\d{8}|2\d{9}|1(?:2\d|6[2-9]|8[68]|99)\d{7}")
"""A mobile number (0 and 9 digits), a fixed line (02 and 9 digits) or an old one (01 and 9 digits) without its zero."""

_NUMBER: Final = re.compile(r"(?:0|\+?84)(?:[35789]\d{8}|2\d{9})|1[89]00\d{4,6}")
_SEPARATORS: Final = re.compile(r"[;,/\n]| - ")
_WRITTEN_BETWEEN: Final = re.compile(r"[ .()-]")

NEW_PREFIXES: Final = {
    **{f"016{digit}": f"03{digit}" for digit in "23456789"},
    "0120": "070",
    "0121": "079",
    "0122": "077",
    "0126": "076",
    "0128": "078",
    "0123": "083",
    "0124": "084",
    "0125": "085",
    "0127": "081",
    "0129": "082",
    "0186": "056",
    "0188": "058",
    "0199": "059",
}
"""Prefixes of 11-digit mobile numbers and those that took their place on 15 September 2018."""

_OLD_NUMBER: Final = re.compile(rf"(?:{'|'.join(NEW_PREFIXES)})\d{{7}}")


def phones_in(text: str) -> tuple[str, ...]:
    """The numbers in a telephone cell, as written; several stand apart by ``;``, ``/``, a comma or a line."""
    parts = [part.strip() for part in _SEPARATORS.split(text) if part.strip()]
    return tuple(number for part in parts for number in _side_by_side(part))


def read_phone(text: str) -> tuple[str, tuple[Finding, ...]]:
    """A telephone cell's text and what is odd about it; two numbers in a cell are fine.

    A lost zero is given back where only one number can have been meant; anything else stays as it is.
    """
    numbers = phones_in(text)
    lost = [number for number in numbers if _WITHOUT_ZERO.fullmatch(number)]
    read = text
    for number in dict.fromkeys(lost):
        read = re.sub(rf"(?<!\d){number}(?!\d)", f"0{number}", read)
    odd = [finding("recipients-zero-restored", value=text, read=read)] if lost else []
    digits = [_WRITTEN_BETWEEN.sub("", number) for number in phones_in(read)]
    for number in digits:
        if _OLD_NUMBER.fullmatch(number):
            old, new = number[:4], NEW_PREFIXES[number[:4]]
            odd.append(finding("recipients-phone-old", value=number, old=old, new=new, read=f"{new}{number[4:]}"))
    if not digits or not all(_NUMBER.fullmatch(number) or _OLD_NUMBER.fullmatch(number) for number in digits):
        odd.append(finding("recipients-phone-unclear", value=text))
    return read, tuple(odd)


def _side_by_side(part: str) -> tuple[str, ...]:
    """Two whole numbers with only a space between them; else the part as it is."""
    words = part.split()
    if len(words) > 1 and all(_NUMBER.fullmatch(_WRITTEN_BETWEEN.sub("", word)) for word in words):
        return tuple(words)
    return (part,)
