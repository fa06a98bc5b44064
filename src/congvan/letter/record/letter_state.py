"""How far a letter has gone, and the keys of the letters that follow one another."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

FOLLOWING: Final = "~"
"""Stands in a key before the generation: ``dot/thon/17~2`` is the second letter to the recipient ``dot/thon/17``."""


class LetterState(StrEnum):
    """How far a letter has gone, in the words of the manifest."""

    DRAFT = "du-thao"
    NUMBERED = "da-cap-so"
    ISSUED = "da-ban-hanh"
    REPLACED = "da-thay-the"
    RECALLED = "da-thu-hoi"
    CORRECTED = "da-dinh-chinh"
    VOID = "huy"
    MADE = "xong"
    FAILED = "loi"

    @property
    def is_sealed(self) -> bool:
        """Whether nothing may change the letter's files and words any more."""
        return self in _SEALED

    @property
    def stands(self) -> bool:
        """Whether it is the letter its recipient is to follow; not one that was replaced, recalled or made void."""
        return self not in _GONE


_SEALED: Final = frozenset({LetterState.ISSUED, LetterState.REPLACED, LetterState.RECALLED, LetterState.CORRECTED})
_GONE: Final = frozenset({LetterState.REPLACED, LetterState.RECALLED, LetterState.VOID})


class Relation(StrEnum):
    """What a letter does to the one it follows (Decree 30/2020, Art. 18)."""

    REPLACE = "thay-the"
    RECALL = "thu-hoi"
    CORRECT = "dinh-chinh"


def first_key(khoa: str) -> str:
    """``dot/thon/17`` of ``dot/thon/17~2``."""
    base, mark, generation = khoa.rpartition(FOLLOWING)
    return base if mark and generation.isdecimal() else khoa


def generation(khoa: str) -> int:
    """The 2 of ``dot/thon/17~2``; 1 where the key has none."""
    _, mark, number = khoa.rpartition(FOLLOWING)
    return int(number) if mark and number.isdecimal() else 1


def following_key(khoa: str) -> str:
    """The key of the letter after ``khoa``: ``…~2`` after the first."""
    return f"{first_key(khoa)}{FOLLOWING}{generation(khoa) + 1}"
