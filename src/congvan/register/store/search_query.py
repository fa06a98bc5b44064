"""The lines of the register that a search finds, in SQL: a book of 100,000 lines is read in the database."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from sqlalchemy import ColumnElement, and_, extract, or_

from congvan.register.lookup.search import DayOfYear, Search, number_of, word_pattern
from congvan.register.store.schema import entry_table

_ENTRY: Final = entry_table.columns
_TEXT: Final[ColumnElement[str]] = (
    _ENTRY.trich_yeu + " " + _ENTRY.noi_nhan + " " + _ENTRY.ky_hieu + " " + _ENTRY.nguoi_ky + " " + _ENTRY.ghi_chu
)
"""What words are looked for in."""


def conditions(search: Search) -> Iterator[ColumnElement[bool]]:
    """What must be true of an entry; symbols of names are left to be compared afterwards. Quick ones come first."""
    for column, value in ((_ENTRY.don_vi, search.don_vi), (_ENTRY.nam, search.nam)):
        if value is not None:
            yield column == value
    if search.since:
        yield _ENTRY.ngay >= search.since
    if search.until:
        yield _ENTRY.ngay <= search.until
    yield from (_ENTRY.ngay == day for day in search.days)
    yield from map(_on, search.days_of_year)
    yield from (_ENTRY.so == name.so for name in search.names)
    yield from map(_number_or_word, search.numbers)
    longest_first = sorted(search.words, key=len, reverse=True)  # fewer lines have them
    yield from (_TEXT.regexp_match(word_pattern(word)) for word in longest_first)


def _on(day: DayOfYear) -> ColumnElement[bool]:
    parts: list[tuple[str, Any]] = [("year", day.year), ("month", day.month), ("day", day.day)]
    return and_(*(extract(part, _ENTRY.ngay) == value for part, value in parts if value is not None))


def _number_or_word(term: str) -> ColumnElement[bool]:
    """``18`` is a number, and also a word of «Quyết định số 18»."""
    number, _ = number_of(term)
    # The database looks for the digits in 1/20 of the time that a regular expression takes in SQLite.
    is_word = and_(_TEXT.contains(str(number)), _TEXT.regexp_match(word_pattern(term)))
    return or_(_ENTRY.so == number, is_word)
