"""A register opened: its database, its clock, and who writes in it."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from congvan.register import rules
from congvan.register.register_errors import raise_errors, register_error
from congvan.register.trail import Stamp
from congvan.support.computer_user import named_user, real_user

if TYPE_CHECKING:
    from congvan.register.store.database import Database


Clock = Callable[[], datetime]


def _now() -> datetime:
    return datetime.now(UTC)


class OpenRegister:
    """A register in a file or on a server; the rest of :class:`~congvan.register.Register` reads and writes it."""

    def __init__(
        self,
        connect: Callable[[], Database],
        clock: Clock = _now,
        who: str | None = None,
        run: str = "",
        file: Path | None = None,
        role: str | None = None,
    ) -> None:
        self._connect = connect
        self._file = file
        self._clock = clock
        self._role = role
        self._who = unicodedata.normalize("NFC", (role or named_user()) if who is None else who)
        self._run = unicodedata.normalize("NFC", run)
        raise_errors(rules.writer_findings(self._who, self._run))

    @classmethod
    def open(cls, where: Path | str, *, clock: Clock = _now, who: str | None = None, run: str = "") -> Self:
        """Open the register in a file (created by the first write), or at a URL ``postgresql://…``.

        Args:
            where: path or URL.
            clock: gives the time, with its zone, for entries and the trail.
            who: the writer named in the trail; the role of the URL if None, or else the user of this computer.
            run: the run named in the trail, if any.

        Raises:
            RegisterError: for a URL that is none, when PostgreSQL's driver is not installed, or for a name or
                a run no database can hold.
        """
        if isinstance(where, str) and ("://" in where or where.startswith(("postgresql:", "postgres:"))):
            from congvan.register.store.database import server

            there = server(where)
            return cls(lambda: there, clock, who, run, role=there.role)
        file = Path(where).absolute()
        return cls(lambda: _in_file(file), clock, who, run, file)

    def require(self) -> Self:
        """Return this register if it exists; otherwise a missing one would read like an empty book.

        Raises:
            RegisterError: when it does not exist.
        """
        with self._database.reading() as ledger:
            if ledger is None:
                raise register_error("register-missing", self._database.place)
        return self

    def close(self) -> None:
        """Close the connection to a server, if there is one. A later call opens it again."""
        if "_database" in vars(self):
            self._database.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def user(self) -> str:
        """Who uses the register: the role at a server, where its URL names one, or else this computer's real user."""
        return self._role or real_user()

    @property
    def folder(self) -> Path | None:
        """The folder of the register's file; None for one on a server."""
        return self._file.parent if self._file else None

    @cached_property
    def _database(self) -> Database:
        return self._connect()

    def _is_empty(self) -> bool:
        """Whether there is no file yet."""
        return self._file is not None and _is_missing(self._file)

    def _stamp(self) -> Stamp:
        return Stamp(self._clock().astimezone(UTC), self._who, self._run)


def _in_file(path: Path) -> Database:
    from congvan.register.store.database import SqliteFile

    return SqliteFile(path)


def _is_missing(path: Path) -> bool:
    try:
        path.stat()
    except FileNotFoundError:
        return True
    except OSError:  # the database says what is wrong
        return False
    return False
