"""The ordered list of letters a campaign means: pure data, independent of files and clock."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any, Final, NamedTuple

from congvan.campaign.area.approved_area import area_judgements
from congvan.campaign.model import Campaign, CampaignTier
from congvan.campaign.planning.citations import Citations
from congvan.campaign.planning.letter_builder import LetterBuilder
from congvan.campaign.planning.letter_inputs import LetterInputs
from congvan.campaign.planning.number_requests import copy_number_request, number_request
from congvan.campaign.regulation.judgement import Judgement
from congvan.campaign.regulation.judging import judge
from congvan.campaign.rules.order import numbering_order
from congvan.errors import CampaignError
from congvan.findings import Finding, Place, Report, finding
from congvan.letter import Agency, BanSao, Letter, NumberRequest
from congvan.letter.frozen_fields import FrozenFields
from congvan.letter.record.past_letter import PastLetter
from congvan.recipients import Recipient

NO_CHANGES: Final = FrozenFields()


class PlannedLetter(NamedTuple):
    """One letter of a plan.

    ``position`` is its place in the whole plan, from 1. ``key`` is what it *is*, ``<campaign>/<tier>/<ma>``, whatever
    other rows the lists hold. ``number_key`` is the key of its number, shared by letters of one number and
    None for a letter without one. A copy of a letter is a letter of its own with ``ban_sao`` in it: it prints
    the number under ``number_key`` again and takes that under ``copy_number_key``. ``units`` are the names and
    codes of its district and commune, as far as all its recipients share them; ``cited`` the positions of the earlier
    letters it may cite, by tier. ``past`` is the letter as it was issued, None before; ``letter`` is what the campaign
    says now. ``changes`` are the parts by which a letter that follows another differs from that; with ``is_notice`` it
    recalls or corrects the other one; ``revise`` gives such a letter anew from the other one as the campaign says it,
    once that has its number and citations. ``note`` says so in a few words.
    """

    position: int
    cap: str
    key: str
    number_key: str | None
    copy_number_key: str | None
    ma: str
    don_vi: Agency
    recipients: tuple[Recipient, ...]
    units: Mapping[str, str]
    letter: Letter
    tier: CampaignTier
    cited: Mapping[str, int]
    past: PastLetter | None = None
    changes: Mapping[str, Any] = NO_CHANGES
    is_notice: bool = False
    revise: Callable[[Letter], Letter] | None = None
    note: str = ""

    @property
    def is_sealed(self) -> bool:
        """Whether it was issued: then nothing of it changes any more."""
        return self.past is not None

    @property
    def document(self) -> Letter | BanSao:
        """The document that leaves the office under a number and a date: the letter, or its copy where this is one."""
        return self.letter.ban_sao or self.letter

    @property
    def loai(self) -> str:
        """The kind of the letter, or the form of the copy: ``cong-van``, ``sao-y``."""
        return self.letter.ban_sao.hinh_thuc if self.letter.ban_sao else self.letter.loai

    @property
    def own_number_key(self) -> str | None:
        """The key of the number taken for it; the number a copy prints again was taken for its original."""
        return self.copy_number_key if self.letter.ban_sao else self.number_key

    def unit_name(self, cap: str) -> str | None:
        """The name of its ``tinh``, ``huyen`` or ``xa``; None when it has none or several."""
        return self.units.get(cap)

    def unit_code(self, cap: str) -> str | None:
        """The code of its ``tinh``, ``huyen`` or ``xa``; None when it has none or several, or the list has no codes."""
        return self.units.get(f"ma_{cap}")


def written_to(letters: Iterable[PlannedLetter]) -> Mapping[str, Sequence[Recipient]]:
    """The recipients of ``letters`` by tier, document or round."""
    found: dict[str, list[Recipient]] = {}
    for item in letters:
        if not item.letter.ban_sao:
            found.setdefault(item.tier.name, []).extend(item.recipients)
    return found


@dataclass(frozen=True)
class Plan:
    """The letters of a campaign in sending order.

    ``items`` are those selected; ``whole`` are all, since a letter may cite one that is not selected.
    """

    campaign: Campaign
    items: tuple[PlannedLetter, ...]
    whole: tuple[PlannedLetter, ...]
    report: Report

    @property
    def letters(self) -> tuple[Letter, ...]:
        """The letters alone, copies of them included."""
        return tuple(item.letter for item in self.items)

    def with_letters(self, whole: Iterable[PlannedLetter], wanted: Collection[int]) -> Plan:
        """This plan with other letters, of which those at the positions ``wanted`` are selected."""
        letters = tuple(whole)
        return replace(self, whole=letters, items=tuple(item for item in letters if item.position in wanted))

    def judgements(self) -> tuple[Judgement, ...]:
        """Every rule of the campaign held against its letters and other works."""
        rules = [rule.ma for rule in self.campaign.quy_tac.quy_tac]
        found = (*judge(self.campaign), *area_judgements(self.campaign, written_to(self.whole)))
        return tuple(sorted(found, key=lambda one: rules.index(one.rule.ma)))

    def number_requests(self, without: Collection[int] = ()) -> tuple[NumberRequest, ...]:
        """The numbers these letters need, in order: their own, those of the letters they cite, and those of copies.

        ``without`` are the positions of letters that take no number now; a number they share with others stays.

        Raises:
            RegisterError: when a key or a text is none a register can hold.
        """
        needed = self._needed(without)
        by_key: dict[str, list[PlannedLetter]] = {}
        for item in self.whole:
            if key := item.own_number_key:
                by_key.setdefault(key, []).append(item)
        wanted = [(key, items) for key, items in by_key.items() if any(item.position in needed for item in items)]
        if any(tier.dot_gui for tier in self.campaign.cap):
            order = numbering_order(self.campaign.cap)
            wanted.sort(key=lambda one: order[one[1][0].tier.name])
        return tuple(_number_request(key, items) for key, items in wanted)

    def number_keys(self) -> tuple[str, ...]:
        """The keys of all numbers of the plan."""
        return tuple(dict.fromkeys(key for item in self.whole if (key := item.own_number_key)))

    def issued_number_keys(self) -> tuple[str, ...]:
        """The keys of the numbers of letters that were issued."""
        keys = (item.own_number_key for item in self.whole if item.is_sealed)
        return tuple(dict.fromkeys(key for key in keys if key))

    def with_numbers(self, numbers: Mapping[str, int]) -> Plan:
        """This plan with its numbers, by key, and every citation of them filled in.

        Raises:
            CampaignError: when a letter's number is missing or impossible, or a letter cannot be one with it.
        """
        Report.of(self._number_findings(numbers, without=())).raise_errors(CampaignError)
        whole = tuple(_with_numbers(self.whole, numbers, self.campaign))
        wanted = {item.position for item in self.items}
        return replace(self, whole=whole, items=tuple(item for item in whole if item.position in wanted))

    def iter_with_numbers(self, numbers: Mapping[str, int], without: Collection[int] = ()) -> Iterator[PlannedLetter]:
        """``items`` as :meth:`with_numbers` has them, built one by one to save memory.

        The letters at the positions ``without`` may have no number in ``numbers``; their ``so`` is then None.

        Raises:
            CampaignError: as :meth:`with_numbers`; for a letter that cannot be one with its number, when it is reached.
        """
        Report.of(self._number_findings(numbers, without)).raise_errors(CampaignError)
        wanted = {item.position for item in self.items}
        return (item for item in _with_numbers(self.whole, numbers, self.campaign) if item.position in wanted)

    def with_same(self, same: Mapping[str, str]) -> Plan:
        """This plan with the keys that its letters have in the register, where ``same`` has another for them.

        ``same`` are keys of recipients that came back under another code, each with the key of their letter. Two
        letters that would have one key are a finding in the report.
        """
        of_tiers = {tier.cap: f"{self.campaign.ma}/{tier.cap}/" for tier in self.campaign.cap}
        keys = ((item, _first_of_same(item.key, same)) for item in self.whole)
        old = {item.key: key for item, key in keys if key != item.key and key.startswith(of_tiers[item.cap])}
        if not old:
            return self
        whole = tuple(_with_key(item, of_tiers[item.cap], old) for item in self.whole)
        wanted = {item.position for item in self.items}
        items = tuple(item for item in whole if item.position in wanted)
        return replace(self, whole=whole, items=items, report=self.report + Report.of(_keys_twice(whole)))

    def iter_as_known(self, numbers: Mapping[str, int]) -> Iterator[PlannedLetter]:
        """All letters of the plan, also those not selected, with the ``numbers`` they have; others stay open."""
        return _with_numbers(self.whole, numbers, self.campaign)

    def citing(self, positions: Collection[int]) -> frozenset[int]:
        """The positions of all letters that cite one of these, directly or through another, and of copies of these."""
        named = {*positions}
        keys = {item.key for item in self.whole if item.position in named}
        found: set[int] = set()
        for item in self.whole:
            cites = item.tier.cites and not named.isdisjoint(item.cited.values())
            if cites or (item.letter.ban_sao and original_key(item) in keys):
                found.add(item.position)
                named.add(item.position)
                keys.add(item.key)
        return frozenset(found)

    def _number_findings(self, numbers: Mapping[str, int], without: Collection[int]) -> Iterator[Finding]:
        needed = self._needed(without)
        for key in dict.fromkeys(item.own_number_key for item in self.whole if item.position in needed):
            if key is None:
                continue
            so = numbers.get(key)
            if so is None:
                yield finding("campaign-number-missing", Place(key=key), khoa=key)
            elif so < 1:
                yield finding("letter-number-impossible", Place(key=key), value=so)

    def _needed(self, without: Collection[int]) -> set[int]:
        """The positions of the selected letters and of those they cite, directly or through another.

        Issued letters need nothing any more.
        """
        left_out = {*without}
        needed = {item.position for item in self.items} - left_out
        for item in reversed(self.whole):
            if item.position in needed and item.tier.cites and not item.is_sealed:
                needed |= {*item.cited.values()} - left_out
        return needed - {item.position for item in self.whole if item.is_sealed}


def _number_request(key: str, items: Sequence[PlannedLetter]) -> NumberRequest:
    """The request for the number these letters share under ``key``."""
    letters, tier = [item.letter for item in items], items[0].tier
    if tier.ban_sao and letters[0].ban_sao:
        return copy_number_request(key, tier.ban_sao, items[0].don_vi, letters)
    return number_request(key, items[0].don_vi, letters)


def _first_of_same(key: str, same: Mapping[str, str]) -> str:
    """The key at the end of a chain of changes."""
    seen = {key}
    while key in same and same[key] not in seen:
        key = same[key]
        seen.add(key)
    return key


def _with_key(item: PlannedLetter, of_tier: str, old: Mapping[str, str]) -> PlannedLetter:
    """The letter, or copy of a letter, under the key ``old`` has for it; ``of_tier`` begins the keys of its tier."""
    now = original_key(item) if item.letter.ban_sao else item.key
    if now not in old:
        return item
    key = old[now] + item.key.removeprefix(now)
    has_own = item.tier.danh_so == "moi_van_ban"
    copy_has_own = item.tier.ban_sao and item.tier.ban_sao.danh_so == "moi_van_ban"
    return item._replace(
        key=key,
        number_key=old[now] if item.number_key and has_own else item.number_key,
        copy_number_key=key if item.copy_number_key and copy_has_own else item.copy_number_key,
        ma=key.removeprefix(of_tier),
    )


def _keys_twice(letters: Iterable[PlannedLetter]) -> Iterator[Finding]:
    first: dict[str, PlannedLetter] = {}
    for item in letters:
        if (other := first.setdefault(item.key, item)) is not item and not item.letter.ban_sao:
            values = {"cap": item.cap, "ma": item.ma, "first": other.recipients[0].place}
            yield finding("campaign-letter-twice", item.recipients[0].place_of("ma"), **values)


def original_key(copy: PlannedLetter) -> str:
    """The key of the letter that ``copy`` is a copy of."""
    return copy.key.rpartition("/")[0]


def _with_numbers(
    letters: Iterable[PlannedLetter], numbers: Mapping[str, int], campaign: Campaign
) -> Iterator[PlannedLetter]:
    """All letters of ``campaign`` in order, each with its number and citing the earlier ones with theirs.

    Raises:
        CampaignError: for a letter that cannot be one with its number, when it is reached.
    """
    citations = Citations()
    for _, of_tier in groupby(letters, key=lambda item: item.tier.name):
        builder: LetterBuilder | None = None
        before: Letter | None = None
        for one in of_tier:
            item = one
            builder = builder or LetterBuilder(item.tier)
            if item.revise and before:
                item = item._replace(letter=item.revise(before))
            fields = FrozenFields(citations.of(item.cited), item.letter.truong) if item.cited else item.letter.truong
            so = numbers.get(item.number_key or "", item.letter.so if item.letter.ban_sao else None)
            letter = _with_number(item, fields, so, builder)
            if item.copy_number_key and letter.ban_sao:
                copy = letter.ban_sao.model_copy(update={"so": numbers.get(item.copy_number_key)})
                letter = letter.model_copy(update={"ban_sao": copy})
            if item.cap != campaign.cap[-1].cap:  # the last tier has most letters, and no letter cites them
                citations.add(item.position, item.tier, item.don_vi, item.past.letter if item.past else letter)
            before = before if item.is_notice else letter
            yield item._replace(letter=letter)


def _with_number(item: PlannedLetter, fields: Mapping[str, Any], so: int | None, builder: LetterBuilder) -> Letter:
    """The letter with its number, dated as it is; built anew only where its own lines cite another."""
    if not item.tier.lines_cite or item.is_notice:
        return item.letter.model_copy(update={"so": so, "truong": fields})
    inputs = LetterInputs(item.ma, item.don_vi, item.recipients, fields, {})
    letter = builder.build(inputs, so)
    if item.letter.ban_sao:
        letter = builder.build_copy(inputs, letter)
    if letter is None:
        raise CampaignError(Report.of(builder.diagnostics.refusals(item.key)))
    if item.tier.hom_nay:
        letter = _with_dates_of(item.letter, letter)
    return letter.model_copy(update={**item.changes}) if item.changes else letter


def _with_dates_of(planned: Letter, built: Letter) -> Letter:
    """``built`` with the dates of ``planned``: those of its tier are of letters without a number."""
    parts: dict[str, Any] = {"ngay": planned.ngay}
    if built.ban_sao and planned.ban_sao:
        parts["ban_sao"] = built.ban_sao.model_copy(update={"ngay": planned.ban_sao.ngay})
    return built.model_copy(update=parts)
