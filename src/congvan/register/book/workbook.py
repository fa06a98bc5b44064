"""The printed book as an Excel workbook: a cover sheet and its columns, every cell a text."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import count
from typing import TYPE_CHECKING, Any, Final

from congvan.findings import Finding, finding
from congvan.register.book.printed_book import Line, PrintedBook
from congvan.register.register_errors import raise_errors

if TYPE_CHECKING:
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

COVER_SHEET: Final = "Bìa"
BOOK_SHEET: Final = "Sổ"

_A4: Final = 9
_MOST_CHARACTERS: Final = 32_767
_MILLIMETRES_A_CHARACTER: Final = 1.9
_FACE: Final = {"font_name": "Times New Roman", "font_size": 12}
_CREATED: Final = datetime(2000, 1, 1, tzinfo=UTC)
"""The date in the file: a fixed one, so that the same book gives the same bytes."""


def write_xlsx(book: PrintedBook) -> bytes:
    """Write the book as .xlsx. Text that looks like a formula stays text, also after somebody has edited the cell.

    Raises:
        RegisterError: with every text longer than a cell of Excel holds.
    """
    from xlsxwriter import Workbook

    raise_errors(_long_cells(book))
    target = io.BytesIO()
    with Workbook(target, {"in_memory": True}) as workbook:
        workbook.set_properties({"title": book.form.title, "author": book.cover.co_quan, "created": _CREATED})
        _write_cover(workbook, book)
        _write_lines(workbook, book)
    return target.getvalue()


def _write_cover(workbook: Workbook, book: PrintedBook) -> None:
    sheet = _sheet(workbook, COVER_SHEET)
    sheet.set_column(0, 0, 120)
    sheet.center_horizontally()
    large = {**_FACE, "font_size": 22, "bold": True}
    texts = [
        (book.cover.chu_quan, _FACE),
        (book.cover.co_quan, {**_FACE, "bold": True}),
        ("", _FACE),
        (book.form.title, large),
    ]
    texts += [(text, {**_FACE, "font_size": 14}) for text in book.cover.particulars]
    for row, (text, face) in enumerate(texts):
        sheet.write_string(row, 0, text, workbook.add_format({**face, "align": "center", "quote_prefix": True}))


def _write_lines(workbook: Workbook, book: PrintedBook) -> None:
    sheet = _sheet(workbook, BOOK_SHEET)
    cell = {**_FACE, "border": 1, "text_wrap": True, "valign": "top", "quote_prefix": True}
    head = workbook.add_format({**cell, "bold": True, "align": "center", "valign": "vcenter"})
    counted = workbook.add_format({**cell, "align": "center"})
    body = workbook.add_format(cell)
    for column, millimetres in enumerate(book.form.widths):
        sheet.set_column(column, column, millimetres / _MILLIMETRES_A_CHARACTER)
    _write_row(sheet, 0, book.form.columns, head)
    _write_row(sheet, 1, book.form.counted, counted)
    for row, line in zip(count(2), book.lines, strict=False):
        _write_row(sheet, row, line, body)
    sheet.repeat_rows(0, 1)
    sheet.freeze_panes(2, 1)
    sheet.set_footer("&C&P/&N")


def _sheet(workbook: Workbook, name: str) -> Worksheet:
    sheet = workbook.add_worksheet(name)
    sheet.set_landscape()
    sheet.set_paper(_A4)
    sheet.fit_to_pages(1, 0)
    return sheet


def _write_row(sheet: Worksheet, row: int, line: Line, face: Any) -> None:
    for column, text in enumerate(line):
        sheet.write_string(row, column, text, face)


def _long_cells(book: PrintedBook) -> Iterator[Finding]:
    """Report texts over 32,767 characters: the library would leave them out."""
    for line in book.lines:
        for title, text in zip(book.form.columns, line, strict=True):
            if len(text.encode("utf-16-le")) // 2 > _MOST_CHARACTERS:
                yield finding("register-cell-too-long", so=line[0], column=title, most=_MOST_CHARACTERS)
