"""Tables of an office as Excel workbooks: widths, whole numbers, real dates; what looks like a formula is text."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any, Final

from congvan.register.book.printed_book import printable

if TYPE_CHECKING:
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

Cell = str | int | date | None

_A4: Final = 9
_MOST_CHARACTERS: Final = 32_767
_CREATED: Final = datetime(2000, 1, 1, tzinfo=UTC)
"""The date in the file: a fixed one, so that the same rows give the same bytes."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its head and its width in characters. ``is_open`` ones are to be filled in, a date with ``is_date``."""

    head: str
    width: int
    is_open: bool = False
    is_date: bool = False


@dataclass(frozen=True, slots=True)
class SheetOfRows:
    """A sheet: its name, its columns, its rows."""

    name: str
    columns: tuple[Column, ...]
    rows: Sequence[Sequence[Cell]]


def workbook_of(title: str, sheets: Iterable[SheetOfRows]) -> bytes:
    """The sheets as .xlsx, each with a filter and its head on every page."""
    from xlsxwriter import Workbook

    target = io.BytesIO()
    with Workbook(target, {"in_memory": True}) as workbook:
        workbook.set_properties({"title": title[:255], "created": _CREATED})
        faces = _Faces(workbook)
        for sheet in sheets:
            _write(workbook.add_worksheet(sheet.name), sheet, faces)
    return target.getvalue()


class _Faces:
    """The formats of a workbook."""

    def __init__(self, workbook: Workbook) -> None:
        base = {"font_name": "Times New Roman", "font_size": 12, "border": 1, "valign": "top", "text_wrap": True}
        self.head = workbook.add_format({**base, "bold": True, "align": "center", "valign": "vcenter"})
        self.text = workbook.add_format({**base, "quote_prefix": True})
        self.number = workbook.add_format(base)
        self.day = workbook.add_format({**base, "num_format": "dd/mm/yyyy", "align": "left"})
        self.open = workbook.add_format({**base, "bg_color": "#FFF9E5"})
        self.open_day = workbook.add_format(
            {**base, "bg_color": "#FFF9E5", "num_format": "dd/mm/yyyy", "align": "left"}
        )


def _write(target: Worksheet, sheet: SheetOfRows, faces: _Faces) -> None:
    for at, column in enumerate(sheet.columns):
        target.set_column(at, at, column.width)
        target.write_string(0, at, column.head, faces.head)
    for number, row in enumerate(sheet.rows, start=1):
        for at, (column, value) in enumerate(zip(sheet.columns, row, strict=True)):
            _write_cell(target, number, at, value, _open_face(column, faces))
    target.freeze_panes(1, 0)
    target.autofilter(0, 0, len(sheet.rows), len(sheet.columns) - 1)
    target.repeat_rows(0)
    target.set_landscape()
    target.set_paper(_A4)
    target.fit_to_pages(1, 0)
    target.set_footer("&C&P/&N")


def _open_face(column: Column, faces: _Faces) -> tuple[Any, _Faces]:
    if not column.is_open:
        return None, faces
    return (faces.open_day if column.is_date else faces.open), faces


def _write_cell(target: Worksheet, row: int, at: int, value: Cell, face: tuple[Any, _Faces]) -> None:
    own, faces = face
    match value:
        case None | "":
            target.write_blank(row, at, None, own or faces.text)
        case int():
            target.write_number(row, at, value, own or faces.number)
        case date():
            day = datetime(value.year, value.month, value.day)  # noqa: DTZ001  # a cell knows no zone
            target.write_datetime(row, at, day, own or faces.day)
        case str():
            target.write_string(row, at, printable(value)[:_MOST_CHARACTERS], own or faces.text)
