"""Which lines of an earlier book can be entered, and what is odd about them. Pure.

An earlier book is history: what it says is written down as it stands. Two lines with one number are both kept, dates
out of order and numbers that are missing are warnings. Only a number the register has already is left out.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import count, pairwise

from congvan.findings import Finding, Place, finding
from congvan.register.entry import IssuedNumber, Series

Number = tuple[int, str]
"""A number, and what stands behind it."""

HeldNumbers = Mapping[Number, tuple[str, date | None]]
"""The numbers of one series, each with its key and its date."""

Held = Mapping[Series, HeldNumbers]
"""The numbers the register has already."""


@dataclass(frozen=True, slots=True)
class History:
    """The lines to be entered, the first number of each series that begins with them, and the findings."""

    lines: tuple[IssuedNumber, ...]
    opened: Mapping[Series, int]
    findings: tuple[Finding, ...]


def history_of(issued: Iterable[IssuedNumber], held: Held) -> History:
    """Examine the lines of an earlier book beside what the register holds."""
    by_series: dict[Series, list[IssuedNumber]] = defaultdict(list)
    for line in issued:
        by_series[line.series].append(line)
    entered: list[IssuedNumber] = []
    findings: list[Finding] = []
    opened: dict[Series, int] = {}
    for series, lines in by_series.items():
        before = held.get(series, {})
        new, found = _new_lines(lines, before)
        findings += [*found, *_wrong_years(new), *_odd_dates(new, before), *_missing_numbers(new, before)]
        entered += new
        if new and not before:
            opened[series] = min(line.so for line in new)
    return History(tuple(entered), opened, tuple(findings))


def _new_lines(lines: Sequence[IssuedNumber], before: HeldNumbers) -> tuple[list[IssuedNumber], list[Finding]]:
    """The lines whose numbers the register lacks; of a number that stands twice the second becomes ``05(2)``."""
    new: dict[Number, IssuedNumber] = {}
    findings: list[Finding] = []
    again: list[IssuedNumber] = []
    for line in lines:
        number = (line.so, line.so_phu)
        if number in before:
            if before[number][0] == line.letter.khoa:
                again.append(line)
            else:
                findings.append(finding("register-number-taken", line.place, so=_text(line), series=line.series))
        elif number in new:
            second = _numbered_again(line, {*before, *new})
            first = new[number].place
            findings.append(
                finding("register-number-twice", line.place, so=_text(line), first=first, now=_text(second))
            )
            new[second.so, second.so_phu] = second
        else:
            new[number] = line
    if again:
        findings.append(finding("register-lines-entered-before", Place(file=again[0].place.file), count=len(again)))
    return [*new.values()], findings


def _numbered_again(line: IssuedNumber, taken: Collection[Number]) -> IssuedNumber:
    for times in count(2):
        so_phu = f"{line.so_phu}({times})"
        if (line.so, so_phu) not in taken:
            break
    return replace(line, so_phu=so_phu, letter=replace(line.letter, khoa=f"{line.letter.khoa}({times})"))


def _wrong_years(lines: Iterable[IssuedNumber]) -> Iterator[Finding]:
    for line in lines:
        if line.ngay and line.ngay.year != line.series.nam:
            yield finding("register-history-year", line.place, date=_date_text(line.ngay), nam=line.series.nam)


def _odd_dates(lines: Iterable[IssuedNumber], before: HeldNumbers) -> Iterator[Finding]:
    """Report the fewest lines without which the dates would rise with the numbers."""
    new = {(line.so, line.so_phu): line for line in lines if line.ngay and line.ngay.year == line.series.nam}
    days = {number: day for number, (_, day) in before.items() if day}
    days |= {number: line.ngay for number, line in new.items() if line.ngay}
    in_order = sorted(days.items())
    rising = _longest_rise([day for _, day in in_order])
    kept = [in_order[at] for at in sorted(rising)]
    for index, (number, day) in enumerate(in_order):
        if number in new and index not in rising:
            other, other_day = _misfit(number, day, kept)
            values = {"date": _date_text(day), "other": other[0], "allowed": _date_text(other_day)}
            yield finding("register-history-order", new[number].place, so=_text(new[number]), **values)


def _misfit(number: Number, day: date, kept: Sequence[tuple[Number, date]]) -> tuple[Number, date]:
    """A line among ``kept`` that ``day`` does not fit: the last one before ``number``, otherwise the first after it."""
    earlier = [(other, at) for other, at in kept if other < number and at > day]
    later = [(other, at) for other, at in kept if other > number and at < day]
    return earlier[-1] if earlier else later[0]


def _longest_rise(days: Sequence[date]) -> frozenset[int]:
    """The positions of a longest part of ``days`` that never falls."""
    ends: list[date] = []
    positions: list[int] = []
    previous: dict[int, int | None] = {}
    for index, day in enumerate(days):
        length = bisect_right(ends, day)
        previous[index] = positions[length - 1] if length else None
        ends[length : length + 1] = [day]
        positions[length : length + 1] = [index]
    rise = set()
    at = positions[-1] if positions else None
    while at is not None:
        rise.add(at)
        at = previous[at]
    return frozenset(rise)


def _missing_numbers(lines: Sequence[IssuedNumber], before: HeldNumbers) -> Iterator[Finding]:
    """Report gaps beside a number that is entered: lost numbers, or those of a book still to be entered."""
    entered = {line.so: line for line in reversed(lines)}
    for low, high in pairwise([0, *sorted({*(so for so, _ in before), *entered})]):
        beside = entered.get(high) or entered.get(low)
        if beside and high > low + 1:
            code = "register-number-missing" if high == low + 2 else "register-numbers-missing"
            yield finding(code, beside.place, first=low + 1, last=high - 1, count=high - low - 1)


def _text(line: IssuedNumber) -> str:
    return f"{line.so:02}{line.so_phu}"


def _date_text(day: date) -> str:
    return f"{day:%d/%m/%Y}"
