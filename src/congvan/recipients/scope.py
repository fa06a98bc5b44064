"""Compare a list with the area of a campaign: every unit must be reached, and none beyond it.

The area is the one the approval names (document 000 of the campaign): provinces, districts or communes by
their codes, or single hamlets of a commune.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from congvan.findings import Finding, Place, Report, finding
from congvan.recipients.directory import Directory
from congvan.recipients.first_seen import FirstSeen
from congvan.recipients.recipient import Recipient
from congvan.recipients.units.unit import Unit, name_key
from congvan.recipients.units.unit_list import UnitList

_LEVEL_OF_TIER: Final = {"tinh": "tinh", "huyen": "huyen", "xa": "xa", "thon": "xa"}
_MOST_NAMES: Final = 5


@dataclass(frozen=True, slots=True)
class Coverage:
    """How a list covers its scope.

    ``counts`` are the recipients of every unit of the scope by its code, ``missing`` the units without one,
    ``several`` those with more than one. ``outside`` are the recipients beyond the scope. ``report`` has the findings,
    also about hamlets of the scope without a head.
    """

    counts: Mapping[str, int]
    missing: tuple[Unit, ...]
    several: tuple[Unit, ...]
    outside: tuple[Recipient, ...]
    report: Report


def coverage(directory: Directory, units: UnitList, scope: Iterable[str]) -> Coverage:
    """Count how ``directory`` covers ``scope``: codes of units, and hamlets as ``16012/Thôn 3``.

    Districts are counted for a list of the district tier, communes for lists of communes and of hamlets.
    Bodies may be several in a unit; a second head of a hamlet is a warning, a recipient outside an error.
    """
    check = ScopeCheck(directory.name, directory.cap, units, scope)
    for recipient in directory:
        check.add(recipient)
    return check.coverage()


class ScopeCheck:
    """Count the recipients of the list ``name`` in a scope, one by one."""

    def __init__(self, name: str, cap: str, units: UnitList, scope: Iterable[str]) -> None:
        self._place = Place(file=name)
        self._cap = cap
        self._area = _Area(units, _LEVEL_OF_TIER.get(cap, "tinh"), scope)
        self._count = _Count(self._area)

    def add(self, recipient: Recipient) -> None:
        """Count one more recipient."""
        self._count.add(recipient)

    def coverage(self) -> Coverage:
        """The coverage by the recipients counted so far."""
        area, count, place = self._area, self._count, self._place
        missing = tuple(unit for unit in area.units if not count.of_units[unit.ma])
        several = tuple(unit for unit in area.units if count.of_units[unit.ma] > 1)
        lost = tuple((code, name) for code, name in area.hamlets if (code, name_key(name)) not in count.named)
        findings = [*area.findings, *count.findings, *_missing_findings(area, missing, lost, place)]
        if several and self._cap != "thon":
            names = ", ".join(unit.in_sentence for unit in several[:_MOST_NAMES])
            findings.append(finding("recipients-scope-several", place, count=len(several), units=names))
        counts = {unit.ma: count.of_units[unit.ma] for unit in area.units}
        return Coverage(counts, missing, several, tuple(count.outside), Report.of(findings))


class _Area:
    """The units of one level that a scope means, and the hamlets it names one by one."""

    def __init__(self, units: UnitList, level: str, scope: Iterable[str]) -> None:
        self.level = level
        self.findings: list[Finding] = []
        self.hamlets: list[tuple[str, str]] = []
        self._list = units
        meant: dict[str, Unit] = {}
        whole: set[str] = set()
        for entry in scope:
            code, _, hamlet = entry.partition("/")
            unit = units.get(code.strip())
            if unit is None:
                self.findings.append(finding("recipients-scope-unknown", ma=entry, era=units.era.ma))
                continue
            named = {one.ma: one for one in self._at_level(unit)}
            meant |= named
            if hamlet:
                self.hamlets.append((unit.ma, hamlet.strip()))
            else:
                whole |= named.keys()
        self.units = tuple(meant.values())
        self._codes = meant.keys()
        self.named = {(code, name_key(name)) for code, name in self.hamlets}
        self._in_part = {code for code, _ in self.hamlets} - whole

    def name(self, code: str) -> str:
        """A unit's name inside a sentence."""
        unit = self._list.get(code)
        return unit.in_sentence if unit else code

    def holds(self, code: str, recipient: Recipient) -> bool:
        """Whether a recipient of the unit ``code`` lies in the scope."""
        if self.level == "xa" and code in self._in_part and recipient.thon:
            return (code, name_key(recipient.ten)) in self.named
        return code in self._codes

    def _at_level(self, unit: Unit) -> Iterator[Unit]:
        """The units of the level inside ``unit``, or the one it lies in."""
        if self.level == "tinh" or unit.cap == "xa":
            yield from (part for part in self._list.chain(unit) if part.cap == self.level)
        elif unit.cap == self.level:
            yield unit
        elif unit.cap == "tinh":
            yield from self._list.districts(unit.ma) if self.level == "huyen" else self._list.communes(unit.ma)
        else:
            yield from self._list.communes(self._list.chain(unit)[0].ma, unit.ma)


class _Count:
    """The recipients of a list, counted by unit."""

    def __init__(self, area: _Area) -> None:
        self._area = area
        self.of_units: Counter[str] = Counter()
        self.named: set[tuple[str, str]] = set()
        self._heads = FirstSeen()
        self.outside: list[Recipient] = []
        self.findings: list[Finding] = []

    def add(self, recipient: Recipient) -> None:
        """Count a recipient, or report why it is not counted."""
        code = recipient.truong.get(f"ma_{self._area.level}")
        if not code:
            self.findings.append(finding("recipients-scope-unplaced", recipient.place))
        elif not self._area.holds(code, recipient):
            self.outside.append(recipient)
            unit = self._area.name(code)
            self.findings.append(finding("recipients-scope-outside", recipient.place, unit=unit))
        else:
            self.of_units[code] += 1
            self._add_head(code, recipient)

    def _add_head(self, code: str, recipient: Recipient) -> None:
        if not recipient.thon:
            return
        key = (code, name_key(recipient.ten))
        if key in self._area.named:
            self.named.add(key)
        if first := self._heads.add(key, recipient.place):
            self.findings.append(finding("recipients-hamlet-twice", recipient.place, first=first.text()))


def _missing_findings(
    area: _Area, missing: Iterable[Unit], hamlets: Iterable[tuple[str, str]], place: Place
) -> Iterator[Finding]:
    for unit in missing:
        yield finding("recipients-unit-without", place, unit=unit.in_sentence, ma=unit.ma)
    for code, name in hamlets:
        yield finding("recipients-hamlet-without", place, hamlet=name, unit=area.name(code))
