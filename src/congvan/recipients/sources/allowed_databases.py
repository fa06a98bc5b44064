"""Which databases an address in a file from outside may lead to; this is the one place that decides.

An address the caller gives himself needs no leave. A campaign file may come from anybody: the server it names would be
asked in the caller's name, with the caller's password (``PGPASSWORD``, ``~/.pgpass``).
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from congvan.findings import Finding, finding
from congvan.recipients.sources.database_address import shown_address

if TYPE_CHECKING:
    from sqlalchemy import URL

_OPTIONS: Final = frozenset({"sslmode", "password"})
"""Options of an address in a file; others choose another server (``host``, ``service``) or read files (``sslkey``)."""

_UNNAMED: Final = "localhost"
"""What an address without a host is called; the client then asks this computer, or the caller's own ``PGHOST``."""


@dataclass(frozen=True, slots=True)
class AllowedDatabases:
    """``hosts`` are PostgreSQL servers that may be asked, ``paths`` SQLite files that may be read, or their folders."""

    hosts: frozenset[str] = frozenset()
    paths: tuple[Path, ...] = ()

    @classmethod
    def of(cls, names: Iterable[str], *folders: Path) -> AllowedDatabases:
        """The databases called ``names``, hosts, or paths if they have a slash, and SQLite files in ``folders``."""
        given = list(names)
        paths = [name for name in given if "/" in name or "\\" in name]
        hosts = [name.strip("[]").lower() for name in given if name not in paths]
        return cls(frozenset(hosts), (*map(Path, paths), *folders))

    def problem(self, url: URL) -> Finding | None:
        """Why the database at ``url`` may not be asked; None when it may. Asks no server, and no name service."""
        if url.get_backend_name() == "sqlite":
            path = Path(url.database or "")
            return None if self._allows_file(path) else _not_allowed(url, _as_written(path))
        for host in _hosts(url):
            if host not in self.hosts:
                return _not_allowed(url, host)
        if further := sorted(url.query.keys() - _OPTIONS):
            return finding("recipients-database-options", None, source=shown_address(url), options=", ".join(further))
        return None

    def _allows_file(self, path: Path) -> bool:
        """Whether the file lies in an allowed path, as it is written and where its links lead.

        As it is written first: to follow a link on another computer would already connect to it.
        """
        return any(_is_in(_as_written(path), _as_written(allowed)) for allowed in self.paths) and any(
            _is_in(_followed(path), _followed(allowed)) for allowed in self.paths
        )


def lies_in(path: Path, folder: Path) -> bool:
    """Whether ``path`` lies in ``folder``, as it is written and where its links lead."""
    return _is_in(_as_written(path), _as_written(folder)) and _is_in(_followed(path), _followed(folder))


def _hosts(url: URL) -> Sequence[str]:
    """The servers the client would try one after the other."""
    return [host.lower() or _UNNAMED for host in (url.host or "").split(",")]


def _is_in(path: str, allowed: str) -> bool:
    return Path(path).is_relative_to(allowed)


def _as_written(path: Path) -> str:
    return os.path.normpath(path.absolute())


def _followed(path: Path) -> str:
    try:
        return os.path.realpath(path)
    except ValueError:  # a NUL in the name; there is no such file
        return _as_written(path)


def _not_allowed(url: URL, name: str) -> Finding:
    return finding("recipients-database-not-allowed", None, source=shown_address(url), name=name)
