"""Which letter gets which number: pure; what the register already says comes in, numbers come out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from congvan.register.entry import Entry, IssuedNumber, NumberRequest, Series

Dates = Mapping[int, date | None]
"""The date beside each number of a series: None where it is open or the number is void."""


@dataclass(frozen=True, slots=True)
class Book:
    """What the register says about one run: the run's keys it knows, and the dates in the run's series.

    Of a series to which the run only adds, it is enough to have the highest number and the latest date; of a letter
    about which the register and the run say the same, its number (``settled``).
    """

    known: Mapping[str, Entry] = field(default_factory=dict)
    dates: Mapping[Series, Dates] = field(default_factory=dict)
    settled: Mapping[str, int] = field(default_factory=dict)

    def last(self, series: Series) -> int | None:
        """The highest number taken in ``series``, None while it is empty."""
        return max(self.dates.get(series, ()), default=None)


@dataclass(frozen=True, slots=True)
class Numbering:
    """The numbers of one run, by key, and what the book must take down for them.

    ``opened`` are the series that start with this run, each with its first number.
    """

    numbers: Mapping[str, int]
    opened: Mapping[Series, int]
    new: tuple[NumberRequest, ...]
    changed: tuple[NumberRequest, ...]

    @property
    def settled(self) -> bool:
        """True when the book already says all of it."""
        return not self.new and not self.changed


def assign(run: Iterable[NumberRequest], book: Book) -> Numbering:
    """Known keys keep their number; new keys take the next of their series, in the order given (Art. 15)."""
    numbers: dict[str, int] = {}
    opened: dict[Series, int] = {}
    following: dict[Series, int] = {}
    new, changed = [], []
    for khoa, request in by_key(run).items():
        if (so := book.settled.get(khoa)) is not None:
            numbers[khoa] = so
        elif entry := book.known.get(khoa):
            numbers[khoa] = entry.so
            if any(getattr(entry, name) != value for name, value in request.said.items()):
                changed.append(request)
        else:
            series = request.series
            if series not in following:
                last = book.last(series)
                following[series] = opened.setdefault(series, request.bat_dau) if last is None else last + 1
            numbers[khoa] = following[series]
            following[series] += 1
            new.append(request)
    return Numbering(numbers, opened, tuple(new), tuple(changed))


def first_numbers(issued: Iterable[IssuedNumber], book: Book) -> Mapping[Series, int]:
    """The series that ``book`` has no number of yet, each with the lowest number it begins with."""
    first: dict[Series, int] = {}
    for line in issued:
        if book.last(line.series) is None:
            first[line.series] = min(line.so, first.get(line.series, line.so))
    return first


def by_key(run: Iterable[NumberRequest]) -> Mapping[str, NumberRequest]:
    """The requests of a run by key; of those with the same key the first, since that is refused elsewhere."""
    first: dict[str, NumberRequest] = {}
    for request in run:
        first.setdefault(request.khoa, request)
    return first
