"""One run at a time in an output folder.

The lock is the operating system's, and ends with the process that holds it, however that ends.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from congvan.batch.writing import remove_leftovers
from congvan.errors import OutputError

LOCK: Final = ".congvan/lock"
"""The lock in the output folder. It stays there: nobody can say whether a file that is gone was locked."""


@contextmanager
def sole_run(out: Path) -> Iterator[None]:
    """Be the only run in ``out``, which is made if need be; what a dead run left half-written goes.

    Raises:
        OutputError: when another run is at it, or files cannot be written there.
    """
    path = out / LOCK
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        file = os.open(path, os.O_RDWR | os.O_CREAT)
    except OSError as error:
        raise OutputError(out, error) from error
    try:
        _lock(file, out)
        remove_leftovers(out)
        yield
    finally:
        os.close(file)  # and with it the lock


def _lock(file: int, out: Path) -> None:
    try:
        free = _locked(file)
    except OSError as error:  # a file system without locks
        raise OutputError(out, error) from error
    if not free:
        raise OutputError(out, code="batch-folder-busy")


if sys.platform == "win32":
    import msvcrt

    def _locked(file: int) -> bool:
        try:
            msvcrt.locking(file, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:
    import fcntl

    def _locked(file: int) -> bool:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True
