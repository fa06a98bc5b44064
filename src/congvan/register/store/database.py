"""The register's database and its transactions: an SQLite file, or PostgreSQL by URL.

The two differ only here. A file has a connection for each transaction, so that SQLite removes the files beside
the register (``-wal``, ``-shm``) when the last one is closed. A server has one connection, kept between
transactions since opening one takes longer than giving a number; :meth:`Database.close` closes it, or the end of
the object. One register may be used from several threads; a forked process opens its own.

SQLite's write-ahead log needs all its users on one machine. Offices that share a register over a network
use PostgreSQL.
"""

from __future__ import annotations

import sqlite3
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final
from weakref import finalize

from sqlalchemy import URL, Connection, Engine, create_engine, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, OperationalError, SQLAlchemyError
from sqlalchemy.pool import NullPool

from congvan.errors import CongvanError, UnreadableFileError
from congvan.findings import Place, finding
from congvan.recipients.sources.database_address import shown_address, without_secrets
from congvan.register.register_errors import register_error
from congvan.register.store import schema, versions
from congvan.register.store.book_identity import keep_identity
from congvan.register.store.ledger import Ledger
from congvan.register.trail import Stamp
from congvan.support.private_files import create_private_file

PATIENCE: Final = 30
"""Seconds a transaction waits for another one's end."""

_SMALLEST_FILE: Final = 512
"""Bytes of one SQLite page at least; SQLite takes a file of one byte for empty and would write over it."""

_WRITERS_LOCK: Final = int.from_bytes(b"congvan")
"""The key of the one advisory lock every writer takes on PostgreSQL."""


def server(url: str) -> PostgresServer:
    """The database at a URL ``postgresql://…``; nothing is opened yet.

    Raises:
        RegisterError: for a URL that is none, or when PostgreSQL's driver is not installed.
    """
    return PostgresServer(_url(url))


class Rollback(Exception):  # noqa: N818  # no error: it only ends a transaction
    """Raise inside :meth:`Database.writing` to undo the transaction; nothing explains or replaces it."""


class Database(ABC):
    """A database that holds one register, or may come to. ``location`` is its file, empty for a server."""

    def __init__(self, engine: Engine, place: Place, location: str = "") -> None:
        self._engine = engine
        self.place = place
        self.location = location

    @contextmanager
    def reading(self) -> Iterator[Ledger | None]:
        """One moment of the register, unchanging; None while there is none. Writes nothing.

        Raises:
            RegisterError: for a register that cannot be read.
            UnreadableFileError: for a file that is no register.
        """
        if not self._exists():
            yield None
            return
        with self._transaction(writing=False) as connection:
            version = self._version(connection)
            yield None if version is None else Ledger(connection, version)

    @contextmanager
    def writing(self, stamp: Callable[[], Stamp], *, create: bool = False) -> Iterator[tuple[Ledger, Stamp]]:
        """One transaction that alone may change the register: all of it counts, or on an exception nothing.

        Args:
            stamp: tells the time and who writes, once the transaction has begun.
            create: whether to create the register if there is none.

        Raises:
            RegisterError: for a register that is missing, in use for too long, or cannot be written.
            UnreadableFileError: for a file that is no register.
        """
        if not self._exists() and not create:
            raise register_error("register-missing", self.place)
        with self._transaction(writing=True) as connection:
            now = stamp()
            if self._version(connection) is None:
                if not create:
                    raise register_error("register-missing", self.place)
                versions.create(connection)
            versions.upgrade(connection)
            keep_identity(connection, self.location)
            yield Ledger(connection), now

    @contextmanager
    def connected(self, *, writing: bool = False, create: bool = False) -> Iterator[Connection]:
        """One transaction by itself, for whole books that are copied; with ``create`` there is a book at its begin.

        Raises:
            RegisterError, UnreadableFileError: as :meth:`reading` and :meth:`writing`.
        """
        with self._transaction(writing=writing) as connection:
            is_new = self._version(connection) is None
            if writing and create:
                versions.create(connection) if is_new else versions.upgrade(connection)
            yield connection

    def close(self) -> None:
        """Close the connection kept between transactions; the next one opens it again."""
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
            raise register_error("register-failed", self.place, why=error) from error
        except ValueError as error:  # a stored date, time or state that is none
            raise register_error("register-damaged", self.place, why=error) from error

    def _version(self, connection: Connection) -> int | None:
        """The version of the register in the database, one this program can read; None where there is none."""
        version = versions.stored_version(connection)
        if version is not None and version not in schema.READABLE:
            raise register_error("register-newer", self.place, found=version, known=schema.VERSION)
        return version

    @abstractmethod
    def _exists(self) -> bool:
        """Whether there is a database at all."""

    @abstractmethod
    def _begin(self, connection: Connection, *, writing: bool) -> None:
        """Begin the transaction: readers see one moment, writers wait for each other."""

    @abstractmethod
    def _explain(self, error: DBAPIError) -> CongvanError:
        """The database's own error as one that a clerk can act on."""


