"""The process that opens a workbook: ``python workbook_worker.py FILE CELLS BYTES``.

A damaged workbook can make its reader ask for gigabytes, run on for minutes or end the whole process. Here it only
ends this one. The file is run alone, without the package, so that starting it costs little. It answers in pickled
pairs: first ``("sheets", [(name, is_visible), …])``; then, for each line with a sheet's number on its input, the next
``("rows", […])`` of that sheet, an empty list at its end. Any answer may be ``("refused", why, text)`` instead.
"""

from __future__ import annotations

import pickle
import sys
from collections.abc import Iterator
from contextlib import suppress
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from python_calamine import CalamineWorkbook

CELLS_AT_ONCE = 20_000


def main(path: str, cell_limit: int, byte_limit: int) -> None:
    """Answer until the input ends."""
    _limit_memory(byte_limit)
    try:
        _serve(path, cell_limit)
    except BaseException as error:  # noqa: BLE001 (calamine's panics are no Exception; whatever it is, the parent says it)
        _answer("refused", _reason(error), str(error))


def _serve(path: str, cell_limit: int) -> None:
    from python_calamine import CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

    with open(path, "rb") as source, CalamineWorkbook.from_filelike(source) as workbook:  # noqa: PTH123 (no pathlib needed)
        sheets = [one for one in workbook.sheets_metadata if one.typ == SheetTypeEnum.WorkSheet]
        _answer("sheets", [(one.name, one.visible == SheetVisibleEnum.Visible) for one in sheets])
        opened: dict[int, Iterator[list[Any]]] = {}
        for line in sys.stdin:
            index = int(line)
            if index not in opened:
                opened[index] = _rows(workbook, sheets[index].name, cell_limit)
            _answer("rows", next(opened[index], []))


def _rows(workbook: CalamineWorkbook, name: str, cell_limit: int) -> Iterator[list[Any]]:
    """The rows of a sheet, some thousand cells at once."""
    sheet = workbook.get_sheet_by_name(name)
    last_row, last_column = sheet.end or (-1, -1)
    height, width = last_row + 1, last_column + 1
    if height * width > cell_limit:
        raise _TooLarge(f"{height} {width}")
    wanted = max(1, CELLS_AT_ONCE // max(1, width))
    rows: list[Any] = []
    for row in sheet.iter_rows():
        rows.append(row)
        if len(rows) == wanted:
            yield rows
            rows = []
    if rows:
        yield rows


class _TooLarge(Exception):  # noqa: N818 (a size, no mistake)
    """The rows and columns of a sheet that has too many cells."""


def _reason(error: BaseException) -> str:
    match type(error).__name__:
        case "PasswordError":
            return "password"
        case "MemoryError":
            return "memory"
        case "_TooLarge":
            return "size"
        case _:
            return "format"


def _answer(kind: str, *content: object) -> None:
    pickle.dump((kind, *content), sys.stdout.buffer)
    sys.stdout.buffer.flush()


def _limit_memory(limit: int) -> None:
    """Where the system lets a process limit itself; macOS knows the limit and may refuse it, Windows has none."""
    if sys.platform != "win32":
        import resource

        with suppress(ValueError, OSError):
            resource.setrlimit(resource.RLIMIT_AS, (limit, limit))


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
