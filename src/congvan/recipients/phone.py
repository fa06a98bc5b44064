"""Telephone numbers as lists keep them: text, whose leading zero spreadsheets like to lose."""

from __future__ import annotations

import re
from typing import Final

from congvan.findings import Finding, finding

_WITHOUT_ZERO: Final = re.compile(r"[35789]\d{8}|2\d{9}")
"""A mobile number (0 and 9 digits) or a fixed line (02 and 9 digits) that has lost its zero."""

_NUMBER: Final = re.compile(r"(?:0|\+?84)(?:[35789]\d{8}|2\d{9})|1[89]00\d{4,6}")
_SEPARATORS: Final = re.compile(r"[;,/\n]| - ")
_WRITTEN_BETWEEN: Final = re.compile(r"[ .()-]")


def read_phone(text: str) -> tuple[str, Finding | None]:
    """A telephone cell's text and what is odd about it; two numbers in a cell are fine.

    A lost zero is given back where only one number can have been meant; anything else stays as it is.
    """
    if _WITHOUT_ZERO.fullmatch(text):
        return f"0{text}", finding("recipients-zero-restored", value=text, read=f"0{text}")
    numbers = [_WRITTEN_BETWEEN.sub("", part) for part in _SEPARATORS.split(text)]
    if not all(map(_NUMBER.fullmatch, numbers)):
        return text, finding("recipients-phone-unclear", value=text)
    return text, None
