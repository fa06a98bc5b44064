"""``congvan check``: everything that can be wrong before the first letter; writes nothing."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from congvan.cli.app import FINDINGS, app
from congvan.cli.messages import complain_report, local, say, say_json
from congvan.cli.options import default_register
from congvan.findings import Report


@app.command(help="Kiểm tra một đợt phát hành hoặc một mẫu Word; không ghi gì.")
def check(
    source: Annotated[Path, typer.Argument(metavar="CAMPAIGN.yaml|TEMPLATE.docx")],
    register: Annotated[str | None, typer.Option(help="Sổ đăng ký: tệp SQLite hoặc postgresql://…")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="In kết quả dạng JSON.")] = False,
) -> int:
    from congvan.errors import ReportError

    try:
        report = _template(source) if source.suffix.lower() == ".docx" else _campaign(source, register)
    except ReportError as error:
        report = error.report
    if as_json:
        say_json([found.as_dict() for found in report])
    else:
        complain_report(report)
        if report.ok:
            say(local("Không có lỗi.", "No errors."))
    return 0 if report.ok else FINDINGS


def _campaign(source: Path, register: str | None) -> Report:
    from congvan.batch import check as check_plan
    from congvan.campaign import load_campaign
    from congvan.campaign import plan as make_plan

    return check_plan(make_plan(load_campaign(source)), register or default_register(source))


def _template(source: Path) -> Report:
    from congvan.word import WordTemplate

    template = WordTemplate(source)
    _ = template.fields
    return template.report
