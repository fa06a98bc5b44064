"""Reading and writing the register's lines inside one transaction: all its SQL stands here."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import fields, replace
from datetime import date, datetime
from itertools import islice
from typing import Any, Final, TypeVar

from sqlalchemy import Connection, Select, and_, bindparam, case, func, select, tuple_

from congvan.register.entry import Entry, IssuedNumber, NumberRequest, OpenedSeries, Series, State
from congvan.register.numbering import Book, Dates, Numbering
from congvan.register.schema import VERSION, columns_of_version, entry_table, series_table, trail_table
from congvan.register.trail import Act, Stamp, Step, TrailRow, change_of, sealed_rows, subject_of

T = TypeVar("T")

_AT_ONCE: Final = 10_000
"""Values in one question: below the 32,766 that SQLite takes."""

_LINES_AT_ONCE: Final = 1_000
"""Lines written together: more would take memory, and no less time."""

_AT = entry_table.columns
_SERIES: Final = (_AT.don_vi, _AT.nam, _AT.chuoi)
_DAY: Final = case((_AT.trang_thai != State.VOID, _AT.ngay))
"""The date that holds others to it: none where it is open or the number is void."""

_OPENED: Final = (series_table.columns.don_vi, series_table.columns.nam, series_table.columns.chuoi)
_IN_IT: Final = and_(*(here == there for here, there in zip(_SERIES, _OPENED, strict=True)))
_ANY: Final = entry_table.alias()
_HIGHEST: Final = select(func.max(_ANY.columns.so)).where(*(_ANY.columns[name.name] == name for name in _OPENED))
_DATED: Final = _HIGHEST.where(_ANY.columns.trang_thai != State.VOID, _ANY.columns.ngay.is_not(None))
_ENDS: Final = select(
    *_OPENED, _HIGHEST.correlate(series_table).scalar_subquery().label("highest"), _AT.so, _AT.ngay
).outerjoin_from(series_table, entry_table, and_(_IN_IT, _AT.so == _DATED.correlate(series_table).scalar_subquery()))
"""Of each series, its highest number, and the highest number that has a date, with the date."""

_TRAIL: Final = [trail_table.columns[part.name] for part in fields(TrailRow)]


class Ledger:
    """The lines of the register as one transaction sees and changes them; one of an older version can be read only."""

    def __init__(self, connection: Connection, version: int = VERSION) -> None:
        self._connection = connection
        columns = columns_of_version(version)
        self._lines: Select[Any] = select(*(columns[part.name] for part in fields(Entry))).select_from(entry_table)
        self.has_trail = version >= VERSION

    def book(self, run: Sequence[NumberRequest]) -> Book:
        """What the register says about ``run``: of a series that only grows by it, no more than where it ends."""
        known = self.known([request.khoa for request in run])
        redated = {
            request.series
            for request in run
            if (entry := known.get(request.khoa)) is not None and entry.ngay != request.ngay
        }
        growing = {request.series for request in run} - redated
        return Book(known, {**self._ends(sorted(growing)), **self._dates(sorted(redated))})

    def whole_book(self, run: Sequence[NumberRequest]) -> Book:
        """What the register says about ``run``, with every number of its series."""
        known = self.known([request.khoa for request in run])
        return Book(known, self._dates(sorted({request.series for request in run})))

    def known(self, keys: Sequence[str]) -> dict[str, Entry]:
        """The entries of those ``keys`` that have a number."""
        found: dict[str, Entry] = {}
        for some in _portions(keys, _AT_ONCE):
            rows = self._read(self._lines.where(_AT.khoa.in_(some)))
            found.update((row.khoa, Entry(*row)) for row in rows)
        return found

    def entries(self, don_vi: str | None, nam: int | None) -> list[Entry]:
        """The entries of one body or all, of one year or all, by series and number."""
        question = self._lines.order_by(*_SERIES, _AT.so)
        if don_vi is not None:
            question = question.where(_AT.don_vi == don_vi)
        if nam is not None:
            question = question.where(_AT.nam == nam)
        return [Entry(*row) for row in self._read(question)]

    def series(self) -> list[OpenedSeries]:
        """Every series that was opened."""
        columns = [series_table.columns[part.name] for part in fields(OpenedSeries)]
        return [OpenedSeries(*row) for row in self._read(select(*columns))]

    def trail(self) -> list[TrailRow]:
        """The audit trail from its first row."""
        return [
            TrailRow(*row) for row in self._connection.execute(select(*_TRAIL).order_by(trail_table.columns.number))
        ]

    def last_of_trail(self) -> TrailRow | None:
        """The latest row of the trail."""
        latest_first = select(*_TRAIL).order_by(trail_table.columns.number.desc())
        rows = self._read(latest_first.limit(1))
        return TrailRow(*rows[0]) if rows else None

    def take_down(self, numbering: Numbering, known: Mapping[str, Entry], stamp: Stamp) -> None:
        """Enter the new letters of a run as reserved, and what the run changes beside ``known`` numbers."""
        new = (
            _entry(request, numbering.numbers[request.khoa], State.RESERVED, reserved_at=stamp.at)
            for request in numbering.new
        )
        changed = ((known[request.khoa], replace(known[request.khoa], **request.said)) for request in numbering.changed)
        self._open(numbering.opened, stamp)
        self._enter(Act.RESERVE, new, stamp)
        self._amend(Act.AMEND, changed, stamp)

    def take_over(self, issued: Iterable[IssuedNumber], opened: Mapping[Series, int], stamp: Stamp) -> None:
        """Enter letters that had their numbers before, as issued."""
        at = {"reserved_at": stamp.at, "issued_at": stamp.at}
        self._open(opened, stamp)
        self._enter(Act.IMPORT, (_entry(one.letter, one.so, State.ISSUED, **at) for one in issued), stamp)

    def issue(self, entries: Mapping[str, Entry], stamp: Stamp) -> None:
        """Turn the reserved numbers among ``entries`` into issued ones."""
        issued = (
            (entry, replace(entry, trang_thai=State.ISSUED, issued_at=stamp.at))
            for entry in entries.values()
            if entry.trang_thai is State.RESERVED
        )
        self._amend(Act.ISSUE, issued, stamp)

    def void(self, entry: Entry, reason: str, stamp: Stamp) -> Entry:
        """Turn the number of ``entry`` void."""
        void = replace(entry, trang_thai=State.VOID, voided_at=stamp.at, void_reason=reason)
        self._amend(Act.VOID, [(entry, void)], stamp)
        return void

    def begin_trail(self, stamp: Stamp) -> None:
        """Let the trail of a register that had none start with what the register holds."""
        found = [(Act.MIGRATE_SERIES, one) for one in self.series()]
        entries = [(Act.MIGRATE_ENTRY, line) for line in self.entries(None, None)]
        self._write_trail((Step(act, subject_of(one), change_of(None, one)) for act, one in found + entries), stamp)

    def _open(self, opened: Mapping[Series, int], stamp: Stamp) -> None:
        series = [OpenedSeries(*name, bat_dau=start, opened_at=stamp.at) for name, start in opened.items()]
        self._each(series_table.insert(), map(_cells, series))
        self._write_trail((Step(Act.OPEN, subject_of(one), change_of(None, one)) for one in series), stamp)

    def _enter(self, act: Act, entries: Iterable[Entry], stamp: Stamp) -> None:
        for some in _batches(entries):
            self._each(entry_table.insert(), map(_cells, some))
            self._write_trail((Step(act, line.khoa, change_of(None, line)) for line in some), stamp)

    def _amend(self, act: Act, amended: Iterable[tuple[Entry, Entry]], stamp: Stamp) -> None:
        """Write what changed in entries (each before and after), those with the same parts changed together."""
        for some in _batches(amended):
            steps = [Step(act, after.khoa, change_of(before, after)) for before, after in some]
            alike: dict[tuple[str, ...], list[dict[str, Any]]] = defaultdict(list)
            for (_, after), step in zip(some, steps, strict=True):
                values = {name: getattr(after, name) for name in step.change}
                alike[tuple(sorted(step.change))].append({**values, "of_khoa": after.khoa})
            for changed in alike.values():
                self._each(entry_table.update().where(_AT.khoa == bindparam("of_khoa")), changed)
            self._write_trail(steps, stamp)

    def _write_trail(self, steps: Iterable[Step], stamp: Stamp) -> None:
        if listed := list(steps):
            rows = sealed_rows(listed, stamp, self.last_of_trail())
            self._each(trail_table.insert(), map(_cells, rows))

    def _ends(self, series: Sequence[Series]) -> Mapping[Series, Dates]:
        """The highest number of each series, and the highest with a date: no lower one has a later date.

        Both are found from the end of the index, however long the series is.
        """
        ends: dict[Series, dict[int, date | None]] = {}
        for some in _portions(series, _AT_ONCE // len(_SERIES)):
            for don_vi, nam, chuoi, last, dated, day in self._read(_ENDS.where(tuple_(*_OPENED).in_(some))):
                if last is not None:
                    ends[Series(don_vi, nam, chuoi)] = {last: None} | ({dated: day} if day else {})
        return ends

    def _dates(self, series: Sequence[Series]) -> Mapping[Series, Dates]:
        dates: dict[Series, dict[int, date | None]] = defaultdict(dict)
        for some in _portions(series, _AT_ONCE // len(_SERIES)):
            question = select(*_SERIES, _AT.so, _DAY).where(tuple_(*_SERIES).in_(some))
            for don_vi, nam, chuoi, so, day in self._read(question):
                dates[Series(don_vi, nam, chuoi)][so] = day
        return dict(dates)

    def _read(self, question: Select[Any]) -> Sequence[Any]:
        try:
            return self._connection.execute(question).all()
        except TypeError as error:  # SQLite keeps a number where a date belongs, if somebody puts it there
            raise ValueError(str(error)) from error

    def _each(self, statement: Any, rows: Iterable[Mapping[str, Any]]) -> None:
        """Carry out ``statement`` once a row, in bulk; SQLAlchemy would take no rows for one empty row."""
        if listed := list(rows):
            self._connection.execute(statement, listed)


def _cells(line: Entry | OpenedSeries | TrailRow) -> dict[str, Any]:
    return {name: getattr(line, name) for name in line.__slots__}


def _entry(request: NumberRequest, so: int, state: State, **times: datetime) -> Entry:
    said = {"khoa": request.khoa, **request.series._asdict(), **request.said}
    return Entry(so=so, trang_thai=state, **said, **times)  # type: ignore[arg-type]  # the names of an Entry's parts


def _batches(lines: Iterable[T]) -> Iterator[Sequence[T]]:
    rest = iter(lines)
    while some := tuple(islice(rest, _LINES_AT_ONCE)):
        yield some


def _portions(values: Sequence[T], size: int) -> Iterator[Sequence[T]]:
    return (values[start : start + size] for start in range(0, len(values), size))
