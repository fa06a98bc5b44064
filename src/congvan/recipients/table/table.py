"""Read a table with a header: any sheet whose columns have names, whatever they mean.

Lists of recipients, lists of issuing bodies and the records of ``--data`` are all read here. Empty cells
do not count: a row has the values that are there, and only those.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain, islice
from typing import Final, NamedTuple

from congvan.errors import DirectoryError
from congvan.findings import Finding, Place, Report, finding
from congvan.recipients.columns import KNOWN_COLUMNS, field_name
from congvan.recipients.sources.sheet import Sheet, SheetRow, read_cell
from congvan.recipients.sources.source import Listed, RecipientSource, recipient_source
from congvan.recipients.table.finding_log import FindingLog
from congvan.recipients.table.header import WITHIN, Header, Naming, find_header, first_row_header
from congvan.text.legacy import Encoding, convert_legacy, detect_legacy

NOTES_SHEET: Final = "Hướng dẫn"
"""The sheet on which congvan explains the columns of a workbook; it is never a list."""

_PREVIEWS: Final = 3
_MOST_COLUMNS: Final = 16_384
"""Columns of a sheet, as many as Excel has."""
_LONGEST_PREVIEW: Final = 100


class Row(NamedTuple):
    """One row: its values by column name, none of them empty, and its place.

    ``headers`` are the columns of the whole table, by name, as the file writes them. ``refused`` are those
    whose cell holds something that is no value; it is in the report, not among the values.
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
    listed: Listed,
    *,
    sheet: str | None = None,
    encoding: Encoding | None = None,
    naming: Naming = field_name,
    expected: Collection[str] = (),
) -> Table:
    """Read the table in a .csv, .xlsx, .xls, .ods or .yaml file or in another source, and check its cells.

    Rows above the header are skipped. The header is, among the first rows, the one that names most of the
    ``expected`` columns; where none are expected, the first that fills more than half of the width.
    ``naming`` turns a header into a column name. Texts are NFC, without spaces at the ends or doubled.

    Of a workbook's visible sheets all that have the same columns are read as one table, in their order; the
    others are named in a warning. ``sheet`` asks for one alone. Texts typed in TCVN3 or VNI are an error that
    shows what they would become; ``encoding`` has them converted.

    Raises:
        UnreadableFileError: when the file cannot be read at all.
        DirectoryError: when a database does not give its answer.
    """
    source = recipient_source(listed, sheet=sheet, encoding=encoding)
    table = open_table(source, naming=naming, expected=expected)
    rows = tuple(table.rows())
    return Table(table.place, table.headers, rows, table.log.report())


def open_table(origin: RecipientSource, *, naming: Naming = field_name, expected: Collection[str] = ()) -> TableSource:
    """Open a table as :func:`read_table` does, with the rows still to be read, one by one.

    Raises:
        UnreadableFileError: when the file cannot be read at all.
        DirectoryError: when a database does not give its answer.
    """
    opened = [_OpenSheet(one, naming, expected) for one in origin.sheets()]
    best = max(opened, key=lambda one: one.header.known if one.header else -1)
    source = TableSource(best.sheet.place, chain.from_iterable(one.sheet.findings for one in opened), naming)
    if best.header is None:
        source.report_missing_header(best.top, expected)
        return source
    columns = _columns(best.header, naming)
    unread = []
    for one in opened:
        if one.header and _columns(one.header, naming) == columns:
            source.add(one.header, one.rows(), is_first=one is best)
        elif any(any(row.cells) for row in one.top) and one.sheet.place.sheet != NOTES_SHEET:
            unread.append(one.sheet.place.sheet or "")
    if unread:
        place = Place(file=best.sheet.place.file)
        source.log.add(finding("recipients-sheets-unread", place, sheet=source.sheets, others=", ".join(unread)))
    return source


class _OpenSheet:
    """A sheet whose first rows have been read to find its header."""

    def __init__(self, sheet: Sheet, naming: Naming, expected: Collection[str]) -> None:
        self.sheet = sheet
        self._rest = iter(sheet.rows)
        self.top = list(islice(self._rest, WITHIN))
        width = max((len(row.cells) for row in self.top), default=0)
        if width > _MOST_COLUMNS:
            raise DirectoryError(
                Report((finding("recipients-columns-many", sheet.place, count=width, limit=_MOST_COLUMNS),))
            )
        find = first_row_header if sheet.has_titles else find_header
        self.header = find(self.top, naming, expected)

    def rows(self) -> Iterator[SheetRow]:
        """The rows below the header."""
        assert self.header
        return chain(self.top[self.header.below :], self._rest)


