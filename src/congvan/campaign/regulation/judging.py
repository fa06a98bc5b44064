"""Holds a campaign against its rules: every rule, every work it is about."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

from congvan.campaign.model import Campaign
from congvan.campaign.regulation.day_words import DayWords
from congvan.campaign.regulation.judgement import Judgement, Verdict
from congvan.campaign.regulation.recipient_days import recipient_judgements
from congvan.campaign.regulation.rule import APPROVAL, Reading, Rule, RuleKind
from congvan.campaign.regulation.works import Work, Works, called
from congvan.campaign.rules.days_off import office_days
from congvan.decree.working_days import day_off, working_day_before
from congvan.findings import Finding, Place, finding
from congvan.letter import IssueDate


def judge(campaign: Campaign) -> tuple[Judgement, ...]:
    """Every rule of ``campaign`` but those about its area: :mod:`congvan.campaign.area.approved_area` has them."""
    situation = Situation(campaign, Works(campaign))
    found: list[Judgement] = []
    for rule in campaign.quy_tac.quy_tac:
        if rule.ma in campaign.mien_quy_tac:
            found.append(Judgement(rule=rule, verdict=Verdict.WAIVED))
        elif rule.loai in _JUDGES:
            judged = list(_JUDGES[rule.loai](rule, situation))
            found += judged or [Judgement(rule=rule, verdict=Verdict.IDLE, reading=situation.reading(rule))]
    return tuple(found)


def rule_findings(campaign: Campaign) -> Iterator[Finding]:
    """A finding for every rule that is broken; letters dated when they are numbered break none before."""
    dated_later = {tier.name for tier in campaign.cap if tier.hom_nay}
    for one in judge(campaign):
        if one.work not in dated_later:
            yield from one.findings()


@dataclass(frozen=True, slots=True)
class Situation:
    """A campaign and its works, as rules ask for them."""

    campaign: Campaign
    works: Works

    def reading(self, rule: Rule) -> Reading:
        """How the campaign reads a rule: as it says for this one, or for all."""
        return rule.reading(self.campaign.cach_hieu.get(rule.ma, self.campaign.thoi_han.cach_tinh))

    def called(self, work: Work) -> str:
        """A work as people call it."""
        return called(self.campaign.quy_tac, work)

    def day(self, words: DayWords | None) -> date | None:
        """The day that ``words`` mean for the whole campaign, moved off days off where the campaign says so."""
        first, setting = self.campaign.first_day, self.campaign.thoi_han
        if words is None or first is None or not words.is_of_campaign:
            return None
        additions = office_days(setting)
        day = words.day(first, additions)
        if setting.lui_ve_ngay_lam_viec and day_off(day, additions):
            return working_day_before(day, additions)
        return day

    def limits(self, rule: Rule) -> tuple[date | None, date | None]:
        """The day a rule's work should be done by, and the day it must; those of a soft rule are both soft."""
        if self.campaign.thoi_han.cach_tinh == "khong":
            return None, None
        reading = self.reading(rule)
        soft, hard = self.day(reading.nen_xong), self.day(reading.cham_nhat)
        return (soft, hard) if rule.cung else (hard or soft, None)

    def names(self, codes: Sequence[str]) -> str:
        """Works and flags as people call them."""
        return ", ".join(self.campaign.quy_tac.called(code) for code in codes)


def _deadline(rule: Rule, situation: Situation) -> Iterator[Judgement]:
    works = situation.works.first_of(rule.viec)
    if not works:
        yield from _missing(rule, situation)
        return
    reading = situation.reading(rule)
    if any(words and not words.is_of_campaign for words in (reading.cham_nhat, reading.nen_xong)):
        for work in works:
            yield from recipient_judgements(rule, reading, work, situation.called(work), situation.campaign.thoi_han)
        return
    soft, hard = situation.limits(rule)
    if soft or hard:
        yield from (_dated(rule, situation, work, soft, hard) for work in works)


def _dated(rule: Rule, situation: Situation, work: Work, soft: date | None, hard: date | None) -> Judgement:
    """A work held against its deadline."""
    reading = situation.reading(rule)
    day = work.first if reading.tinh_den == "dau" else work.last
    judged = Judgement(
        rule=rule,
        verdict=verdict_of(day, soft, hard),
        reading=reading,
        work=work.name,
        viec=situation.called(work),
        ngay=day,
        mem=soft,
        cung=hard,
        place=work.place,
        is_later_round=work.is_later_round,
    )
    return with_reason(judged)


