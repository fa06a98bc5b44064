"""Where two texts differ, shown with the words around."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import SequenceMatcher
from typing import Final

_CONTEXT: Final = 4
"""Words shown on each side of what differs."""


def differing_words(before: Sequence[str], after: Sequence[str]) -> tuple[str, str] | None:
    """The words of both texts from their first difference to their last, with a few around; None where none differs."""
    codes = SequenceMatcher(None, before, after, autojunk=False).get_opcodes()
    changes = [code for code in codes if code[0] != "equal"]
    if not changes:
        return None
    first, last = changes[0], changes[-1]
    return _cut(before, first[1], last[2]), _cut(after, first[3], last[4])


def _cut(words: Sequence[str], start: int, end: int) -> str:
    low, high = max(0, start - _CONTEXT), end + _CONTEXT
    return " ".join([*(["…"] if low else []), *words[low:high], *(["…"] if high < len(words) else [])])
