"""``congvan plan``: the ordered letters, the numbers that would be taken, the deadlines; writes nothing."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any, Final

import typer

from congvan.cli.app import app
from congvan.cli.language import tr
from congvan.cli.messages import echo, echo_json, echo_next, echo_report, findings_json
from congvan.cli.options import AllowedDatabaseNames, OfficeFolder, RecipientLists, ShowValues, planned
from congvan.cli.values import whole_number


@app.command(help="Liệt kê văn bản theo thứ tự, số sẽ lấy và thời hạn; không ghi gì.")
def plan(
    campaign: Annotated[Path, typer.Argument(metavar="CAMPAIGN.yaml")],
    only: Annotated[
        str | None,
        typer.Option("--only", "--chi", metavar="TIERS", help="Chỉ các cấp (đợt gửi) này, ví dụ tinh,thon.bo-sung-1."),
    ] = None,
    limit: Annotated[
        int | None,
        typer.Option(
            "--limit", "--toi-da", parser=whole_number, metavar="N", help="Nhiều nhất bấy nhiêu văn bản mỗi cấp."
        ),
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
    from congvan.run import preview_numbers

    unnumbered, book = planned(campaign, register, recipients, allow_database, office, only, limit)
    letters = preview_numbers(unnumbered, book.where)
    echo_report(letters.report)
    if as_json:
        echo_json(
            {
                "dot": {"ma": letters.campaign.ma, "ten": letters.campaign.ten},
                "so_dang_ky": book.as_dict(),
                "van_ban": [_letter(item) for item in letters.items],
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
    for deadline in letters.deadlines():
        echo(_deadline(deadline))
    file = campaign.as_posix()
    echo_next(
        tr(
            f"Xem bản in: congvan render {file} --preview; tạo và lấy số: congvan render {file}",
            f"See them in print: congvan render {file} --preview; make and number them: congvan render {file}",
        )
    )
    return 0


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


_READINGS: Final = {
    "chat": ("tính chặt", "read strictly"),
    "rong": ("tính rộng", "read loosely"),
    "khong": ("không tính", "not counted"),
}
_STATUS: Final = {
    "met": ("đạt", "met"),
    "near": ("sát hạn", "near"),
    "missed": ("quá hạn", "missed"),
    "open": ("chưa rõ", "open"),
}


def _deadline(row: Any) -> str:
    """The limits of a tier's date: better before the first, at the latest the second."""
    limits = [(tr("nên gửi trước", "better before"), row.soft), (tr("chậm nhất", "at the latest"), row.hard)]
    days = ", ".join(f"{name} {day:%d/%m/%Y}" for name, day in limits if day)
    reading, status = tr(*_READINGS[row.reading]), tr(*_STATUS[row.status])
    return tr(
        f"Hạn gửi cấp {row.name} ({reading}): {days}; văn bản ghi ngày {row.ngay.ngan}: {status}",
        f"Deadline of tier {row.name} ({reading}): {days}; dated {row.ngay.ngan}: {status}",
    )