def verdict_of(day: IssueDate | None, soft: date | None, hard: date | None) -> Verdict:
    """A day against the days by which something should and must be done; blanks of the day may leave it open."""
    if day is None:
        return Verdict.OPEN
    if hard and day.earliest > hard:
        return Verdict.MISSED
    if soft and day.earliest > soft:
        return Verdict.NEAR
    if any(limit and day.latest > limit for limit in (soft, hard)):
        return Verdict.OPEN
    return Verdict.KEPT


def with_reason(judged: Judgement) -> Judgement:
    """A judgement of a deadline with what is wrong and what would be right."""
    if judged.verdict not in (Verdict.MISSED, Verdict.NEAR) or judged.ngay is None:
        return judged
    limit = judged.cung if judged.verdict is Verdict.MISSED else judged.mem
    han = _text(limit)
    why = finding("rule-why-late", viec=judged.viec, name=judged.work, ngay=judged.ngay.ngan, han=han)
    return replace(judged, why=why, right=finding("rule-right-by", han=han, cuoi=_text(judged.cung or limit)))


def _count(rule: Rule, situation: Situation) -> Iterator[Judgement]:
    works = situation.works.first_of(rule.viec)
    if not works:
        yield from _missing(rule, situation)
        return
    days = sorted({day.day for work in works for day in work.days if day.day})
    first = works[0]
    base = Judgement(
        rule=rule, verdict=Verdict.KEPT, reading=situation.reading(rule), work=first.name,
        viec=situation.called(first), ngay=first.last, place=first.place,
    )  # fmt: skip
    wrong = list(_count_reasons(rule, first, situation.called(first), days))
    for why, right in wrong:
        yield replace(base, verdict=Verdict.MISSED, why=why, right=right)
    soft, hard = situation.limits(rule)
    if soft or hard:
        yield from (_dated(rule, situation, work, soft, hard) for work in works)
    elif not wrong:
        yield base


def _count_reasons(rule: Rule, work: Work, viec: str, days: Sequence[date]) -> Iterator[tuple[Finding, Finding]]:
    least = rule.it_nhat or 1
    count = _longest_run(days) if rule.lien_tiep else len(days)
    if count < least:
        values = {"viec": viec, "count": count, "least": least}
        why = "rule-why-few-running" if rule.lien_tiep else "rule-why-few"
        yield finding(why, **values), finding("rule-right-count", more=least - count, **values)
    if rule.moi_ngay and work.moi_ngay < rule.moi_ngay:
        values = {"viec": viec, "count": work.moi_ngay, "least": rule.moi_ngay}
        yield finding("rule-why-few-a-day", **values), finding("rule-right-a-day", **values)


def _longest_run(days: Sequence[date]) -> int:
    """The most days that follow one another."""
    longest = run = 0
    before: date | None = None
    for day in days:
        run = run + 1 if before and (day - before).days == 1 else 1
        longest, before = max(longest, run), day
    return longest


def _condition(rule: Rule, situation: Situation) -> Iterator[Judgement]:
    works = situation.works.all_of(rule.truoc)
    if not works:
        return
    for need in rule.can:
        yield from _needed(rule, situation, need, works)


def _needed(rule: Rule, situation: Situation, need: str, works: Sequence[Work]) -> Iterator[Judgement]:
    """One condition: missing, or met too late for some works, or kept."""
    name = situation.campaign.quy_tac.called(need)
    since = _since(situation.campaign, need)
    base = Judgement(rule=rule, verdict=Verdict.KEPT, viec=name, place=situation.campaign.place_of(_key_of(need)))
    if since is None:
        first = min(works, key=lambda work: work.first.earliest if work.first else date.max)
        why = finding("rule-why-undeclared", viec=name, name=need, before=situation.called(first))
        right = finding(
            "rule-right-declare", name=need, key=_key_of(need), ngay=first.first.ngan if first.first else "—"
        )
        yield replace(base, verdict=Verdict.MISSING, why=why, right=right)
        return
    early = [work for work in works if since.day and work.first and work.first.latest < since.day]
    for work in early:
        values = {"viec": situation.called(work), "ngay": work.first.ngan if work.first else "", "need": name}
        why = finding("rule-why-too-early", since=since.text, **values)
        right = finding("rule-right-from", han=since.text)
        yield replace(
            base, verdict=Verdict.MISSED, work=work.name, ngay=work.first, place=work.place, why=why, right=right
        )
    if not early:
        yield base


