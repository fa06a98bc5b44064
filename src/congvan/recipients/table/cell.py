"""Read the text of one cell: clean it, and report what is wrong with it."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final

from congvan.findings import Finding, finding
from congvan.text import unicode_form
from congvan.text.non_value import NON_VALUES

_ORDINARY: Final = re.compile("[ -~\n\u1ea0-\u1ef9ÀÁÂÃÈÉÊÌÍÒÓÔÕÙÚÝàáâãèéêìíòóôõùúýĂăĐđĨĩŨũƠơƯư–—“”‘’…•°]*")

LONGEST: Final = 32_767
"""Characters of a value: what a cell of Excel holds."""


@lru_cache(maxsize=16384)  # a list repeats its units in row after row: this saves time, and memory for the texts
def read_cell(written: str) -> tuple[str, tuple[Finding, ...]]:
    """Clean a cell's text; the findings about it have no place yet.

    The text is in NFC, without spaces at its ends, doubled spaces and invisible characters; lines stay
    lines. It is empty when the cell holds no value, has lost characters or is too long.
    """
    if len(written) > LONGEST:
        return "", (finding("recipients-value-too-long", characters=len(written), limit=LONGEST),)
    odd: tuple[Finding, ...] = ()
    if _ORDINARY.fullmatch(written):
        text = _spaced_once(written)
    else:
        text = _spaced_once(unicode_form.nfc(written).translate(unicode_form.WITHOUT_INVISIBLE))
        odd = unicode_form.findings(written.strip())
        if broken := sorted(set(filter(_is_broken, written))):
            return "", (finding("recipients-text-broken", codes=", ".join(f"U+{ord(sign):04X}" for sign in broken)),)
    if text in NON_VALUES:
        return "", (finding("recipients-not-a-value", value=text),)
    return text, odd


def _spaced_once(text: str) -> str:
    if "\n" not in text and "\r" not in text:
        return " ".join(text.split())
    return "\n".join(" ".join(line.split()) for line in text.splitlines()).strip()


def _is_broken(sign: str) -> bool:
    """Control characters, the mark for a lost character, and those no character set defines."""
    return sign == "\ufffd" or (unicodedata.category(sign) in {"Cc", "Cs", "Co", "Cn"} and not sign.isspace())
