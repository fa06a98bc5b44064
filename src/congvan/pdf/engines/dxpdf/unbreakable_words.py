"""Words that the embedded engine would break over two lines where Word does not.

A ``/`` inside a word (``3197/UBND-CN``) does not end a line, nor does a non-breaking hyphen.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Final

from congvan.support.ooxml import W

if TYPE_CHECKING:
    from lxml.etree import _Element

_JOINER: Final = "\u200d"  # zero width, in the font, and no line may end before or after it
_NO_BREAK_HYPHEN: Final = "\u2011"
OPEN_ENDS: Final = ("/", _NO_BREAK_HYPHEN)
"""Ends of a text that hold on to the one after it."""

_SLASH_IN_WORD: Final = re.compile(r"/(?=\S)")
_HYPHEN_IN_WORD: Final = re.compile(_NO_BREAK_HYPHEN + r"(?=\S)")
_WORD_WITH_SLASH: Final = re.compile(r"\S*/\S*")
_LONGEST_SYMBOL: Final = 40  # characters; a longer word is a web address, which may well end a line at a slash


def add_joiners(part: _Element) -> None:
    """Hold together the words of every paragraph in ``part``."""
    for hyphen in part.iter(f"{W}noBreakHyphen"):
        hyphen.tag, hyphen.text = f"{W}t", _NO_BREAK_HYPHEN
    for paragraph in part.iter(f"{W}p"):
        open_end = False
        for element in paragraph.iter(f"{W}t"):
            text = element.text or ""
            element.text = with_joiners(text, after_open_end=open_end)
            open_end = text.endswith(OPEN_ENDS)


def with_joiners(text: str, *, after_open_end: bool = False) -> str:
    """``text``, its letters composed, with joiners where the engine would end a line and Word does not.

    A joiner is put only before a character of the same run: at the end it would look like a space.
    """
    text = unicodedata.normalize("NFC", text)  # the engine composes no letters
    if after_open_end and text[:1].strip():
        text = _JOINER + text
    if _NO_BREAK_HYPHEN in text:
        text = _HYPHEN_IN_WORD.sub("-" + _JOINER, text).replace(_NO_BREAK_HYPHEN, "-")
    return _WORD_WITH_SLASH.sub(_joined, text) if "/" in text else text


def _joined(word: re.Match[str]) -> str:
    found = word.group()
    return found if len(found) > _LONGEST_SYMBOL else _SLASH_IN_WORD.sub("/" + _JOINER, found)
