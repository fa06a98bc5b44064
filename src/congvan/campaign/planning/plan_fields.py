"""Fields of the plan that texts may use: limits (``han``), days of works (``lich``), the timetable, messages.

A text that says a day by such a field follows the plan: with another month of effect it says another day.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, Final

from congvan.campaign.model import Campaign, CampaignTier
from congvan.campaign.planning.messages import message_fields
from congvan.campaign.regulation.judgement import Judgement
from congvan.campaign.regulation.judging import judge
from congvan.campaign.regulation.timetable import timetable
from congvan.campaign.regulation.works import Work, Works
from congvan.letter import IssueDate
from congvan.text.dates import month_text
from congvan.text.fields.pattern import Values, field_names

PLAN_GROUPS: Final = ("han", "lich", "tien_do", "tin_nhan")
"""Names of the fields of the plan."""


def asked_of_plan(tier: CampaignTier) -> tuple[str, ...]:
    """The fields of the plan that texts of ``tier`` use; a template of the office's own may use any."""
    if tier.mau:
        return PLAN_GROUPS
    texts = [text for text in (*tier.lines, *tier.bodies) if "{" in text]
    names = {name for text in texts if any(group in text for group in PLAN_GROUPS) for name in field_names(text)}
    return tuple(group for group in PLAN_GROUPS if group in names)


def plan_fields(campaign: Campaign, of_campaign: Mapping[str, Any]) -> dict[str, Any]:
    """All fields of the plan; ``of_campaign`` are those that texts of messages may use besides."""
    works = Works(campaign)
    judgements = judge(campaign)
    fields: dict[str, Any] = {
        "han": _limits(judgements),
        "lich": _days(works),
        "tien_do": _timetable(campaign, judgements),
    }
    return {**fields, "tin_nhan": message_fields(campaign, {**of_campaign, **fields})}


def _limits(judgements: Iterable[Judgement]) -> Values:
    """By work and by rule: the earliest last day. A limit that each recipient has of its own is none of the plan's."""
    limits: dict[str, date] = {}
    for one in judgements:
        counted = (one.reading.cham_nhat, one.reading.nen_xong)
        if any(words and not words.is_of_campaign for words in counted):
            continue
        for name in (*one.rule.viec, one.rule.ma):
            if one.limit:
                limits[name] = min(one.limit, limits.get(name, one.limit))
    return Values("han", {name: IssueDate.of(day).ngan for name, day in limits.items()})


def _days(works: Works) -> Values:
    found: dict[str, Values] = {}
    for work in works:
        for name in dict.fromkeys((work.viec, work.name)):
            if work.days and not work.is_later_round and not work.is_dated_later:
                found.setdefault(name, Values(f"lich.{name}", _of_work(work)))
    return Values("lich", found)


def _of_work(work: Work) -> dict[str, Any]:
    first, last = work.days[0], work.days[-1]
    values: dict[str, Any] = {
        "ngay": first.ngan,
        "ngay_dai": first.dai,
        "tu": first.ngan,
        "den": last.ngan,
        "khoang": _span(work),
        "cac_ngay": tuple(day.ngan for day in work.days),
        "so_ngay": len(work.days),
        "moi_ngay": work.moi_ngay,
        "so_lan": len(work.days) * work.moi_ngay,
    }
    if first.nam and first.thang:
        values["thang"] = month_text(first.nam, first.thang)
    if work.gio:
        values["gio"] = ", ".join(work.gio)
    return values


def _span(work: Work) -> str:
    first, last = work.days[0], work.days[-1]
    return first.ngan if first == last else f"{first.ngan} - {last.ngan}"


def _timetable(campaign: Campaign, judgements: Sequence[Judgement]) -> tuple[Values, ...]:
    """Every work with its days, in their order."""
    dated = [row for row in timetable(campaign, judgements) if row.work.days and not row.work.is_dated_later]
    rows = [{"viec": row.ten, "ngay": _span(row.work), "ma": row.work.name} for row in dated]
    return tuple(Values("tien_do", {"stt": index, **row}) for index, row in enumerate(rows, start=1))
