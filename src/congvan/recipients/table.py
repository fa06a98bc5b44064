"""A table with a header: any sheet whose columns have names, whatever they mean.

Lists of recipients, lists of issuing bodies and the records of ``--data`` are all read here. Empty cells
do not count: a row has the values that are there, and only those.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain, islice
from pathlib import Path
from typing import Final

from congvan.findings import Place, Report, finding
from congvan.recipients.cell import read_cell
from congvan.recipients.columns import field_name
from congvan.recipients.csv_file import read_csv
from congvan.recipients.log import FindingLog
from congvan.recipients.sheet import Sheet, SheetRow, unreadable
from congvan.recipients.workbook import read_workbook
from congvan.recipients.yaml_file import read_yaml

SUFFIXES: Final = (".csv", ".tsv", ".txt", ".xlsx", ".xlsm", ".ods", ".yaml", ".yml")
"""The endings of the files congvan reads."""

_HEADER_WITHIN: Final = 30


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its values by column name, none of them empty, and its place.

    ``headers`` are the columns of the whole table, by name, as the file writes them. ``refused`` are those
    whose cell holds something that is no value; the report says so, and it is not among the values.
    """

    values: Mapping[str, str]
    place: Place
    headers: Mapping[str, str]
    refused: frozenset[str] = frozenset()

    def place_of(self, column: str) -> Place:
        """The place of one cell, its column called as the file's header writes it."""
        return replace(self.place, column=self.headers.get(column, column))


@dataclass(frozen=True, slots=True)
class Table:
    """The rows of a file in its order; ``headers`` are its columns by name, as the file writes them."""

    place: Place
    headers: Mapping[str, str]
    rows: tuple[Row, ...]
    report: Report


def read_table(
    path: Path | str,
    *,
    sheet: str | None = None,
    naming: Callable[[str], str] = field_name,
    expected: Collection[str] = (),
) -> Table:
    """The table in a .csv, .xlsx, .ods or .yaml file, with every finding about its cells.

    Rows above the header are skipped. The header is, among the first rows, the one that names most of the
    ``expected`` columns; where none are expected, the first that fills more than half of the width.
    ``naming`` turns a header into a column name. Texts are NFC, without spaces at the ends or doubled.

    Raises:
        UnreadableFileError: when the file cannot be read at all.
    """
    source = open_table(path, sheet=sheet, naming=naming, expected=expected)
    rows = tuple(source.rows())
    return Table(source.place, source.headers, rows, source.log.report())


def open_table(
    path: Path | str,
    *,
    sheet: str | None = None,
    naming: Callable[[str], str] = field_name,
    expected: Collection[str] = (),
) -> TableSource:
    """As :func:`read_table`, with the rows still to be read, one by one.

    Raises:
        UnreadableFileError: when the file cannot be read at all.
    """
    opened = _open_sheet(Path(path), sheet)
    rows = iter(opened.rows)
    top = list(islice(rows, _HEADER_WITHIN))
    at = _header_position([row.cells for row in top], naming, expected)
    source = TableSource(opened, naming)
    if at is None:
        is_empty = not any(_filled(row.cells) for row in top)
        code = "recipients-empty" if is_empty else "recipients-header-missing"
        source.log.add(finding(code, opened.place, columns=", ".join(expected)))
    else:
        source.begin(top[at], chain(top[at + 1 :], rows))
    return source


class TableSource:
    """A table whose rows are read as they are asked for, so that a long one needs little memory.

    ``found`` says whether it has a header. ``log`` grows with the rows; it is complete when :meth:`rows`
    has ended.
    """

    def __init__(self, sheet: Sheet, naming: Callable[[str], str]) -> None:
        self.place = sheet.place
        self.log = FindingLog(sheet.findings)
        self.headers: dict[str, str] = {}
        self.found = False
        self._naming = naming
        self._names: list[str | None] = []
        self._rows: Iterator[SheetRow] = iter(())

    def begin(self, header: SheetRow, rows: Iterator[SheetRow]) -> None:
        """Take ``header`` as the names of the columns and ``rows`` as what stands below it."""
        self._rows = rows
        self.found = True
        for written in header.cells:
            title = " ".join(read_cell(written)[0].split())
            name = self._naming(title)
            if name in self.headers:
                place = replace(header.place, column=title)
                self.log.add(finding("recipients-column-twice", place, first=self.headers[name], column=name))
                self._names.append(None)
            else:
                self._names.append(name)
            if name:
                self.headers.setdefault(name, title)

    def rows(self) -> Iterator[Row]:
        """The rows that have any value, in the file's order."""
        count = 0
        for row in self._rows:
            values, refused = self._values(row)
            if values:
                count += 1
                yield Row(values, row.place, self.headers, refused)
        if self.found and not count:
            self.log.add(finding("recipients-empty", self.place))

    def _values(self, row: SheetRow) -> tuple[dict[str, str], frozenset[str]]:
        values: dict[str, str] = {}
        refused: frozenset[str] = frozenset()
        for index, written in enumerate(row.cells[: len(self._names)]):
            if not written:
                continue
            text, found = read_cell(written)
            if name := self._names[index]:
                if found:
                    place = replace(row.place, column=self.headers[name])
                    self.log.extend(replace(one, place=place) for one in found)
                if text:
                    values[name] = text
                elif found:
                    refused |= {name}
            elif text and name is not None:
                self._names[index] = None  # told once
                place = replace(row.place, column=_letter(index))
                self.log.add(finding("recipients-column-unnamed", place, value=text))
        if _filled(row.cells[len(self._names) :]):
            self.log.add(finding("recipients-row-too-long", row.place, cells=len(row.cells), columns=len(self._names)))
        return values, refused


def _open_sheet(path: Path, sheet: str | None) -> Sheet:
    match path.suffix.lower():
        case ".csv" | ".tsv" | ".txt":
            return read_csv(path)
        case ".xlsx" | ".xlsm" | ".ods":
            return read_workbook(path, sheet)
        case ".yaml" | ".yml":
            return read_yaml(path)
        case suffix:
            raise unreadable(path, "file-suffix", suffix=suffix or path.name, known=", ".join(SUFFIXES))


def _header_position(
    rows: Sequence[Sequence[str]], naming: Callable[[str], str], expected: Collection[str]
) -> int | None:
    """Which of the first rows is the header."""
    if expected:
        scores = [sum(naming(read_cell(written)[0]) in expected for written in row) for row in rows]
    else:
        width = max(map(_filled, rows), default=0)
        scores = [int(2 * _filled(row) > width) for row in rows]
    best = max(scores, default=0)
    return scores.index(best) if best else None


def _filled(cells: Sequence[str]) -> int:
    return sum(bool(written.strip()) for written in cells)


def _letter(index: int) -> str:
    """A column's letter in a spreadsheet: A, B, … Z, AA."""
    before, place = divmod(index, 26)
    return f"{_letter(before - 1) if before else ''}{chr(ord('A') + place)}"
