"""Read lists in spreadsheets: .xlsx, .xlsm, .xls and .ods."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from congvan.findings import Place
from congvan.recipients.sources.package_size import refuse_oversized
from congvan.recipients.sources.sheet import Sheet, SheetRow, cell_text, system_error, unreadable
from congvan.recipients.sources.workbook_process import WorkbookProcess


def read_workbook(path: Path, name: str | None = None) -> tuple[Sheet, ...]:
    """Open the visible sheets of a workbook in its order, or only the sheet called ``name``.

    Raises:
        UnreadableFileError: when the file is missing, locked, protected by a password, not a workbook, too
            large to be a list, or has no such sheet; for a damaged sheet also while its rows are read.
    """
    try:
        with path.open("rb") as source:
            refuse_oversized(path, source)
        workbook = WorkbookProcess(path)
    except OSError as error:
        raise system_error(path, error) from error
    chosen = [
        Sheet(Place(file=path.name, sheet=sheet), _rows(path, sheet, workbook, index))
        for index, (sheet, is_visible) in enumerate(workbook.sheets)
        if (is_visible if name is None else sheet == name)
    ]
    if not chosen:
        known = ", ".join(sheet for sheet, _ in workbook.sheets)
        raise unreadable(path, "sheet-missing", sheet=name or "?", known=known)
    return tuple(chosen)


def _rows(path: Path, sheet: str, workbook: WorkbookProcess, index: int) -> Iterator[SheetRow]:
    for number, cells in enumerate(workbook.rows(index), start=1):
        yield SheetRow(Place(file=path.name, sheet=sheet, row=number), [cell_text(cell) for cell in cells])
