"""Reading and writing the register's lines inside one transaction: all its SQL stands here."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields
from datetime import date, datetime
from typing import Any, Final, TypeVar

from sqlalchemy import Connection, bindparam, select, tuple_

from congvan.register.entry import Entry, NumberRequest, Series, State
from congvan.register.numbering import Book, Dates, Numbering
from congvan.register.schema import entry_table, series_table

T = TypeVar("T")

_AT_ONCE: Final = 10_000
"""Values in one question: below the 32,766 that SQLite takes."""

_AT = entry_table.columns
_LINE: Final = [_AT[part.name] for part in fields(Entry)]
_SERIES: Final = (_AT.don_vi, _AT.nam, _AT.chuoi)


class Ledger:
    """The lines of the register as one transaction sees and changes them."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def book(self, run: Sequence[NumberRequest]) -> Book:
        """What the register says about ``run``."""
        known = self.known([request.khoa for request in run])
        return Book(known, self._dates(sorted({request.series for request in run})))

    def known(self, keys: Sequence[str]) -> dict[str, Entry]:
        """The entries of those ``keys`` that have a number."""
        found: dict[str, Entry] = {}
        for some in _portions(keys, _AT_ONCE):
            rows = self._connection.execute(select(*_LINE).where(_AT.khoa.in_(some)))
            found.update((row.khoa, Entry(*row)) for row in rows)
        return found

    def entries(self, don_vi: str | None, nam: int | None) -> list[Entry]:
        """The entries of one body or all, of one year or all, by series and number."""
        question = select(*_LINE).order_by(*_SERIES, _AT.so)
        if don_vi is not None:
            question = question.where(_AT.don_vi == don_vi)
        if nam is not None:
            question = question.where(_AT.nam == nam)
        return [Entry(*row) for row in self._connection.execute(question)]

    def take_down(self, numbering: Numbering, now: datetime) -> None:
        """Enter the new letters of a run as reserved, and what the run changes beside known numbers."""
        opened = [
            {**series._asdict(), "bat_dau": start, "opened_at": now} for series, start in numbering.opened.items()
        ]
        new = [
            {
                **_beside_the_number(request),
                **request.series._asdict(),
                "khoa": request.khoa,
                "so": numbering.numbers[request.khoa],
                "trang_thai": State.RESERVED,
                "reserved_at": now,
            }
            for request in numbering.new
        ]
        changed = [{**_beside_the_number(request), "of_khoa": request.khoa} for request in numbering.changed]
        self._each(series_table.insert(), opened)
        self._each(entry_table.insert(), new)
        self._each(entry_table.update().where(_AT.khoa == bindparam("of_khoa")), changed)

    def issue(self, keys: Sequence[str], now: datetime) -> None:
        """Turn the reserved numbers among ``keys`` into issued ones."""
        change = entry_table.update().where(_AT.trang_thai == State.RESERVED)
        for some in _portions(keys, _AT_ONCE):
            self._connection.execute(change.where(_AT.khoa.in_(some)).values(trang_thai=State.ISSUED, issued_at=now))

    def void(self, khoa: str, reason: str, now: datetime) -> None:
        """Turn the number of ``khoa`` void."""
        change = entry_table.update().where(_AT.khoa == khoa)
        self._connection.execute(change.values(trang_thai=State.VOID, voided_at=now, void_reason=reason))

    def _dates(self, series: Sequence[Series]) -> Mapping[Series, Dates]:
        dates: dict[Series, dict[int, date | None]] = defaultdict(dict)
        for some in _portions(series, _AT_ONCE // len(_SERIES)):
            question = select(*_SERIES, _AT.so, _AT.ngay, _AT.trang_thai).where(tuple_(*_SERIES).in_(some))
            for don_vi, nam, chuoi, so, ngay, state in self._connection.execute(question):
                dates[Series(don_vi, nam, chuoi)][so] = None if state is State.VOID else ngay
        return dict(dates)

    def _each(self, statement: Any, rows: Sequence[Mapping[str, Any]]) -> None:
        """Carry out ``statement`` once a row, in bulk; SQLAlchemy would take no rows for one empty row."""
        if rows:
            self._connection.execute(statement, rows)


def _beside_the_number(request: NumberRequest) -> dict[str, Any]:
    return {name: getattr(request, name) for name in ("ngay", "ky_hieu", "loai", "trich_yeu")}


def _portions(values: Sequence[T], size: int) -> Iterator[Sequence[T]]:
    return (values[start : start + size] for start in range(0, len(values), size))
