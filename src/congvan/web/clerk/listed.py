"""A list of recipients as a table with faults at its cells, and copies of it with cells mended."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

from congvan.findings import Finding, Report
from congvan.recipients import ListCheck, check_list, convert_list, recipient_source
from congvan.recipients.columns import KNOWN_COLUMNS, column_name
from congvan.recipients.lists.list_file import write_list
from congvan.recipients.sources.sheet import SheetRow
from congvan.recipients.table.header import WITHIN, Header, find_header

ROWS_A_PAGE: Final = 100


@dataclass(frozen=True, slots=True)
class Cell:
    """A value of the list and what is wrong with it. ``at`` is its row and column in the file's sheet, from 0."""

    at: tuple[int, int]
    value: str
    faults: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class ListPage:
    """Some rows of a list, its findings that no shown cell has, and the counts of the whole."""

    titles: tuple[str, ...]
    rows: tuple[tuple[int, tuple[Cell, ...]], ...]
    report: Report
    recipients: int
    pages: int
    page: int


def page_of(path: Path, tier: str, page: int = 1, *, only_faulty: bool = False) -> ListPage:
    """The rows of a list that are on a page, or those with faults, each cell with its own.

    Raises:
        UnreadableFileError: when the file cannot be read.
    """
    checked = _checked(path, tier, _state_of(path))
    rows, header = _rows_of(path)
    below = header.below if header else 0
    titles = header.titles if header else ()
    faults = _by_cell(checked.report, titles)
    cells = [
        (_number(row), tuple(_cell(row, at, column, titles, faults) for column in range(_width(row, titles))))
        for at, row in enumerate(rows[below:], below)
        if any(row.cells)
    ]
    if only_faulty:
        cells = [one for one in cells if any(cell.faults for cell in one[1])]
    pages = max(1, -(-len(cells) // ROWS_A_PAGE))
    shown = min(max(page, 1), pages)
    first = (shown - 1) * ROWS_A_PAGE
    return ListPage(titles, tuple(cells[first : first + ROWS_A_PAGE]), checked.report, checked.recipients, pages, shown)


def edited_copy(path: Path, cells: Mapping[tuple[int, int], str]) -> tuple[Path, Sequence[tuple[int, str, str, str]]]:
    """Write a copy with other values in some cells; returns it, with row, title, old and new value of each change."""
    rows, header = _rows_of(path)
    below, titles = (header.below, header.titles) if header else (0, ())
    width = max((len(row.cells) for row in rows), default=0)
    values = [[*row.cells, *[""] * (width - len(row.cells))] for row in rows[below:]]
    changes = []
    for (at, column), new in sorted(cells.items()):
        if below <= at < len(rows) and column < width and (old := values[at - below][column]) != new:
            values[at - below][column] = new
            changes.append((_number(rows[at]), titles[column] if column < len(titles) else "", old, new))
    target = copy_of(path)
    write_list(target, [*titles, *[""] * (width - len(titles))], values)
    return target, changes


def mended_copy(path: Path) -> tuple[Path, Report]:
    """Write a copy with everything mended that can have one meaning; returns it, with every change.

    Raises:
        DirectoryError: when something in the list is an error; nothing is written then.
    """
    target = copy_of(path)
    written = target.with_name(f"{target.stem}-moi{target.suffix}") if target == path else target
    _, report = convert_list(path, written, mend=True)
    if written != target:
        written.replace(target)
    return target, report


def copy_of(path: Path) -> Path:
    """The name of the copy that is edited: the file as it came is never written over."""
    stem = path.stem.removesuffix("-da-sua")
    return path.with_name(f"{stem}-da-sua.xlsx")


def fields_of(path: Path) -> tuple[str, ...]:
    """The fields that the columns of a list give to a text."""
    _, header = _rows_of(path)
    names = [column_name(title) for title in header.titles] if header else []
    return tuple(name for name in names if name and name.isidentifier())


def _rows_of(path: Path) -> tuple[Sequence[SheetRow], Header | None]:
    """The rows of the first sheet, and its header."""
    return _read(path, _state_of(path))


def _state_of(path: Path) -> tuple[int, int]:
    """Changes with the file, so that pages of a long list read it once."""
    try:
        seen = path.stat()
    except OSError:  # whoever reads it says so
        return 0, 0
    return seen.st_mtime_ns, seen.st_size


@lru_cache(maxsize=4)
def _checked(path: Path, tier: str, _: tuple[int, int]) -> ListCheck:
    return check_list(path, tier)


@lru_cache(maxsize=4)
def _read(path: Path, _: tuple[int, int]) -> tuple[Sequence[SheetRow], Header | None]:
    for sheet in recipient_source(path).sheets():
        rows = list(sheet.rows)
        return rows, find_header(rows[:WITHIN], column_name, KNOWN_COLUMNS)
    return [], None


def _by_cell(report: Report, titles: Sequence[str]) -> dict[tuple[int, str], list[Finding]]:
    faults: dict[tuple[int, str], list[Finding]] = {}
    for found in report:
        row, column = found.place.row or found.place.line, found.place.column or (titles[0] if titles else "")
        if row is not None:
            faults.setdefault((row, column), []).append(found)
    return faults


def _cell(
    row: SheetRow, at: int, column: int, titles: Sequence[str], faults: Mapping[tuple[int, str], Sequence[Finding]]
) -> Cell:
    title = titles[column] if column < len(titles) else ""
    value = row.cells[column] if column < len(row.cells) else ""
    return Cell((at, column), value, tuple(faults.get((_number(row), title), ())))


def _number(row: SheetRow) -> int:
    return row.place.row or row.place.line or 0


def _width(row: SheetRow, titles: Sequence[str]) -> int:
    return max(len(titles), len(row.cells))
