"""Find the administrative units a row means: by code, else by name inside the unit above, never by guess."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from congvan.findings import Finding, finding
from congvan.recipients.tiers import TIERS
from congvan.recipients.units.unit import CODE_WIDTHS, Unit, split_name
from congvan.recipients.units.unit_list import UnitList

_UNKNOWN_NEAR: Final = "–"

SUGGESTED: Final = 100
"""How many unknown names are compared with all others to suggest the nearest: in the whole country that takes
25 ms a name, and a list with more unknown units is simply of another era."""


@dataclass(frozen=True, slots=True)
class Placement:
    """The codes and names the list of units adds to a row, and findings by column, still without a row."""

    found: Mapping[str, str]
    findings: tuple[tuple[str, Finding], ...] = ()


class Gazetteer:
    """Look rows up in a list of units; the answer is cached for rows of one commune.

    ``province`` is the code or name of the province of rows that name none. A name of several units means the one
    that lies in ``scope``, codes or names of units, where only one does.
    """

    def __init__(self, units: UnitList, province: str | None = None, scope: Iterable[str] = ()) -> None:
        self._units = units
        self._levels = [level for level in CODE_WIDTHS if level in units.era.tiers]
        self._columns = [name for level in self._levels for name in (f"ma_{level}", level)]
        self._province = units.province(province) if province else None
        self._scope = {unit.ma for one in scope if (unit := self._scope_unit(one))}
        self._known: dict[tuple[str | None, ...], Placement] = {}
        self._called: dict[tuple[str, str | None], str] = {}
        self._suggestions = SUGGESTED

    def placement(self, values: Mapping[str, str]) -> Placement:
        """The units the row names."""
        key = tuple(map(values.get, self._columns))
        if key not in self._known:
            self._known[key] = self._look_up(values)
        return self._known[key]

    def _look_up(self, values: Mapping[str, str]) -> Placement:
        unit = self._province
        findings: list[tuple[str, Finding]] = []
        for level in self._levels:
            code, name = values.get(f"ma_{level}"), values.get(level)
            if not code and not name:
                continue
            below, found = self._by_code(level, code, name, unit) if code else self._by_name(level, name or "", unit)
            findings += found
            if below is None:
                break  # below a unit that is not certain, a name would be a guess
            unit = below
        return Placement(self._names_and_codes(unit, values) if unit else {}, tuple(findings))

    def _by_code(
        self, level: str, code: str, name: str | None, above: Unit | None
    ) -> tuple[Unit | None, list[tuple[str, Finding]]]:
        column = f"ma_{level}"
        whole = code.zfill(CODE_WIDTHS[level]) if code.isdecimal() else code
        findings = []
        if whole != code:
            findings.append((column, finding("recipients-zero-restored", value=code, read=whole)))
        unit = self._units.get(whole)
        if unit is None or unit.cap != level:
            near = self._codes_of(level, name, above)
            found = finding(
                "recipients-unit-code-unknown", ma=code, level=TIERS[level].ten, era=self._units.era.ma, near=near
            )
            return None, [*findings, (column, found)]
        if above and above not in self._units.chain(unit):
            found = finding("recipients-unit-elsewhere", ma=whole, unit=unit.ten, within=above.in_sentence)
            return None, [*findings, (column, found)]
        return unit, [*findings, *self._name_against_code(unit, name)]

    def _name_against_code(self, unit: Unit, name: str | None) -> Iterator[tuple[str, Finding]]:
        if not name or self._is_called(unit, name):
            return
        if self._units.find(name, unit.cap, unit.parent):
            yield unit.cap, finding("recipients-unit-contradiction", ma=unit.ma, unit=unit.ten, name=name)
        else:
            yield unit.cap, self._unknown(name, unit.cap, self._units.get(unit.parent or ""))

    def _by_name(self, level: str, name: str, above: Unit | None) -> tuple[Unit | None, list[tuple[str, Finding]]]:
        named = self._units.find(name, level, above.ma if above else None)
        if len(named) > 1 and (in_scope := [unit for unit in named if self._is_in_scope(unit)]):
            named = tuple(in_scope)
        if len(named) == 1:
            return named[0], []
        if not named:
            return None, [(level, self._unknown(name, level, above))]
        units = "; ".join(", ".join(part.ten for part in reversed(self._units.chain(unit))) for unit in named[:5])
        return None, [(level, finding("recipients-unit-ambiguous", name=name, units=units))]

    def _unknown(self, name: str, level: str, above: Unit | None) -> Finding:
        near = self._near(name, level, above) or _UNKNOWN_NEAR
        within = above.in_sentence if above else "Việt Nam"
        return finding("recipients-unit-name-unknown", name=name, within=within, era=self._units.era.ma, near=near)

    def _near(self, name: str, level: str, above: Unit | None) -> str:
        if not self._suggestions:
            return ""
        self._suggestions -= 1
        return ", ".join(self._units.near(name, level, above.ma if above else None))

    def _codes_of(self, level: str, name: str | None, above: Unit | None) -> str:
        """The codes the unit with this name may have."""
        named = self._units.find(name, level, above.ma if above else None) if name else ()
        return ", ".join(f"{unit.ma} ({unit.ten})" for unit in named[:3]) or _UNKNOWN_NEAR

    def _names_and_codes(self, unit: Unit, values: Mapping[str, str]) -> dict[str, str]:
        """The codes and names of a unit and of those above it.

        A name the list does not know stays as the row writes it: the unit may have been renamed.
        """
        found: dict[str, str] = {}
        for part in self._units.chain(unit):
            found[f"ma_{part.cap}"] = part.ma
            if name := self._name_of(part, values.get(part.cap)):
                found[part.cap] = name
        return found

    def _is_called(self, unit: Unit, written: str) -> bool:
        """Whether ``written`` may be the unit's name."""
        return bool(self._name_of(unit, written))

    def _name_of(self, unit: Unit, written: str | None) -> str:
        """The name of the unit in a sentence; empty where ``written`` is another's.

        Asked once for the province and the district of many communes.
        """
        key = (unit.ma, written)
        if key not in self._called:
            is_its = not written or unit in self._units.find(written, unit.cap, unit.parent)
            self._called[key] = unit.in_sentence if is_its else ""
        return self._called[key]

    def _scope_unit(self, item: str) -> Unit | None:
        """The unit a scope names by its code or, where that is enough, by its name; the widest of that name."""
        if unit := self._units.get(item.strip()):
            return unit
        within, kind = self._province.ma if self._province else None, split_name(item)[0]
        for level in self._levels:
            named = [unit for unit in self._units.find(item, level, within) if kind in {"", unit.loai}]
            if named:
                return named[0] if len(named) == 1 else None
        return None

    def _is_in_scope(self, unit: Unit) -> bool:
        return any(part.ma in self._scope for part in self._units.chain(unit))
