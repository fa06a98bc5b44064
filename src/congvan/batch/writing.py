"""Files that are either whole or not there: laid beside their place, then renamed into it."""

from __future__ import annotations

import errno
import hashlib
import os
import re
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO, Final

from congvan.errors import OutputError

_LEFTOVER: Final = re.compile(r"\..*\.\d+\.tmp")


def reason(error: OSError) -> str:
    """Why the system refused, in its own words."""
    return error.strerror or str(error)


def write_whole(path: Path, content: bytes) -> str:
    """Write ``content`` to ``path`` and return its SHA-256; a file that already says so is left untouched.

    Raises:
        OutputError: when the folder or the file cannot be written.
    """
    try:
        if not is_same(path, content):
            lay_beside(path, os.getpid(), lambda target: target.write(content))
            put_in_place(path, os.getpid())
    except OSError as error:
        raise OutputError(path, error) from error
    return hashlib.sha256(content).hexdigest()


def write_through(path: Path, write: Callable[[BinaryIO], object]) -> str:
    """Let ``write`` fill the file at ``path`` bit by bit; returns its SHA-256. A file that says so is left untouched.

    Raises:
        OutputError: when the folder or the file cannot be written.
    """
    try:
        lay_beside(path, os.getpid(), write)
    except OSError as error:
        raise OutputError(path, error) from error
    return put_through(path)


def put_through(path: Path) -> str:
    """Put what this process has laid beside ``path`` in place; returns its SHA-256. A file that says so stays.

    Raises:
        OutputError: when it cannot be.
    """
    run = os.getpid()
    digest = file_digest(_beside(path, run))
    try:
        if digest and digest == file_digest(path):
            take_away(path, run)
        else:
            put_in_place(path, run)
    except OSError as error:
        raise OutputError(path, error) from error
    return digest or ""


def lay_beside(path: Path | str, run: int, write: Callable[[BinaryIO], object]) -> None:
    """Let ``write`` fill a file beside ``path`` for the process ``run`` to put in place; on any error nothing is left.

    Raises:
        OSError: when the folder or the file cannot be written.
    """
    beside = _beside(path, run)
    try:
        with _opened(beside) as target:
            write(target)
    except BaseException:
        take_away(path, run)
        raise


def grow_beside(path: Path, run: int, size: int, content: bytes | bytearray) -> None:
    """Add ``content`` to what ``run`` has laid beside ``path`` so far, which is ``size`` bytes; begin it with none.

    Raises:
        OSError: when that is not there, or cannot be written.
    """
    beside = _beside(path, run)
    with Path(beside).open("r+b") if size else _opened(beside) as target:
        if target.seek(0, os.SEEK_END) != size:
            raise OSError(errno.EIO, os.strerror(errno.EIO))
        target.write(content)


def put_in_place(path: Path | str, run: int) -> None:
    """Rename what lies beside ``path`` into it; if that cannot be, it is taken away.

    Raises:
        OSError: when it cannot be.
    """
    try:
        os.replace(_beside(path, run), path)  # noqa: PTH105 - a Path takes half the time of renaming, and there are many
    except OSError:
        take_away(path, run)
        raise


def take_away(path: Path | str, run: int) -> None:
    """Leave nothing beside ``path``."""
    with suppress(OSError):  # nothing to take away where not even the folder could be made
        Path(_beside(path, run)).unlink()


def remove_leftovers(folder: Path) -> None:
    """Take away what was laid below ``folder`` and not put in place, and folders with nothing else in them.

    Nobody may be writing there.
    """
    for path in [*folder.rglob(".*.tmp")]:
        if _LEFTOVER.fullmatch(path.name):
            with suppress(OSError):  # it is in nobody's way; the next run tries again
                path.unlink()
                remove_empty(path.parent, folder)


def remove_empty(folder: Path, root: Path) -> None:
    """Take away ``folder`` and those above it below ``root``, as long as they are empty."""
    with suppress(OSError):
        while folder != root:
            folder.rmdir()
            folder = folder.parent


def file_digest(path: Path | str) -> str | None:
    """The SHA-256 of the file at ``path``; None when it cannot be read."""
    try:
        with Path(path).open("rb") as content:
            return hashlib.file_digest(content, "sha256").hexdigest()
    except OSError:
        return None


def is_same(path: Path | str, content: bytes) -> bool:
    """Whether the file at ``path`` is there and says ``content``."""
    try:
        return os.stat(path).st_size == len(content) and Path(path).read_bytes() == content  # noqa: PTH116 - as above
    except OSError:
        return False


def _beside(path: Path | str, run: int) -> str:
    folder, name = os.path.split(path)
    return f"{folder}{os.sep}.{name}.{run}.tmp" if folder else f".{name}.{run}.tmp"


def _opened(path: str) -> BinaryIO:
    """``path`` to be written; its folder is made where there is none."""
    try:
        return open(path, "w+b")  # noqa: PTH123 - as above
    except FileNotFoundError:
        Path(path).parent.mkdir(parents=True, exist_ok=True)
        return open(path, "w+b")  # noqa: PTH123
