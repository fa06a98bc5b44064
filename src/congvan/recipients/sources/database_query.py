"""Lists kept in a database: the answer of one query, read row by row and never written to.

The address is that of SQLAlchemy with the query behind it: ``postgresql://vanthu@may-chu/nhan_su?query=SELECT …``,
``sqlite:///nhan-su.db?query=SELECT …``. A password is better left out of it: PostgreSQL's client takes it from the
environment (``PGPASSWORD``) or from ``~/.pgpass``. No password is ever part of a name or a message, and none goes to a
server that wants it in clear text.
"""

from __future__ import annotations

import os
import re
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import unquote_plus

from congvan.errors import DirectoryError
from congvan.findings import Place, Report, finding
from congvan.recipients.sources.allowed_databases import AllowedDatabases
from congvan.recipients.sources.database_address import shown_address, without_secrets
from congvan.recipients.sources.read_only_sqlite import is_refused, open_read_only
from congvan.recipients.sources.sheet import Sheet, SheetRow, cell_text

if TYPE_CHECKING:
    from sqlalchemy import URL, Engine, Row
    from sqlalchemy.exc import SQLAlchemyError

_QUERY: Final = re.compile(r"(?P<server>.*?)[?&]query=(?P<query>.*)", re.DOTALL)
_PASSWORD: Final = re.compile(r"(?<=://)([^/@]*?):.*@", re.DOTALL)
_LONGEST_QUERY: Final = 120
TIME_LIMIT: Final = 60
"""Seconds a query may take; a list of 64,000 rows takes less than one."""

MOST_ROWS: Final = 1_000_000
"""Rows a query may have; Vietnam has some 90,000 hamlets."""

MOST_CHARACTERS: Final = 256 * 2**20
"""Characters the answer of a query may have in all."""

_PATIENCE: Final = 30
"""Seconds to wait for the server, or for another program's lock."""

_ROWS_AT_ONCE: Final = 500
_SAFE_LOGINS: Final = "scram-sha-256,none"
"""How a server may have the user log in: ways that tell it neither the password nor anything to guess it from."""

_LIBPQ_WITH_SAFE_LOGINS: Final = 16_00_00
_SCALARS: Final = (str, int, float)


