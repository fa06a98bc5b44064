"""Lists as the decree writes them: addressees, recipients, legal bases, and points a), b), c), d), đ)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from congvan.letter import NhomKinhGui

POINT_LETTERS: Final = "abcdđeghiklmnopqrstuvxy"
"""Points follow the Vietnamese alphabet without its marked vowels (Decree 30/2020, Annex I, part II, 6)."""

_INNER_DASH: Final = "+ "


def dash_lines(lines: Sequence[str | NhomKinhGui]) -> Iterator[str]:
    """``- Như trên;`` … ``- Lưu: VT, KD.``, one a line, members of a group after ``+`` (Annex I, part II, 9)."""
    last = len(lines) - 1
    for index, line in enumerate(lines):
        closing = "." if index == last else ";"
        if isinstance(line, NhomKinhGui):
            yield f"- {line.nhom}:"
            yield from (f"{_INNER_DASH}{member};" for member in line.gom[:-1])
            yield f"{_INNER_DASH}{line.gom[-1]}{closing}"
        else:
            yield f"- {line}{closing}"


def is_inner_line(line: str) -> bool:
    """True for a line of :func:`dash_lines` that names a member of a group."""
    return line.startswith(_INNER_DASH)


def is_single(addressee: str | NhomKinhGui) -> bool:
    """True for an addressee that is no group."""
    return not isinstance(addressee, NhomKinhGui)


def roman(number: int) -> str:
    """I, II, III, IV …, the numbers of annexes and parts (Annex I, part II)."""
    tens, ones = divmod(number, 10)
    return "X" * tens + ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX")[ones]


def drafter_code(code: str, copies: object = "") -> str:
    """The end of the Lưu line: `` PL.(300)`` for drafter and copies (Annex I, part II, 12); may be empty."""
    return f" {code}.({copies})" if code and copies else f" {code}." if code else ""


def punctuate(lines: Sequence[str]) -> Iterator[str]:
    """Each line closed by ``;``, the last by ``.`` (Annex I, part II, 6 and 9)."""
    last = len(lines) - 1
    return (f"{line}{'.' if index == last else ';'}" for index, line in enumerate(lines))


def point_label(index: int) -> str:
    """The letter of the point at ``index`` from 0; after y come aa, bb … as law texts do."""
    rounds, place = divmod(index, len(POINT_LETTERS))
    return POINT_LETTERS[place] * (rounds + 1)
