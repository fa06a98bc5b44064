"""Days typed into texts that are no days of the plan: with another month of effect they would stay as they are."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

from congvan.campaign.model import Campaign
from congvan.campaign.regulation.judging import judge
from congvan.campaign.regulation.works import Works
from congvan.campaign.rules.spelling import OfficeText
from congvan.errors import TextError
from congvan.findings import Finding, finding
from congvan.letter import IssueDate
from congvan.text.dates import month_text, parse_date

_DAY: Final = re.compile(r"\b\d{1,2}[/.-]\d{1,2}[/.-]\d{4}\b|\bngày \d{1,2} tháng \d{1,2} năm \d{4}\b", re.IGNORECASE)
_FROM_MONTH: Final = re.compile(r"\btừ tháng (?P<month>\d{1,2})(?: năm |/)(?P<year>\d{4})\b", re.IGNORECASE)
_OF_A_DOCUMENT: Final = re.compile(r"\bsố\s+\S*/\S+\s*,?\s*(?:ngày\s*)?$", re.IGNORECASE)
_AFTER: Final = timedelta(days=62)


@dataclass(frozen=True, slots=True)
class PlannedDays:
    """The days of a campaign, each with the field that says it, from its first to two months after T."""

    fields: Mapping[date, str]
    first: date
    month: tuple[int, int]

    @property
    def last(self) -> date:
        """The last day that a text may mean as one of the campaign."""
        return date(*self.month, 1) + _AFTER

    def nearest(self, day: date) -> date:
        """The planned day nearest to ``day``."""
        return min(self.fields, key=lambda known: abs((known - day).days))


def planned_days(campaign: Campaign) -> PlannedDays | None:
    """The days of ``campaign``; None where nothing takes effect."""
    if campaign.first_day is None or campaign.thang_thuc_hien is None:
        return None
    fields = {campaign.first_day: "dot.ngay_thuc_hien"}
    for work in Works(campaign):
        days = [day.day for day in work.days if day.day]
        fields |= dict.fromkeys(days[1:], f"lich.{work.viec}.den")
        fields |= dict.fromkeys(days[:1], f"lich.{work.viec}.ngay")
    for one in judge(campaign):
        for limit in filter(None, (one.mem, one.cung)):
            fields.setdefault(limit, f"han.{one.rule.viec[0]}" if one.rule.viec else f"han.{one.rule.ma}")
    if campaign.chap_thuan and campaign.chap_thuan.ngay.day:
        fields[campaign.chap_thuan.ngay.day] = "dot.chap_thuan.ngay"
    fields |= {flag.ngay: f"da_xong.{flag.ma}" for flag in campaign.da_xong if flag.ngay and flag.ngay not in fields}
    return PlannedDays(fields, min(fields), campaign.thang_thuc_hien)


def typed_date_findings(texts: Iterable[OfficeText], days: PlannedDays) -> Iterator[Finding]:
    """Every day and month of effect in ``texts`` that contradicts the plan; days of other documents are theirs."""
    for place, text in texts:
        for number, line in enumerate(text.splitlines(), start=1):
            at = replace(place, line=number) if place.file and place.key is None else place
            for code, values in _contradictions(line, days):
                yield finding(code, at, **values)


def _contradictions(line: str, days: PlannedDays) -> Iterator[tuple[str, dict[str, str]]]:
    thang = month_text(*days.month)
    for match in _DAY.finditer(line):
        day = _day(match[0])
        is_cited = _OF_A_DOCUMENT.search(line[: match.start()])
        if day is None or is_cited or day in days.fields or not days.first <= day <= days.last:
            continue
        near = days.nearest(day)
        values = {"typed": match[0], "field": days.fields[near], "now": IssueDate.of(near).ngan}
        yield "rule-date-typed", {**values, "thang": thang}
    for match in _FROM_MONTH.finditer(line):
        typed = (int(match["year"]), int(match["month"]))
        in_time = (days.first.year, days.first.month) <= typed <= (days.last.year, days.last.month)
        if in_time and typed != days.month:
            yield "rule-month-typed", {"typed": match[0], "thang": thang}


def _day(text: str) -> date | None:
    try:
        return parse_date(text)
    except TextError:
        return None
