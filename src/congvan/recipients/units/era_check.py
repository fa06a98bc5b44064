"""Compare the date of letters with the units they go to: no letter to a unit that does not exist that day."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Final

from congvan.findings import Finding, Place, finding
from congvan.recipients.recipient import Recipient
from congvan.recipients.units.unit import Unit, name_key, split_name
from congvan.recipients.units.unit_list import Era, UnitList, era_of, unit_list
from congvan.text import short_date_of

_LEVELS: Final = ("tinh", "huyen", "xa")
_COLUMNS: Final = tuple(name for level in _LEVELS for name in (f"ma_{level}", level))
_KINDS_OF_THREE_TIERS: Final = frozenset({"thị trấn", "quận", "huyện", "thị xã"})


def era_findings(recipients: Iterable[Recipient], day: date) -> tuple[Finding, ...]:
    """Report what is wrong with letters dated ``day`` to these recipients, each unit once at its first row.

    A recipient of the district tier since 1 July 2025 is an error (Law 72/2025/QH15: province and commune
    only), as is a unit whose code the map of that day does not have. A district that is only part of the
    address, or a unit that goes by another name that day, is a warning.
    """
    check = EraCheck(day)
    for recipient in recipients:
        check.add(recipient)
    return check.findings()


class EraCheck:
    """Compare recipients one by one with the administrative map of one day."""

    def __init__(self, day: date) -> None:
        self._day = short_date_of(day)
        self._era: Era = era_of(day)
        self._units: UnitList = unit_list(self._era)
        self._first: dict[tuple[str, str], tuple[Place, Finding]] = {}
        self._counts: Counter[tuple[str, str]] = Counter()
        self._known: dict[tuple[str | None, ...], tuple[tuple[str, Finding], ...]] = {}

    def add(self, recipient: Recipient) -> None:
        """Check one more recipient."""
        for level, found in self._unit_findings(recipient):
            key = (found.code, found.values["unit"])
            if key not in self._first:
                self._first[key] = recipient.place_of(_column(recipient, level)), found
            self._counts[key] += 1

    def findings(self) -> tuple[Finding, ...]:
        """The findings about the recipients so far."""
        return tuple(
            finding(found.code, place, **{**found.values, "count": self._counts[key]})
            for key, (place, found) in self._first.items()
        )

    def _unit_findings(self, recipient: Recipient) -> tuple[tuple[str, Finding], ...]:
        """Level and finding, still without a place; the answer is cached for recipients of one commune."""
        units = (recipient.cap, *map(recipient.truong.get, _COLUMNS))
        if units not in self._known:
            self._known[units] = tuple(self._found(recipient))
        return self._known[units]

    def _found(self, recipient: Recipient) -> Iterator[tuple[str, Finding]]:
        for level in _LEVELS:
            code, name = recipient.truong.get(f"ma_{level}", ""), recipient.truong.get(level, "")
            if (code or name) and (found := self._level_finding(recipient.cap, level, code, name)):
                yield level, found

    def _level_finding(self, cap: str, level: str, code: str, name: str) -> Finding | None:
        """What is wrong with the unit of one level, for a recipient of the tier ``cap``."""
        if level not in self._era.tiers:
            return self._era_problem("no-district" if cap == level else "old-district", name or code)
        if not code:
            return self._era_problem("unit-gone", name) if self._is_kind_gone(name) else None
        unit = self._units.get(code)
        if unit is None:
            return self._era_problem("unit-gone", f"{name or level} ({code})")
        if name and not _is_named(unit, name):
            return self._era_problem("unit-renamed", f"{name} ({code})", now=unit.ten)
        return None

    def _is_kind_gone(self, name: str) -> bool:
        return "huyen" not in self._era.tiers and split_name(name)[0] in _KINDS_OF_THREE_TIERS

    def _era_problem(self, code: str, unit: str, **values: str) -> Finding:
        return finding(f"recipients-era-{code}", unit=unit, day=self._day, era=self._era.ma, **values)


def _column(recipient: Recipient, level: str) -> str:
    """The column of the recipient's list that names the unit of this level."""
    return next((one for one in (level, f"ma_{level}") if one in recipient.headers), level)


def _is_named(unit: Unit, name: str) -> bool:
    kind, own_name = split_name(name)
    return name_key(own_name) == name_key(unit.ten_rieng) and kind in {"", unit.loai}
