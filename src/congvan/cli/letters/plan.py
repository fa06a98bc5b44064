"""``congvan plan``: letters and other works in order, numbers, days to spare, rules; takes no number."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from congvan.cli.app import app
from congvan.cli.language import tr
from congvan.cli.messages import echo, echo_json, echo_next, echo_report, findings_json
from congvan.cli.options import (
    AllowedDatabaseNames,
    OfficeFolder,
    RecipientLists,
    ShowValues,
    TodayOption,
    keep,
    planned,
)
from congvan.cli.options import today as day_in_vietnam
from congvan.cli.values import whole_number

if TYPE_CHECKING:
    from congvan.campaign import Campaign
    from congvan.campaign.regulation.timetable import TimetableRow


@app.command(help="Liệt kê văn bản theo thứ tự, số sẽ lấy, lịch các việc, hạn và quy tắc; không ghi gì vào sổ.")
def plan(
    campaign: Annotated[Path, typer.Argument(metavar="CAMPAIGN.yaml")],
    only: Annotated[
        str | None,
        typer.Option(
            "--only",
            "--chi",
            metavar="TIERS",
            help="Chỉ các cấp (đợt gửi) này, ví dụ tinh,thon.bo-sung-1.",
        ),
    ] = None,
    limit: Annotated[
        int | None,
        typer.Option(
            "--limit",
            "--toi-da",
            parser=whole_number,
            metavar="N",
            help="Nhiều nhất bấy nhiêu văn bản mỗi cấp.",
        ),
    ] = None,
    register: Annotated[
        str | None, typer.Option("--register", metavar="FILE|URL", help="Sổ đăng ký: tệp SQLite hoặc postgresql://…")
    ] = None,
    recipients: RecipientLists = None,
    allow_database: AllowedDatabaseNames = None,
    office: OfficeFolder = None,
    today: TodayOption = None,
    ics: Annotated[
        Path | None,
        typer.Option("--ics", metavar="FILE", help="Ghi lịch các việc và hạn ra tệp .ics, để nhập vào lịch làm việc."),
    ] = None,
    gantt: Annotated[
        Path | None, typer.Option("--gantt", metavar="FILE", help="Vẽ tiến độ ra tệp .svg hoặc .png.")
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Ghi đè tệp đã có.")] = False,
    show_values: ShowValues = False,  # noqa: ARG001  # heeded by every message
    as_json: Annotated[bool, typer.Option("--json", help="In kết quả dạng JSON.")] = False,
) -> int:
    from congvan.campaign.regulation.timetable import timetable
    from congvan.cli.letters.plan_report import judgement_line, judgement_values, work_line, work_values
    from congvan.run import preview_numbers

    unnumbered, book = planned(campaign, register, recipients, allow_database, office, only, limit)
    letters = preview_numbers(unnumbered, book.where)
    day = today or day_in_vietnam()
    judged = letters.judgements()
    works = timetable(letters.campaign, judged)
    _write(works, letters.campaign, ics, gantt, force=force)
    echo_report(letters.report)
    if as_json:
        echo_json(
            {
                "dot": {"ma": letters.campaign.ma, "ten": letters.campaign.ten},
                "so_dang_ky": book.as_dict(),
                "van_ban": [_letter(item) for item in letters.items],
                "hom_nay": day.isoformat(),
                "viec": [work_values(work, day) for work in works],
                "quy_tac": [judgement_values(one, day) for one in judged],
                "findings": findings_json(letters.report),
            }
        )
        return 0
    width = max((6, *(len(item.tier.name) for item in letters.items)))
    for item in letters.items:
        document = item.document
        addressee = document.nguoi_nhan[0] if document.nguoi_nhan else document.noi_nhan[0]
        more = f" (+{len(document.nguoi_nhan) - 1})" if len(document.nguoi_nhan) > 1 else ""
        number = f"{item.position:>5}  {item.tier.name:<{width}} {document.so_ky_hieu.strip():<20}"
        echo(f"{number} {document.ngay.ngan:<10}  {addressee}{more}")
    for work in works:
        echo(work_line(work, day))
    for one in judged:
        echo(judgement_line(one, day))
    file = campaign.as_posix()
    echo_next(
        tr(
            f"Xem bản in: congvan render {file} --preview; tạo và lấy số: congvan render {file}",
            f"See them in print: congvan render {file} --preview; make and number them: congvan render {file}",
        )
    )
    return 0


def _write(
    works: Sequence[TimetableRow], campaign: Campaign, ics: Path | None, gantt: Path | None, *, force: bool
) -> None:
    """The calendar file and the chart that were asked for."""
    from congvan.support.files import write_whole

    for path in filter(None, (ics, gantt)):
        keep(path, force=force)
    if ics:
        from congvan.office.calendar.calendar_file import calendar_file

        write_whole(ics, calendar_file(works, campaign))
    if gantt and gantt.suffix.lower() not in (".svg", ".png"):
        raise typer.BadParameter(str(gantt), param_hint="--gantt *.svg | *.png")
    if gantt:
        from congvan.office.calendar.gantt_chart import gantt_chart

        write_whole(gantt, gantt_chart(works, campaign, "svg" if gantt.suffix.lower() == ".svg" else "png"))


def _letter(item: Any) -> dict[str, Any]:
    document = item.document
    return {
        "thu_tu": item.position,
        "cap": item.cap,
        "dot_gui": item.tier.dot_gui or "",
        "ma": item.ma,
        "co_quan": document.co_quan,
        "so": document.so,
        "ky_hieu": document.ky_hieu,
        "ngay": str(document.ngay),
        "loai": item.loai,
        "trich_yeu": item.letter.trich_yeu,
        "kinh_gui": list(document.nguoi_nhan),
    }
