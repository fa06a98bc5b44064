"""Execute one statement for many rows, past SQLAlchemy's work on each value.

SQLAlchemy writes the statement for the database once and says how it stores a date, a time or a state; the rows go
straight to the driver. Measured in pairs by user CPU: to preview, reserve and issue 5,000 numbers in SQLite takes
0.27 s instead of 0.38 s, 25 % less.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache
from operator import itemgetter
from typing import Any, Final

from sqlalchemy import Connection, Insert, Update
from sqlalchemy.sql.compiler import SQLCompiler

_CACHED_VALUES: Final = 64
"""Converted values cached for each column: a run has few dates, and one time."""


class BulkStatement:
    """``statement`` on one connection, ready for rows whose values have these ``names``."""

    def __init__(self, connection: Connection, statement: Insert | Update, names: Sequence[str]) -> None:
        compiled = statement.compile(dialect=connection.dialect, column_keys=list(names))
        assert isinstance(compiled, SQLCompiler)
        self._connection = connection
        self._text = compiled.string
        self._names = compiled.positiontup or list(names)
        self._in_order = itemgetter(*map(names.index, self._names))
        self._converters = list(_converters(compiled, self._names))
        self._parameters: Callable[[Sequence[Any]], Any] = tuple if compiled.positional else self._by_name

    def execute(self, rows: Iterable[Sequence[Any]]) -> None:
        """Execute the statement once a row; without rows, not at all."""
        parameters = [self._parameters(self._stored(row)) for row in rows]
        if parameters:
            self._connection.exec_driver_sql(self._text, parameters)

    def _stored(self, row: Sequence[Any]) -> Sequence[Any]:
        """The values of a row in the statement's order and in the database's form."""
        values: Sequence[Any] = self._in_order(row)
        if not self._converters:
            return values
        values = [*values]
        for index, convert in self._converters:
            values[index] = convert(values[index])
        return values

    def _by_name(self, values: Sequence[Any]) -> Mapping[str, Any]:
        return dict(zip(self._names, values, strict=True))


def _converters(compiled: SQLCompiler, names: Iterable[str]) -> Iterable[tuple[int, Callable[[Any], Any]]]:
    """The positions of values that the database stores in another form, each with the function that gives it."""
    for index, name in enumerate(names):
        kind = compiled.binds[name].type.dialect_impl(compiled.dialect)
        if convert := kind.bind_processor(compiled.dialect):
            yield index, lru_cache(_CACHED_VALUES)(convert)
