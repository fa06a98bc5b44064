"""A copy of an SQLite register, set aside before anything in it changes."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing, suppress
from itertools import count
from pathlib import Path


def copy_beside(register: Path, mark: str) -> Path:
    """Copy ``register`` as its last finished transaction left it: ``so.v1-2026-11-22.sqlite3``, or ``…-2``, ``-3``.

    A copy made before is never written over, and a copy is never half there. Whoever calls holds the
    register's write lock, so that two copies are not made at once.

    Raises:
        OSError, sqlite3.Error: when it cannot be written.
    """
    beside = register.with_name(f".{register.name}.{os.getpid()}.tmp")
    try:
        with (
            closing(sqlite3.connect(f"{register.as_uri()}?mode=ro", uri=True)) as source,
            closing(sqlite3.connect(beside)) as target,
        ):
            source.backup(target)
        return beside.rename(_free_name(register, mark))
    finally:
        with suppress(FileNotFoundError):
            beside.unlink()


def _free_name(register: Path, mark: str) -> Path:
    marks = (mark if time == 1 else f"{mark}-{time}" for time in count(1))
    names = (register.with_name(f"{register.stem}.{each}{register.suffix}") for each in marks)
    return next(name for name in names if not name.exists())
