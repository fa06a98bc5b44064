"""Lists kept in a spreadsheet: .xlsx, .xlsm, .xls and .ods."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from congvan.findings import Place
from congvan.recipients.package_size import refuse_giants
from congvan.recipients.sheet import Sheet, SheetRow, cell_text, system_error, unreadable

if TYPE_CHECKING:
    from python_calamine import CalamineSheet, CalamineWorkbook


def read_workbook(path: Path, name: str | None = None) -> tuple[Sheet, ...]:
    """The visible sheets of a workbook in its order, or only the sheet called ``name``.

    Raises:
        UnreadableFileError: when the file is missing, locked, protected by a password, not a workbook, too
            large to be a list, or has no such sheet.
    """
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError

    try:
        # Read by Python: calamine's own messages for a missing or locked file are the system's, in English.
        with path.open("rb") as source:
            refuse_giants(path, source)
            with CalamineWorkbook.from_filelike(source) as workbook:
                return _sheets(path, workbook, name)
    except OSError as error:
        raise system_error(path, error) from error
    except PasswordError as error:
        raise unreadable(path, "file-password") from error
    except CalamineError as error:
        raise unreadable(path, "file-format", why=error) from error
    except BaseException as error:
        if type(error).__name__ != "PanicException":  # calamine stumbles over some damaged files; the class has no home
            raise
        raise unreadable(path, "file-format", why=error) from error


def _sheets(path: Path, workbook: CalamineWorkbook, name: str | None) -> tuple[Sheet, ...]:
    chosen = [name] if name is not None else _visible_sheets(workbook)
    if not chosen or chosen[0] not in workbook.sheet_names:
        raise unreadable(path, "sheet-missing", sheet=name or "?", known=", ".join(workbook.sheet_names))
    return tuple(_sheet(path, workbook.get_sheet_by_name(one)) for one in chosen)


def _visible_sheets(workbook: CalamineWorkbook) -> list[str]:
    from python_calamine import SheetTypeEnum, SheetVisibleEnum

    return [
        sheet.name
        for sheet in workbook.sheets_metadata
        if sheet.typ == SheetTypeEnum.WorkSheet and sheet.visible == SheetVisibleEnum.Visible
    ]


def _sheet(path: Path, sheet: CalamineSheet) -> Sheet:
    return Sheet(Place(file=path.name, sheet=sheet.name), _rows(path, sheet))


def _rows(path: Path, sheet: CalamineSheet) -> Iterator[SheetRow]:
    for number, cells in enumerate(sheet.iter_rows(), start=1):
        yield SheetRow(Place(file=path.name, sheet=sheet.name, row=number), [cell_text(cell) for cell in cells])
