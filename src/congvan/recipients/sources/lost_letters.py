"""Find Vietnamese letters that a file has lost: ``?`` in their place, or their bytes read as Latin letters.

A program that saves a list as "CSV (ANSI)" writes «Lê V?n M?u»; one that takes UTF-8 for Windows-1252 shows «Nguyá»…n».
"""

from __future__ import annotations

import re
from typing import Final

_WORD: Final = re.compile(r"[(«“\"']?((?:[^\W\d_]|[?'.-])+)[,;:.)»”\"']?")
_IN_PLACE_OF_A_LETTER: Final = re.compile(r"\?(?=[^\W\d_])")
_LONGEST_WORD: Final = 60
_OF_UTF_8: Final = re.compile("[ÂÃÄÅÆáâ][\u0080-\u00bfŒœŠšŸŽžƒˆ˜–—‘’‚“”„†‡•…‰‹›€™]")
_LETTER_BYTES: Final = re.compile("á»|áº")
_BYTES: Final = {
    **{bytes([byte]).decode("cp1252", "ignore"): byte for byte in range(0x80, 0x100)},
    **{chr(byte): byte for byte in range(0x100)},
}
"""The byte that Windows-1252 shows as each character; bytes it does not define show as themselves."""


def lost_letters(text: str) -> str:
    """The first word with ``?`` in place of a letter: ``V?n``; empty where there is none.

    A question mark at the end of a word is one, and an address (``a.vn/x?id=1``) is no word.
    """
    for word in text.split():
        if "?" in word and len(word) <= _LONGEST_WORD and _WORD.fullmatch(word) and _IN_PLACE_OF_A_LETTER.search(word):
            return word
    return ""


def misread_utf_8(text: str) -> str | None:
    """What ``text`` says when its characters are read as the bytes of UTF-8 they were: ``Nguyễn`` for ``Nguyá»…n``.

    The text itself where bytes have been lost on the way; None for a text that was not misread.
    """
    if not _OF_UTF_8.search(text):
        return None
    try:
        return bytes(_BYTES[sign] for sign in text).decode("utf-8")
    except (KeyError, UnicodeDecodeError):
        # «Trưởng thôn Lá» has the same characters, but opens its quotation.
        return text if _LETTER_BYTES.search(text) and "«" not in text else None
