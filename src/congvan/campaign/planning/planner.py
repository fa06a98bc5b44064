"""From a campaign to its plan: scope, order, issuers, fields and citations, tier after tier."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from typing import Any, Final

from congvan.campaign.area.approved_area import area_judgements
from congvan.campaign.area.unit_scope import UnitCatalogue, UnitRef, UnitScope
from congvan.campaign.copies import Copies
from congvan.campaign.model import Campaign, CampaignTier
from congvan.campaign.planning.addressees import addressee
from congvan.campaign.planning.citations import CitationIndex, Citations, NoCitation
from congvan.campaign.planning.grouping import Group, grouped
from congvan.campaign.planning.letter_builder import LetterBuilder
from congvan.campaign.planning.letter_inputs import LetterInputs
from congvan.campaign.planning.messages import message_findings
from congvan.campaign.planning.plan import Plan, PlannedLetter, written_to
from congvan.campaign.planning.plan_fields import asked_of_plan, plan_fields
from congvan.campaign.planning.rounds import round_findings, selection_names
from congvan.campaign.planning.text_values import agency_values, campaign_values, group_values
from congvan.campaign.rules.order import campaign_order_findings
from congvan.campaign.rules.symbols import UsedSymbol, symbol_findings
from congvan.errors import CampaignError
from congvan.findings import Finding, Place, Report, finding
from congvan.letter import Letter
from congvan.letter.frozen_fields import FrozenFields
from congvan.recipients import Recipient

_LETTERS_MISSING: Final = {
    "campaign-agency-of-no-unit",
    "campaign-agency-of-one-unit-twice",
    "campaign-agency-unknown",
    "campaign-group-too-wide",
    "campaign-post-vacant",
    "campaign-scope-ambiguous",
    "campaign-scope-unknown",
    "campaign-unit-missing",
}
"""After these a tier lacks letters it should have."""

_CONSEQUENCES: Final = {"campaign-cited-outside", "campaign-tier-without-letters"}
"""Findings that may only follow from such a lack."""


def plan(campaign: Campaign, *, only: Collection[str] = (), limit: int | None = None) -> Plan:
    """The letters ``campaign`` means, in order, their numbers still open.

    ``only`` names the tiers wanted (all by default), or rounds of them (``thon.bo-sung-1``, ``thon.lan-dau`` for the
    first); ``limit`` is how many letters of each at most, from its first.
    The whole campaign is checked in any case: nothing is sent while a later tier cannot be.

    Raises:
        CampaignError: with every finding, when a letter cannot be made or ``only`` or ``limit`` make no sense.
    """
    planner = _Planner(campaign)
    letters = planner.letters()
    order = campaign_order_findings(campaign)  # a campaign built in code was not checked before
    found = [*order, *planner.findings(letters), *_selection_findings(campaign, only, limit)]
    report = campaign.report + Report.of(found).without(campaign.bo_qua)
    report.raise_errors(CampaignError)
    wanted: list[PlannedLetter] = []
    selected = {tier.name for tier in campaign.cap if not only or {*selection_names(tier, campaign)} & {*only}}
    for name, of_round in groupby(letters, key=lambda item: item.tier.name):
        if name in selected:
            wanted += _first(of_round, limit)
    return Plan(campaign, tuple(wanted), tuple(letters), report)


def planning_findings(campaign: Campaign) -> list[Finding]:
    """Everything that stops letters of ``campaign``, and warnings about them."""
    planner = _Planner(campaign)
    return planner.findings(planner.letters())


def _first(of_tier: Iterable[PlannedLetter], limit: int | None) -> Sequence[PlannedLetter]:
    """The first letters of a tier and their copies."""
    items = list(of_tier)
    letters = [item for item in items if not item.letter.ban_sao]
    copies = [item for item in items if item.letter.ban_sao]
    return [*letters[:limit], *copies[:limit]]


def _selection_findings(campaign: Campaign, only: Collection[str], limit: int | None) -> Iterator[Finding]:
    known = list(dict.fromkeys(name for tier in campaign.cap for name in selection_names(tier, campaign)))
    for cap in only:
        if cap not in known:
            yield finding("campaign-tier-not-planned", campaign.place_of("cap"), cap=cap, known=", ".join(known))
    if limit is not None and limit < 1:
        yield finding("campaign-limit-impossible", value=limit)


@dataclass(frozen=True, slots=True)
class _Shared:
    """What letters of a tier from one agency to one unit share.

    ``found`` are the positions of the letters they may cite, by tier, or why there is none; ``cited`` those positions
    alone.
    """

    found: Mapping[str, int | NoCitation]
    cited: Mapping[str, int]
    fields: FrozenFields


class _Planner:
    """Plans tier after tier; later tiers cite the letters of earlier ones."""

    def __init__(self, campaign: Campaign) -> None:
        self._findings: list[Finding] = []
        self._campaign = campaign
        self._catalogue = UnitCatalogue.of(recipient for tier in campaign.cap for recipient in tier.nguoi_nhan)
        self._scope = self._scope_at(campaign.pham_vi, campaign.place_of("pham_vi"))
        self._agency_values = {ma: agency_values(agency) for ma, agency in campaign.don_vi.items()}
        self._campaign_values = campaign_values(campaign)
        self._plan_values = plan_fields(campaign, self._of_campaign)
        self._indexes: dict[str, CitationIndex] = {}
        self._citations = Citations()
        self._count = 0

    def letters(self) -> list[PlannedLetter]:
        """Every letter that can be made; :meth:`findings` then has the reasons for the others."""
        letters: list[PlannedLetter] = []
        for cap, rounds in groupby(self._campaign.cap, key=lambda tier: tier.cap):
            index = CitationIndex()
            for tier in rounds:
                index.begin_round()
                letters += self._plan_round(tier, index)
            self._indexes[cap] = index
        return letters

    def findings(self, letters: Sequence[PlannedLetter]) -> list[Finding]:
        """Everything found while ``letters`` were planned, without what only follows from something else."""
        found = [*self._findings, *self._symbol_findings(letters), *round_findings(letters)]
        found += message_findings(self._campaign, {**self._of_campaign, **self._plan_values})
        if _LETTERS_MISSING & {one.code for one in found}:
            return [one for one in found if one.code not in _CONSEQUENCES]
        areas = area_judgements(self._campaign, written_to(letters))
        return [*found, *(one for judged in areas for one in judged.findings())]

    @property
    def _of_campaign(self) -> dict[str, Any]:
        """The fields that hold for the whole campaign."""
        return {"dot": self._campaign_values, **self._campaign.du_lieu}

    def _symbol_findings(self, letters: Iterable[PlannedLetter]) -> Iterator[Finding]:
        if rule := self._campaign.symbol_rule:
            used = [UsedSymbol(item.tier, item.don_vi, item.letter.ky_hieu) for item in letters]
            yield from symbol_findings(rule, used, self._campaign.don_vi)

    def _plan_round(self, tier: CampaignTier, index: CitationIndex) -> list[PlannedLetter]:
        """The letters of a tier, or of a later round of it, and their copies; ``index`` gets them to be cited."""
        groups, found = grouped(tier, self._in_scope(tier), self._campaign.don_vi)
        self._findings += found
        if not groups and not found:
            self._findings.append(finding("campaign-tier-without-letters", tier.place_of("nguoi_nhan"), cap=tier.name))
        builder = LetterBuilder(tier)
        letters, copies = self._build_all(tier, groups, builder, index)
        caps = list(dict.fromkeys(one.cap for one in self._campaign.cap))
        self._findings += builder.diagnostics.findings(groups, caps, self._campaign.don_vi)
        self._findings += _group_notes(tier, builder)
        return [*letters, *self._positioned(copies)]

    def _build_all(
        self, tier: CampaignTier, groups: Iterable[Group], builder: LetterBuilder, index: CitationIndex
    ) -> tuple[list[PlannedLetter], list[PlannedLetter]]:
        """The letters of a tier and their copies; groups whose letter cannot be made still count as positions."""
        du_lieu = FrozenFields({**self._campaign.du_lieu, **tier.du_lieu})
        asked = asked_of_plan(tier)
        shared_by = cache(lambda agency, refs: self._shared(agency, refs, asked))
        letters: list[PlannedLetter] = []
        copies: list[PlannedLetter] = []
        for group in groups:
            self._count += 1
            if self._is_cited(tier):
                index.add(self._count, group.holds_for)
            shared = shared_by(group.don_vi.ma, group.refs)
            fields = FrozenFields(shared.fields, group_values(group), du_lieu)
            inputs = LetterInputs(group.ma, group.don_vi, group.recipients, fields, shared.found)
            letter, copy = self._build(tier, inputs, builder)
            if letter:
                letters.append(self._planned(tier, group, letter, shared.cited))
            if letter and copy and tier.ban_sao:
                copies.append(_planned_copy(letters[-1], copy, tier.ban_sao))
        return letters, copies

    def _build(
        self, tier: CampaignTier, inputs: LetterInputs, builder: LetterBuilder
    ) -> tuple[Letter | None, Letter | None]:
        """The letter and its copy, as far as they can be made; later letters can cite it."""
        letter = builder.build(inputs)
        builder.try_bodies(inputs, letter)
        if self._is_cited(tier):
            self._citations.add(self._count, tier, inputs.don_vi, letter)
        return letter, builder.build_copy(inputs, letter)

    def _positioned(self, copies: Iterable[PlannedLetter]) -> Iterator[PlannedLetter]:
        """The copies of a tier's letters, after all its letters, so that these keep their positions."""
        for copy in copies:
            self._count += 1
            yield copy._replace(position=self._count)

    def _is_cited(self, tier: CampaignTier) -> bool:
        """Whether a tier comes after it; none does after the last, which has most letters."""
        return tier.cap != self._campaign.cap[-1].cap

    def _scope_at(self, items: Sequence[str], place: Place) -> UnitScope:
        scope, found = self._catalogue.scope(items, place)
        self._findings += found
        return scope

    def _in_scope(self, tier: CampaignTier) -> Sequence[Recipient]:
        """The recipients inside the tier's own scope, or else the campaign's."""
        place = tier.place_of("pham_vi")
        scope = self._scope if tier.pham_vi is None else self._scope_at(tier.pham_vi, place)
        inside = [recipient for recipient in tier.nguoi_nhan if scope.holds(recipient)]
        vacant = [recipient for recipient in inside if _is_nobody(tier, recipient)]
        if left_out := len(tier.nguoi_nhan) - len(inside):
            self._findings.append(finding("campaign-scope-left-out", place, cap=tier.cap, count=left_out))
        code = "campaign-post-left-out" if tier.khi_khuyet == "bo_qua" else "campaign-post-vacant"
        self._findings += [finding(code, one.place, cap=tier.cap, post=addressee(one)) for one in vacant]
        unaddressed = set(map(id, vacant))
        return [recipient for recipient in inside if id(recipient) not in unaddressed]

    def _shared(self, agency: str, refs: tuple[UnitRef, ...], asked: Sequence[str]) -> _Shared:
        found = {cap: index.find(refs) for cap, index in self._indexes.items()}
        cited = {cap: position for cap, position in found.items() if not isinstance(position, NoCitation)}
        groups = {"dot": self._campaign_values, "don_vi": self._agency_values[agency]}
        groups |= {name: self._plan_values[name] for name in asked}
        return _Shared(found, cited, FrozenFields({**groups, **self._citations.of(cited)}))

    def _planned(self, tier: CampaignTier, group: Group, letter: Letter, cited: Mapping[str, int]) -> PlannedLetter:
        of_tier = f"{self._campaign.ma}/{tier.cap}"
        key = f"{of_tier}/{group.ma}"
        # Letters of another date cannot share the number of the first round.
        of_round = f"{self._campaign.ma}/{tier.name}"
        number_keys = {"moi_van_ban": key, "mot_so": f"{of_round}/{group.don_vi.ma}", "de_trong": None}
        return PlannedLetter(
            position=self._count,
            cap=tier.cap,
            key=key,
            number_key=number_keys[tier.danh_so],
            copy_number_key=None,
            ma=group.ma,
            don_vi=group.don_vi,
            recipients=group.recipients,
            units=group.units,
            letter=letter,
            tier=tier,
            cited=cited,
        )


