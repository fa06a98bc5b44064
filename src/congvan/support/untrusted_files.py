"""Reading untrusted files: ordinary files only, and never more bytes than a limit.

A name may refer to a device, a pipe or a file of many gigabytes. A name found inside an untrusted file may also refer
to another computer: Windows sends the user's name and password hash there as soon as a program asks whether the file
exists. A user may still name such a file on the command line.
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
"""Bytes of a list in YAML, which takes some ten times as long to read as a table."""

TEXT_LIMIT: Final = 2 * MEGABYTE
"""Bytes of a campaign file or of the text of a letter, both typed by people."""

ARCHIVE_ERRORS: Final = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError)
"""The errors of reading a zip archive that is damaged or cut short (the first three), is compressed in a way the
standard library does not know (NotImplementedError), or has a password (RuntimeError)."""

_REMOTE_NAME: Final = re.compile(r"[\\/]{2}|[\\/]\?\?[\\/]")  # \\server\share, \\?\…, //server/share, \??\…


def read_untrusted(path: Path, limit: int) -> bytes:
    """Return the content of the ordinary file ``path``.

    Raises:
        OSError: when it cannot be read, is not an ordinary file or has more than ``limit`` bytes; ``strerror`` is a
            sentence in the language in force.
    """
    require_ordinary_file(path, limit)
    with path.open("rb") as source:
        content = source.read(limit + 1)
    if len(content) > limit:  # it grew meanwhile, or its size is unknown to the system, as in /proc
        raise _too_large(path, limit)
    return content


def require_ordinary_file(path: Path, limit: int) -> None:
    """Check, before anything opens it, that ``path`` is an ordinary file of at most ``limit`` bytes.

    Raises:
        OSError: as :func:`read_untrusted`.
    """
    state = path.stat()
    if stat.S_ISDIR(state.st_mode):
        raise IsADirectoryError(errno.EISDIR, finding("outside-not-a-file").message, str(path))
    if not stat.S_ISREG(state.st_mode):
        raise OSError(errno.EINVAL, finding("outside-not-a-file").message, str(path))
    if state.st_size > limit:
        raise _too_large(path, limit)


def is_remote_name(name: str) -> bool:
    """Whether ``name`` would make Windows contact another computer or open a device."""
    return bool(_REMOTE_NAME.match(name))


def _too_large(path: Path, limit: int) -> OSError:
    return OSError(errno.EFBIG, finding("outside-too-large", megabytes=limit // MEGABYTE).message, str(path))
