"""The country's provinces, districts and communes, one list for each era of the administrative map."""

from __future__ import annotations

import csv
import difflib
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Final

from congvan.errors import UnreadableFileError
from congvan.findings import finding
from congvan.recipients.tiers import TierScheme
from congvan.recipients.units.unit import Unit, name_key, split_name

_DATA: Final = files("congvan.recipients") / "data"
_PROVINCE, _DISTRICT, _COMMUNE = ([f"{level}_code", level] for level in ("province", "district", "commune"))
_WITHOUT_DISTRICTS: Final = [*_PROVINCE, *_COMMUNE]
_WITH_DISTRICTS: Final = [*_PROVINCE, *_DISTRICT, *_COMMUNE]

_ALSO_CALLED: Final = {name_key(short): name_key("Hồ Chí Minh") for short in ("HCM", "TPHCM", "TP.HCM")}
"""Short forms of names that lists use everywhere."""


@dataclass(frozen=True, slots=True)
class Era:
    """A period with one administrative map.

    ``ma`` is its name in campaign files, ``tiers`` are its tiers from the province to the hamlet, ``units_file`` is the
    file with its units; another file of the same columns may replace it.
    """

    ma: str
    first_day: date
    tiers: TierScheme
    units_file: Traversable


_THREE_TIERS: Final = TierScheme.of(("tinh", "huyen", "xa", "thon"))
_TWO_TIERS: Final = TierScheme.of(("tinh", "xa", "thon"))

ERAS: Final = (
    Era("2021", date(2021, 1, 1), _THREE_TIERS, _DATA / "units-2021.csv"),
    Era("2025-01", date(2025, 1, 1), _THREE_TIERS, _DATA / "units-2025-01.csv"),
    # No districts any more: Law 72/2025/QH15 on the organisation of local government.
    Era("2025-07", date(2025, 7, 1), _TWO_TIERS, _DATA / "units-2025-07.csv"),
)
"""The eras congvan has lists for, oldest first."""


def era_of(day: date) -> Era:
    """The era a day lies in; the oldest known one for an earlier day, whose map may differ a little."""
    begun = [era for era in ERAS if era.first_day <= day]
    return begun[-1] if begun else ERAS[0]


def era_named(ma: str) -> Era | None:
    """The era of this name, ``2021``, ``2025-01`` or ``2025-07``; None for any other name."""
    return next((era for era in ERAS if era.ma == ma), None)


@cache
def unit_list(era: Era) -> UnitList:
    """The units of ``era``, read once.

    Raises:
        UnreadableFileError: when a file that replaces the shipped list is missing or has other columns.
    """
    try:
        rows = list(csv.reader(era.units_file.read_text(encoding="utf-8-sig").splitlines(), strict=True))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise UnreadableFileError(str(era.units_file), str(error)) from error
    columns = rows[0] if rows else []
    if columns not in (_WITHOUT_DISTRICTS, _WITH_DISTRICTS) or any(len(row) != len(columns) for row in rows):
        reason = finding("recipients-unit-list-columns", columns=", ".join(_WITH_DISTRICTS))
        raise UnreadableFileError(str(era.units_file), reason)
    return UnitList(era, rows)


