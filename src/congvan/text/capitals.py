"""Capital letters: the first of a sentence, and whole lines such as the name of a body."""

from __future__ import annotations

import re

from congvan.text.unicode_form import nfc


def capitalize_first(text: str) -> str:
    """``text`` with its first letter a capital, otherwise unchanged.

    Signs before the letter stay (``«một`` is ``«Một``); a text that begins with a digit is left alone.
    """
    return re.sub(r"^[\W_]*[^\W\d_]", lambda start: start[0].upper(), text, count=1)


def upper(text: str) -> str:
    """``text`` in capitals, composed (NFC), as the decree sets the names of bodies and the motto."""
    return nfc(text).upper()
