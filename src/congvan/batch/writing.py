"""Files that are either whole or not there: written beside their place, then renamed into it."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

from congvan.errors import CongvanError
from congvan.findings import Report, finding


class OutputError(CongvanError):
    """A file of the output folder could not be written; ``report`` says which and why."""

    def __init__(self, path: Path, error: OSError) -> None:
        self.report = Report((finding("batch-output-unwritable", path=path, why=error.strerror or error),))
        super().__init__(str(self.report))


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


def require_folder(folder: Path) -> None:
    """Make ``folder`` if need be, and make sure that files can be written there.

    Raises:
        OutputError: when they cannot.
    """
    probe = folder / f".{os.getpid()}.tmp"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        probe.write_bytes(b"")
        probe.unlink()
    except OSError as error:
        raise OutputError(folder, error) from error


def _same(path: Path, content: bytes) -> bool:
    try:
        return path.stat().st_size == len(content) and path.read_bytes() == content
    except OSError:
        return False
