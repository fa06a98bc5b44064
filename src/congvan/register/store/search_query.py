"""The lines of the register that a search finds, in SQL: of a book of 100,000 lines only those found are read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final

from sqlalchemy import Column, ColumnElement, and_, extract, func, or_

from congvan.register.lookup.search import DayOfYear, Search, number_of
from congvan.register.store.schema import entry_table
from congvan.register.store.word_index import has_word, has_words, is_among_lines_with

_ENTRY: Final = entry_table.columns


def conditions(search: Search, words: Sequence[str]) -> Iterator[ColumnElement[bool]]:
    """What must be true of an entry; symbols of names are left to be compared afterwards.

    ``words`` are those of the search, the rarest first.
    """
    looks_up = bool(words or search.names or search.numbers or search.days)
    if search.don_vi is not None:
        yield (_asked_afterwards(_ENTRY.don_vi) if looks_up else _ENTRY.don_vi) == search.don_vi
    if search.nam is not None:
        yield _ENTRY.nam == search.nam
    if search.since:
        yield _ENTRY.ngay >= search.since
    if search.until:
        yield _ENTRY.ngay <= search.until
    yield from (_ENTRY.ngay == day for day in search.days)
    yield from map(_on, search.days_of_year)
    yield from (_ENTRY.so == name.so for name in search.names)
    yield from has_words(words)
    for term in search.numbers:
        yield _number_or_word(term, looks_up=not words)


def conditions_without_words(search: Search) -> Iterator[ColumnElement[bool]]:
    """The same of a book of an earlier version, without words and what may be one; those are compared afterwards."""
    return conditions(search.without_words, ())


def _asked_afterwards(column: Column[str]) -> ColumnElement[str]:
    """``column``, but not by its index, which SQLite would choose although a body has nearly all lines."""
    return func.coalesce(column, "")


def _on(day: DayOfYear) -> ColumnElement[bool]:
    parts: list[tuple[str, Any]] = [("year", day.year), ("month", day.month), ("day", day.day)]
    return and_(*(extract(part, _ENTRY.ngay) == value for part, value in parts if value is not None))


def _number_or_word(term: str, *, looks_up: bool) -> ColumnElement[bool]:
    """``18`` is a number, and also a word of «Quyết định số 18»."""
    number, _ = number_of(term)
    return or_(_ENTRY.so == number, is_among_lines_with(term) if looks_up else has_word(term))
