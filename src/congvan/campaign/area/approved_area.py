"""The area an approval names, down to hamlets: no letter outside it, none of its places without a letter."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final, Self

from congvan.campaign.area.unit_scope import UnitCatalogue, UnitRef, UnitScope, unit_refs
from congvan.campaign.did_you_mean import did_you_mean
from congvan.campaign.model import Campaign, CampaignTier
from congvan.campaign.regulation.judgement import Judgement, Verdict
from congvan.campaign.regulation.rule import RuleKind
from congvan.findings import Place, finding
from congvan.recipients import Recipient
from congvan.text.unicode_form import fold

_WHOLE_PROVINCE: Final = fold("toàn tỉnh")
_MOST: Final = 20
_NAMED: Final = 5

Written = Mapping[str, Sequence[Recipient]]
"""The recipients that get a letter, by tier, document or round."""


@dataclass(frozen=True, slots=True)
class ApprovedArea:
    """The area of an approval: everything, or units and single hamlets (by their code); ``unknown`` are other names."""

    is_everywhere: bool
    units: UnitScope
    hamlets: frozenset[str]
    unknown: tuple[str, ...]

    @classmethod
    def of(cls, items: Sequence[str], recipients: Sequence[Recipient]) -> Self:
        """The area of these names or codes, as the lists know them."""
        catalogue = UnitCatalogue.of(recipients)
        hamlets = _by_name(recipients)
        chosen: list[str] = []
        homes: list[Recipient] = []
        unknown: list[str] = []
        for item in items:
            if home := hamlets.get(item) or hamlets.get(fold(item)):
                homes.append(home)
            elif catalogue.scope([item], Place())[1]:
                unknown.append(item)
            else:
                chosen.append(item)
        units, _ = catalogue.scope(chosen, Place())
        above = {ref for home in homes for ref in unit_refs(home)}
        everywhere = any(fold(item) == _WHOLE_PROVINCE for item in items) or any(
            ref.cap == "tinh" for ref in units.chosen
        )
        unknown = [item for item in unknown if fold(item) != _WHOLE_PROVINCE]
        within = UnitScope(units.chosen, units.above | above)
        return cls(everywhere, within, frozenset(home.ma for home in homes), tuple(unknown))

    def holds(self, recipient: Recipient) -> bool:
        """Whether a letter to the recipient stays inside: in the area, or to a body whose unit has a part of it."""
        if self.is_everywhere or recipient.ma in self.hamlets:
            return True
        refs = unit_refs(recipient)
        if recipient.thon is None and refs and refs[0] in self.units.above:
            return True
        return not self.units.chosen.isdisjoint(refs)

    def is_inside(self, unit: UnitRef, chain: Sequence[UnitRef]) -> bool:
        """Whether a unit, which lies in those of ``chain``, is in the area or holds a hamlet of it."""
        return self.is_everywhere or unit in self.units.above or not self.units.chosen.isdisjoint((unit, *chain))


def area_judgements(campaign: Campaign, written: Written) -> Iterator[Judgement]:
    """The rules about the area of ``campaign``, held against the recipients that get letters."""
    rules = [rule for rule in campaign.quy_tac.quy_tac if rule.loai in (RuleKind.AREA, RuleKind.COVERAGE)]
    if not rules or campaign.chap_thuan is None:
        return
    everybody = [recipient for tier in campaign.cap for recipient in tier.nguoi_nhan]
    area = ApprovedArea.of(campaign.chap_thuan.dia_ban, everybody)
    for rule in rules:
        tiers = [tier for tier in campaign.cap if tier.work in rule.viec]
        base = Judgement(rule=rule, verdict=Verdict.KEPT, place=campaign.place_of("chap_thuan"))
        if rule.ma in campaign.mien_quy_tac:
            yield replace(base, verdict=Verdict.WAIVED)
        elif not tiers:
            yield replace(base, verdict=Verdict.IDLE)
        elif not campaign.chap_thuan.dia_ban:
            why, right = finding("rule-why-no-area"), finding("rule-right-declare-area")
            yield replace(base, verdict=Verdict.MISSING, why=why, right=right)
        else:
            judged = list(_judged(base, campaign, area, tiers, written))
            yield from judged or [base]


def _judged(
    base: Judgement, campaign: Campaign, area: ApprovedArea, tiers: Sequence[CampaignTier], written: Written
) -> Iterator[Judgement]:
    if base.rule.loai is RuleKind.COVERAGE:
        yield from _uncovered(base, campaign, area, tiers, written)
        return
    known = [recipient.ten for tier in tiers for recipient in tier.nguoi_nhan]
    for name in area.unknown:
        values = {"name": name, **did_you_mean(name, known)}
        why, right = finding("rule-why-area-unknown", **values), finding("rule-right-area-name", **values)
        yield replace(base, verdict=Verdict.MISSED, why=why, right=right)
    items = ", ".join(campaign.chap_thuan.dia_ban) if campaign.chap_thuan else ""
    outside = [one for tier in tiers for one in written.get(tier.name, ()) if not area.holds(one)]
    for recipient in outside[:_MOST]:
        why = finding("rule-why-outside", name=_called(recipient), area=items)
        right = finding("rule-right-area")
        yield replace(base, verdict=Verdict.MISSED, why=why, right=right, place=recipient.place)


def _uncovered(
    base: Judgement, campaign: Campaign, area: ApprovedArea, tiers: Sequence[CampaignTier], written: Written
) -> Iterator[Judgement]:
    """Places of the area without a letter: rows of the list, and communes that other lists have and this has not."""
    reached = [one for tier in tiers for one in written.get(tier.name, ())]
    codes = {one.ma for one in reached}
    listed = {one.ma: one for tier in tiers for one in tier.nguoi_nhan}
    missed = [_called(one) for ma, one in listed.items() if ma not in codes and area.holds(one)]
    missed += _empty_communes(campaign, area, reached)
    if missed:
        names = ", ".join(missed[:_NAMED]) + (" …" if len(missed) > _NAMED else "")
        why = finding("rule-why-uncovered", count=len(missed), names=names)
        place = tiers[0].place_of("nguoi_nhan")
        yield replace(base, verdict=Verdict.MISSED, why=why, right=finding("rule-right-cover"), place=place)


def _empty_communes(campaign: Campaign, area: ApprovedArea, reached: Iterable[Recipient]) -> Iterator[str]:
    """Communes of the area in which nobody gets a letter."""
    catalogue = UnitCatalogue.of(recipient for tier in campaign.cap for recipient in tier.nguoi_nhan)
    covered = {ref for recipient in reached for ref in unit_refs(recipient)}
    listed = {
        ref for tier in campaign.cap for recipient in tier.nguoi_nhan if recipient.thon for ref in unit_refs(recipient)
    }
    for chain in sorted(catalogue.chains):
        unit = chain[0] if chain else None
        if unit and unit.cap == "xa" and unit not in covered | listed and area.is_inside(unit, chain):
            yield catalogue.names[unit]


def _by_name(recipients: Iterable[Recipient]) -> dict[str, Recipient]:
    """Hamlets by code, and by name with their commune."""
    found: dict[str, Recipient] = {}
    for one in recipients:
        if one.thon:
            found.setdefault(one.ma, one)
            found.setdefault(fold(f"{one.ten}, {one.xa or ''}"), one)
    return found


def _called(recipient: Recipient) -> str:
    return ", ".join(part for part in (recipient.ten, recipient.xa) if part)
