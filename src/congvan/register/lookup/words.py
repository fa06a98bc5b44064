"""The words of a register's line, as a search compares them: without accents and capitals. Pure."""

from __future__ import annotations

import re
from functools import lru_cache
from operator import attrgetter
from typing import Final

from congvan.letter.number_request import SERIES_OF_MARKED_LETTERS
from congvan.register.entry import Entry
from congvan.text import without_marks

WORD_PARTS: Final = ("trich_yeu", "noi_nhan", "ky_hieu", "nguoi_ky", "ghi_chu")
"""The parts of a line in which words are looked for."""

_WORD: Final = re.compile(r"[^\W_]+")
_TEXTS: Final = attrgetter(*WORD_PARTS)
_TEXTS_IN_THE_CACHE: Final = 256
"""Texts whose words are known: letters that follow one another share their subject and their signer."""


@lru_cache(_TEXTS_IN_THE_CACHE)
def words_of(text: str) -> frozenset[str]:
    """The words of ``text``: ``xóa Thu-tiền`` is ``xoa``, ``thu``, ``tien``."""
    return frozenset(_WORD.findall(without_marks(text).lower()))


def words_of_entry(entry: Entry) -> frozenset[str]:
    """The words by which a line is found; of a letter with a secrecy mark only those of its symbol."""
    if entry.chuoi == SERIES_OF_MARKED_LETTERS:
        return words_of(entry.ky_hieu)
    return frozenset().union(*map(words_of, _TEXTS(entry)))
