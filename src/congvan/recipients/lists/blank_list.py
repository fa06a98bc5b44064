"""Build a list to fill in: exactly the columns that letters of a tier, or a template alone, take from a list."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Final

from congvan.errors import DirectoryError
from congvan.findings import Report, finding
from congvan.recipients.columns import KNOWN_COLUMNS, column_name, field_name
from congvan.recipients.lists.column_notes import NOTE_TITLES, ColumnUse, column_note
from congvan.recipients.lists.list_file import ListSheet, write_workbook
from congvan.recipients.lists.ready_list import ReadyList, require_era, require_province, unit_choices
from congvan.recipients.table.table import NOTES_SHEET
from congvan.recipients.tiers import TIERS, Tier
from congvan.recipients.units.hamlet import HEADS
from congvan.recipients.units.unit import CODE_WIDTHS
from congvan.recipients.units.unit_list import Era, unit_list

_LONGEST_NAME: Final = 31
"""Characters a workbook allows in the name of a sheet."""

_DERIVED: Final = frozenset({"ten", "ten_rieng", "khuyet"})
"""Fields of a list of hamlets without a column; ``ten`` is the hamlet of the column ``thon``."""


def blank_list(
    fields: Iterable[str], cap: str | None = None, *, era: Era | str | None = None, ma_tinh: str | None = None
) -> ReadyList:
    """A list without rows whose columns are ``fields`` and what the tier ``cap`` needs besides.

    With ``era`` it has the columns of the tier's units and their codes, and with the province ``ma_tinh`` drop-downs
    of them. Without ``cap`` it is a table of records for one template.

    Raises:
        DirectoryError: when the era, the tier in that era or the province does not exist, or fields have names that
            no column can have.
    """
    # A tier of a campaign's own is in no era and against none.
    map_of_units = require_era(era, cap if cap in TIERS else None) if era else None
    columns = _columns(set(fields), Tier.of(cap) if cap else None, map_of_units)
    naming = column_name if cap else field_name  # the columns of a table for one template keep their names
    if impossible := [name for name in columns if naming(_title(name)) != name]:
        raise DirectoryError(Report.of(finding("recipients-field-no-column", None, name=one) for one in impossible))
    choices = dict(_choices(columns, map_of_units, ma_tinh))
    return ReadyList(cap or "", tuple(columns), (), choices)


def write_blank_lists(path: Path | str, lists: Sequence[ReadyList]) -> None:
    """Write ``lists`` to one workbook: a sheet for each, called after its tier where they are several, and notes.

    Raises:
        UnreadableFileError: when ``path`` is no .xlsx or cannot be written.
    """
    alone = len(lists) == 1
    sheets = [
        ListSheet("Danh sách" if alone else one.cap[:_LONGEST_NAME], one.titles, (), one.titled_choices)
        for one in lists
    ]
    write_workbook(Path(path), sheets, ListSheet(NOTES_SHEET, NOTE_TITLES, tuple(_notes(lists)), {}))


def _columns(fields: Collection[str], tier: Tier | None, era: Era | None) -> list[str]:
    wanted = set(fields)
    if tier:
        if tier.is_hamlet:
            wanted -= _DERIVED
        wanted.update(tier.required_columns)
        wanted.update(_unit_columns(tier, era))
    known = [name for name in KNOWN_COLUMNS if name in wanted]
    return [*known, *sorted(wanted - KNOWN_COLUMNS.keys())]


def _unit_columns(tier: Tier, era: Era | None) -> Iterator[str]:
    """Codes and names of the units a recipient of the tier lies in, from the province down."""
    level = "xa" if tier.is_hamlet else tier.ma
    levels = [one for one in CODE_WIDTHS if era and one in era.tiers]
    for one in levels[: levels.index(level) + 1] if level in levels else ():
        yield from (f"ma_{one}", one)


def _choices(columns: Sequence[str], era: Era | None, ma_tinh: str | None) -> Iterator[tuple[str, tuple[str, ...]]]:
    if era:
        units = unit_list(era)
        province = require_province(units, ma_tinh) if ma_tinh else None
        for name, choices in unit_choices(units, province):
            if name in columns and choices:
                yield name, choices
    fixed = {"loai": tuple(HEADS), "ong_ba": ("Ông", "Bà")}
    if "thon" in columns:
        fixed["chuc_danh"] = tuple(dict.fromkeys(HEADS.values()))
    yield from ((name, choices) for name, choices in fixed.items() if name in columns)


def _notes(lists: Sequence[ReadyList]) -> Iterator[tuple[str, ...]]:
    """A line for each column of each list."""
    for one in lists:
        tier = Tier.of(one.cap) if one.cap else None
        for name, title in zip(one.columns, one.titles, strict=True):
            yield (one.cap, title, *column_note(name, _use(name, tier)))


def _use(name: str, tier: Tier | None) -> ColumnUse:
    if tier is None or name in tier.required_columns:
        return ColumnUse.NEEDED
    if name == "nhom":
        return ColumnUse.CHOSEN
    is_unit = name.removeprefix("ma_") in CODE_WIDTHS
    return ColumnUse.COMPARED if is_unit else ColumnUse.PRINTED


def _title(name: str) -> str:
    return KNOWN_COLUMNS.get(name, (name,))[0]