@dataclass(frozen=True, slots=True)
class DatabaseQuery:
    """A list that a database gives: ``url`` is the database, ``query`` what it is asked.

    Nothing is opened before the rows are read. The database is opened for reading only, so that it refuses a query
    that does more than read.
    """

    url: URL = field(repr=False)
    query: str

    @classmethod
    def at(cls, address: str, folder: Path | None = None, allowed: AllowedDatabases | None = None) -> DatabaseQuery:
        """The query an address names: as it is written when it has a space, else percent-encoded.

        A relative path of an SQLite file starts from ``folder``. ``allowed`` are the databases it may lead to; None
        for an address of the caller's own, which may lead anywhere.

        Raises:
            DirectoryError: when the address is none, is of another database, is not allowed, or has no query.
        """
        match = _QUERY.fullmatch(address)
        query = match["query"] if match else ""
        query = (query if re.search(r"\s", query) else unquote_plus(query)).strip()
        url = _url(match["server"] if match else address)
        if not query:
            raise _refusal("query-missing", source=shown_address(url))
        if url.get_backend_name() == "sqlite" and folder and url.database:
            url = url.set(database=str(folder / url.database))
        problem = allowed.problem(url) if allowed is not None else None
        if problem:
            raise DirectoryError(Report((problem,)))
        return cls(url, query)

    @property
    def name(self) -> str:
        """The database without password and options, and the query in brackets, cut where it is long."""
        query = " ".join(self.query.split())
        short = query if len(query) <= _LONGEST_QUERY else f"{query[:_LONGEST_QUERY]}…"
        return f"{shown_address(self.url)} [{short}]"

    def sheets(self) -> Sequence[Sheet]:
        """The answer as one table; its first row is the names of the query's columns, rows count from 1."""
        return (Sheet(Place(file=self.name), self._rows(), has_titles=True),)

    def _rows(self) -> Iterator[SheetRow]:
        from sqlalchemy.exc import SQLAlchemyError

        try:
            yield from self._answer()
        except SQLAlchemyError as error:
            raise self._explained(error) from None  # the cause may hold the address, and so a password
        except ValueError as error:  # a query with a sign no database takes
            raise _refusal("query-failed", source=self.name, why=error) from None

    def _answer(self) -> Iterator[SheetRow]:
        engine = self._engine()
        options = {"stream_results": True, "max_row_buffer": _ROWS_AT_ONCE, "no_parameters": True}
        try:
            with (
                engine.connect().execution_options(**options) as connection,
                closing(connection.exec_driver_sql(self.query)) as result,
            ):
                if not result.returns_rows:
                    raise _refusal("query-without-rows", source=self.name)
                titles = list(result.keys())
                yield SheetRow(Place(file=self.name), titles)
                size = 0
                for number, row in enumerate(result, start=1):
                    sheet_row = self._sheet_row(number, titles, row)
                    size += sum(map(len, sheet_row.cells))
                    if number > MOST_ROWS or size > MOST_CHARACTERS:
                        raise _refusal("query-too-large", source=self.name, rows=MOST_ROWS, signs=MOST_CHARACTERS)
                    yield sheet_row
        finally:
            engine.dispose()

    def _sheet_row(self, number: int, titles: Sequence[str], row: Row[Any]) -> SheetRow:
        place = Place(file=self.name, row=number)
        return SheetRow(place, [self._text(value, place, title) for value, title in zip(row, titles, strict=True)])

    def _text(self, value: Any, place: Place, title: str) -> str:
        if isinstance(value, list | tuple) and all(isinstance(item, _SCALARS) for item in value):
            return ", ".join(map(cell_text, value))
        if isinstance(value, bytes | memoryview | list | tuple | dict):
            where = Place(file=place.file, row=place.row, column=title)
            raise DirectoryError(Report((finding("recipients-query-value", where, kind=type(value).__name__),)))
        return cell_text(value)

    def _engine(self) -> Engine:
        from sqlalchemy import create_engine
        from sqlalchemy.pool import NullPool

        if self.url.get_backend_name() == "sqlite":
            path = Path(self.url.database or "")
            if not path.is_file():
                raise _refusal("database-missing", source=self.name)
            reading = partial(open_read_only, path, _PATIENCE, TIME_LIMIT)
            return create_engine("sqlite://", creator=reading, poolclass=NullPool)
        try:
            return create_engine(self.url, poolclass=NullPool, connect_args=self._options(), hide_parameters=True)
        except ImportError as error:
            raise _refusal("driver-missing", source=self.name) from error

    def _options(self) -> dict[str, str | int]:
        """Connection options of PostgreSQL's client."""
        from psycopg import pq

        version = pq.version()
        if version < _LIBPQ_WITH_SAFE_LOGINS:  # it would send a password in whatever form the server asks for
            raise _refusal("client-too-old", source=self.name, version=pq.version_pretty(version))
        # Whatever a query does to its transaction, the next one would only read too.
        options: dict[str, str | int] = {
            "connect_timeout": _PATIENCE,
            "options": f"-c default_transaction_read_only=on -c statement_timeout={1000 * TIME_LIMIT}",
        }
        if "require_auth" not in self.url.query and not os.environ.get("PGREQUIREAUTH"):
            options["require_auth"] = _SAFE_LOGINS
        return options

    def _explained(self, error: SQLAlchemyError) -> DirectoryError:
        """The database's own error as a finding: a query that writes, a query that is wrong, a server out of reach."""
        cause = getattr(error, "orig", None) or error
        why = without_secrets(str(cause).strip().partition("\n")[0].rstrip("."), self.url)
        if _writes(cause):
            return _refusal("query-writes", source=self.name)
        if _is_late(cause):
            return _refusal("query-late", source=self.name, seconds=TIME_LIMIT)
        code = "query-failed" if _is_answer(error, cause) else "database-unreachable"
        return _refusal(code, source=self.name, why=why)


def _url(server: str) -> URL:
    from sqlalchemy import make_url
    from sqlalchemy.exc import ArgumentError

    try:
        url = make_url(server)
    except (ArgumentError, ValueError):
        written = _PASSWORD.sub(r"\1:***@", server).partition("?")[0]  # a password may stand among the options too
        raise _refusal("address-impossible", source=written) from None
    if url.get_backend_name() not in {"postgresql", "postgres", "sqlite"}:
        raise _refusal("database-unknown", source=shown_address(url), kind=url.get_backend_name())
    return url if url.get_backend_name() == "sqlite" else url.set(drivername="postgresql+psycopg")


def _writes(cause: object) -> bool:
    """Whether a database refused to do more than read; "25006" is PostgreSQL's read_only_sql_transaction."""
    if isinstance(cause, sqlite3.Error):
        return is_refused(cause)
    return getattr(cause, "sqlstate", None) == "25006"


def _is_late(cause: object) -> bool:
    """Whether a query took too long; "57014" is PostgreSQL's query_canceled."""
    if isinstance(cause, sqlite3.Error):
        return getattr(cause, "sqlite_errorcode", None) == sqlite3.SQLITE_INTERRUPT
    return getattr(cause, "sqlstate", None) == "57014"


def _is_answer(error: SQLAlchemyError, cause: object) -> bool:
    """Whether it was the database that answered, rather than the way to it that failed."""
    from sqlalchemy.exc import InterfaceError, OperationalError

    if isinstance(cause, sqlite3.Error):
        return getattr(cause, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & 0xFF == sqlite3.SQLITE_ERROR
    return not isinstance(error, InterfaceError | OperationalError)


def _refusal(code: str, **values: object) -> DirectoryError:
    return DirectoryError(Report((finding(f"recipients-{code}", None, **values),)))
