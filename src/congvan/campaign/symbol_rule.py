"""The rule an office has for the symbols of its numbers, and the letters of a campaign that break it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from congvan.campaign.choices import choices
from congvan.findings import Finding, finding

if TYPE_CHECKING:
    from congvan.campaign.agencies import Agencies
    from congvan.campaign.plan import PlannedLetter


@dataclass(frozen=True, slots=True)
class SymbolRule:
    """Abbreviations that symbols may hold: of bodies and of units; empty where any may stand.

    A symbol is made of them as the decree says (Decree 30/2020, Annex I, part II, item 3): ``PCTH-KD`` for công văn,
    the body before the unit, ``TB-PCTH`` for a named kind, the kind before the body.
    """

    co_quan: tuple[str, ...] = ()
    bo_phan: tuple[str, ...] = ()


def symbol_findings(rule: SymbolRule, letters: Iterable[PlannedLetter], agencies: Agencies) -> Iterator[Finding]:
    """Every symbol among ``letters`` that breaks ``rule``, told once for each tier and body."""
    symbols = {(item.cap, item.don_vi.ma, item.letter.ky_hieu): item for item in letters}.values()
    if rule.co_quan:
        yield from _foreign_bodies(rule, symbols, agencies)
    if rule.bo_phan:
        yield from _foreign_units(rule, symbols)
    for item in symbols:
        if _unit(item) is None:
            given, usual = item.letter.ky_hieu, _usual(item)
            yield finding("campaign-symbol-form", item.tier.place_of("ky_hieu"), value=given, usual=usual)


def _foreign_bodies(rule: SymbolRule, symbols: Iterable[PlannedLetter], agencies: Agencies) -> Iterator[Finding]:
    for ma, given in {item.don_vi.ma: item.don_vi.ky_hieu for item in symbols}.items():
        if given not in rule.co_quan:
            place = replace(agencies.place(ma), column="ky_hieu")
            yield finding("campaign-symbol-body", place, value=given, **choices(given, rule.co_quan))


def _foreign_units(rule: SymbolRule, symbols: Iterable[PlannedLetter]) -> Iterator[Finding]:
    named = {(item.cap, unit): item.tier for item in symbols if (unit := _unit(item))}
    for (_, unit), tier in named.items():
        if unit not in rule.bo_phan:
            place = tier.place_of("ky_hieu" if tier.ky_hieu else "bo_phan")
            yield finding("campaign-symbol-unit", place, value=unit, **choices(unit, rule.bo_phan))


def _usual(item: PlannedLetter) -> str:
    """What the decree makes of kind and body; for công văn without a unit."""
    kind, body = item.tier.kind.ky_hieu, item.don_vi.ky_hieu
    return f"{kind}-{body}" if kind else body


def _unit(item: PlannedLetter) -> str | None:
    """The unit a symbol names, empty where it names none; None for a symbol that is made otherwise."""
    given, usual = item.letter.ky_hieu, _usual(item)
    if given == usual:
        return ""
    if item.tier.kind.ky_hieu or not given.startswith(f"{usual}-"):
        return None
    return given.removeprefix(f"{usual}-")
