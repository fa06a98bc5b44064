"""Writes lists as .xlsx or .csv, every value as text, atomically."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from congvan.recipients.sources.sheet import unreadable
from congvan.support.files import write_whole
from congvan.text.formula import escape_formula

if TYPE_CHECKING:
    from xlsxwriter.workbook import Workbook, Worksheet

SUFFIXES: Final = (".xlsx", ".csv")
"""The formats congvan writes lists in."""

TEXT_ONLY: Final = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
"""Options of XlsxWriter: a value such as ``=1+1`` or ``0912…`` stays the text it is."""

_CREATED: Final = datetime(2025, 7, 1)  # noqa: DTZ001 (the same list gives the same bytes)
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

    In a workbook the header row is frozen, and the columns named in ``choices`` have drop-down lists, also in 1,000
    empty rows below; another value is allowed after a warning.

    Raises:
        UnreadableFileError: when the ending is another, the file cannot be written, or a text is too long for a cell.
    """
    if path.suffix.lower() not in SUFFIXES:
        raise unreadable(path, "file-suffix", suffix=path.suffix or path.name, known=", ".join(SUFFIXES))
    if path.suffix.lower() == ".csv":
        target = io.StringIO(newline="")
        csv.writer(target).writerows(map(escape_formula, row) for row in (titles, *rows))
        save(path, target.getvalue().encode("utf-8-sig"))
        return
    write_workbook(path, [ListSheet("Danh sách", titles, list(rows), choices or {})])


def write_workbook(path: Path, sheets: Sequence[ListSheet], notes: ListSheet | None = None) -> None:
    """Write lists to one .xlsx, one a sheet, and ``notes`` for people on the last sheet.

    Raises:
        UnreadableFileError: as :func:`write_list`.
    """
    if path.suffix.lower() != ".xlsx":
        raise unreadable(path, "file-suffix", suffix=path.suffix or path.name, known=".xlsx")
    save(path, _workbook(path, sheets, notes))


def save(path: Path, content: bytes) -> None:
    """Write ``content`` to ``path``, atomically.

    Raises:
        UnreadableFileError: when it cannot be written.
    """
    try:
        write_whole(path, content)
    except OSError as error:
        raise unreadable(path, "file-not-written", why=error.strerror or error) from error


def new_workbook(target: io.BytesIO) -> Workbook:
    """Return a workbook in memory in which every value is text, and whose bytes depend on its content alone."""
    from xlsxwriter import Workbook

    book = Workbook(target, {**TEXT_ONLY, "in_memory": True})
    book.set_properties({"created": _CREATED})
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
        added = [(one, _add_sheet(path, book, one)) for one in sheets]
        if notes:
            _add_sheet(path, book, notes)
        if any(one.choices for one in sheets):
            _add_choices(book, added)
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


def _add_choices(book: Workbook, sheets: Sequence[tuple[ListSheet, Worksheet]]) -> None:
    """Add drop-down lists, with their values on a hidden sheet: Excel allows 255 characters in the rule itself."""
    from xlsxwriter.utility import xl_col_to_name

    values = book.add_worksheet(_CHOICES_SHEET)
    values.hide()
    column = 0
    for listed, sheet in sheets:
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
