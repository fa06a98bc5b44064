"""The manifest: one row a letter, as JSON for programs and as CSV for Excel.

:class:`ManifestRow` is the only list of the columns. JSON has them as they are; CSV splits a file into two columns, its
path and its hash.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from pathlib import PurePosixPath
from typing import Any, Final, NamedTuple, get_type_hints

from pydantic_core import to_json

from congvan.letter.record.letter_state import LetterState
from congvan.text.formula import escape_formula

DRAFT: Final = LetterState.DRAFT.value
NUMBERED: Final = LetterState.NUMBERED.value
DONE: Final = LetterState.MADE.value
"""A letter that takes no number: one of a template and a table, or of a tier whose numbers stay blank."""
FAILED: Final = LetterState.FAILED.value
"""A machine's failure: the next run makes the letter."""

_STATES: Final = frozenset(LetterState)


class OutputFile(NamedTuple):
    """A file of the output folder: its path there, with forward slashes, and its SHA-256."""

    path: str
    sha256: str


@dataclass(frozen=True, slots=True)
class ManifestRow:
    """One letter of a run.

    ``thu_tu`` is its position in the plan, from 1; ``khoa`` the key its number is registered under; ``trang`` its
    pages. ``ngay`` is the date as ISO 8601, shorter where the day or the month is open. ``trang_thai`` is a value of
    :class:`~congvan.letter.record.letter_state.LetterState`. ``dot_gui`` is the code of a later round of the tier,
    empty for the first; ``ghi_chu`` says what else a clerk should know.
    """

    thu_tu: int
    cap: str
    ma: str
    co_quan: str
    so: int | None
    ky_hieu: str
    ngay: str
    loai: str
    trich_yeu: str
    kinh_gui: tuple[str, ...]
    trang: int | None
    khoa: str
    docx: OutputFile | None
    pdf: OutputFile | None
    trang_thai: str
    dot_gui: str = ""
    ghi_chu: str = ""

    @property
    def stands(self) -> bool:
        """Whether it is the letter its recipient is to follow, and so printed with the others."""
        state = LetterState(self.trang_thai)
        return state.stands and (state.is_sealed or self.ghi_chu != GONE)

    @property
    def is_done(self) -> bool:
        """Whether its files are in place."""
        return self.trang_thai != FAILED

    @property
    def name(self) -> str:
        """Its number and symbol as on paper, ``18/ĐLHL``; its position where it has no symbol."""
        if not self.ky_hieu:
            return str(self.thu_tu)
        return f"{'…' if self.so is None else f'{self.so:02}'}/{self.ky_hieu}"

    @property
    def files(self) -> tuple[OutputFile, ...]:
        """Its files in the output folder."""
        return tuple(file for file in (self.docx, self.pdf) if file)

    def file(self, kind: str) -> OutputFile | None:
        """Its ``docx`` or ``pdf``."""
        return self.docx if kind == "docx" else self.pdf

    def as_dict(self) -> dict[str, Any]:
        """The row as the manifest's JSON has it."""
        row = {name: getattr(self, name) for name in _NAMES}
        for kind in _FILES:
            row[kind] = row[kind] and row[kind]._asdict()
        return row


GONE: Final = "không còn trong danh sách"
"""The note of a numbered letter whose recipient is no longer in the list."""

_NAMES: Final = tuple(column.name for column in fields(ManifestRow))
_FILES: Final = ("docx", "pdf")
_BYTE_ORDER_MARK: Final = b"\xef\xbb\xbf"
_DATE: Final = re.compile(r"[0-9]{4}(?:-[0-9]{2}(?:-[0-9]{2})?)?|-?")


def manifest_json(header: Mapping[str, Any], rows: Iterable[ManifestRow]) -> Iterator[bytes]:
    """``{"dot": header, "van_ban": [...]}`` piece by piece, a line a letter."""
    yield b'{"dot": %b, "van_ban": [' % to_json(header)
    for index, row in enumerate(rows):
        yield b"%b\n%b" % (b"," if index else b"", to_json(row.as_dict()))
    yield b"\n]}\n"


def manifest_csv(rows: Iterable[ManifestRow]) -> Iterator[bytes]:
    """The same rows for Excel: UTF-8 with a byte order mark, addressees joined by ``; ``."""
    writer = csv.writer(_LineWriter(), lineterminator="\r\n")
    yield _BYTE_ORDER_MARK + str(writer.writerow(_csv_columns())).encode()
    for row in rows:
        yield str(writer.writerow(map(escape_formula, _csv_cells(row)))).encode()


def read_row(row: Mapping[str, Any]) -> ManifestRow:
    """A row from its JSON, as written by :meth:`ManifestRow.as_dict`.

    Raises:
        TypeError, ValueError: for anything else; somebody may have edited the file.
    """
    values = dict(row)
    for kind in _FILES:
        values[kind] = values.get(kind) and read_file(values[kind])
    values["kinh_gui"] = tuple(values.get("kinh_gui", ()))
    read = ManifestRow(**values)
    _require_types(read)
    if not _DATE.fullmatch(read.ngay) or read.trang_thai not in _STATES:
        raise ValueError(read.ngay)
    return read


def read_file(file: Mapping[str, Any]) -> OutputFile:
    """A file inside the output folder; an edited journal may name any.

    Raises:
        TypeError, ValueError: for a path outside the folder, or none.
    """
    path, sha256 = file["path"], file["sha256"]
    inside = PurePosixPath(path)
    if inside.is_absolute() or ".." in inside.parts or not set(path).isdisjoint("\\:"):
        raise ValueError(path)
    return OutputFile(path, str(sha256))


def _require_types(row: ManifestRow) -> None:
    for name, kind in _SCALARS.items():
        if not isinstance(getattr(row, name), kind):
            raise TypeError(name)
    if not all(isinstance(name, str) for name in row.kinh_gui):
        raise TypeError("kinh_gui")


_HINTS: Final = get_type_hints(ManifestRow)
_SCALARS: Final = {name: _HINTS[name] for name in _NAMES if _HINTS[name] in (int, str, int | None)}


def _csv_columns() -> Iterator[str]:
    for name in _NAMES:
        yield name
        if name in _FILES:
            yield f"{name}_sha256"


def _csv_cells(row: ManifestRow) -> Iterator[str]:
    for name in _NAMES:
        value = getattr(row, name)
        if name in _FILES:
            yield from value or ("", "")
        elif isinstance(value, tuple):
            yield "; ".join(value)
        else:
            yield "" if value is None else str(value)


class _LineWriter:
    """A file for :mod:`csv` whose ``write`` hands the line back."""

    def write(self, line: str) -> str:
        return line