class SqliteFile(Database):
    """A register in one file, created by the first write."""

    def __init__(self, path: Path) -> None:
        # isolation_level None: transactions begin where `_begin` says, not where Python's driver guesses.
        engine = create_engine(
            URL.create("sqlite", database=str(path)),
            poolclass=NullPool,
            connect_args={"isolation_level": None, "timeout": PATIENCE},
        )
        super().__init__(engine, Place(file=str(path)), str(path.resolve()))
        self._path = path

    def _exists(self) -> bool:
        try:
            size = self._path.stat().st_size
        except FileNotFoundError:
            return False
        except OSError as error:
            raise register_error("register-no-access", self.place) from error
        if 0 < size < _SMALLEST_FILE and self._path.is_file():
            raise self._foreign()
        return True

    @contextmanager
    def _transaction(self, *, writing: bool) -> Iterator[Connection]:
        if writing:
            with suppress(OSError):  # SQLite says what is wrong
                create_private_file(self._path)
        with super()._transaction(writing=writing) as connection:
            yield connection

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
        if version is None and versions.has_tables(connection):
            raise self._foreign()
        return version

    def _explain(self, error: DBAPIError) -> CongvanError:
        match getattr(error.orig, "sqlite_errorcode", 0) & 0xFF:
            case sqlite3.SQLITE_NOTADB:
                return self._foreign()
            case sqlite3.SQLITE_CORRUPT:
                return register_error("register-damaged", self.place, why=error.orig)
            case sqlite3.SQLITE_BUSY | sqlite3.SQLITE_LOCKED:
                return register_error("register-busy", self.place, seconds=PATIENCE)
            case sqlite3.SQLITE_FULL:
                return register_error("register-disk-full", self.place)
            case sqlite3.SQLITE_CANTOPEN | sqlite3.SQLITE_READONLY | sqlite3.SQLITE_PERM:
                return self._no_access()
            case _:
                return register_error("register-failed", self.place, why=error.orig)

    def _no_access(self) -> CongvanError:
        if self._path.is_dir():
            return self._foreign()
        if not self._path.parent.is_dir():
            return register_error("register-folder-missing", self.place)
        return register_error("register-no-access", self.place)

    def _foreign(self) -> CongvanError:
        return UnreadableFileError(self._path, finding("register-foreign"))


class PostgresServer(Database):
    """A register in a PostgreSQL database, beside whatever else lies there."""

    def __init__(self, url: URL) -> None:
        place = Place(file=shown_address(url))
        try:
            # pre_ping: the server may have been started again since the connection was last used.
            engine = create_engine(url, pool_size=1, pool_pre_ping=True, connect_args={"connect_timeout": PATIENCE})
        except ImportError as error:
            raise register_error("register-driver-missing", place) from error
        super().__init__(engine, place)
        self.role = url.username
        finalize(self, engine.dispose)

    def _exists(self) -> bool:
        return True

    def _begin(self, connection: Connection, *, writing: bool) -> None:
        if not writing:
            connection.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            return
        connection.exec_driver_sql(f"SET LOCAL lock_timeout = '{PATIENCE}s'")
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_WRITERS_LOCK})")

    def _explain(self, error: DBAPIError) -> CongvanError:
        match getattr(error.orig, "sqlstate", None):
            case "55P03":
                return register_error("register-busy", self.place, seconds=PATIENCE)
            case "53100":
                return register_error("register-disk-full", self.place)
            case "42501" | "25006":
                return register_error("register-no-access", self.place)
            case _:
                first_line = str(error.orig).strip().partition("\n")[0]
                why = without_secrets(first_line.rstrip("."), self._engine.url)
                return register_error("register-failed", self.place, why=why)


def _url(text: str) -> URL:
    try:
        url = make_url(text)
    except (ArgumentError, ValueError) as error:
        raise register_error("register-address-impossible") from error  # unnamed: a password may stand in it
    if url.get_backend_name() not in {"postgresql", "postgres"}:
        raise register_error("register-address-impossible", Place(file=shown_address(url)))
    return url.set(drivername="postgresql+psycopg")
