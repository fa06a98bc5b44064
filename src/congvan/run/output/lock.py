"""One run at a time in an output folder.

The lock is the operating system's: it ends with the process that holds it, however that ends.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from congvan.errors import OutputError
from congvan.support.files import try_lock
from congvan.support.private_files import make_private_folder, private_opener

LOCK: Final = ".congvan/lock"
"""The lock file in the output folder."""

_PARTS: Final = (".congvan", LOCK, ".congvan/journal.jsonl", ".congvan/staging", "in", "thay-the")
"""What a run opens or makes before it knows its letters; the folders of letters are looked at one by one."""


@contextmanager
def output_lock(out: Path) -> Iterator[None]:
    """Hold the lock of ``out``, a folder that is made if it is missing.

    Raises:
        OutputError: when another run holds it, or files cannot be written there.
    """
    path = out / LOCK
    require_no_links(out)
    try:
        file = _locked_file(path)
    except OSError as error:  # no access, or a file system without locks
        raise OutputError(out, error) from error
    if file is None:
        raise OutputError(out, code="batch-folder-busy")
    try:
        yield
    finally:
        os.close(file)  # releases the lock


def require_no_links(out: Path) -> None:
    """Check that what congvan writes in ``out`` lies there: a link would lead it to files of others.

    Raises:
        OutputError: when a part of the folder is a symbolic link.
    """
    for name in _PARTS:
        with suppress(OSError):
            if (out / name).is_symlink():
                raise OutputError(out / name, code="batch-folder-link")


def release_new_folder(out: Path) -> None:
    """Remove the lock file and the folders made for it, where a run that was refused left nothing else in them.

    Only the holder of the lock may call it.
    """
    with suppress(OSError):
        (out / LOCK).unlink()
        (out / LOCK).parent.rmdir()
        out.rmdir()


def _locked_file(path: Path) -> int | None:
    """The locked file as a descriptor; None when another process holds the lock."""
    while True:
        make_private_folder(path.parent)
        try:
            file = private_opener(str(path), os.O_RDWR | os.O_CREAT)
        except FileNotFoundError:  # a refused run removed the folder in between
            continue
        if not try_lock(file):
            os.close(file)
            return None
        # A refused run may have removed the file between open and lock: then the lock is on a file nobody sees.
        with suppress(FileNotFoundError):
            if os.path.samestat(os.fstat(file), path.stat()):
                return file
        os.close(file)
