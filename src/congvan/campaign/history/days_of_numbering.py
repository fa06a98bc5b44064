"""The dates of letters with ``ngay: hom-nay``: the day the register keeps with the number, or else today.

A plan knows no register and is made with today. It is dated anew once the register has said which of its letters have
their numbers already, and only then can the rules about dates be held against it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from congvan.campaign.model import Campaign, CampaignTier
from congvan.campaign.planning.plan import Plan, PlannedLetter
from congvan.campaign.regulation.judging import rule_findings
from congvan.campaign.rules.days_off import day_off_findings, office_days
from congvan.campaign.rules.order import DatedTier, campaign_order_findings
from congvan.findings import Finding, Report, finding
from congvan.letter import IssueDate, Letter


def keys_dated_by_number(plan: Plan) -> tuple[str, ...]:
    """The keys of the numbers whose day is the date of a letter of ``plan``; none without ``ngay: hom-nay``."""
    keys = (item.number_key for item in plan.whole if item.tier.hom_nay)
    return tuple(dict.fromkeys(key for key in keys if key))


def with_dates_of_numbers(plan: Plan, known: Mapping[str, date]) -> Plan:
    """``plan`` with the dates ``known`` to the register, by number key; other letters keep theirs, which is today.

    Its report also has what stands against these dates: errors, where one breaks the order or a deadline or comes
    before the approval, and warnings.
    """
    if not any(tier.hom_nay for tier in plan.campaign.cap):
        return plan
    whole = tuple(_dated(item, known) for item in plan.whole)
    report = plan.report + Report.of(_date_findings(plan.campaign, whole))
    wanted = {item.position for item in plan.items}
    items = tuple(item for item in whole if item.position in wanted)
    return Plan(_with_dates(plan.campaign, _dates(whole, max)), items, whole, report)


def _dated(item: PlannedLetter, known: Mapping[str, date]) -> PlannedLetter:
    day = known.get(item.number_key or "") if item.tier.hom_nay else None
    return item._replace(letter=_of_day(item.letter, IssueDate.of(day))) if day else item


def _of_day(letter: Letter, ngay: IssueDate) -> Letter:
    """``letter`` of another day; a copy of it that has only its year keeps the letter's."""
    parts: dict[str, Any] = {"ngay": ngay}
    if (copy := letter.ban_sao) and copy.ngay.thang is None:
        parts["ban_sao"] = copy.model_copy(update={"ngay": IssueDate(ngay.nam)})
    return letter.model_copy(update=parts)


def _dates(letters: Iterable[PlannedLetter], choose: Callable[[Iterable[date]], date]) -> Mapping[str, IssueDate]:
    """The first (``min``) or the last (``max``) day of the letters of each tier that is dated by its numbers."""
    days: dict[str, list[date]] = {}
    for item in letters:
        if item.tier.hom_nay:
            days.setdefault(item.cap, []).append(item.letter.ngay.earliest)
    return {cap: IssueDate.of(choose(of_tier)) for cap, of_tier in days.items()}


def _with_dates(campaign: Campaign, dates: Mapping[str, IssueDate]) -> Campaign:
    return replace(campaign, cap=tuple(replace(one, ngay=dates.get(one.cap, one.ngay)) for one in campaign.cap))


def _date_findings(campaign: Campaign, letters: Sequence[PlannedLetter]) -> list[Finding]:
    """What the rules say of tiers dated by their numbers; those with dates of their own were judged when loaded."""
    last = _dates(letters, max)
    found = list(campaign_order_findings(_judged(campaign, _dates(letters, min))))
    seen = {(one.values["cap"], one.values.get("truoc")) for one in found}
    found += [one for one in _citing_findings(letters) if (one.values["cap"], one.values["truoc"]) not in seen]
    found += _copy_findings(letters)
    found += _newly_broken(campaign, _judged(campaign, last))
    return [*found, *day_off_findings(_days(letters), office_days(campaign.thoi_han))]


def _newly_broken(before: Campaign, now: Campaign) -> Iterator[Finding]:
    """Rules that are broken now that the days are known."""
    known = {(one.code, one.place, *one.values.values()) for one in rule_findings(before)}
    yield from (one for one in rule_findings(now) if (one.code, one.place, *one.values.values()) not in known)


def _judged(campaign: Campaign, dates: Mapping[str, IssueDate]) -> Campaign:
    """``campaign`` as if ``dates`` stood in its file, so that the rules of dates hold for it."""
    dated = _with_dates(campaign, dates)
    return replace(dated, cap=tuple(replace(one, hom_nay=False) for one in dated.cap))


def _citing_findings(letters: Sequence[PlannedLetter]) -> Iterator[Finding]:
    """Letters dated before one they cite, one finding for a tier and an earlier one."""
    by_position = {item.position: item for item in letters}
    seen: set[tuple[str, str]] = set()
    for item in letters:
        for cap, position in item.cited.items():
            cited = by_position[position]
            is_dated_later = item.tier.hom_nay or cited.tier.hom_nay
            if is_dated_later and (item.cap, cap) not in seen and item.letter.ngay.surely_before(cited.letter.ngay):
                seen.add((item.cap, cap))
                values = {"cap": item.cap, "ngay": item.letter.ngay.ngan, "truoc": cap}
                place = item.tier.place_of("ngay")
                yield finding("campaign-date-backwards", place, **values, ngay_truoc=cited.letter.ngay.ngan)


def _copy_findings(letters: Iterable[PlannedLetter]) -> Iterator[Finding]:
    """Copies dated before their letters, one finding a tier."""
    seen: set[str] = set()
    for item in letters:
        copy, issued = item.letter.ban_sao, item.letter.ngay
        if item.tier.hom_nay and copy and item.cap not in seen and copy.ngay.surely_before(issued):
            seen.add(item.cap)
            values = {"ngay": copy.ngay.ngan, "ngay_van_ban": issued.ngan}
            yield finding("campaign-copy-before-letter", item.tier.place_of("ban_sao"), **values)


def _days(letters: Iterable[PlannedLetter]) -> list[DatedTier]:
    """Every day on which letters of a tier are numbered."""
    days = dict.fromkeys((item.cap, item.letter.ngay) for item in letters if item.tier.hom_nay)
    tiers: dict[str, CampaignTier] = {item.cap: item.tier for item in letters}
    return [DatedTier(cap, ngay, tiers[cap].place_of("cap"), tiers[cap].place_of("ngay")) for cap, ngay in days]
