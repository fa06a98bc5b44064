"""Lists kept in a spreadsheet: .xlsx, .xlsm and .ods."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from congvan.findings import Finding, Place, finding
from congvan.recipients.sheet import Sheet, SheetRow, cell_text, system_error, unreadable

if TYPE_CHECKING:
    from python_calamine import CalamineSheet, CalamineWorkbook


def read_workbook(path: Path, name: str | None = None) -> Sheet:
    """The rows of the sheet called ``name``, or of the first visible one; other visible sheets are a finding.

    Raises:
        UnreadableFileError: when the file is missing, locked, protected by a password, not a workbook, or
            has no such sheet.
    """
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError

    try:
        # Read by Python: calamine's own messages for a missing or locked file are the system's, in English.
        with path.open("rb") as source, CalamineWorkbook.from_filelike(source) as workbook:
            visible = _visible_sheets(workbook)
            chosen = name if name is not None else next(iter(visible), None)
            if chosen not in workbook.sheet_names:
                raise unreadable(path, "sheet-missing", sheet=chosen or "?", known=", ".join(workbook.sheet_names))
            sheet = workbook.get_sheet_by_name(chosen)
            others = [other for other in visible if other != chosen] if name is None else []
            return Sheet(Place(file=path.name, sheet=chosen), _rows(path, sheet), tuple(_unread(path, chosen, others)))
    except OSError as error:
        raise system_error(path, error) from error
    except PasswordError as error:
        raise unreadable(path, "file-password") from error
    except CalamineError as error:
        raise unreadable(path, "file-format", why=error) from error


def _visible_sheets(workbook: CalamineWorkbook) -> list[str]:
    from python_calamine import SheetTypeEnum, SheetVisibleEnum

    return [
        sheet.name
        for sheet in workbook.sheets_metadata
        if sheet.typ == SheetTypeEnum.WorkSheet and sheet.visible == SheetVisibleEnum.Visible
    ]


def _rows(path: Path, sheet: CalamineSheet) -> Iterator[SheetRow]:
    for number, cells in enumerate(sheet.iter_rows(), start=1):
        yield SheetRow(Place(file=path.name, sheet=sheet.name, row=number), [cell_text(cell) for cell in cells])


def _unread(path: Path, chosen: str, others: list[str]) -> Iterator[Finding]:
    if others:
        yield finding("recipients-sheets-unread", Place(file=path.name), sheet=chosen, others=", ".join(others))
