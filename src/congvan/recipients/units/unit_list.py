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


@dataclass(frozen=True, slots=True)
class Era:
    """A time with one administrative map.

    ``ma`` is how campaign files name it, ``tu_ngay`` its first day, ``cap`` its tiers from the province
    to the hamlet, ``danh_muc`` the file with its units; another file of the same columns may stand in.
    """

    ma: str
    tu_ngay: date
    cap: TierScheme
    danh_muc: Traversable


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
    begun = [era for era in ERAS if era.tu_ngay <= day]
    return begun[-1] if begun else ERAS[0]


def era_named(ma: str) -> Era | None:
    """The era of this name, ``2021``, ``2025-01`` or ``2025-07``; None for any other name."""
    return next((era for era in ERAS if era.ma == ma), None)


@cache
def unit_list(era: Era) -> UnitList:
    """The units of ``era``, read once.

    Raises:
        UnreadableFileError: when a file put in place of the shipped list is missing or has other columns.
    """
    try:
        rows = list(csv.reader(era.danh_muc.read_text(encoding="utf-8-sig").splitlines(), strict=True))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise UnreadableFileError(str(era.danh_muc), str(error)) from error
    columns = rows[0] if rows else []
    if columns not in (_WITHOUT_DISTRICTS, _WITH_DISTRICTS) or any(len(row) != len(columns) for row in rows):
        reason = finding("recipients-unit-list-columns", columns=", ".join(_WITH_DISTRICTS)).message
        raise UnreadableFileError(str(era.danh_muc), reason)
    return UnitList(era, rows)


class UnitList:
    """The units of an era, asked by code, by place or by name.

    Units are made for a province when it is first asked for, so one province costs little.
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
        return tuple(unit for unit in below if unit.cap == "xa" and ma_huyen in {None, unit.cha})

    def get(self, ma: str) -> Unit | None:
        """The unit with this code, at whatever level; None when the list has none."""
        return self._provinces.get(ma) or self._units_of(self._province_code(ma)).get(ma)

    def chain(self, unit: Unit) -> tuple[Unit, ...]:
        """The units from the province down to ``unit`` itself."""
        parent = self.get(unit.cha) if unit.cha else None
        return (*self.chain(parent), unit) if parent else (unit,)

    def find(self, ten: str, cap: str, trong: str | None = None) -> tuple[Unit, ...]:
        """The units of level ``cap`` that ``ten`` may name, inside the province or district with code ``trong``.

        Case, the place of tone marks and the kind word do not matter ("huyện Hậu Lộc", "Hậu Lộc"); where
        two units share an own name, a kind word decides between them. Several units: the name alone is
        not enough.
        """
        names = self._index(cap, trong)
        kind, own_name = split_name(ten)
        found = names.get(name_key(ten)) or names.get(name_key(own_name), ())
        of_kind = tuple(unit for unit in found if unit.loai == kind)
        return of_kind or found

    def near(self, ten: str, cap: str, trong: str | None = None) -> tuple[str, ...]:
        """At most three names inside ``trong`` that ``ten`` may have been meant for, likeliest first."""
        names = self._index(cap, trong)
        close = difflib.get_close_matches(name_key(split_name(ten)[1]), names, n=3)
        return tuple(unit.ten for key in close for unit in names[key])[:3]

    def _units_of(self, ma_tinh: str | None) -> Mapping[str, Unit]:
        """The districts and communes of a province by code."""
        if ma_tinh is None or ma_tinh not in self._rows:
            return {}
        if ma_tinh not in self._below:
            self._below[ma_tinh] = self._made(self._rows[ma_tinh])
        return self._below[ma_tinh]

    def _made(self, rows: list[list[str]]) -> dict[str, Unit]:
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

    def _index(self, cap: str, trong: str | None) -> dict[str, tuple[Unit, ...]]:
        """The units of a level inside ``trong`` by the key of their own name."""
        if (cap, trong) not in self._names:
            index: dict[str, tuple[Unit, ...]] = {}
            for unit in self._inside(cap, trong):
                key = name_key(unit.ten_rieng)
                index[key] = (*index.get(key, ()), unit)
            self._names[cap, trong] = index
        return self._names[cap, trong]

    def _inside(self, cap: str, trong: str | None) -> tuple[Unit, ...]:
        if cap == "tinh":
            return self.provinces
        province = trong if trong in self._rows else self._province_code(trong or "")
        provinces = self._rows if trong is None else [province]
        units = (unit for code in provinces for unit in self._units_of(code).values())
        return tuple(unit for unit in units if unit.cap == cap and trong in {None, province, unit.cha})
