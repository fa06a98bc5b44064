"""Where the register lies, and its transactions: an SQLite file, or PostgreSQL by URL.

The two differ only here. Of a file nothing is held between transactions: each has a connection of its own,
so that the files SQLite keeps beside the register (``-wal``, ``-shm``) go when the last one is closed. Of a
server one connection is kept, since to begin one takes longer than to give a number; it goes with
:meth:`Database.close`, or with the object. One register may be used from several threads; a process that is
forked opens its own.

SQLite's write-ahead log needs all its users on one machine. Offices that share a register over a network
use PostgreSQL.
"""

from __future__ import annotations

import sqlite3
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import Final
from weakref import finalize

from sqlalchemy import URL, Connection, Engine, create_engine, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, OperationalError, SQLAlchemyError
from sqlalchemy.pool import NullPool

from congvan.errors import CongvanError, UnreadableFileError
from congvan.findings import Place, finding
from congvan.recipients.sources.database_address import shown_address, without_secrets
from congvan.register import schema
from congvan.register.backup import copy_beside
from congvan.register.ledger import Ledger
from congvan.register.migration import migrate
from congvan.register.refusal import refusal
from congvan.register.trail import Stamp

PATIENCE: Final = 30
"""Seconds a transaction waits for another one's end."""

_SMALLEST_FILE: Final = 512
"""Bytes of one SQLite page at least; SQLite takes a file of one byte for empty and would write over it."""

_WRITERS_LOCK: Final = int.from_bytes(b"congvan")
"""The name of the one lock every writer takes on PostgreSQL."""


def server(url: str) -> PostgresServer:
    """The database at a URL ``postgresql://…``; nothing is opened yet.

    Raises:
        RegisterError: for a URL that is none, or when PostgreSQL's driver is not installed.
    """
    return PostgresServer(_url(url))


class Database(ABC):
    """A place that holds one register, or may come to."""

    def __init__(self, engine: Engine, place: Place) -> None:
        self._engine = engine
        self.place = place

    @contextmanager
    def reading(self) -> Iterator[Ledger | None]:
        """One moment of the register, unchanging; None while there is none. Writes nothing.

        Raises:
            RegisterError: for a register that cannot be read.
            UnreadableFileError: for a file that is no register.
        """
        if not self._is_there():
            yield None
            return
        with self._transaction(writing=False) as connection:
            version = self._version(connection)
            yield Ledger(connection, version) if version is not None else None

    @contextmanager
    def writing(self, stamp: Callable[[], Stamp], *, make: bool = False) -> Iterator[tuple[Ledger, Stamp]]:
        """One transaction that alone may change the register: all of it counts, or on an exception nothing.

        A register of an older version is brought up to date first, with a copy of it set aside.

        Args:
            stamp: tells the time and who writes, once the transaction has begun.
            make: whether to make the register if there is none.

        Raises:
            RegisterError: for a register that is missing, in use for too long, or cannot be written or copied.
            UnreadableFileError: for a file that is no register.
        """
        if not self._is_there() and not make:
            raise refusal("register-missing", self.place)
        with self._transaction(writing=True) as connection:
            now = stamp()
            version = self._version(connection)
            if version is None:
                if not make:
                    raise refusal("register-missing", self.place)
                schema.create(connection)
            elif version < schema.VERSION:
                self._set_aside(version, now.at)
                migrate(connection, version, now)
            yield Ledger(connection), now

    def close(self) -> None:
        """Let go of what is kept between transactions; the next one opens it again."""
        self._engine.dispose()

    @contextmanager
    def _transaction(self, *, writing: bool) -> Iterator[Connection]:
        try:
            with self._engine.connect() as connection, connection.begin():
                self._begin(connection, writing=writing)
                yield connection
        except DBAPIError as error:
            raise self._explain(error) from error
        except SQLAlchemyError as error:
            raise refusal("register-failed", self.place, why=error) from error
        except ValueError as error:  # a stored date, time or state that is none
            raise refusal("register-damaged", self.place, why=error) from error

    def _version(self, connection: Connection) -> int | None:
        version = schema.found_version(connection)
        if version is not None and version > schema.VERSION:
            raise refusal("register-newer", self.place, found=version, known=schema.VERSION)
        return version

    @abstractmethod
    def _is_there(self) -> bool:
        """Whether there is a database at all."""

    @abstractmethod
    def _begin(self, connection: Connection, *, writing: bool) -> None:
        """Begin the transaction: readers see one moment, writers wait for each other."""

    @abstractmethod
    def _set_aside(self, version: int, now: datetime) -> None:
        """Keep a copy of the register as it is, before it is brought up to date from ``version``."""

    @abstractmethod
    def _explain(self, error: DBAPIError) -> CongvanError:
        """The database's own error as one that a clerk can act on."""


