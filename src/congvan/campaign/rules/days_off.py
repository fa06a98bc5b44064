"""Dates against the calendar of working days: letters dated on a day off, and days an office counts in two ways."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Final

from congvan.campaign.model import DeadlineSetting
from congvan.campaign.rules.order import DatedTier
from congvan.decree.working_days import (
    Cause,
    DayOff,
    OfficeDays,
    day_off,
    known_years,
    working_day_after,
    working_day_before,
)
from congvan.findings import Finding, Place, finding
from congvan.letter import IssueDate

_SATURDAY: Final = 5
_CODES: Final = {
    Cause.HOLIDAY: "campaign-date-on-holiday",
    Cause.IN_LIEU: "campaign-date-on-day-in-lieu",
    Cause.EXCHANGE: "campaign-date-on-exchanged-day",
    Cause.OFFICE: "campaign-date-on-office-day-off",
}


def office_days(setting: DeadlineSetting) -> OfficeDays:
    """The days an office adds to the calendar."""
    return OfficeDays(setting.ngay_nghi, setting.ngay_lam_bu)


def day_off_findings(tiers: Iterable[DatedTier], additions: OfficeDays) -> Iterator[Finding]:
    """Tiers dated on a day off, with the nearest working days; a date with blanks, or a working day, is none."""
    for tier in tiers:
        day = tier.ngay.day if tier.ngay else None
        if day is None:
            continue
        if found := day_off(day, additions):
            yield finding(_code(found), tier.ngay_place, cap=tier.cap, **_values(found, additions))
        elif day.year not in known_years():
            years = known_years()
            values = {"ngay": _text(day), "nam": day.year, "dau": years[0], "cuoi": years[-1]}
            yield finding("campaign-date-outside-calendar", tier.ngay_place, cap=tier.cap, **values)


def office_day_findings(additions: OfficeDays, place: Place) -> Iterator[Finding]:
    """Days that are both off and worked; ``place`` is where they are written."""
    for day in sorted(additions.ngay_nghi & additions.ngay_lam_bu):
        yield finding("campaign-day-off-and-worked", place, ngay=_text(day))


def _code(found: DayOff) -> str:
    if found.is_estimated:
        return "campaign-date-on-estimated-holiday"
    if found.cause is Cause.WEEKEND:
        return "campaign-date-on-saturday" if found.day.weekday() == _SATURDAY else "campaign-date-on-sunday"
    return _CODES[found.cause]


def _values(found: DayOff, additions: OfficeDays) -> dict[str, str]:
    before, after = working_day_before(found.day, additions), working_day_after(found.day, additions)
    return {
        "ngay": _text(found.day),
        "ten": found.ten,
        "lam_bu": _text(found.lam_bu),
        "truoc": _text(before),
        "sau": _text(after),
    }


def _text(day: date | None) -> str:
    return IssueDate.of(day).ngan if day else "—"
