"""``congvan deliver``: what the letters of a run need to leave the office, sorted by issuing body and commune."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from congvan.cli.app import FINDINGS, app
from congvan.cli.language import tr
from congvan.cli.messages import echo, echo_json, echo_report, findings_json
from congvan.cli.options import AllowedDatabaseNames, OfficeFolder, RecipientLists, ShowValues, names, planned
from congvan.cli.values import whole_number

if TYPE_CHECKING:
    from congvan.office.settings import DeliverySettings
    from congvan.run import Deliveries


@app.command(
    help="Làm giấy tờ giao nhận của văn bản đã tạo: phiếu gửi, danh sách ký nhận, tệp in, nhãn, bì, sổ, tin nhắn."
)
def deliver(
    campaign: Annotated[Path, typer.Argument(metavar="CAMPAIGN.yaml")],
    out: Annotated[
        Path | None,
        typer.Option("-o", "--out", metavar="DIR", help="Thư mục kết quả của render; mặc định: out/<mã đợt> cạnh tệp."),
    ] = None,
    only: Annotated[
        str | None, typer.Option("--only", "--chi", metavar="TIERS", help="Chỉ các cấp (đợt gửi) này, ví dụ thon.")
    ] = None,
    labels: Annotated[
        str,
        typer.Option("--labels", "--nhan", metavar="SIZE", help="Cỡ nhãn trên tờ A4, mm: 70x37, 99.1x38.1, 105x57 …"),
    ] = "70x37",
    envelopes: Annotated[
        str, typer.Option("--envelopes", "--bi", metavar="SIZE", help="Cỡ bì: DL, C6, C5, B5, C4, A4.")
    ] = "C4",
    one_sided: Annotated[
        bool, typer.Option("--one-side", "--mot-mat", help="In một mặt: không chèn trang trắng, mỗi trang một tờ.")
    ] = False,
    day: Annotated[
        str | None,
        typer.Option("--date", "--ngay", metavar="DAY", help="Ngày chuyển, ghi vào phiếu gửi và sổ; mặc định: trống."),
    ] = None,
    text: Annotated[
        str | None,
        typer.Option("--message", "--tin-nhan", metavar="TEXT", help="Nội dung tin nhắn, có thể có {{ trường }}."),
    ] = None,
    without: Annotated[
        str,
        typer.Option(
            "--without",
            metavar="NAMES",
            help="Không làm: phieu, ky-nhan, nhan, bi, so, so-pdf, tin-nhan, dien-tu, eml.",
        ),
    ] = "",
    jobs: Annotated[
        int | None, typer.Option("--jobs", parser=whole_number, metavar="N", help="Số tiến trình; mặc định: mọi nhân.")
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
    from congvan.run import campaign_folder
    from congvan.run import deliver as make

    settings = _settings(labels, envelopes, day, text, names(without), duplex=not one_sided)
    plan, book = planned(campaign, register, recipients, allow_database, office, only)
    made = make(plan, out or campaign_folder(plan.campaign), book.where, settings=settings, jobs=jobs)
    echo_report(made.report, writes=False)
    _show(made, as_json=as_json)
    return 0 if made.report.ok else FINDINGS


def _settings(
    labels: str, envelopes: str, day: str | None, text: str | None, without: tuple[str, ...], *, duplex: bool
) -> DeliverySettings:
    from congvan.office.settings import DeliverySettings
    from congvan.office.text_messages import DEFAULT_TEXT
    from congvan.text import TextError, parse_date

    try:
        handed_over = parse_date(day) if day else None
        return DeliverySettings(
            duplex=duplex,
            labels=labels,
            envelopes=envelopes.upper(),
            day=handed_over,
            text=text or DEFAULT_TEXT,
            without=frozenset(without),
        )
    except TextError as error:
        raise typer.BadParameter(str(error.report), param_hint="--ngay") from None
    except ValueError as error:
        raise typer.BadParameter(tr(f"không có «{error}»", f"there is no “{error}”")) from None


def _show(made: Deliveries, *, as_json: bool) -> None:
    total = made.totals
    if as_json:
        echo_json(
            {
                "thu_muc": str(made.out),
                "nguoi_nhan": total.recipients,
                "van_ban_giay": total.letters,
                "to": total.sheets,
                "bi": total.envelopes,
                "van_ban_dien_tu": total.electronic,
                "tep": list(made.files),
                "findings": findings_json(made.report),
            }
        )
        return
    counts = (total.recipients, total.letters, total.sheets, total.envelopes, total.electronic)
    echo(
        tr(
            "{} người nhận, {} văn bản giấy, {} tờ kể cả phiếu gửi, {} bì; {} văn bản gửi điện tử.",
            "{} recipients, {} letters on paper, {} sheets with covering slips, {} envelopes; {} electronic letters.",
        ).format(*counts)
    )
    echo(tr(f"Giao nhận: {made.out.as_posix()}/index.html", f"Deliveries: {made.out.as_posix()}/index.html"))
