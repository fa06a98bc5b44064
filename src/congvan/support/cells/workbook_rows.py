"""The rows of a spreadsheet file, read in a child process where a damaged file can do no harm.

A damaged workbook can make its reader ask for gigabytes, run for minutes or crash. These functions are called in a
:class:`congvan.support.processes.worker_process.WorkerProcess`, one workbook a process. They live here, above the
package that needs them, since the child would take 100 ms to import that.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from congvan.support.cells.shown_cells import shown_cells

if TYPE_CHECKING:
    from python_calamine import CalamineWorkbook

CELLS_PER_CALL: Final = 20_000


class SheetTooLargeError(Exception):
    """A sheet with more cells than the limit; the message is its rows and columns, ``1048576 16384``."""


class _OpenWorkbook:
    """The workbook of this process, and how far each of its sheets has been read."""

    def __init__(self, path: Path, cell_limit: int) -> None:
        from python_calamine import CalamineWorkbook, SheetTypeEnum

        # Not from_path: the file may be one that another program has open, and Python knows how to share it.
        self._path = path
        self._workbook: CalamineWorkbook = CalamineWorkbook.from_filelike(path.open("rb"))
        self._cell_limit = cell_limit
        self.sheets = [one for one in self._workbook.sheets_metadata if one.typ == SheetTypeEnum.WorkSheet]
        self._chunks: dict[int, Iterator[list[list[Any]]]] = {}

    def next_rows(self, index: int) -> list[list[Any]]:
        if index not in self._chunks:
            self._chunks[index] = self._read(self.sheets[index].name)
        return next(self._chunks[index], [])

    def _read(self, name: str) -> Iterator[list[list[Any]]]:
        sheet = self._workbook.get_sheet_by_name(name)
        last_row, last_column = sheet.end or (-1, -1)
        height, width = last_row + 1, last_column + 1
        if height * width > self._cell_limit:
            raise SheetTooLargeError(f"{height} {width}")
        rows_per_call = max(1, CELLS_PER_CALL // max(1, width))
        with self._path.open("rb") as source:
            cells = shown_cells(source, name, (last_row, last_column))
        rows: list[list[Any]] = []
        for number, row in enumerate(sheet.iter_rows()):
            rows.append(cells.in_row(number, row))
            if len(rows) == rows_per_call:
                yield rows
                rows = []
        if rows:
            yield rows


_open: list[_OpenWorkbook] = []


def open_workbook(path: Path, cell_limit: int) -> list[tuple[str, bool]]:
    """Open the workbook of this process; return the names of its sheets, and whether each is visible."""
    from python_calamine import SheetVisibleEnum

    workbook = _OpenWorkbook(path, cell_limit)
    _open.append(workbook)
    return [(one.name, one.visible == SheetVisibleEnum.Visible) for one in workbook.sheets]


def next_rows(index: int) -> list[list[Any]]:
    """Return the next rows of the sheet with this number, some 20,000 cells as they are shown; none at its end.

    Raises:
        SheetTooLargeError: when the sheet has more cells than the limit.
    """
    return _open[0].next_rows(index)
