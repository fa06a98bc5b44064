"""By when a tier's letters should be dated, counted back from the month the campaign takes effect.

T is the first day of that month. District letters are due "at the latest 01-02 months right before the
month" (rule L2): read strictly (``chat``), a warning after T - 2 months and an error after T - 1 month; read
loosely (``rong``), any day before T will do. Letters to hamlet heads have no date in the rules; congvan's own
reading is T - 1 month, when the notices are posted (rule L3), and only a warning. Months are calendar months.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final, Literal

from congvan.campaign.model import Campaign, DeadlineReading, DeadlineSetting, round_name
from congvan.campaign.rules.days_off import office_days
from congvan.decree.working_days import day_off, working_day_before
from congvan.findings import Finding, Place, finding
from congvan.letter import IssueDate
from congvan.text.dates import months_before

Rule = Literal["L2", "L3"]
_NEAR: Final = {"L2": "campaign-deadline-near", "L3": "campaign-deadline-hamlets"}


class DeadlineStatus(StrEnum):
    """A tier's date compared with its deadlines."""

    MET = "met"
    NEAR = "near"
    MISSED = "missed"
    OPEN = "open"


@dataclass(frozen=True, slots=True)
class Deadline:
    """One tier's deadline: after ``soft`` a warning, after ``hard`` an error; either may be None.

    ``rule`` is the rule of the campaign, ``reading`` how it was read, ``ngay`` the tier's date. A later round of the
    tier, ``dot_gui``, has the tier's deadline and its own date; it is late by its nature, and that stops nothing.
    """

    rule: Rule
    cap: str
    ngay: IssueDate
    soft: date | None
    hard: date | None
    reading: DeadlineReading
    dot_gui: str | None = None

    @property
    def name(self) -> str:
        """The tier, or its round: ``thon``, ``thon.bo-sung-1``."""
        return round_name(self.cap, self.dot_gui)

    @property
    def status(self) -> DeadlineStatus:
        """``OPEN`` while the blanks of the tier's date leave it open."""
        if self.hard and self.ngay.earliest > self.hard:
            return DeadlineStatus.MISSED
        if self.soft and self.ngay.earliest > self.soft:
            return DeadlineStatus.NEAR
        if any(limit and self.ngay.latest > limit for limit in (self.soft, self.hard)):
            return DeadlineStatus.OPEN
        return DeadlineStatus.MET

    def findings(self, place: Place) -> Iterator[Finding]:
        """A finding when the date is late."""
        codes = {DeadlineStatus.MISSED: "campaign-deadline-missed", DeadlineStatus.NEAR: _NEAR[self.rule]}
        if code := codes.get(self.status):
            limits = {"mem": _text(self.soft), "cung": _text(self.hard)}
            code = "campaign-deadline-of-round" if self.dot_gui else code
            yield finding(code, place, cap=self.name, ngay=self.ngay.ngan, cach=self.reading, **limits)


def deadlines(campaign: Campaign) -> tuple[Deadline, ...]:
    """The deadline of every tier that has one; none in a campaign without ``thang_thuc_hien``."""
    setting = campaign.thoi_han
    if campaign.thang_thuc_hien is None or setting.cach_tinh == "khong":
        return ()
    first = date(*campaign.thang_thuc_hien, 1)
    found: list[Deadline] = []
    for tier in campaign.cap:
        if rule := _rule(tier.cap, campaign.he_thong_cap):
            soft, hard = (_working_day(limit, setting) for limit in _limits(rule, first, setting.cach_tinh))
            found.append(Deadline(rule, tier.cap, tier.ngay, soft, hard, setting.cach_tinh, tier.dot_gui))
    return tuple(found)


def deadline_findings(campaign: Campaign) -> Iterator[Finding]:
    """Every tier that is dated late; one dated when it is numbered has no date yet."""
    dated = {tier.name: tier.place_of("ngay") for tier in campaign.cap if not tier.hom_nay}
    for deadline in deadlines(campaign):
        if place := dated.get(deadline.name):
            yield from deadline.findings(place)


def _rule(cap: str, scheme: tuple[str, ...]) -> Rule | None:
    """Since July 2025 there is no district tier, and the commune receives what went to the district."""
    if cap == "huyen" or (cap == "xa" and "huyen" not in scheme):
        return "L2"
    return "L3" if cap == "thon" else None


def _limits(rule: Rule, first: date, reading: DeadlineReading) -> tuple[date | None, date | None]:
    if rule == "L3":
        return months_before(first, 1), None
    if reading == "rong":
        return None, first - timedelta(days=1)
    return months_before(first, 2), months_before(first, 1)


def _working_day(day: date | None, setting: DeadlineSetting) -> date | None:
    """``day``, or the working day before it where deadlines move."""
    additions = office_days(setting)
    if day and setting.lui_ve_ngay_lam_viec and day_off(day, additions):
        return working_day_before(day, additions)
    return day


def _text(day: date | None) -> str:
    return IssueDate.of(day).ngan if day else "—"
