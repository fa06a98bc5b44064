"""How large a workbook is when unpacked, seen before anything is: a small file may hold a giant one.

A reader of workbooks makes room for the whole rectangle up to the last cell; one stray cell in the last row and
column of a sheet is seventeen thousand million cells.
"""

from __future__ import annotations

import re
import zipfile
from pathlib import Path
from typing import IO, Final

from congvan.recipients.sources.sheet import unreadable
from congvan.support.untrusted_files import DAMAGED_ARCHIVE

UNPACKED_LIMIT: Final = 512 * 1024 * 1024
"""Bytes of all parts together; a list of 64,000 rows has about 40 million."""

CELL_LIMIT: Final = 30_000_000
"""Cells of the rectangle of one sheet: a million rows of thirty columns."""

_REFERENCE: Final = re.compile(rb"""\sr=["']([A-Z]{1,3})(\d{1,7})["']""")
_LONGEST_REFERENCE: Final = 16
_AT_ONCE: Final = 1 << 20


def refuse_giants(path: Path, source: IO[bytes]) -> None:
    """Refuse a workbook that would need too much memory; ``source`` is the open file, left at its beginning.

    Raises:
        UnreadableFileError: when the parts, or the rectangle of a sheet, are too large, or a part is damaged.
    """
    try:
        if zipfile.is_zipfile(source):
            with zipfile.ZipFile(source) as package:
                _look_through(path, package)
    except (*DAMAGED_ARCHIVE, ValueError) as error:
        raise unreadable(path, "file-format", why=error) from error
    finally:
        source.seek(0)


def _look_through(path: Path, package: zipfile.ZipFile) -> None:
    parts = package.infolist()
    size = sum(part.file_size for part in parts)
    if size > UNPACKED_LIMIT:
        raise unreadable(path, "file-too-large", megabytes=size // 2**20, limit=UNPACKED_LIMIT // 2**20)
    for part in parts:
        # Reading a part to its end also shows that its size is the one it claims.
        with package.open(part) as stream:
            rows, columns = _corner(stream)
        if rows * columns > CELL_LIMIT:
            raise unreadable(path, "sheet-too-large", rows=rows, columns=columns)


def _corner(stream: IO[bytes]) -> tuple[int, int]:
    """The last row and the last column that a cell of the part names."""
    rows, letters, tail = 0, {b""}, b""
    while chunk := stream.read(_AT_ONCE):
        for column, row in _REFERENCE.findall(tail + chunk):
            letters.add(column)
            rows = max(rows, int(row))
        tail = chunk[-_LONGEST_REFERENCE:]
    return rows, max(map(_column_number, letters))


def _column_number(letters: bytes) -> int:
    """A column's number from 1: A is 1, AA is 27."""
    number = 0
    for sign in letters:
        number = number * 26 + sign - ord("A") + 1
    return number
