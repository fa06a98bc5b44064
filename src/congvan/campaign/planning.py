"""From a campaign to its plan: scope, order, issuers, fields and citations, tier after tier."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import groupby
from types import MappingProxyType
from typing import Any, Final, Self

from congvan.campaign.campaign import Campaign, TierPlan
from congvan.campaign.citation import Citations, NoCitation, Shelf
from congvan.campaign.copying import CopyPlan
from congvan.campaign.desk import Desk
from congvan.campaign.draft import Draft
from congvan.campaign.grouping import Group, grouped
from congvan.campaign.plan import Plan, PlannedLetter
from congvan.campaign.symbol_rule import symbol_findings
from congvan.campaign.unit_scope import UnitCatalogue, UnitRef, UnitScope
from congvan.campaign.values import agency_values, campaign_values, group_values
from congvan.errors import CampaignError
from congvan.findings import Finding, Place, Report, finding
from congvan.letter import Letter
from congvan.letter.frozen_fields import FrozenFields
from congvan.recipients import Recipient

_TIERS_GO_SHORT: Final = {
    "campaign-agency-of-no-unit",
    "campaign-agency-of-one-unit-twice",
    "campaign-group-too-wide",
    "campaign-scope-ambiguous",
    "campaign-scope-unknown",
    "campaign-unit-missing",
}
"""After these a tier lacks letters it should have."""

_FOR_WANT_OF_LETTERS: Final = {"campaign-cited-outside", "campaign-tier-without-letters"}
"""What may only follow from such a lack."""


def plan(campaign: Campaign, *, only: Collection[str] = (), limit: int | None = None) -> Plan:
    """The letters ``campaign`` means, in order, their numbers still open.

    ``only`` names the tiers wanted (all by default), ``limit`` is how many letters of each tier at most, from its
    first. The whole campaign is checked in any case: nothing is sent while a later tier cannot be.

    Raises:
        CampaignError: with every finding, when a letter cannot be made or ``only`` or ``limit`` make no sense.
    """
    return Planning(campaign, only=only, limit=limit).plan


class Planning:
    """A plan in the making: every letter of the campaign that can be made comes out of it as soon as it is planned.

    ``only`` and ``limit`` are for the ``plan`` it comes to, as in :func:`plan`.
    """

    def __init__(self, campaign: Campaign, *, only: Collection[str] = (), limit: int | None = None) -> None:
        self.campaign = campaign
        self.is_of_all = not only and limit is None
        self._only = only
        self._limit = limit
        self._planner = _Planner(campaign)
        self._letters: list[PlannedLetter] = []
        self._to_come = self._planner.planned()

    @classmethod
    def of(cls, plan: Plan) -> Self:
        """A planning that has come to its ``plan``."""
        done = cls(plan.campaign)
        done.plan, done._letters, done._to_come = plan, [*plan.whole], iter(())
        done.is_of_all = len(plan.items) == len(plan.whole)
        return done

    def __iter__(self) -> Iterator[PlannedLetter]:
        """The letters from the first; what is not planned yet is when it is asked for."""
        place = 0
        while place < len(self._letters) or self._goes_on():
            yield self._letters[place]
            place += 1

    def _goes_on(self) -> bool:
        if letter := next(self._to_come, None):
            self._letters.append(letter)
        return letter is not None

    @cached_property
    def plan(self) -> Plan:
        """The whole plan.

        Raises:
            CampaignError: as :func:`plan`.
        """
        self._letters.extend(self._to_come)
        campaign, only = self.campaign, self._only
        found = [*self._planner.found(self._letters), *_selection_findings(campaign, only, self._limit)]
        report = campaign.report + Report.of(found)
        report.raise_errors(CampaignError)
        tiers = groupby(self._letters, key=lambda item: item.cap)
        wanted = [item for cap, of_tier in tiers if not only or cap in only for item in _first(of_tier, self._limit)]
        return Plan(campaign, tuple(wanted), tuple(self._letters), report)


def findings_of(campaign: Campaign) -> list[Finding]:
    """Why letters of the campaign cannot be made, and what else there is to say of them."""
    planner = _Planner(campaign)
    return planner.found(list(planner.planned()))


def _first(of_tier: Iterable[PlannedLetter], limit: int | None) -> Sequence[PlannedLetter]:
    """The first letters of a tier and their copies."""
    items = list(of_tier)
    letters = [item for item in items if not item.letter.ban_sao]
    copies = [item for item in items if item.letter.ban_sao]
    return [*letters[:limit], *copies[:limit]]


def _copied(original: PlannedLetter, copy: Letter, plan: CopyPlan) -> PlannedLetter:
    """The copy of a planned letter, which has the letter's number and takes one of its own."""
    of_tier = original.khoa.removesuffix(f"/{original.ma}")
    return original._replace(
        khoa=f"{original.khoa}/{plan.ma}",
        sao_khoa=plan.number_key(of_tier, original.ma, original.don_vi),
        ma=f"{original.ma}/{plan.ma}",
        letter=copy,
    )


