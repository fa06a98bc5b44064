"""Build a list to begin with: the people's committees of a province, or its communes with room for hamlets."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from congvan.errors import DirectoryError
from congvan.findings import Report, finding
from congvan.recipients.columns import KNOWN_COLUMNS
from congvan.recipients.lists.list_file import write_list
from congvan.recipients.tiers import TIERS
from congvan.recipients.units.hamlet import HEADS
from congvan.recipients.units.unit import CODE_WIDTHS, Unit
from congvan.recipients.units.unit_list import ERAS, Era, UnitList, era_named, unit_list

_BODY_COLUMNS: Final = ("ten", "nhom", "dien_thoai", "ghi_chu")
_HAMLET_COLUMNS: Final = ("thon", "loai", "ho_ten", "ong_ba", "chuc_danh", "dien_thoai", "so_ho", "ghi_chu")


@dataclass(frozen=True, slots=True)
class ReadyList:
    """A list for one tier of a province: ``columns`` by name, ``rows`` of texts, ``choices`` for some columns."""

    cap: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    choices: Mapping[str, tuple[str, ...]]

    @property
    def titles(self) -> tuple[str, ...]:
        """The columns as a header writes them: ``Mã xã``; one congvan does not know under its own name."""
        return tuple(KNOWN_COLUMNS.get(name, (name,))[0] for name in self.columns)

    @property
    def titled_choices(self) -> Mapping[str, tuple[str, ...]]:
        """The choices under the titles of their columns."""
        titles = dict(zip(self.columns, self.titles, strict=True))
        return {titles[name]: names for name, names in self.choices.items()}

    def save(self, path: Path | str) -> None:
        """Write it as .xlsx, with drop-down lists, or as .csv.

        Raises:
            UnreadableFileError: when it cannot be written there.
        """
        write_list(Path(path), self.titles, self.rows, self.titled_choices)


def new_list(ma_tinh: str, era: Era | str, cap: str) -> ReadyList:
    """The ready list of tier ``cap`` for the province with code ``ma_tinh`` in ``era``.

    For the province, the districts or the communes it has the people's committee of every one, with codes; for
    hamlets a row for every commune, its hamlets still to be filled in.

    Raises:
        DirectoryError: when the era, the tier in that era or the province does not exist.
    """
    units = unit_list(require_era(era, cap))
    return _list_of(units, require_province(units, ma_tinh), cap)


def require_era(era: Era | str, cap: str | None) -> Era:
    """The era of this name, with the tier ``cap`` in it.

    Raises:
        DirectoryError: when the era, or the tier in that era, does not exist.
    """
    known = era_named(era) if isinstance(era, str) else era
    if known is None:
        raise _refusal("recipients-era-unknown", era=era, known=", ".join(one.ma for one in ERAS))
    if cap and cap not in known.tiers:
        tiers = ", ".join(known.tiers.names)
        raise _refusal("recipients-tier-unknown", tier=cap, era=known.ma, known=tiers)
    return known


def require_province(units: UnitList, ma_tinh: str) -> Unit:
    """The province with this code or name.

    Raises:
        DirectoryError: when there is none.
    """
    province = units.province(ma_tinh)
    if province is None:
        near = ", ".join(f"{one.ma} {one.ten_rieng}" for one in units.provinces)
        era = units.era.ma
        raise _refusal("recipients-unit-code-unknown", ma=ma_tinh, level=TIERS["tinh"].ten, era=era, near=near)
    return province


def unit_choices(units: UnitList, province: Unit | None) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Names and codes of units for drop-downs, by column: of a province, or only the provinces of the country."""
    levels = [level for level in CODE_WIDTHS if level in units.era.tiers] if province else ["tinh"]
    for level in levels:
        named = _units_of(units, province, level) if province else units.provinces
        yield level, tuple(dict.fromkeys(unit.in_sentence for unit in named))
        yield f"ma_{level}", tuple(unit.ma for unit in named)


def _list_of(units: UnitList, province: Unit, cap: str) -> ReadyList:
    level = "xa" if cap == "thon" else cap
    levels = [one for one in CODE_WIDTHS if one in units.era.tiers]
    levels = levels[: levels.index(level) + 1]
    unit_columns = [name for one in levels for name in (f"ma_{one}", one)]
    columns = ("ma", *unit_columns, *(_HAMLET_COLUMNS if cap == "thon" else _BODY_COLUMNS))
    rows = tuple(_row(units, unit, columns, cap) for unit in _units_of(units, province, level))
    return ReadyList(cap, columns, rows, dict(_choices(units, province, levels, cap)))


def _units_of(units: UnitList, province: Unit, level: str) -> tuple[Unit, ...]:
    match level:
        case "tinh":
            return (province,)
        case "huyen":
            return units.districts(province.ma)
        case _:
            return units.communes(province.ma)


def _row(units: UnitList, unit: Unit, columns: tuple[str, ...], cap: str) -> tuple[str, ...]:
    values: dict[str, str] = {}
    for part in units.chain(unit):
        values |= {f"ma_{part.cap}": part.ma, part.cap: part.in_sentence}
    if cap != "thon":
        values |= {"ma": f"{unit.ma}-ubnd", "ten": f"Ủy ban nhân dân {unit.in_sentence}"}
    return tuple(values.get(name, "") for name in columns)


def _choices(units: UnitList, province: Unit, levels: list[str], cap: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    for level in levels:
        names = [unit.in_sentence for unit in _units_of(units, province, level)]
        yield level, tuple(dict.fromkeys(names))
    if cap == "thon":
        yield "loai", tuple(HEADS)
        yield "ong_ba", ("Ông", "Bà")


def _refusal(code: str, **values: object) -> DirectoryError:
    return DirectoryError(Report((finding(code, None, **values),)))
