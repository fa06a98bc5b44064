"""Assign numbers to letters. Pure: what the register holds comes in, numbers come out."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from congvan.register.entry import Entry, NumberRequest, Series

Dates = Mapping[int, date | None]
"""The date beside each number of a series: None where it is open or the number is void."""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The part of the register that matters for some requests, as one transaction sees it.

    ``known`` are the entries of their keys, ``dates`` the numbers and dates of their series; ``unchanged`` are the
    numbers of letters whose entry already holds all that the request does. Of a series to which the requests only
    add, the highest number and the latest date are enough. ``first_years`` are the first years with numbers of those
    bodies that ask for another first number than 1. ``history`` are those numbers of ``dates`` that come from a book
    kept before: whatever their dates are, they forbid nothing.
    """

    known: Mapping[str, Entry] = field(default_factory=dict)
    dates: Mapping[Series, Dates] = field(default_factory=dict)
    unchanged: Mapping[str, int] = field(default_factory=dict)
    first_years: Mapping[str, int] = field(default_factory=dict)
    history: Mapping[Series, Collection[int]] = field(default_factory=dict)

    def last(self, series: Series) -> int | None:
        """The highest number taken in ``series``, None while it is empty."""
        return max(self.dates.get(series, ()), default=None)


@dataclass(frozen=True, slots=True)
class Numbering:
    """Numbers by key, and what has to be written for them.

    ``opened`` are the series that start here, each with its first number; ``new`` and ``changed`` are the requests
    without an entry and those that change theirs.
    """

    numbers: Mapping[str, int]
    opened: Mapping[Series, int]
    new: tuple[NumberRequest, ...]
    changed: tuple[NumberRequest, ...]

    @property
    def is_recorded(self) -> bool:
        """True when the register holds all of it already."""
        return not self.new and not self.changed


def assign(requests: Iterable[NumberRequest], snapshot: Snapshot) -> Numbering:
    """Known keys keep their number; new keys take the next of their series, in the order given (Art. 15)."""
    numbers: dict[str, int] = {}
    opened: dict[Series, int] = {}
    following: dict[Series, int] = {}
    first_years = dict(snapshot.first_years)
    new, changed = [], []
    for khoa, request in by_key(requests).items():
        if khoa in snapshot.unchanged:
            numbers[khoa] = snapshot.unchanged[khoa]
        elif entry := snapshot.known.get(khoa):
            numbers[khoa] = entry.so
            if any(getattr(entry, name) != value for name, value in request.book_parts.items()):
                changed.append(request)
        else:
            series = request.series
            if series not in following:
                last = snapshot.last(series)
                year = first_years.setdefault(request.don_vi, request.nam)
                start = request.bat_dau if year == request.nam or not request.bat_dau_nam_dau else 1
                following[series] = opened.setdefault(series, start) if last is None else last + 1
            numbers[khoa] = following[series]
            following[series] += 1
            new.append(request)
    return Numbering(numbers, opened, tuple(new), tuple(changed))


def by_key(requests: Iterable[NumberRequest]) -> Mapping[str, NumberRequest]:
    """The requests by key; of those with the same key the first, since a rule refuses the others."""
    first: dict[str, NumberRequest] = {}
    for request in requests:
        first.setdefault(request.khoa, request)
    return first
