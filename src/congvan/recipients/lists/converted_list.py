"""Convert a list to a file that every program reads: Unicode, one sheet, every cell filled."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from congvan.errors import DirectoryError
from congvan.findings import Finding, Report, finding
from congvan.recipients.columns import KNOWN_COLUMNS, column_name
from congvan.recipients.lists.list_file import write_list
from congvan.recipients.mending import changes
from congvan.recipients.person import read_phone
from congvan.recipients.sources.source import Listed, recipient_source
from congvan.recipients.table.recipient_rows import RecipientRows
from congvan.recipients.table.table import Row, open_table
from congvan.recipients.tiers import Tier, tier_of
from congvan.recipients.units.placement import Gazetteer
from congvan.recipients.units.unit import CODE_WIDTHS
from congvan.recipients.units.unit_list import UnitList
from congvan.text.legacy import Encoding


def convert_list(
    source: Listed,
    target: Path | str,
    *,
    encoding: Encoding | None = None,
    sheet: str | None = None,
    mend: bool = False,
    units: UnitList | None = None,
    ma_tinh: str | None = None,
) -> tuple[int, Report]:
    """Write the list in ``source`` to ``target``, .xlsx or .csv, under the titles it has.

    Texts are converted from ``encoding``, if that is set, composed and spaced once, units filled down, lost leading
    zeros given back; titles, totals, repeated headers, headings of units and signatures are left out. With ``mend``
    names, titles and short forms typed carelessly are put right, each change being reported, and with ``units`` units
    get the names of that list; ``ma_tinh`` is the province of rows that name none. Nothing else is changed.
    Returns the number of rows and the findings.

    Raises:
        DirectoryError: when something in the list is an error; then nothing is written.
        UnreadableFileError: when a file cannot be read or written.
    """
    origin = recipient_source(source, sheet=sheet, encoding=encoding)
    table = open_table(origin, naming=column_name, expected=KNOWN_COLUMNS)
    tier = tier_of(table.headers)
    cells = _Cells(tier, Gazetteer(units, ma_tinh) if units else None, mend=mend)
    columns = list(table.headers)
    rows: list[list[str]] = []
    for row in RecipientRows(table, tier.required_columns if tier else ()):
        values, found = cells.of(row)
        table.log.extend(found)
        rows.append([values.get(name, "") for name in columns])
    report = table.log.report()
    report.raise_errors(DirectoryError)
    write_list(Path(target), list(table.headers.values()), rows)
    return len(rows), report


class _Cells:
    """What the cells of a row become."""

    def __init__(self, tier: Tier | None, gazetteer: Gazetteer | None, *, mend: bool) -> None:
        self._is_person = bool(tier and tier.is_person)
        self._gazetteer = gazetteer
        self._mend = mend

    def of(self, row: Row) -> tuple[dict[str, str], list[Finding]]:
        """The values of a row, and what was changed in them."""
        values = dict(row.values)
        found = list(_restore_zeros(row, values))
        if self._mend:
            found += self._mended(row, values)
        return values, found

    def _mended(self, row: Row, values: dict[str, str]) -> Iterator[Finding]:
        placement = self._gazetteer.placement(values) if self._gazetteer else None
        units = placement.found if placement else {}
        for column, flaw in placement.findings if placement else ():
            if flaw.code != "recipients-zero-restored":
                yield replace(flaw, place=row.place_of(column))
        new = {
            name: unit
            for name, unit in units.items()
            if name in CODE_WIDTHS and name in row.headers and unit[1:] != values.get(name, "")[1:]
        }
        for change in changes(values, units, is_person=self._is_person):
            new[change.column] = change.new
        for column, text in new.items():
            if column in row.headers and text != (written := values.get(column, "")):
                values[column] = text
                yield finding("recipients-mended", row.place_of(column), value=written or "–", read=text)


def _restore_zeros(row: Row, values: dict[str, str]) -> Iterator[Finding]:
    """Give telephones and codes of units the zeros a spreadsheet took."""
    for level, width in CODE_WIDTHS.items():
        code = values.get(column := f"ma_{level}", "")
        if code.isdecimal() and len(code) < width:
            values[column] = code.zfill(width)
            yield finding("recipients-zero-restored", row.place_of(column), value=code, read=values[column])
    if phone := values.get("dien_thoai"):
        values["dien_thoai"], odd = read_phone(phone)
        yield from (replace(one, place=row.place_of("dien_thoai")) for one in odd)