class TableSource:
    """A table whose rows are read one by one, so that a long one needs little memory.

    ``headers`` are the columns by name. ``log`` grows with the rows; it
    is complete when :meth:`rows` has ended.
    """

    def __init__(self, place: Place, findings: Iterable[Finding], naming: Naming) -> None:
        self.place = place
        self.log = FindingLog(findings)
        self.headers: Mapping[str, str] = {}
        self._naming = naming
        self._parts: list[_SheetColumns] = []
        self._legacy_texts: dict[tuple[str | None, str, Encoding], _LegacyTexts] = {}

    @property
    def has_header(self) -> bool:
        """Whether there is a header."""
        return bool(self._parts)

    @property
    def sheets(self) -> str:
        """The names of the sheets that are read."""
        return ", ".join(part.header.place.sheet or "" for part in self._parts)

    def add(self, header: Header, rows: Iterator[SheetRow], *, is_first: bool) -> None:
        """Take ``rows`` as one more sheet of the table, under ``header``."""
        part = _SheetColumns(header, rows)
        for index, title in enumerate(header.titles):
            self._record_legacy_text(title, replace(header.place, column=column_letter(index)))
            name = self._naming(title)
            if name in part.headers:
                place = replace(header.place, column=title)
                self.log.add(finding("recipients-column-twice", place, first=part.headers[name], column=name))
                part.names.append(None)
            else:
                part.names.append(name)
            if name:
                part.headers.setdefault(name, title)
        self._parts.append(part)
        if is_first:
            self.headers = part.headers

    def report_missing_header(self, top: Sequence[SheetRow], expected: Collection[str]) -> None:
        """Report that no row of ``top`` is a header, and a legacy encoding that may be the reason."""
        for row in top:
            for index, written in enumerate(row.cells):
                self._record_legacy_text(written, replace(row.place, column=column_letter(index)))
        is_empty = not any(written.strip() for row in top for written in row.cells)
        code = "recipients-empty" if is_empty else "recipients-header-missing"
        titles = ", ".join(KNOWN_COLUMNS.get(name, (name,))[0] for name in expected)
        self.log.add(finding(code, self.place, columns=titles))
        self._report_legacy_texts()

    def rows(self) -> Iterator[Row]:
        """The rows that have any value, in the file's order."""
        count = 0
        for part in self._parts:
            for row in part.rows:
                values, refused = self._values(part, row)
                if values:
                    count += 1
                    yield Row(values, row.place, part.headers, refused)
        if self.has_header and not count:
            self.log.add(finding("recipients-empty", self.place))
        self._report_legacy_texts()

    def _values(self, part: _SheetColumns, row: SheetRow) -> tuple[dict[str, str], frozenset[str]]:
        """Read the cells of a row: values by column name, and the columns whose cell holds no value."""
        values: dict[str, str] = {}
        refused: set[str] = set()
        names = part.names
        for index, written in enumerate(row.cells[: len(names)]):
            if not written:
                continue
            name = names[index]
            text, found = read_cell(written)
            if name:
                if found or not written.isascii():
                    self._check_cell(row, part.headers[name], written, found)
                if text:
                    values[name] = text
                elif found:
                    refused.add(name)
            elif text and name is not None:
                names[index] = None  # reported once
                place = replace(row.place, column=column_letter(index))
                self.log.add(finding("recipients-column-unnamed", place, value=text))
        if any(written.strip() for written in row.cells[len(names) :]):
            self.log.add(finding("recipients-row-too-long", row.place, cells=len(row.cells), columns=len(names)))
        return values, frozenset(refused)

    def _check_cell(self, row: SheetRow, column: str, written: str, found: Iterable[Finding]) -> None:
        """Report what :func:`read_cell` found, or a legacy font, which explains all of it."""
        if not written.isascii() and detect_legacy(written):
            self._record_legacy_text(written, replace(row.place, column=column))
        elif found:
            place = replace(row.place, column=column)
            self.log.extend(replace(one, place=place) for one in found)

    def _record_legacy_text(self, written: str, place: Place) -> None:
        """Record the first texts of a column that look typed in a legacy font, and count the others."""
        if encoding := detect_legacy(written):
            seen = self._legacy_texts.setdefault((place.sheet, place.column or "", encoding), _LegacyTexts(place))
            seen.count += 1
            if len(seen.previews) < _PREVIEWS:
                text = written.strip()[:_LONGEST_PREVIEW]
                seen.previews.append(f"{text} → {convert_legacy(text, encoding)}")

    def _report_legacy_texts(self) -> None:
        for (_, _, encoding), seen in self._legacy_texts.items():
            preview = "; ".join(seen.previews)
            self.log.add(finding(f"recipients-text-{encoding}", seen.first, count=seen.count, preview=preview))


@dataclass(slots=True)
class _SheetColumns:
    """The columns of one sheet: ``headers`` by name, ``names`` in order (None for a column that is not read)."""

    header: Header
    rows: Iterator[SheetRow]
    headers: dict[str, str] = field(default_factory=dict)
    names: list[str | None] = field(default_factory=list)


@dataclass(slots=True)
class _LegacyTexts:
    """The texts of one column that look typed in a legacy font."""

    first: Place
    count: int = 0
    previews: list[str] = field(default_factory=list)


def column_letter(index: int) -> str:
    """A column's letter in a spreadsheet: A, B, … Z, AA."""
    before, place = divmod(index, 26)
    return f"{column_letter(before - 1) if before else ''}{chr(ord('A') + place)}"


def _columns(header: Header, naming: Naming) -> frozenset[str]:
    return frozenset(naming(title) for title in header.titles if title)
