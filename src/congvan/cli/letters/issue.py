"""``congvan issue``: seal letters, from here on nothing changes them; or take a mistaken issue back."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from congvan.cli.app import FINDINGS, app
from congvan.cli.language import tr
from congvan.cli.messages import echo, echo_json, echo_report, findings_json
from congvan.cli.options import AllowedDatabaseNames, OfficeFolder, RecipientLists, ShowValues, planned

if TYPE_CHECKING:
    from congvan.run import Issued


@app.command(help="Ban hành văn bản đã ký: niêm phong tệp và nội dung trong sổ, từ đây không gì thay đổi được.")
def issue(
    campaign: Annotated[Path, typer.Argument(metavar="CAMPAIGN.yaml")],
    letters: Annotated[
        list[str] | None, typer.Argument(metavar="LETTER…", help="18/ĐLHL, 18/ĐLHL@2026 hoặc khóa; mặc định: tất cả.")
    ] = None,
    out: Annotated[
        Path | None, typer.Option("-o", "--out", metavar="DIR", help="Thư mục kết quả; mặc định: out/<ma> cạnh tệp.")
    ] = None,
    only: Annotated[
        str | None, typer.Option("--only", "--chi", metavar="TIERS", help="Chỉ các cấp này, ví dụ tinh,huyen.")
    ] = None,
    register: Annotated[
        str | None, typer.Option("--register", metavar="FILE|URL", help="Sổ đăng ký: tệp SQLite hoặc postgresql://…")
    ] = None,
    as_edited: Annotated[bool, typer.Option("--as-edited", help="Nhận tệp Word đã sửa bằng tay.")] = False,
    undo: Annotated[
        str | None, typer.Option("--undo", metavar="REASON", help="Bỏ ban hành, khi chưa gửi đi văn bản nào.")
    ] = None,
    recipients: RecipientLists = None,
    allow_database: AllowedDatabaseNames = None,
    office: OfficeFolder = None,
    show_values: ShowValues = False,  # noqa: ARG001  # heeded by every message
    as_json: Annotated[bool, typer.Option("--json", help="In kết quả dạng JSON.")] = False,
) -> int:
    from congvan.run import campaign_folder, undo_issue
    from congvan.run import issue as seal

    plan, book = planned(campaign, register, recipients, allow_database, office, only)
    folder = out or campaign_folder(plan.campaign)
    if undo is None:
        issued = seal(plan, folder, book.where, letters=letters or (), as_edited=as_edited)
    else:
        issued = undo_issue(plan, undo, folder, book.where, letters=letters or ())
    _show(issued, is_undone=undo is not None, as_json=as_json)
    return 0 if issued.report.ok else FINDINGS


def _show(issued: Issued, *, is_undone: bool, as_json: bool) -> None:
    echo_report(issued.report, writes=False)
    if as_json:
        echo_json(
            {
                "van_ban": [{"khoa": row.khoa, "so": row.so, "ky_hieu": row.ky_hieu} for row in issued.letters],
                "findings": findings_json(issued.report),
            }
        )
        return
    count = len(issued.letters)
    if is_undone:
        echo(tr(f"Đã bỏ ban hành {count} văn bản.", f"The issue of {count} letters was taken back."))
    else:
        echo(tr(f"Đã ban hành {count} văn bản.", f"{count} letters issued."))
