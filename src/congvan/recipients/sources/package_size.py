"""Limits for the unpacked size of a workbook, checked before a reader opens it: a small file may hold a giant one.

A reader of workbooks allocates the whole rectangle up to the last cell. One stray cell in the last row and column of a
sheet makes that 17,000 million cells.
"""

from __future__ import annotations

import re
import zipfile
from pathlib import Path
from typing import IO, Final

from congvan.recipients.sources.sheet import unreadable
from congvan.support.untrusted_files import ARCHIVE_ERRORS

UNPACKED_LIMIT: Final = 512 * 1024 * 1024
"""Bytes of all parts together; a list of 64,000 rows has about 40 million."""

CELL_LIMIT: Final = 30_000_000
"""Cells of the rectangle of one sheet: a million rows of thirty columns."""

_REFERENCE: Final = re.compile(rb"""\sr=["']([A-Z]{1,3})(\d{1,7})["']""")
_LONGEST_REFERENCE: Final = 16
_CHUNK: Final = 1 << 20


def refuse_oversized(path: Path, source: IO[bytes]) -> None:
    """Refuse a workbook that would need too much memory; ``source`` is the open file, rewound at the end.

    Raises:
        UnreadableFileError: when the parts, or the rectangle of a sheet, are too large, or a part is damaged.
    """
    try:
        if zipfile.is_zipfile(source):
            with zipfile.ZipFile(source) as package:
                _check_parts(path, package)
    except (*ARCHIVE_ERRORS, ValueError) as error:
        raise unreadable(path, "file-format", why=error) from error
    finally:
        source.seek(0)


def _check_parts(path: Path, package: zipfile.ZipFile) -> None:
    parts = package.infolist()
    size = sum(part.file_size for part in parts)
    if size > UNPACKED_LIMIT:
        raise unreadable(path, "file-too-large", megabytes=size // 2**20, limit=UNPACKED_LIMIT // 2**20)
    for part in parts:
        # Reading a part to its end also shows that its size is the one it claims.
        with package.open(part) as stream:
            rows, columns = _last_cell(stream)
        if rows * columns > CELL_LIMIT:
            raise unreadable(path, "sheet-too-large", rows=rows, columns=columns)


def _last_cell(stream: IO[bytes]) -> tuple[int, int]:
    """Return the last row and the last column that a cell of the part refers to."""
    rows, letters, tail = 0, {b""}, b""
    while chunk := stream.read(_CHUNK):
        for column, row in _REFERENCE.findall(tail + chunk):
            letters.add(column)
            rows = max(rows, int(row))
        tail = chunk[-_LONGEST_REFERENCE:]
    return rows, max(map(_column_number, letters))


def _column_number(letters: bytes) -> int:
    """Return a column's number: A is 1, AA is 27."""
    number = 0
    for sign in letters:
        number = number * 26 + sign - ord("A") + 1
    return number
