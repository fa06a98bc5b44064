"""Writing a list: .xlsx or .csv, every value as text, whole or not at all."""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from congvan.recipients.sources.sheet import unreadable
from congvan.text.formula import guarded

if TYPE_CHECKING:
    from xlsxwriter.workbook import Workbook, Worksheet

WRITTEN: Final = (".xlsx", ".csv")
"""The endings of the files congvan writes lists to."""

TEXT_ONLY: Final = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
"""What begins with ``=`` or ``+`` is text, and so is a code or a telephone with its zeros."""

_MADE: Final = datetime(2025, 7, 1)  # noqa: DTZ001 (the same list gives the same bytes)
_CHOICES_SHEET: Final = "Danh mục"
_ROWS_TO_ADD: Final = 1000
_WIDEST: Final = 48


@dataclass(frozen=True, slots=True)
class ListSheet:
    """One sheet of a workbook: its name, the titles of its columns, its rows, and choices by title."""

    name: str
    titles: Sequence[str]
    rows: Sequence[Sequence[str]]
    choices: Mapping[str, Sequence[str]]


def write_list(
    path: Path,
    titles: Sequence[str],
    rows: Iterable[Sequence[str]],
    choices: Mapping[str, Sequence[str]] | None = None,
) -> None:
    """Write a list under a header to ``path``, .xlsx or .csv (UTF-8 with its mark, as Excel expects).

    In a workbook the header stays in sight, and the columns named in ``choices`` have drop-down lists, also for a
    thousand rows more; another value is allowed after a warning.

    Raises:
        UnreadableFileError: when the ending is another, the file cannot be written, or a text is too long for a cell.
    """
    if path.suffix.lower() not in WRITTEN:
        raise unreadable(path, "file-suffix", suffix=path.suffix or path.name, known=", ".join(WRITTEN))
    if path.suffix.lower() == ".csv":
        target = io.StringIO(newline="")
        csv.writer(target).writerows(map(guarded, row) for row in (titles, *rows))
        write_whole(path, target.getvalue().encode("utf-8-sig"))
        return
    write_workbook(path, [ListSheet("Danh sách", titles, list(rows), choices or {})])


def write_workbook(path: Path, sheets: Sequence[ListSheet], notes: ListSheet | None = None) -> None:
    """Write lists to one .xlsx, and behind them ``notes`` to be read by people.

    Raises:
        UnreadableFileError: as :func:`write_list`.
    """
    if path.suffix.lower() != ".xlsx":
        raise unreadable(path, "file-suffix", suffix=path.suffix or path.name, known=".xlsx")
    write_whole(path, _workbook(path, sheets, notes))


def write_whole(path: Path, data: bytes) -> None:
    """Write a file beside its place and rename it, so that it is never half there.

    Raises:
        UnreadableFileError: when it cannot be written.
    """
    beside = path.with_name(f".{path.name}.part")
    try:
        beside.write_bytes(data)
        os.replace(beside, path)  # noqa: PTH105 (replaces on Windows too, and says so)
    except OSError as error:
        beside.unlink(missing_ok=True)
        raise unreadable(path, "file-not-written", why=error.strerror or error) from error


def new_workbook(target: io.BytesIO) -> Workbook:
    """A workbook in memory that takes every text as text and is the same each time."""
    from xlsxwriter import Workbook

    book = Workbook(target, {**TEXT_ONLY, "in_memory": True})
    book.set_properties({"created": _MADE})
    return book


def write_cell(path: Path, sheet: Worksheet, at: tuple[int, int], text: str, style: Any) -> None:
    """Write one cell as text.

    Raises:
        UnreadableFileError: when the text or the sheet is longer than a workbook can hold.
    """
    if sheet.write_string(*at, text, style):
        raise unreadable(path, "cell-too-long", row=at[0] + 1)


def _workbook(path: Path, sheets: Sequence[ListSheet], notes: ListSheet | None) -> bytes:
    target = io.BytesIO()
    with new_workbook(target) as book:
        written = [(one, _add_sheet(path, book, one)) for one in sheets]
        if notes:
            _add_sheet(path, book, notes)
        if any(one.choices for one in sheets):
            _add_choices(book, written)
    return target.getvalue()


def _add_sheet(path: Path, book: Workbook, listed: ListSheet) -> Worksheet:
    titles, rows = listed.titles, listed.rows
    sheet = book.add_worksheet(listed.name)
    head = book.add_format({"bold": True, "bg_color": "#DDEBF7", "border": 1, "text_wrap": True})
    text = book.add_format({"num_format": "@"})
    for column, title in enumerate(titles):
        width = max([len(title), *(len(row[column]) for row in rows if column < len(row))])
        sheet.set_column(column, column, min(width + 3, _WIDEST), text)
        write_cell(path, sheet, (0, column), title, head)
    for number, row in enumerate(rows, start=1):
        for column, value in enumerate(row):
            if value:
                write_cell(path, sheet, (number, column), value, text)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, max(len(rows), 1), len(titles) - 1)
    return sheet


def _add_choices(book: Workbook, written: Sequence[tuple[ListSheet, Worksheet]]) -> None:
    """Drop-down lists, their values on a hidden sheet: Excel allows 255 characters where they are written out."""
    from xlsxwriter.utility import xl_col_to_name

    values = book.add_worksheet(_CHOICES_SHEET)
    values.hide()
    column = 0
    for listed, sheet in written:
        last = len(listed.rows) + _ROWS_TO_ADD
        for title, names in listed.choices.items():
            values.write_column(0, column, names)
            letter = xl_col_to_name(column, col_abs=True)
            rule = {
                "validate": "list",
                "source": f"='{_CHOICES_SHEET}'!{letter}$1:{letter}${len(names)}",
                "error_type": "warning",
                "error_title": "congvan",
                "error_message": "Giá trị không có trong danh mục. Vẫn giữ?",
            }
            at = listed.titles.index(title)
            sheet.data_validation(1, at, last, at, rule)
            column += 1
