"""Files from outside, read whole but never without end.

A name may stand for a device, a pipe or a file of many gigabytes. A name written in a file from outside may also be
that of another computer, to which Windows sends the user's name and password hash with the mere question whether the
file exists; a user who names such a file himself may.
"""

from __future__ import annotations

import errno
import re
import stat
import zipfile
import zlib
from pathlib import Path
from typing import Final

from congvan.findings import finding

MEGABYTE: Final = 2**20

LIST_LIMIT: Final = 256 * MEGABYTE
"""Bytes of a list of recipients; 64,000 rows have about 5 million."""

WORD_LIMIT: Final = 64 * MEGABYTE
"""Bytes of a Word document."""

VALUES_LIMIT: Final = 64 * MEGABYTE
"""Bytes of a file of values (``--data``) or of a manifest."""

YAML_LIMIT: Final = 16 * MEGABYTE
"""Bytes of a list kept as YAML, which is read some ten times as slowly as a table."""

TEXT_LIMIT: Final = 2 * MEGABYTE
"""Bytes of a campaign file or of the text of a letter, both written by hand."""

DAMAGED_ARCHIVE: Final = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError)
"""What reading a zip archive raises when it is none, is damaged or cut short (the first three), is packed in a way the
standard library does not know (NotImplementedError), or has a password (RuntimeError)."""

_ELSEWHERE: Final = re.compile(r"[\\/]{2}|[\\/]\?\?[\\/]")  # \\server\share, \\?\…, //server/share, \??\…


def read_outside(path: Path, limit: int) -> bytes:
    """The content of the ordinary file ``path``, if it has at most ``limit`` bytes.

    Raises:
        OSError: when it cannot be read, is no ordinary file or is too large; ``strerror`` says so in the language
            in force.
    """
    require_outside(path, limit)
    with path.open("rb") as source:
        content = source.read(limit + 1)
    if len(content) > limit:  # it grew, or is one of those that say they are empty
        raise _too_large(path, limit)
    return content


def require_outside(path: Path, limit: int) -> None:
    """See that ``path`` is an ordinary file of at most ``limit`` bytes before anything opens it.

    Raises:
        OSError: as :func:`read_outside`.
    """
    state = path.stat()
    if stat.S_ISDIR(state.st_mode):
        raise IsADirectoryError(errno.EISDIR, finding("outside-not-a-file").message, str(path))
    if not stat.S_ISREG(state.st_mode):
        raise OSError(errno.EINVAL, finding("outside-not-a-file").message, str(path))
    if state.st_size > limit:
        raise _too_large(path, limit)


def is_elsewhere(name: str) -> bool:
    """Whether Windows would look for ``name`` on another computer or among its devices."""
    return bool(_ELSEWHERE.match(name))


def _too_large(path: Path, limit: int) -> OSError:
    return OSError(errno.EFBIG, finding("outside-too-large", megabytes=limit // MEGABYTE).message, str(path))
