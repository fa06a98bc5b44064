"""How lists are written: addressees, recipients, legal bases, and the decree's points a), b), c), d), đ)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

POINT_LETTERS: Final = "abcdđeghiklmnopqrstuvxy"
"""Points follow the Vietnamese alphabet without its marked vowels (Decree 30/2020, Annex I, part II, 6)."""


def dashed(lines: Sequence[str]) -> Iterator[str]:
    """``- Như trên;`` … ``- Lưu: VT, KD.``, one a line (Annex I, part II, 9)."""
    return (f"- {line}" for line in punctuated(lines))


def roman(number: int) -> str:
    """I, II, III, IV …: how annexes and parts are numbered (Annex I, part II)."""
    tens, ones = divmod(number, 10)
    return "X" * tens + ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX")[ones]


def drafter(code: str, copies: object = "") -> str:
    """What follows the Lưu line: `` PL.(300)`` for drafter code and copies (Annex I, part II, 12); may be empty."""
    return f" {code}.({copies})" if code and copies else f" {code}." if code else ""


def punctuated(lines: Sequence[str]) -> Iterator[str]:
    """Each line closed by ``;``, the last by ``.`` (Annex I, part II, 6 and 9)."""
    last = len(lines) - 1
    return (f"{line}{'.' if index == last else ';'}" for index, line in enumerate(lines))


def point(index: int) -> str:
    """The letter of the point at ``index`` from 0; after y come aa, bb … as law texts do."""
    rounds, place = divmod(index, len(POINT_LETTERS))
    return POINT_LETTERS[place] * (rounds + 1)