@dataclass(frozen=True, slots=True)
class _Since:
    """Since when a condition holds; without a day it simply does."""

    day: date | None

    @property
    def text(self) -> str:
        return _text(self.day)


def _since(campaign: Campaign, need: str) -> _Since | None:
    """Since when the condition ``need`` holds; None where it does not."""
    if need == APPROVAL:
        return _Since(campaign.chap_thuan.ngay.earliest) if campaign.chap_thuan else None
    flag = next((one for one in campaign.da_xong if one.ma == need), None)
    return _Since(flag.ngay) if flag else None


def _key_of(need: str) -> str:
    return APPROVAL if need == APPROVAL else "da_xong"


def _order(rule: Rule, situation: Situation) -> Iterator[Judgement]:
    before, after = situation.works.all_of(rule.truoc), situation.works.all_of(rule.sau)
    if not before or not after:
        yield from _missing(rule, situation)
        return
    for work in after:
        if work.is_later_round:
            continue
        late = next((one for one in before if _is_before(work, one)), None)
        judged = Judgement(
            rule=rule, verdict=Verdict.KEPT, work=work.name, viec=situation.called(work), ngay=work.first,
            place=work.place,
        )  # fmt: skip
        yield _out_of_order(judged, situation, late) if late else judged


def _is_before(work: Work, other: Work) -> bool:
    """Whether ``work`` surely begins before ``other``."""
    return bool(work.first and other.first and work.first.surely_before(other.first))


def _out_of_order(judged: Judgement, situation: Situation, late: Work) -> Judgement:
    ngay = judged.ngay.ngan if judged.ngay else "—"
    han = late.first.ngan if late.first else "—"
    why = finding("rule-why-order", viec=judged.viec, ngay=ngay, before=situation.called(late), since=han)
    return replace(judged, verdict=Verdict.MISSED, why=why, right=finding("rule-right-from", han=han))


def _presence(rule: Rule, situation: Situation) -> Iterator[Judgement]:
    works = situation.works.first_of(rule.viec)
    flag = next((one for one in situation.campaign.da_xong if one.ma in rule.viec), None)
    if not works and flag is None:
        yield from _missing(rule, situation)
        return
    for work in works[:1]:
        yield Judgement(
            rule=rule, verdict=Verdict.KEPT, work=work.name, viec=situation.called(work), ngay=work.last,
            place=work.place,
        )  # fmt: skip
    if not works and flag:
        name = situation.campaign.quy_tac.called(flag.ma)
        ngay = IssueDate.of(flag.ngay) if flag.ngay else None
        yield Judgement(rule=rule, verdict=Verdict.KEPT, work=flag.ma, viec=name, ngay=ngay, place=flag.place)


def _missing(rule: Rule, situation: Situation) -> Iterator[Judgement]:
    """The work is not in the campaign: broken, unless the rule leaves the choice."""
    if rule.tuy_chon:
        return
    works = rule.viec or tuple(name for name in (*rule.truoc, *rule.sau) if not situation.works.all_of([name]))
    soft, hard = situation.limits(rule)
    values: Mapping[str, Any] = {"viec": situation.names(works), "name": " / ".join(works), "han": _text(hard or soft)}
    right = finding("rule-right-add-by" if hard or soft else "rule-right-add", **values)
    yield Judgement(
        rule=rule, verdict=Verdict.MISSING, reading=situation.reading(rule), viec=situation.names(works), mem=soft,
        cung=hard, why=finding("rule-why-missing", **values), right=right, place=_place_of_works(situation.campaign),
    )  # fmt: skip


def _place_of_works(campaign: Campaign) -> Place:
    return campaign.place_of("lich") if "lich" in campaign.places else campaign.place_of("quy_tac")


_JUDGES: Final[Mapping[RuleKind, Callable[[Rule, Situation], Iterator[Judgement]]]] = {
    RuleKind.CONDITION: _condition,
    RuleKind.DEADLINE: _deadline,
    RuleKind.COUNT: _count,
    RuleKind.ORDER: _order,
    RuleKind.PRESENCE: _presence,
}


def _text(day: date | None) -> str:
    return IssueDate.of(day).ngan if day else "—"
