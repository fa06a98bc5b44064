"""Files that are either whole or not there: written beside their place, then renamed into it."""

from __future__ import annotations

import errno
import hashlib
import os
import re
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO, Final

from congvan.errors import CongvanError
from congvan.findings import Finding, Report, finding

_FULL: Final = {errno.ENOSPC, errno.EFBIG} | {getattr(errno, "EDQUOT", errno.ENOSPC)}
_OF_ALL_FILES: Final = _FULL | {errno.EROFS, errno.EIO}
"""What is wrong with the disk, and not with one file: trying the next one helps nobody."""

_LEFTOVER: Final = re.compile(r"\..*\.\d+\.tmp")


class OutputError(CongvanError):
    """A file of the output folder could not be written; ``report`` says which and why.

    ``of_all_files`` tells whether the others would fare no better.
    """

    def __init__(self, path: Path, error: OSError | None = None, *, code: str = "batch-output-unwritable") -> None:
        number = error.errno if error else None
        self.of_all_files = number in _OF_ALL_FILES
        self.finding: Finding = finding(
            "batch-disk-full" if number in _FULL else code, path=path, why=reason(error) if error else ""
        )
        self.report = Report((self.finding,))
        super().__init__(str(self.report))


def reason(error: OSError) -> str:
    """Why the system refused, in its own words."""
    return error.strerror or str(error)


def write_whole(path: Path, content: bytes) -> str:
    """Write ``content`` to ``path`` and return its SHA-256; a file that already says so is left untouched.

    Raises:
        OutputError: when the folder or the file cannot be written.
    """
    digest = hashlib.sha256(content).hexdigest()
    if _same(path, content):
        return digest
    write_through(path, lambda target: target.write(content))
    return digest


def write_through(path: Path, write: Callable[[BinaryIO], object]) -> None:
    """Let ``write`` fill a file beside ``path``, then rename it into place; on any error nothing is left.

    Raises:
        OutputError: when the folder or the file cannot be written.
    """
    beside = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with beside.open("w+b") as target:
            write(target)
        beside.replace(path)
    except OSError as error:
        raise OutputError(path, error) from error
    finally:
        with suppress(OSError):  # nothing to take away where not even the folder could be made
            beside.unlink()


def remove_leftovers(folder: Path) -> None:
    """Take away what processes that died left half-written below ``folder``; nobody may be writing there."""
    for path in folder.rglob(".*.tmp"):
        if _LEFTOVER.fullmatch(path.name):
            with suppress(OSError):  # it is in nobody's way; the next run tries again
                path.unlink()


def file_digest(path: Path) -> str | None:
    """The SHA-256 of the file at ``path``; None when it cannot be read."""
    try:
        with path.open("rb") as content:
            return hashlib.file_digest(content, "sha256").hexdigest()
    except OSError:
        return None


def _same(path: Path, content: bytes) -> bool:
    try:
        return path.stat().st_size == len(content) and path.read_bytes() == content
    except OSError:
        return False
