"""An SQLite database whose queries can only read: not it, nor any other file.

That a file is opened read-only does not stop ``VACUUM INTO`` and ``ATTACH`` from writing other files. So SQLite asks
an authorizer about each thing a statement would do, before it does any of it.
"""

from __future__ import annotations

import sqlite3
import time
from pathlib import Path
from typing import Final

_READING: Final = {sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ, sqlite3.SQLITE_FUNCTION, sqlite3.SQLITE_RECURSIVE}
_FORBIDDEN_FUNCTIONS: Final = {"load_extension", "fts3_tokenizer", "readfile", "writefile", "edit"}
_HARMLESS: Final = {
    # Questions, since they give no new value: SQLAlchemy's when it connects, and full-text search's.
    (sqlite3.SQLITE_PRAGMA, "read_uncommitted", None),
    (sqlite3.SQLITE_PRAGMA, "data_version", None),
    # Reading a virtual table, such as json_each, shows as this. The schema itself takes no UPDATE, for that
    # takes PRAGMA writable_schema.
    *((sqlite3.SQLITE_UPDATE, "sqlite_master", column) for column in ("type", "name", "tbl_name", "rootpage", "sql")),
}


_STEPS: Final = 100_000
"""Steps of SQLite's machine, some milliseconds, between two looks at the clock."""


def open_read_only(path: Path, patience: int, time_limit: float) -> sqlite3.Connection:
    """A connection to the file ``path`` that reads it and does nothing else.

    It waits ``patience`` seconds for a lock; ``time_limit`` seconds from now its queries are interrupted.
    """
    connection = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, timeout=patience)
    connection.setlimit(sqlite3.SQLITE_LIMIT_ATTACHED, 0)  # VACUUM attaches its target, whatever a version asks
    connection.set_authorizer(_authorize)
    until = time.monotonic() + time_limit
    connection.set_progress_handler(lambda: time.monotonic() > until, _STEPS)
    return connection


def is_refused(error: sqlite3.Error) -> bool:
    """Whether a statement was stopped because it would do more than read."""
    code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & 0xFF
    # A forbidden function, or a pragma used as a table, is a general error with these words.
    return code in {sqlite3.SQLITE_AUTH, sqlite3.SQLITE_READONLY} or "not authorized" in str(error)


def _authorize(action: int, first: str | None, second: str | None, _database: str | None, _source: str | None) -> int:
    if action == sqlite3.SQLITE_FUNCTION and (second or "").lower() in _FORBIDDEN_FUNCTIONS:
        return sqlite3.SQLITE_DENY
    is_reading = action in _READING or (action, first, second) in _HARMLESS
    return sqlite3.SQLITE_OK if is_reading else sqlite3.SQLITE_DENY
