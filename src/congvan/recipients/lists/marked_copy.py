"""Write a marked copy of a checked list: every finding as a comment at its cell, and all on a sheet of their own."""

from __future__ import annotations

import io
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from congvan.findings import Finding, Place, Report, Severity, language
from congvan.recipients.columns import KNOWN_COLUMNS, column_name
from congvan.recipients.lists.list_file import new_workbook, save, write_cell
from congvan.recipients.sources.sheet import Sheet, SheetRow, unreadable
from congvan.recipients.sources.source import Listed, recipient_source
from congvan.recipients.table.header import WITHIN, find_header
from congvan.recipients.table.table import column_letter

if TYPE_CHECKING:
    from xlsxwriter.workbook import Workbook, Worksheet

_COLOURS: Final = {Severity.ERROR: "#F8CBAD", Severity.WARNING: "#FFE699", Severity.INFO: "#DDEBF7"}
_GRAVEST: Final = (Severity.ERROR, Severity.WARNING, Severity.INFO)
_FORBIDDEN: Final = re.compile(r"[\[\]:*?/\\']")
_LONGEST_NAME: Final = 28
_COMMENT_LIMIT: Final = 2000

Marks = Mapping[tuple[int, int], Sequence[Finding]]
"""Findings by row and column of a sheet, from 0."""


def write_marked_copy(source: Listed, report: Report, target: Path | str) -> None:
    """Write the visible sheets of ``source`` to the workbook ``target``, marked with the findings of ``report``.

    The values keep their cells, as text; colours, widths and formulas of the original are not copied.
    A finding about a row is at the row's first cell, one about a column at its title. The last sheet lists every
    finding, also those about the file.

    Raises:
        UnreadableFileError: when ``source`` cannot be read, or ``target`` is no .xlsx or cannot be written.
    """
    path = Path(target)
    if path.suffix.lower() != ".xlsx":
        raise unreadable(path, "file-suffix", suffix=path.suffix or path.name, known=".xlsx")
    stream = io.BytesIO()
    with new_workbook(stream) as book:
        copy = _Copy(path, book)
        for sheet in recipient_source(source).sheets():
            copy.add(sheet, [found for found in report if found.place.sheet == sheet.place.sheet])
        copy.add_list(report)
    save(path, stream.getvalue())


class _Copy:
    """A workbook that is being filled."""

    def __init__(self, path: Path, book: Workbook) -> None:
        self._path = path
        self._book = book
        self._names: set[str] = set()
        self._text = book.add_format({"num_format": "@", "text_wrap": True, "valign": "top"})
        self._colours = {
            severity: book.add_format({"num_format": "@", "bg_color": colour}) for severity, colour in _COLOURS.items()
        }

    def add(self, sheet: Sheet, findings: Iterable[Finding]) -> None:
        """Copy one sheet with its comments."""
        rows = list(sheet.rows)
        copied = self._book.add_worksheet(self._name(sheet.place.sheet or "Danh sách"))
        marks = _marks(rows, findings)
        plain = self._book.add_format({"num_format": "@"})
        for at, row in enumerate(rows):
            for column, value in enumerate(row.cells):
                if value and (at, column) not in marks:
                    write_cell(self._path, copied, (at, column), value, plain)
        for (at, column), found in marks.items():
            cells = rows[at].cells
            value = cells[column] if column < len(cells) else ""
            self._mark(copied, (at, column), value, found)

    def add_list(self, report: Report) -> None:
        """Add a sheet with every finding."""
        in_vietnamese = language() == "vi"
        sheet = self._book.add_worksheet(self._name("Kiểm tra" if in_vietnamese else "Findings"))
        titles = ("Mức", "Trang tính", "Hàng", "Cột", "Vấn đề", "Cách sửa", "Mã")
        if not in_vietnamese:
            titles = ("Severity", "Sheet", "Row", "Column", "Problem", "What to do", "Code")
        rows = [titles, *map(_line, report)]
        for at, row in enumerate(rows):
            for column, value in enumerate(row):
                write_cell(self._path, sheet, (at, column), value, self._text)
        sheet.set_column(4, 5, 60)
        sheet.freeze_panes(1, 0)

    def _mark(self, sheet: Worksheet, at: tuple[int, int], value: str, found: Sequence[Finding]) -> None:
        gravest = min((one.severity for one in found), key=_GRAVEST.index)
        write_cell(self._path, sheet, at, value, self._colours[gravest])
        text = "\n".join(f"{one.message} {one.hint} [{one.code}]" for one in found)
        options: dict[str, Any] = {"author": "congvan", "x_scale": 2.5, "y_scale": 1 + len(text) / 150}
        sheet.write_comment(*at, text[:_COMMENT_LIMIT], options)

    def _name(self, wanted: str) -> str:
        """A name Excel allows and that no other sheet has."""
        plain = _FORBIDDEN.sub("-", wanted)[:_LONGEST_NAME]
        tries = (plain, *(f"{plain} {number}" for number in range(2, len(self._names) + 3)))
        name = next(one for one in tries if one.casefold() not in self._names)
        self._names.add(name.casefold())
        return name


def _marks(rows: Sequence[SheetRow], findings: Iterable[Finding]) -> Marks:
    header = find_header(rows[:WITHIN], column_name, KNOWN_COLUMNS)
    titles = list(header.titles) if header else []
    numbers = {_row_of(row.place): at for at, row in enumerate(rows)}
    at_header = numbers.get(_row_of(header.place)) if header else None
    marks: dict[tuple[int, int], list[Finding]] = defaultdict(list)
    for found in findings:
        at = numbers.get(_row_of(found.place), at_header if found.place.column else None)
        if at is not None:
            marks[at, _column_of(found.place.column, titles)].append(found)
    return marks


def _row_of(place: Place) -> int | None:
    """The row of a sheet, or the line of a text."""
    return place.row or place.line


def _column_of(written: str | None, titles: Sequence[str]) -> int:
    """The column a finding calls by its title, or by its letter where it has none; the first for a whole row."""
    if written is None:
        return 0
    if written in titles:
        return titles.index(written)
    letters = [column_letter(index) for index in range(len(titles) + 1)]
    return letters.index(written) if written in letters else 0


def _line(found: Finding) -> tuple[str, ...]:
    place = found.place
    row = _row_of(place)
    return (
        found.severity.value,
        place.sheet or "",
        str(row) if row else "",
        place.column or "",
        found.message,
        found.hint,
        found.code,
    )