def _notes(tier: TierPlan, desk: Desk) -> Iterator[Finding]:
    """What stands in the letters of a tier otherwise than its list has it."""
    for name, count in desk.lone_groups.items():
        yield finding("campaign-group-of-one", tier.place_of("nguoi_nhan"), cap=tier.cap, group=name, count=count)


def _selection_findings(campaign: Campaign, only: Collection[str], limit: int | None) -> Iterator[Finding]:
    caps = [tier.cap for tier in campaign.cap]
    for cap in only:
        if cap not in caps:
            yield finding("campaign-tier-not-planned", campaign.place_of("cap"), cap=cap, known=", ".join(caps))
    if limit is not None and limit < 1:
        yield finding("campaign-limit-impossible", value=limit)


def _own_fields(du_lieu: Mapping[str, Any], group: Group) -> Mapping[str, Any]:
    """The fields of a letter's recipients, above those its tier gives to all."""
    return FrozenFields(group_values(group), du_lieu) if du_lieu else group_values(group)


@dataclass(frozen=True, slots=True)
class _Shared:
    """What letters have in common: the earlier ones they cite, by tier, the places of those, and fields."""

    cited: Mapping[str, int | NoCitation]
    places: Mapping[str, int]
    fields: Mapping[str, Any]


class _Planner:
    """Plans tier after tier; what a tier's letters are cited by is kept for the tiers after it."""

    def __init__(self, campaign: Campaign) -> None:
        self._findings: list[Finding] = []
        self._campaign = campaign
        self._catalogue = UnitCatalogue.of(recipient for tier in campaign.cap for recipient in tier.nguoi_nhan)
        self._scope = self._scope_at(campaign.pham_vi, campaign.place_of("pham_vi"))
        self._agency_values = {ma: agency_values(agency) for ma, agency in campaign.don_vi.items()}
        self._dot = campaign_values(campaign)
        self._du_lieu = {tier.cap: MappingProxyType({**campaign.du_lieu, **tier.du_lieu}) for tier in campaign.cap}
        self._shelves: dict[str, Shelf] = {}
        self._citations = Citations()
        self._copies: list[PlannedLetter] = []
        self._count = 0

    def planned(self) -> Iterator[PlannedLetter]:
        """Every letter that can be made, one after the other."""
        for tier in self._campaign.cap:
            yield from self._of_tier(tier)

    def found(self, letters: Sequence[PlannedLetter]) -> list[Finding]:
        """What there is to say once all ``letters`` are planned; what only follows from something else is left out."""
        found = self._findings
        if rule := self._campaign.quy_tac_ky_hieu:
            found = [*found, *symbol_findings(rule, letters, self._campaign.don_vi)]
        if _TIERS_GO_SHORT & {one.code for one in found}:
            found = [one for one in found if one.code not in _FOR_WANT_OF_LETTERS]
        return found

    def _of_tier(self, tier: TierPlan) -> Iterator[PlannedLetter]:
        recipients = self._in_scope(tier)
        groups, found = grouped(tier, recipients, self._campaign.don_vi)
        self._findings += found
        if not groups and not found:
            self._findings.append(finding("campaign-tier-without-letters", tier.place_of("nguoi_nhan"), cap=tier.cap))
        desk, shelf = Desk(tier), Shelf()
        shared = cache(self._shared)
        for group in groups:
            self._count += 1
            if self._is_cited(tier):
                shelf.add(self._count, group.holds_for)
            if letter := self._written(tier, group, desk, shared(group.don_vi.ma, group.refs)):
                yield letter
        yield from self._counted_copies()
        self._shelves[tier.cap] = shelf
        caps = [one.cap for one in self._campaign.cap]
        self._findings += desk.objections.findings(groups, caps, self._campaign.don_vi)
        self._findings += _notes(tier, desk)

    def _is_cited(self, tier: TierPlan) -> bool:
        """Whether a tier comes after it; none does after the last, which has most letters."""
        return tier is not self._campaign.cap[-1]

    def _scope_at(self, items: Sequence[str], place: Place) -> UnitScope:
        scope, found = self._catalogue.scope(items, place)
        self._findings += found
        return scope

    def _in_scope(self, tier: TierPlan) -> Sequence[Recipient]:
        """The recipients inside the tier's own scope, or else the campaign's."""
        place = tier.place_of("pham_vi")
        scope = self._scope if tier.pham_vi is None else self._scope_at(tier.pham_vi, place)
        inside = [recipient for recipient in tier.nguoi_nhan if scope.holds(recipient)]
        if left_out := len(tier.nguoi_nhan) - len(inside):
            self._findings.append(finding("campaign-scope-left-out", place, cap=tier.cap, count=left_out))
        return inside

    def _written(self, tier: TierPlan, group: Group, desk: Desk, shared: _Shared) -> PlannedLetter | None:
        """One letter, what later letters cite of it kept, and its copy; None when it cannot be made."""
        fields = FrozenFields(shared.fields, _own_fields(self._du_lieu[tier.cap], group))
        draft = Draft(group.ma, group.don_vi, group.recipients, fields, shared.cited)
        letter = desk.write(draft)
        desk.try_bodies(draft, letter)
        if self._is_cited(tier):
            self._citations.add(self._count, tier, group.don_vi, letter)
        copy = desk.copy(draft, letter)
        if letter is None:
            return None
        planned = self._planned(tier, group, letter, shared.places)
        if copy and tier.ban_sao:
            self._copies.append(_copied(planned, copy, tier.ban_sao))
        return planned

    def _counted_copies(self) -> Iterator[PlannedLetter]:
        """The copies of a tier's letters stand after all its letters, so that these keep their places."""
        copies, self._copies = self._copies, []
        for copy in copies:
            self._count += 1
            yield copy._replace(thu_tu=self._count)

    def _shared(self, agency: str, refs: tuple[UnitRef, ...]) -> _Shared:
        """What the letters of a tier share that one agency writes to one unit."""
        cited = {cap: shelf.find(refs) for cap, shelf in self._shelves.items()}
        places = {cap: place for cap, place in cited.items() if not isinstance(place, NoCitation)}
        fields = {"dot": self._dot, "don_vi": self._agency_values[agency], **self._citations.of(places)}
        return _Shared(cited, MappingProxyType(places), MappingProxyType(fields))

    def _planned(self, tier: TierPlan, group: Group, letter: Letter, places: Mapping[str, int]) -> PlannedLetter:
        of_tier = f"{self._campaign.ma}/{tier.cap}"
        khoa = f"{of_tier}/{group.ma}"
        so_khoa = {"moi_van_ban": khoa, "mot_so": f"{of_tier}/{group.don_vi.ma}", "de_trong": None}[tier.danh_so]
        return PlannedLetter(
            thu_tu=self._count,
            cap=tier.cap,
            khoa=khoa,
            so_khoa=so_khoa,
            sao_khoa=None,
            ma=group.ma,
            don_vi=group.don_vi,
            recipients=group.recipients,
            units=group.units,
            letter=letter,
            tier=tier,
            truoc=places,
        )