class UnitList:
    """The units of an era, asked by code, by place or by name.

    The units of a province are built when first asked for, so that one province costs little.
    """

    def __init__(self, era: Era, rows: list[list[str]]) -> None:
        """``rows`` are those of a list file, the header first; :func:`unit_list` reads and checks them."""
        self.era = era
        self._caps = ("huyen", "xa") if rows[0] == _WITH_DISTRICTS else ("xa",)
        self._rows: dict[str, list[list[str]]] = defaultdict(list)
        for row in rows[1:]:
            self._rows[row[0]].append(row)
        self._provinces = {code: Unit(code, rows[0][1], "tinh") for code, rows in self._rows.items()}
        self._below: dict[str, dict[str, Unit]] = {}
        self._province_of: dict[str, str] = {}
        self._names: dict[tuple[str, str | None], dict[str, tuple[Unit, ...]]] = {}

    @property
    def provinces(self) -> tuple[Unit, ...]:
        """Every province, in the order of the list."""
        return tuple(self._provinces.values())

    def districts(self, ma_tinh: str) -> tuple[Unit, ...]:
        """The districts of a province; none for an unknown code, or in an era without districts."""
        return tuple(unit for unit in self._units_of(ma_tinh).values() if unit.cap == "huyen")

    def communes(self, ma_tinh: str, ma_huyen: str | None = None) -> tuple[Unit, ...]:
        """The communes of a province, or of one of its districts."""
        below = self._units_of(ma_tinh).values()
        return tuple(unit for unit in below if unit.cap == "xa" and ma_huyen in {None, unit.parent})

    def get(self, ma: str) -> Unit | None:
        """The unit with this code, at whatever level; None when the list has none."""
        return self._provinces.get(ma) or self._units_of(self._province_code(ma)).get(ma)

    def chain(self, unit: Unit) -> tuple[Unit, ...]:
        """The units from the province down to ``unit`` itself."""
        parent = self.get(unit.parent) if unit.parent else None
        return (*self.chain(parent), unit) if parent else (unit,)

    def find(self, name: str, level: str, within: str | None = None) -> tuple[Unit, ...]:
        """Find the units of ``level`` that ``name`` may mean, inside the province or district with code ``within``.

        Case, the place of tone marks and the kind word do not matter ("huyện Hậu Lộc", "Hậu Lộc"); where
        two units share an own name, a kind word decides between them. Several units: the name alone is
        not enough.
        """
        names = self._index(level, within)
        kind, own_name = split_name(name)
        key = name_key(own_name)
        found = names.get(name_key(name)) or names.get(_ALSO_CALLED.get(key, key), ())
        of_kind = tuple(unit for unit in found if unit.loai == kind)
        return of_kind or found

    def province(self, name: str) -> Unit | None:
        """The province of this code or name; None where there is none, or several."""
        found = self.find(name, "tinh")
        return self._provinces.get(name.strip().zfill(2)) or (found[0] if len(found) == 1 else None)

    def near(self, name: str, level: str, within: str | None = None) -> tuple[str, ...]:
        """At most three names inside ``within`` that ``name`` may have been meant for, likeliest first."""
        names = self._index(level, within)
        close = difflib.get_close_matches(name_key(split_name(name)[1]), names, n=3)
        return tuple(unit.ten for key in close for unit in names[key])[:3]

    def _units_of(self, ma_tinh: str | None) -> Mapping[str, Unit]:
        """The districts and communes of a province by code."""
        if ma_tinh is None or ma_tinh not in self._rows:
            return {}
        if ma_tinh not in self._below:
            self._below[ma_tinh] = self._build_units(self._rows[ma_tinh])
        return self._below[ma_tinh]

    def _build_units(self, rows: list[list[str]]) -> dict[str, Unit]:
        units: dict[str, Unit] = {}
        for row in rows:
            parent = row[0]
            # An empty code: the island districts that have no commune.
            for cap, ma, ten in zip(self._caps, row[2::2], row[3::2], strict=True):
                if ma and ma not in units:
                    units[ma] = Unit(ma, ten, cap, parent)
                parent = ma
        return units

    def _province_code(self, ma: str) -> str | None:
        """The province that the unit with this code lies in."""
        if not self._province_of:
            for province, rows in self._rows.items():
                for row in rows:
                    self._province_of.update(dict.fromkeys(row[2::2], province))
        return self._province_of.get(ma)

    def _index(self, level: str, within: str | None) -> dict[str, tuple[Unit, ...]]:
        """The units of a level inside ``within`` by the key of their own name."""
        if (level, within) not in self._names:
            index: dict[str, tuple[Unit, ...]] = {}
            for unit in self._inside(level, within):
                key = name_key(unit.ten_rieng)
                index[key] = (*index.get(key, ()), unit)
            self._names[level, within] = index
        return self._names[level, within]

    def _inside(self, level: str, within: str | None) -> tuple[Unit, ...]:
        if level == "tinh":
            return self.provinces
        province = within if within in self._rows else self._province_code(within or "")
        provinces = self._rows if within is None else [province]
        units = (unit for code in provinces for unit in self._units_of(code).values())
        return tuple(unit for unit in units if unit.cap == level and within in {None, province, unit.parent})
