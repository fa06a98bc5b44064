"""What a clerk looks for in the register: a number, words of the subject or of the recipients, a date. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import PurePosixPath
from typing import Final, NamedTuple

from congvan.register.entry import Entry
from congvan.register.letter_chain import Link
from congvan.register.letter_record import LetterRecord
from congvan.register.lookup.letter_name import LetterName
from congvan.register.lookup.words import words_of, words_of_entry
from congvan.text import TextError, parse_date, without_marks

_DATES: Final = re.compile(
    r"(?:ngày )?\b[0-9]{1,2} tháng [0-9]{1,2}(?: năm |[,/] ?| )[0-9]{4}\b|\b[0-9]{1,2}([/.-])[0-9]{1,2}\1[0-9]{4}\b"
    r"|\b[0-9]{4}-[0-9]{2}-[0-9]{2}\b",
    re.IGNORECASE,
)
_DAY_OR_MONTH: Final = re.compile(r"([0-9]{1,2})/([0-9]{1,2}|[0-9]{4})")
_NUMBER: Final = re.compile(r"([0-9]{1,9})([a-zđ]{0,3})", re.IGNORECASE)


class DayOfYear(NamedTuple):
    """A day without its year, or a whole month of one: None is any."""

    day: int | None
    month: int
    year: int | None


@dataclass(frozen=True, slots=True)
class Search:
    """What is looked for; all of it must be true of a line.

    ``names`` are numbers with a symbol, ``numbers`` words that may be a number; both these and ``words`` are without
    accents and capitals. ``since`` and ``until`` are included.
    """

    names: tuple[LetterName, ...] = ()
    numbers: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    days: tuple[date, ...] = ()
    days_of_year: tuple[DayOfYear, ...] = ()
    since: date | None = None
    until: date | None = None
    nam: int | None = None
    don_vi: str | None = None

    @classmethod
    def of(
        cls,
        texts: Iterable[str],
        *,
        since: date | None = None,
        until: date | None = None,
        nam: int | None = None,
        don_vi: str | None = None,
    ) -> Search:
        """Read what a clerk typed: ``18``, ``18/ĐLHL``, ``18/ĐLHL@2026``, ``21/6/2021``, words in any order."""
        text = " ".join(" ".join(texts).split())
        days, rest = _dates_in(text)
        names, numbers, days_of_year, words = [], [], [], []
        for term in rest.split():
            if day := _day_of_year(term):
                days_of_year.append(day)
            elif name := LetterName.parse(term):
                names.append(name)
            elif _NUMBER.fullmatch(term):
                numbers.append(without_marks(term).lower())
            else:
                words += sorted(words_of(term))
        found = tuple(names), tuple(numbers), tuple(words), days, tuple(days_of_year)
        return cls(*found, since=since, until=until, nam=nam, don_vi=don_vi)

    @property
    def is_empty(self) -> bool:
        """Whether nothing is asked: every line would be found."""
        return self == Search()

    @property
    def without_words(self) -> Search:
        """The search without ``words`` and ``numbers``: what :meth:`has_words_in` says of a line."""
        return replace(self, words=(), numbers=())

    def has_words_in(self, entry: Entry) -> bool:
        """Whether ``entry`` has all words, and of each number that it is its own or a word."""
        words = words_of_entry(entry)
        numbers = (term in words or number_of(term)[0] == entry.so for term in self.numbers)
        return words.issuperset(self.words) and all(numbers)


class FoundLetter(NamedTuple):
    """A line of the register that was looked for: its letters, its links to others, and its files where known."""

    entry: Entry
    letters: tuple[LetterRecord, ...]
    links: tuple[Link, ...]
    files: tuple[PurePosixPath, ...]


def number_of(term: str) -> tuple[int, str]:
    """``2`` and ``a`` of ``02a``."""
    match = _NUMBER.fullmatch(term)
    assert match
    return int(match[1]), match[2]


def _dates_in(text: str) -> tuple[tuple[date, ...], str]:
    """The dates in ``text``, and what is left of it."""
    days: list[date] = []

    def take(match: re.Match[str]) -> str:
        try:
            days.append(parse_date(match[0]))
        except TextError:
            return match[0]
        return " "

    rest = _DATES.sub(take, text)
    return tuple(days), rest


def _day_of_year(term: str) -> DayOfYear | None:
    """``21/6``, or the month ``6/2021``; None for what is neither."""
    match = _DAY_OR_MONTH.fullmatch(term)
    if match is None:
        return None
    first, second = int(match[1]), int(match[2])
    if len(match[2]) == len("2021"):
        return DayOfYear(None, first, second) if 1 <= first <= _MONTHS else None
    return DayOfYear(first, second, None) if 1 <= second <= _MONTHS and 1 <= first <= _DAYS else None


_MONTHS: Final = 12
_DAYS: Final = 31
