"""Read from an old Excel file (.xls) what its reader leaves out: errors of formulas and the formats of numbers.

Such a file is a small file system ([MS-CFB]) with one stream of records ([MS-XLS]). Only the heads of its records are
looked at; values come from the reader.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Mapping
from typing import Final, NamedTuple

from congvan.support.cells.number_format import BUILT_IN, PLAIN

_SIGNATURE: Final = bytes.fromhex("d0cf11e0a1b11ae1")
_LAST_SECTOR: Final = 0xFFFFFFFA
_SMALL_SECTOR: Final = 64
_ENTRY: Final = 128
_ROOT, _STREAM = 5, 2

_BOF, _EOF, _BOUND_SHEET, _FORMAT, _XF = 0x809, 0x0A, 0x85, 0x41E, 0xE0
_NUMBER, _RK, _MANY_RK, _FORMULA, _ERROR = 0x203, 0x27E, 0xBD, 0x06, 0x205
_BIFF8: Final = 0x600
_ERRORS: Final = {0: "#NULL!", 7: "#DIV/0!", 15: "#VALUE!", 23: "#REF!", 29: "#NAME?", 36: "#NUM!", 42: "#N/A"}


class XlsCell(NamedTuple):
    """A cell that shows something else than its value: by an error, or a number format."""

    row: int
    column: int
    error: str
    code: str


def xls_cells(data: bytes, sheet: str) -> Iterator[XlsCell]:
    """The cells of the sheet of this name that show something else than their value.

    None for a file of another kind, a damaged one, or one of Excel 95 and before.
    """
    try:
        stream = _workbook_stream(data) if data.startswith(_SIGNATURE) else b""
        yield from _cells(stream, sheet)
    except (struct.error, IndexError, RecursionError):
        return


def _workbook_stream(data: bytes) -> bytes:
    sector, small_limit = 1 << struct.unpack_from("<H", data, 30)[0], struct.unpack_from("<I", data, 56)[0]
    fat = _allocation(data, sector)
    directory = _chain(data, fat, struct.unpack_from("<I", data, 48)[0], sector)
    entries = [directory[at : at + _ENTRY] for at in range(0, len(directory) - _ENTRY + 1, _ENTRY)]
    root = next((entry for entry in entries if entry[66] == _ROOT), b"")
    for entry in entries:
        length = struct.unpack_from("<H", entry, 64)[0]
        start, size = struct.unpack_from("<II", entry, 116)
        if entry[66] != _STREAM or entry[: max(length - 2, 0)].decode("utf-16-le", "replace") != "Workbook":
            continue
        if size >= small_limit or not root:
            return _chain(data, fat, start, sector)[:size]
        small_fat = _numbers(_chain(data, fat, struct.unpack_from("<I", data, 60)[0], sector))
        small = _chain(data, fat, struct.unpack_from("<I", root, 116)[0], sector)
        return _chain(b"\0" * _SMALL_SECTOR + small, small_fat, start, _SMALL_SECTOR)[:size]
    return b""


def _allocation(data: bytes, sector: int) -> list[int]:
    """For each sector of the file the one that follows it."""
    parts = list(struct.unpack_from("<109I", data, 76))
    more, seen = struct.unpack_from("<I", data, 68)[0], 0
    while more < _LAST_SECTOR and seen * sector < len(data):
        *further, more = _numbers(data[(more + 1) * sector : (more + 2) * sector])
        parts += further
        seen += 1
    sectors = (data[(part + 1) * sector : (part + 2) * sector] for part in parts if part < _LAST_SECTOR)
    return [number for content in sectors for number in _numbers(content)]


def _numbers(data: bytes) -> list[int]:
    return list(struct.unpack_from(f"<{len(data) // 4}I", data))


def _chain(data: bytes, following: list[int], start: int, sector: int) -> bytes:
    """The sectors from ``start`` on; a chain longer than the file is a circle and ends."""
    pieces: list[bytes] = []
    while start < len(following) and len(pieces) * sector <= len(data):
        pieces.append(data[(start + 1) * sector : (start + 2) * sector])
        start = following[start]
    return b"".join(pieces)


def _records(stream: bytes, at: int = 0) -> Iterator[tuple[int, bytes]]:
    """Kind and content of the records up to the end of a part."""
    while at + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, at)
        yield kind, stream[at + 4 : at + 4 + length]
        if kind == _EOF:
            return
        at += 4 + length


def _cells(stream: bytes, sheet: str) -> Iterator[XlsCell]:
    start, known, styles = None, dict(BUILT_IN), []
    for kind, content in _records(stream):
        if kind == _BOF and struct.unpack_from("<H", content)[0] != _BIFF8:
            return
        if kind == _BOUND_SHEET and _text(content[7:], content[6]) == sheet:
            start = struct.unpack_from("<I", content)[0]
        elif kind == _FORMAT:
            known[struct.unpack_from("<H", content)[0]] = _text(content[4:], struct.unpack_from("<H", content, 2)[0])
        elif kind == _XF:
            styles.append(struct.unpack_from("<H", content, 2)[0])
    if start is not None:
        codes = {number: known.get(one, "") for number, one in enumerate(styles)}
        yield from _cells_of_sheet(stream, start, {at: code for at, code in codes.items() if code not in PLAIN})


def _text(content: bytes, length: int) -> str:
    """A text with a byte before it that says how wide its letters are."""
    is_wide = content[0] & 1
    return (
        content[1 : 1 + length * 2].decode("utf-16-le", "replace")
        if is_wide
        else content[1 : 1 + length].decode("latin-1")
    )


def _cells_of_sheet(stream: bytes, start: int, codes: Mapping[int, str]) -> Iterator[XlsCell]:
    for kind, content in _records(stream, start):
        if kind in {_NUMBER, _RK, _FORMULA, _ERROR}:
            row, column, style = struct.unpack_from("<HHH", content)
            error = _error(kind, content)
            if error or style in codes:
                yield XlsCell(row, column, error, codes.get(style, ""))
        elif kind == _MANY_RK:
            row, first = struct.unpack_from("<HH", content)
            for at in range(4, len(content) - 6, 6):
                if code := codes.get(struct.unpack_from("<H", content, at)[0]):
                    yield XlsCell(row, first + (at - 4) // 6, "", code)


def _error(kind: int, content: bytes) -> str:
    """The error of a cell; empty where it has a value."""
    if kind == _ERROR and content[7]:
        return _ERRORS.get(content[6], "#N/A")
    if kind == _FORMULA and content[12:14] == b"\xff\xff" and content[6] == 2:  # noqa: PLR2004 (an error)
        return _ERRORS.get(content[8], "#N/A")
    return ""
