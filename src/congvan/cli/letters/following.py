"""``congvan replace``, ``recall`` and ``correct``: the lawful ways on from an issued letter."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from congvan.cli.app import FINDINGS, app
from congvan.cli.language import tr
from congvan.cli.messages import echo, echo_json, echo_report, findings_json
from congvan.cli.options import AllowedDatabaseNames, OfficeFolder, RecipientLists, ShowValues, planned
from congvan.cli.values import day

if TYPE_CHECKING:
    from congvan.run import Run

Campaign = Annotated[Path, typer.Argument(metavar="CAMPAIGN.yaml")]
Letters = Annotated[list[str], typer.Argument(metavar="LETTER…", help="18/ĐLHL, 18/ĐLHL@2026 hoặc khóa.")]
Out = Annotated[
    Path | None, typer.Option("-o", "--out", metavar="DIR", help="Thư mục kết quả; mặc định: out/<ma> cạnh tệp.")
]
Day = Annotated[
    date | None,
    typer.Option(
        "--date", "--ngay", parser=day, metavar="DAY", help="Ngày của văn bản mới, ví dụ 21/6/2026; mặc định: hôm nay."
    ),
]
Reason = Annotated[
    str, typer.Option("--reason", "--ly-do", metavar="REASON", help="Lý do, ghi vào sổ; văn bản thu hồi nêu lý do này.")
]
Formats = Annotated[str, typer.Option("--formats", metavar="docx,pdf", help="docx, pdf hoặc cả hai.")]
Where = Annotated[
    str | None, typer.Option("--register", metavar="FILE|URL", help="Sổ đăng ký: tệp SQLite hoặc postgresql://…")
]
AsJson = Annotated[bool, typer.Option("--json", help="In kết quả dạng JSON.")]


def _add_command(name: str, said: str) -> None:
    @app.command(name, help=said)
    def follow(
        campaign: Campaign,
        letters: Letters,
        out: Out = None,
        when: Day = None,
        reason: Reason = "",
        formats: Formats = "docx,pdf",
        register: Where = None,
        recipients: RecipientLists = None,
        allow_database: AllowedDatabaseNames = None,
        office: OfficeFolder = None,
        show_values: ShowValues = False,  # noqa: ARG001  # heeded by every message
        as_json: AsJson = False,
    ) -> int:
        from congvan import run

        plan = planned(campaign, register, recipients, allow_database, office)
        return _follow(getattr(run, name), plan, letters, out, when, reason, formats, as_json=as_json)


_add_command("replace", "Thay thế văn bản đã ban hành: văn bản mới theo tệp đợt, số và ngày mới; bản cũ vào thay-the/.")
_add_command("recall", "Thu hồi văn bản đã ban hành bằng một công văn gửi chính nơi nhận ấy.")
_add_command(
    "correct", "Đính chính văn bản đã ban hành: công văn nêu chỗ đã ghi và chỗ sửa; nội dung thì phải thay thế."
)


def _follow(
    act: Callable[..., Run],
    of_campaign: Any,
    letters: list[str],
    out: Path | None,
    day: date | None,
    reason: str,
    formats: str,
    *,
    as_json: bool,
) -> int:
    from congvan.cli.letters.render import formats_in
    from congvan.run import campaign_folder

    plan, book = of_campaign
    folder = out or campaign_folder(plan.campaign)
    run = act(plan, letters, folder, book.where, reason=reason, day=day, formats=formats_in(formats))
    echo_report(run.report, writes=False)
    if as_json:
        echo_json(
            {
                "van_ban": [row.as_dict() for row in run.letters],
                "findings": findings_json(run.report),
            }
        )
    else:
        for row in run.letters:
            paths = ", ".join(file.path for file in row.files)
            echo(tr(f"{row.name}: {paths}", f"{row.name}: {paths}"))
        echo(tr("Ký xong thì chạy congvan issue.", "Once they are signed, run congvan issue."))
    return 0 if run.report.ok else FINDINGS
