"""``congvan status``: the book in use, and how far the letters of each tier are; writes nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from congvan.cli.app import app
from congvan.cli.language import tr
from congvan.cli.messages import echo, echo_json, echo_report
from congvan.cli.options import (
    BOOK,
    AllowedDatabaseNames,
    OfficeFolder,
    RecipientLists,
    ShowValues,
    TodayOption,
    book_here,
    planned,
)
from congvan.cli.options import today as day_in_vietnam

if TYPE_CHECKING:
    from congvan.campaign import Plan
    from congvan.campaign.book import BookInUse
    from congvan.cli.letters.tier_states import TierStates


@app.command(help="Sổ đang dùng; mỗi cấp có bao nhiêu văn bản dự kiến, đã cấp số, đã ban hành, hủy; không ghi gì.")
def status(
    campaign: Annotated[
        Path | None, typer.Argument(metavar="[CAMPAIGN.yaml]", help="Bỏ trống: mọi đợt trong sổ của thư mục này.")
    ] = None,
    register: Annotated[
        str | None, typer.Option("--register", metavar="FILE|URL", help="Sổ đăng ký: tệp SQLite hoặc postgresql://…")
    ] = None,
    recipients: RecipientLists = None,
    allow_database: AllowedDatabaseNames = None,
    office: OfficeFolder = None,
    today: TodayOption = None,
    show_values: ShowValues = False,  # noqa: ARG001  # heeded by every message
    as_json: Annotated[bool, typer.Option("--json", help="In kết quả dạng JSON.")] = False,
) -> int:
    plan: Plan | None = None
    if campaign is None:
        book, states = _of_book(register)
    else:
        plan, book = planned(campaign, register, recipients, allow_database, office)
        states = _of_plan(plan, book)
    day = today or day_in_vietnam()
    if as_json:
        campaigns = [{"ma": ma, "cap": [tier.as_dict() for tier in tiers]} for ma, tiers in states.items()]
        works = {"hom_nay": day.isoformat(), "viec": _works_as_dicts(plan, states, day)} if plan else {}
        echo_json({"so_dang_ky": book.as_dict(), "dot": campaigns, **works})
        return 0
    for ma, tiers in states.items():
        echo(ma)
        for tier in tiers:
            echo(f"  {tier.cap}: {_counts(tier)}")
    if plan:
        _echo_works(plan, states, day)
    if not states:
        echo(tr("Sổ chưa có số nào.", "The book has no numbers yet."))
    return 0


def _of_plan(plan: Plan, book: BookInUse) -> Mapping[str, Sequence[TierStates]]:
    from congvan.cli.letters.tier_states import tier_states
    from congvan.register import Register

    ma = plan.campaign.ma
    with Register.open(book.where) as opened:
        return {ma: tier_states(plan, opened.entries_of(ma), opened.letters.of_campaign(ma).values())}


def _echo_works(plan: Plan, states: Mapping[str, Sequence[TierStates]], today: date) -> None:
    """The timetable against today, and every rule that is not kept."""
    from congvan.campaign import Verdict
    from congvan.campaign.regulation.timetable import timetable
    from congvan.cli.letters.plan_report import judgement_line, status_line

    judged = plan.judgements()
    by_cap = {tier.cap: tier for tier in states[plan.campaign.ma]}
    for row in timetable(plan.campaign, judged):
        echo(status_line(row, by_cap.get(row.work.name), today))
    for one in judged:
        if one.verdict not in (Verdict.KEPT, Verdict.IDLE):
            echo(judgement_line(one, today))


def _works_as_dicts(
    plan: Plan, states: Mapping[str, Sequence[TierStates]], today: date
) -> Sequence[Mapping[str, object]]:
    from congvan.campaign.regulation.timetable import timetable
    from congvan.cli.letters.plan_report import is_late, work_values

    by_cap = {tier.cap: tier for tier in states[plan.campaign.ma]}
    rows = timetable(plan.campaign, plan.judgements())
    return [{**work_values(row, today), "tre": is_late(row, by_cap.get(row.work.name), today)} for row in rows]


def _of_book(register: str | None) -> tuple[BookInUse, Mapping[str, Sequence[TierStates]]]:
    from congvan.campaign import office_of
    from congvan.campaign.book import BookInUse
    from congvan.cli.letters.tier_states import campaigns_in_book
    from congvan.findings import Report
    from congvan.register import Register

    where, (around, _) = register or book_here(BOOK), office_of(Path())
    is_of_office = around is not None and around.book in (where, Path(where).absolute())
    book = BookInUse(where, around if is_of_office else None, is_chosen=bool(register))
    echo_report(Report((book.note,)))
    with Register.open(book.where) as opened:
        return book, campaigns_in_book(opened.entries())


def _counts(tier: TierStates) -> str:
    from congvan.register.trail_sentences import state_name

    parts = []
    if tier.planned is not None:
        parts.append(tr(f"{tier.planned} dự kiến", f"{tier.planned} planned"))
        parts.append(tr(f"{tier.without_number} chưa có số", f"{tier.without_number} without a number"))
    parts += [f"{count} {state_name(state)}" for state, count in sorted(tier.states.items())]
    parts += [f"{count} {state_name(state)}" for state, count in tier.fates.items()]
    if tier.delivered:
        parts.append(tr(f"{tier.delivered} đã gửi", f"{tier.delivered} delivered"))
    if tier.unplanned:
        parts.append(tr(f"{tier.unplanned} không còn trong danh sách", f"{tier.unplanned} no longer in the list"))
    return ", ".join(parts)
