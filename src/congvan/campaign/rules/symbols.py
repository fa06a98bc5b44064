"""The symbols of a campaign's letters, compared with the rule its office has for them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import NamedTuple

from congvan.campaign.agencies import Agencies
from congvan.campaign.did_you_mean import did_you_mean
from congvan.campaign.model import CampaignTier, SymbolRule
from congvan.findings import Finding, finding
from congvan.letter import Agency


class UsedSymbol(NamedTuple):
    """The symbol ``ky_hieu`` as a letter of ``agency`` in ``tier`` has it."""

    tier: CampaignTier
    agency: Agency
    ky_hieu: str

    @property
    def usual(self) -> str:
        """The symbol the decree forms of kind and body; for công văn without a unit."""
        kind, body = self.tier.kind.ky_hieu, self.agency.ky_hieu
        return f"{kind}-{body}" if kind else body

    @property
    def unit(self) -> str | None:
        """The unit the symbol names, empty where it names none; None for a symbol of another form."""
        if self.ky_hieu == self.usual:
            return ""
        if self.tier.kind.ky_hieu or not self.ky_hieu.startswith(f"{self.usual}-"):
            return None
        return self.ky_hieu.removeprefix(f"{self.usual}-")


def symbol_findings(rule: SymbolRule, used: Iterable[UsedSymbol], agencies: Agencies) -> Iterator[Finding]:
    """Every symbol that breaks ``rule``, once for each tier and body."""
    symbols = {(one.tier.cap, one.agency.ma, one.ky_hieu): one for one in used}.values()
    if rule.co_quan:
        yield from _unknown_bodies(rule, symbols, agencies)
    if rule.bo_phan:
        yield from _unknown_units(rule, symbols)
    for one in symbols:
        if one.unit is None:
            yield finding("campaign-symbol-form", one.tier.place_of("ky_hieu"), value=one.ky_hieu, usual=one.usual)


def _unknown_bodies(rule: SymbolRule, symbols: Iterable[UsedSymbol], agencies: Agencies) -> Iterator[Finding]:
    for ma, body in {one.agency.ma: one.agency.ky_hieu for one in symbols}.items():
        if body not in rule.co_quan:
            place = replace(agencies.place(ma), column="ky_hieu")
            yield finding("campaign-symbol-body", place, value=body, **did_you_mean(body, rule.co_quan))


def _unknown_units(rule: SymbolRule, symbols: Iterable[UsedSymbol]) -> Iterator[Finding]:
    named = {(one.tier.cap, unit): one.tier for one in symbols if (unit := one.unit)}
    for (_, unit), tier in named.items():
        if unit not in rule.bo_phan:
            place = tier.place_of("ky_hieu" if tier.ky_hieu else "bo_phan")
            yield finding("campaign-symbol-unit", place, value=unit, **did_you_mean(unit, rule.bo_phan))
