"""What congvan keeps for itself is its user's alone: a folder has mode 0700, a file 0600.

In a folder shared with a group (its set-group-id bit is set) the group has the same rights. What is there already keeps
its mode, and files for people have the one the umask says. On Windows rights come from the folder above.
"""

from __future__ import annotations

import os
import stat
from contextlib import suppress
from pathlib import Path
from typing import Final

_FOLDER: Final = 0o770
_FILE: Final = 0o660
_OWNER: Final = 0o700


def make_private_folder(folder: Path) -> None:
    """Make ``folder`` where there is none; the folders above it are made as the umask says.

    Raises:
        OSError: when it cannot be made.
    """
    folder.parent.mkdir(parents=True, exist_ok=True)
    folder.mkdir(_mode(folder, _FOLDER), exist_ok=True)


def create_private_file(path: Path) -> None:
    """Create an empty file at ``path``, unless there is one.

    Raises:
        OSError: when it cannot be created.
    """
    with suppress(FileExistsError):
        os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _mode(path, _FILE)))


def private_opener(path: str, flags: int) -> int:
    """The ``opener`` with which :func:`open` creates a private file."""
    return os.open(path, flags, _mode(Path(path), _FILE))


def _mode(path: Path, shared: int) -> int:
    """The mode of what is made at ``path``: the ``shared`` one only in a folder that is shared with a group."""
    return shared if path.parent.stat().st_mode & stat.S_ISGID else shared & _OWNER