class SqliteFile(Database):
    """A register in one file; it is made when first written."""

    def __init__(self, path: Path) -> None:
        # isolation_level None: transactions begin where `_begin` says, not where Python's driver guesses.
        engine = create_engine(
            URL.create("sqlite", database=str(path)),
            poolclass=NullPool,
            connect_args={"isolation_level": None, "timeout": PATIENCE},
        )
        super().__init__(engine, Place(file=str(path)))
        self._path = path

    def _is_there(self) -> bool:
        try:
            size = self._path.stat().st_size
        except FileNotFoundError:
            return False
        except OSError as error:
            raise refusal("register-no-access", self.place) from error
        if 0 < size < _SMALLEST_FILE and self._path.is_file():
            raise self._foreign()
        return True

    def _begin(self, connection: Connection, *, writing: bool) -> None:
        if not writing:
            connection.exec_driver_sql("BEGIN")
            return
        connection.exec_driver_sql("PRAGMA foreign_keys = ON")
        # The change of journal does not wait for another process; BEGIN does, and either journal is safe.
        with suppress(OperationalError):
            connection.exec_driver_sql("PRAGMA journal_mode = WAL")
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    def _version(self, connection: Connection) -> int | None:
        version = super()._version(connection)
        if version is None and schema.has_tables(connection):
            raise self._foreign()
        return version

    def _set_aside(self, version: int, now: datetime) -> None:
        try:
            copy_beside(self._path, f"v{version}-{now:%Y-%m-%d}")
        except (OSError, sqlite3.Error) as error:
            raise refusal("register-backup-failed", self.place, why=error) from error

    def _explain(self, error: DBAPIError) -> CongvanError:
        match getattr(error.orig, "sqlite_errorcode", 0) & 0xFF:
            case sqlite3.SQLITE_NOTADB:
                return self._foreign()
            case sqlite3.SQLITE_CORRUPT:
                return refusal("register-damaged", self.place, why=error.orig)
            case sqlite3.SQLITE_BUSY | sqlite3.SQLITE_LOCKED:
                return refusal("register-busy", self.place, seconds=PATIENCE)
            case sqlite3.SQLITE_FULL:
                return refusal("register-disk-full", self.place)
            case sqlite3.SQLITE_CANTOPEN | sqlite3.SQLITE_READONLY | sqlite3.SQLITE_PERM:
                return self._no_access()
            case _:
                return refusal("register-failed", self.place, why=error.orig)

    def _no_access(self) -> CongvanError:
        if self._path.is_dir():
            return self._foreign()
        if not self._path.parent.is_dir():
            return refusal("register-folder-missing", self.place)
        return refusal("register-no-access", self.place)

    def _foreign(self) -> CongvanError:
        return UnreadableFileError(self._path, finding("register-foreign").message)


class PostgresServer(Database):
    """A register in a PostgreSQL database, beside whatever else lies there."""

    def __init__(self, url: URL) -> None:
        place = Place(file=shown_address(url))
        try:
            # pre_ping: the server may have been started again since the connection was last used.
            engine = create_engine(url, pool_size=1, pool_pre_ping=True, connect_args={"connect_timeout": PATIENCE})
        except ImportError as error:
            raise refusal("register-driver-missing", place) from error
        super().__init__(engine, place)
        finalize(self, engine.dispose)

    def _is_there(self) -> bool:
        return True

    def _begin(self, connection: Connection, *, writing: bool) -> None:
        if not writing:
            connection.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            return
        connection.exec_driver_sql(f"SET LOCAL lock_timeout = '{PATIENCE}s'")
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_WRITERS_LOCK})")

    def _set_aside(self, version: int, now: datetime) -> None:
        """Nothing: a server's copies are its keeper's, and the change is one transaction."""

    def _explain(self, error: DBAPIError) -> CongvanError:
        match getattr(error.orig, "sqlstate", None):
            case "55P03":
                return refusal("register-busy", self.place, seconds=PATIENCE)
            case "53100":
                return refusal("register-disk-full", self.place)
            case "42501" | "25006":
                return refusal("register-no-access", self.place)
            case _:
                first_line = str(error.orig).strip().partition("\n")[0]
                why = without_secrets(first_line.rstrip("."), self._engine.url)
                return refusal("register-failed", self.place, why=why)


def _url(text: str) -> URL:
    try:
        url = make_url(text)
    except (ArgumentError, ValueError) as error:
        raise refusal("register-address-impossible") from error  # unnamed: a password may stand in it
    if url.get_backend_name() not in {"postgresql", "postgres"}:
        raise refusal("register-address-impossible", Place(file=shown_address(url)))
    return url.set(drivername="postgresql+psycopg")
