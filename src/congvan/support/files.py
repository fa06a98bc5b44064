"""Atomic file writing: a file is whole at its place, or not there at all.

Content goes to a temporary file in the same folder, which is then renamed. A reader, or a run that is killed, never
meets half a file. Everything that fails is an :class:`OSError`.

A lock on a file (:func:`try_lock`) is the operating system's: it ends with the process that holds it.
"""

from __future__ import annotations

import hashlib
import secrets
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from time import sleep
from typing import BinaryIO, Final

from congvan.support.private_files import private_opener

TEMPORARY_FILES: Final = ".congvan-*.tmp"
"""The names of temporary files, as a pattern for :meth:`pathlib.Path.glob`: what a killed process leaves behind."""

# A virus scanner opens every new file for a moment, and Windows renames no open file.
_RETRY_AFTER: Final = (0.05, 0.1, 0.2) if sys.platform == "win32" else ()


def write_whole(path: Path, content: bytes) -> None:
    """Write ``content`` to ``path``, atomically; make its folder where there is none.

    Raises:
        OSError: when the folder or the file cannot be written; whatever was at ``path`` is unchanged.
    """
    with writing(path) as file:
        file.write(content)


@contextmanager
def writing(path: Path, *, private: bool = False) -> Iterator[BinaryIO]:
    """Yield a seekable binary file, and rename it to ``path`` at the end of the block; make the folder if need be.

    If the block raises, the temporary file is removed and ``path`` is unchanged. A ``private`` file is its
    user's alone.

    Raises:
        OSError: when the folder or the file cannot be written.
    """
    # A name of its own, so that two writers of one path never share a file, and a long name does not become too long.
    temporary = path.with_name(TEMPORARY_FILES.replace("*", secrets.token_hex(8)))
    try:
        with _created(temporary, private_opener if private else None) as file:
            yield file
        replace(temporary, path)
    except BaseException:
        with suppress(OSError):
            temporary.unlink()
        raise


def _created(path: Path, opener: Callable[[str, int], int] | None) -> BinaryIO:
    try:
        return open(path, "x+b", opener=opener)
    except FileNotFoundError:  # the first file of its folder
        path.parent.mkdir(parents=True, exist_ok=True)
        return open(path, "x+b", opener=opener)


def replace(source: Path, target: Path) -> None:
    """Rename ``source`` to ``target``, which it replaces if it exists.

    Raises:
        OSError: when the system refuses, on Windows also while a program has ``target`` open.
    """
    for seconds in _RETRY_AFTER:
        with suppress(PermissionError):
            source.replace(target)
            return
        sleep(seconds)
    source.replace(target)


def sha256_of(path: Path) -> str | None:
    """Return the SHA-256 of the file at ``path`` in hexadecimal, or None if it cannot be read."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return None


def remove_empty_folders(folder: Path, root: Path) -> None:
    """Remove ``folder`` and its parents below ``root``, up to the first that is not empty."""
    with suppress(OSError):
        while root in folder.parents:
            folder.rmdir()
            folder = folder.parent


if sys.platform == "win32":
    import msvcrt

    def try_lock(file: int) -> bool:
        """Lock the open ``file``; False when another process has it locked."""
        try:
            msvcrt.locking(file, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:
    import fcntl

    def try_lock(file: int) -> bool:
        """Lock the open ``file``; False when another process has it locked."""
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True
