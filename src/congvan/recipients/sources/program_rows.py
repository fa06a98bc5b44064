"""Lists that a program has in memory: dicts, or the rows of an ORM as mappings."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from congvan.findings import Finding, Place, finding
from congvan.recipients.sources.sheet import BY_YEAR, Sheet, SheetRow, cell_text
from congvan.recipients.sources.source import RecipientSource

_SCALARS: Final = (str, int, float)


def rows_source(rows: Iterable[Mapping[str, object]], name: str) -> RecipientSource:
    """Use ``rows`` as a list of recipients; their keys are its columns, as the titles of a spreadsheet would be.

    A row may leave keys out. Dates, numbers and None are read as the cells of a workbook are, a list of values is
    joined by commas; a value of another kind is a finding. ``name`` is what findings call the list; they count rows
    from 1. All rows are held in memory. For a list of any length implement
    :class:`~congvan.recipients.RecipientSource`, or name a database's address.
    """
    return _ProgramRows(tuple(rows), name)


@dataclass(frozen=True, slots=True)
class _ProgramRows:
    """A list in memory."""

    rows: tuple[Mapping[str, Any], ...]
    name: str

    def sheets(self) -> Sequence[Sheet]:
        """The rows as one table; its first row are the keys, in the order they first appear."""
        keys = list(dict.fromkeys(key for row in self.rows for key in row))
        findings: list[Finding] = []
        place = Place(file=self.name)
        table = [SheetRow(place, [str(key) for key in keys])]
        for number, row in enumerate(self.rows, start=1):
            table.append(_sheet_row(Place(file=self.name, row=number), row, keys, findings))
        return (Sheet(place, table, tuple(findings), has_titles=True),)


def _sheet_row(place: Place, row: Mapping[str, Any], keys: Sequence[str], findings: list[Finding]) -> SheetRow:
    cells = []
    for key in keys:
        value = row.get(key)
        if key in BY_YEAR and isinstance(value, Mapping):
            value = [f"{year}:{number}" for year, number in value.items()]
        if _is_nested(value):
            findings.append(finding("recipients-value-nested", Place(place.file, row=place.row, column=str(key))))
            value = None
        cells.append(", ".join(map(cell_text, value)) if isinstance(value, list | tuple) else cell_text(value))
    return SheetRow(place, cells)


def _is_nested(value: object) -> bool:
    """Whether a value is neither a scalar nor a plain list of them."""
    if isinstance(value, list | tuple):
        return not all(isinstance(item, _SCALARS) for item in value)
    return isinstance(value, bytes | bytearray | memoryview | Mapping | set | frozenset)