def _is_nobody(tier: CampaignTier, recipient: Recipient) -> bool:
    """Whether the tier's letters cannot name the recipient: a vacant post, and no line of its own for it.

    ``khi_khuyet: chuc_danh`` addresses the office, which needs a title: a hamlet's bare name looks like a body.
    """
    if tier.kinh_gui or recipient.ho_ten or not recipient.khuyet:
        return False
    return tier.khi_khuyet != "chuc_danh" or not recipient.chuc_danh


def _planned_copy(original: PlannedLetter, copy: Letter, copies: Copies) -> PlannedLetter:
    """The copy of a planned letter, which prints the letter's number and takes one of its own."""
    of_tier = original.key.removesuffix(f"/{original.ma}")
    if copies.danh_so == "mot_so":  # copies of another date cannot share the number of the first round's
        of_tier = of_tier.removesuffix(original.cap) + original.tier.name
    return original._replace(
        key=f"{original.key}/{copies.ma}",
        copy_number_key=copies.number_key(of_tier, original.ma, original.don_vi),
        ma=f"{original.ma}/{copies.ma}",
        letter=copy,
    )


def _group_notes(tier: CampaignTier, builder: LetterBuilder) -> Iterator[Finding]:
    """Groups of the list whose heading no letter prints, since it names one of their members alone."""
    for name, count in builder.lone_groups.items():
        yield finding("campaign-group-of-one", tier.place_of("nguoi_nhan"), cap=tier.cap, group=name, count=count)
