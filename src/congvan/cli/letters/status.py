"""``congvan status``: the book in use, and how far the letters of each tier are; writes nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
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
    book_here,
    planned,
)

if TYPE_CHECKING:
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
    show_values: ShowValues = False,  # noqa: ARG001  # heeded by every message
    as_json: Annotated[bool, typer.Option("--json", help="In kết quả dạng JSON.")] = False,
) -> int:
    if campaign is None:
        book, states = _of_book(register)
    else:
        book, states = _of_campaign(campaign, register, recipients, allow_database, office)
    if as_json:
        campaigns = [{"ma": ma, "cap": [tier.as_dict() for tier in tiers]} for ma, tiers in states.items()]
        echo_json({"so_dang_ky": book.as_dict(), "dot": campaigns})
        return 0
    for ma, tiers in states.items():
        echo(ma)
        for tier in tiers:
            echo(f"  {tier.cap}: {_counts(tier)}")
    if not states:
        echo(tr("Sổ chưa có số nào.", "The book has no numbers yet."))
    return 0


def _of_campaign(
    campaign: Path,
    register: str | None,
    recipients: Sequence[str] | None,
    databases: Sequence[str] | None,
    office: Path | None,
) -> tuple[BookInUse, Mapping[str, Sequence[TierStates]]]:
    from congvan.cli.letters.tier_states import tier_states
    from congvan.register import Register

    plan, book = planned(campaign, register, recipients, databases, office)
    ma = plan.campaign.ma
    with Register.open(book.where) as opened:
        return book, {ma: tier_states(plan, opened.entries_of(ma), opened.letters.of_campaign(ma).values())}


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
