"""Reading and writing the register's lines inside one transaction: all its SQL stands here."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import fields, replace
from datetime import date, datetime
from functools import cache
from itertools import islice
from operator import attrgetter, itemgetter
from typing import Any, Final, NamedTuple, TypeVar

from sqlalchemy import Connection, Select, and_, bindparam, case, func, select, tuple_

from congvan.register.entry import SAID, Entry, IssuedNumber, NumberRequest, OpenedSeries, Series, State
from congvan.register.many_rows import ManyRows
from congvan.register.numbering import Book, Dates, Numbering, by_key
from congvan.register.schema import VERSION, columns_of_version, entry_table, series_table, trail_table
from congvan.register.trail import (
    Act,
    Change,
    Stamp,
    Step,
    TrailRow,
    beginning,
    cells_of,
    change_of,
    sealed_rows,
    subject_of,
)

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

_ENTRY: Final = tuple(part.name for part in fields(Entry))
_OPENING: Final = tuple(part.name for part in fields(OpenedSeries))
_TRAIL_ROWS: Final = select(*(trail_table.columns[name] for name in TrailRow._fields))

_SERIES_OF: Final = attrgetter(*Series._fields)
_TOLD: Final = (*Series._fields, *SAID)
"""What a line of the book and a request both tell about a letter."""

_TOLD_BY_REQUEST: Final = attrgetter(*_TOLD)
_TOLD_BY_LINE: Final = itemgetter(*map(_ENTRY.index, _TOLD))
_NUMBER: Final = itemgetter(*map(_ENTRY.index, ("khoa", "so", "trang_thai")))
_STANDING: Final = itemgetter(*map(_ENTRY.index, ("khoa", "trang_thai", "issued_at")))

_OF_KHOA: Final = "of_khoa"
_UPDATE: Final = entry_table.update().where(_AT.khoa == bindparam(_OF_KHOA))


class Amendment(NamedTuple):
    """What changes in the entry ``khoa``, and what its changed parts say then, in the same order."""

    khoa: str
    change: Change
    values: tuple[Any, ...]


class Ledger:
    """The lines of the register as one transaction sees and changes them; one of an older version can be read only."""

    def __init__(self, connection: Connection, version: int = VERSION) -> None:
        self._connection = connection
        columns = columns_of_version(version)
        self._lines: Select[Any] = select(*(columns[name] for name in _ENTRY)).select_from(entry_table)
        self.has_trail = version >= VERSION

    def book(self, run: Sequence[NumberRequest]) -> Book:
        """What the register says about ``run``: of a series that only grows by it, no more than where it ends."""
        known, settled = self._compared(run)
        redated = {
            request.series
            for request in run
            if (entry := known.get(request.khoa)) is not None and entry.ngay != request.ngay
        }
        growing = {Series(*series) for series in {*map(_SERIES_OF, run)}} - redated
        return Book(known, {**self._ends(sorted(growing)), **self._dates(sorted(redated))}, settled)

    def whole_book(self, run: Sequence[NumberRequest]) -> Book:
        """What the register says about ``run``, with every number of its series."""
        known = self.known([request.khoa for request in run])
        return Book(known, self._dates(sorted({request.series for request in run})))

    def known(self, keys: Sequence[str]) -> dict[str, Entry]:
        """The entries of those ``keys`` that have a number."""
        return {row.khoa: Entry(*row) for row in self._lines_of(keys)}

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
        return [TrailRow(*row) for row in self._connection.execute(_TRAIL_ROWS.order_by(trail_table.columns.number))]

    def last_of_trail(self) -> TrailRow | None:
        """The latest row of the trail."""
        rows = self._read(_TRAIL_ROWS.order_by(trail_table.columns.number.desc()).limit(1))
        return TrailRow(*rows[0]) if rows else None

    def take_down(self, numbering: Numbering, known: Mapping[str, Entry], stamp: Stamp) -> None:
        """Enter the new letters of a run as reserved, and what the run changes beside ``known`` numbers."""
        new = (_line(one, numbering.numbers[one.khoa], State.RESERVED, stamp.at) for one in numbering.new)
        changed = (_amendment(known[one.khoa], one.said) for one in numbering.changed)
        self._open(numbering.opened, stamp)
        self._enter(Act.RESERVE, new, stamp)
        self._amend(Act.AMEND, changed, stamp)

    def take_over(self, issued: Iterable[IssuedNumber], opened: Mapping[Series, int], stamp: Stamp) -> None:
        """Enter letters that had their numbers before, as issued."""
        self._open(opened, stamp)
        lines = (_line(one.letter, one.so, State.ISSUED, stamp.at, stamp.at) for one in issued)
        self._enter(Act.IMPORT, lines, stamp)

    def issue(self, keys: Iterable[str], stamp: Stamp) -> list[str]:
        """Turn the reserved numbers of ``keys`` into issued ones; returns the keys that have none, or a void one."""
        impossible: list[str] = []
        for some in _portions([*keys], _AT_ONCE):
            standings = [_STANDING(line) for line in self._lines_of(some)]
            possible = {khoa for khoa, state, _ in standings if state is not State.VOID}
            impossible += (khoa for khoa in some if khoa not in possible)
            self._amend(Act.ISSUE, _issued(standings, stamp.at), stamp)
        return impossible

    def void(self, entry: Entry, reason: str, stamp: Stamp) -> Entry:
        """Turn the number of ``entry`` void."""
        void = {"trang_thai": State.VOID, "voided_at": stamp.at, "void_reason": reason}
        self._amend(Act.VOID, [_amendment(entry, void)], stamp)
        return replace(entry, **void)  # type: ignore[arg-type]  # the names of an Entry's parts

    def begin_trail(self, stamp: Stamp) -> None:
        """Let the trail of a register that had none start with what the register holds."""
        found = [(Act.MIGRATE_SERIES, one) for one in self.series()]
        entries = [(Act.MIGRATE_ENTRY, line) for line in self.entries(None, None)]
        self._write_trail((_first_step(act, one) for act, one in found + entries), stamp)

    def _open(self, opened: Mapping[Series, int], stamp: Stamp) -> None:
        series = [OpenedSeries(*name, bat_dau=start, opened_at=stamp.at) for name, start in opened.items()]
        ManyRows(self._connection, series_table.insert(), _OPENING).carry_out(map(cells_of, series))
        self._write_trail((_first_step(Act.OPEN, one) for one in series), stamp)

    def _enter(self, act: Act, lines: Iterable[tuple[Any, ...]], stamp: Stamp) -> None:
        """Write new lines, each with the parts of an entry, the key first."""
        insert = ManyRows(self._connection, entry_table.insert(), _ENTRY)
        for some in _batches(lines):
            insert.carry_out(some)
            self._write_trail((Step(act, line[0], beginning(Entry, line)) for line in some), stamp)

    def _amend(self, act: Act, amendments: Iterable[Amendment], stamp: Stamp) -> None:
        """Write what changes in entries, those with the same parts changed together."""
        for some in _batches(amendments):
            alike: dict[tuple[str, ...], list[tuple[Any, ...]]] = defaultdict(list)
            for khoa, change, values in some:
                alike[tuple(change)].append((*values, khoa))
            for names, rows in alike.items():
                ManyRows(self._connection, _UPDATE, (*names, _OF_KHOA)).carry_out(rows)
            self._write_trail((Step(act, khoa, change) for khoa, change, _ in some), stamp)

    def _write_trail(self, steps: Iterable[Step], stamp: Stamp) -> None:
        insert = ManyRows(self._connection, trail_table.insert(), TrailRow._fields)
        insert.carry_out(sealed_rows(steps, stamp, self.last_of_trail()))

    def _compared(self, run: Sequence[NumberRequest]) -> tuple[dict[str, Entry], dict[str, int]]:
        """The entries of ``run``; of those that say what it does, no more than the number."""
        requests = by_key(run)
        known: dict[str, Entry] = {}
        settled: dict[str, int] = {}
        for line in self._lines_of([*requests]):
            khoa, so, state = _NUMBER(line)
            request = requests[khoa]
            if state is not State.VOID and _TOLD_BY_LINE(line) == _TOLD_BY_REQUEST(request):
                settled[request.khoa] = so  # the text that is there already
            else:
                known[khoa] = Entry(*line)
        return known, settled

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

    def _lines_of(self, keys: Sequence[str]) -> Iterator[Any]:
        """The lines of those ``keys``, each with the parts of an entry."""
        for some in _portions(keys, _AT_ONCE):
            yield from self._read(self._lines.where(_AT.khoa.in_(some)))

    def _read(self, question: Select[Any]) -> Sequence[Any]:
        try:
            return self._connection.execute(question).all()
        except TypeError as error:  # SQLite keeps a number where a date belongs, if somebody puts it there
            raise ValueError(str(error)) from error


def _line(
    letter: NumberRequest, so: int, state: State, reserved_at: datetime, issued_at: datetime | None = None
) -> tuple[Any, ...]:
    """A new line of the book, with the parts of an entry."""
    return (
        letter.khoa, so, letter.don_vi, letter.nam, letter.chuoi, letter.ngay, letter.ky_hieu, letter.loai,
        letter.trich_yeu, state, reserved_at, issued_at, None, None,
        letter.nguoi_ky, letter.noi_nhan, letter.don_vi_luu, letter.so_ban, letter.ghi_chu,
    )  # fmt: skip


def _issued(standings: Iterable[tuple[str, State, datetime | None]], at: datetime) -> Iterator[Amendment]:
    """The reserved numbers among ``standings`` issued, which changes the same in all of them, or nearly."""

    @cache
    def change(issued_at: datetime | None) -> tuple[Change, tuple[Any, ...]]:
        before = {"trang_thai": State.RESERVED, "issued_at": issued_at}
        return _changed(before, {"trang_thai": State.ISSUED, "issued_at": at})

    reserved = ((khoa, issued_at) for khoa, state, issued_at in standings if state is State.RESERVED)
    return (Amendment(khoa, *change(issued_at)) for khoa, issued_at in reserved)


def _amendment(entry: Entry, parts: Mapping[str, Any]) -> Amendment:
    return Amendment(entry.khoa, *_changed({name: getattr(entry, name) for name in parts}, parts))


def _changed(before: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[Change, tuple[Any, ...]]:
    change = change_of(before, after)
    return change, tuple(after[name] for name in change)


def _first_step(act: Act, line: Entry | OpenedSeries) -> Step:
    return Step(act, subject_of(line), beginning(type(line), cells_of(line)))


def _batches(lines: Iterable[T]) -> Iterator[Sequence[T]]:
    rest = iter(lines)
    while some := tuple(islice(rest, _LINES_AT_ONCE)):
        yield some


def _portions(values: Sequence[T], size: int) -> Iterator[Sequence[T]]:
    return (values[start : start + size] for start in range(0, len(values), size))
