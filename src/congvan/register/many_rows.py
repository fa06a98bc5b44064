"""A statement carried out once for each of many rows, as quickly as the database's own driver does it.

SQLAlchemy writes the statement out for the database and knows how that keeps a date, a moment or a state; to let it
look at every cell of every row anew would take longer than the database takes to write them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache
from operator import itemgetter
from typing import Any, Final

from sqlalchemy import Connection, Insert, Update
from sqlalchemy.sql.compiler import SQLCompiler

_ALIKE: Final = 64
"""So many values of a column are kept as the database has them: a run has few dates, and one moment."""


class ManyRows:
    """``statement`` on one connection, ready for rows whose values are those ``names``."""

    def __init__(self, connection: Connection, statement: Insert | Update, names: Sequence[str]) -> None:
        compiled = statement.compile(dialect=connection.dialect, column_keys=list(names))
        assert isinstance(compiled, SQLCompiler)
        self._connection = connection
        self._text = compiled.string
        self._names = compiled.positiontup or list(names)
        self._in_order = itemgetter(*map(names.index, self._names))
        self._kept_as = list(_kept_as(compiled, self._names))
        self._row: Callable[[Sequence[Any]], Any] = tuple if compiled.positional else self._by_name

    def carry_out(self, rows: Iterable[Sequence[Any]]) -> None:
        """Carry out the statement once a row; without rows, not at all."""
        if ready := [*map(self._row, map(self._cells, rows))]:
            self._connection.exec_driver_sql(self._text, ready)

    def _cells(self, row: Sequence[Any]) -> Sequence[Any]:
        cells: Sequence[Any] = self._in_order(row)
        if not self._kept_as:
            return cells
        cells = [*cells]
        for place, kept_as in self._kept_as:
            cells[place] = kept_as(cells[place])
        return cells

    def _by_name(self, cells: Sequence[Any]) -> Mapping[str, Any]:
        return dict(zip(self._names, cells, strict=True))


def _kept_as(compiled: SQLCompiler, names: Iterable[str]) -> Iterable[tuple[int, Callable[[Any], Any]]]:
    """Where a row has a value that the database keeps in another form, and what gives that."""
    for place, name in enumerate(names):
        kind = compiled.binds[name].type.dialect_impl(compiled.dialect)
        if kept_as := kind.bind_processor(compiled.dialect):
            yield place, lru_cache(_ALIKE)(kept_as)
