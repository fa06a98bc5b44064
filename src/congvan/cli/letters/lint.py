"""``congvan lint``: what is set or worded against the decree in letters from whatever hand; only copies are written."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from textwrap import wrap
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from congvan.cli.app import FINDINGS, USAGE, app
from congvan.cli.language import tr
from congvan.cli.messages import echo, echo_error, echo_json
from congvan.cli.values import one_of
from congvan.findings import Severity
from congvan.findings.listing import WIDTH, counted, listing

if TYPE_CHECKING:
    from congvan.linter import LintReport

_MANY = 15
"""Causes that are shown with their lines."""


@app.command(
    help=(
        "Soát thể thức, kỹ thuật trình bày của văn bản Word, PDF bất kỳ theo Nghị định 30/2020. "
        "Không bao giờ ghi lên bản gốc; --fix ghi bản sửa bên cạnh."
    )
)
def lint(
    sources: Annotated[list[Path], typer.Argument(metavar="FILE.docx|FILE.pdf|DIR…")],
    shape: Annotated[
        Literal["text", "json", "sarif"],
        typer.Option(
            "--format",
            parser=one_of("text", "json", "sarif"),
            metavar="text|json|sarif",
            help="Dạng kết quả: text, json hay sarif.",
        ),
    ] = "text",
    as_json: Annotated[bool, typer.Option("--json", help="In kết quả dạng JSON, như --format json.")] = False,
    details: Annotated[
        bool, typer.Option("--details", help="Nêu cả quy tắc không xét được của từng tệp, và lý do.")
    ] = False,
    fix: Annotated[bool, typer.Option("--fix", help="Sửa trình bày trên một bản sao: thu.sua.docx.")] = False,
    fix_text: Annotated[bool, typer.Option("--fix-text", help="Như --fix, và sửa cả chữ chắc chắn sai.")] = False,
    track: Annotated[bool, typer.Option("--track", help="Như --fix, mỗi chỗ sửa là một sửa đổi theo dõi.")] = False,
    comment: Annotated[
        bool, typer.Option("--comment", help="Ghi các điểm còn lại thành nhận xét của Word trên bản sao.")
    ] = False,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="FILE", help="Tệp của bản sao; chỉ với 1 văn bản.")
    ] = None,
    undo: Annotated[
        bool, typer.Option("--undo", help="Bỏ bản sửa (thu.sua.docx) và lấy lại bản gốc, đúng từng byte.")
    ] = False,
) -> int:
    from congvan.cli.letters.mending import MendingOptions, mend, take_back
    from congvan.linter import lint_files

    if undo:
        return take_back(sources)
    options = MendingOptions(layout=fix, text=fix_text, tracked=track, comments=comment)

    files = list(lint_files(sources))
    if not files:
        echo_error(tr("Không có tệp .docx hay .pdf nào.", "There is no .docx and no .pdf."))
        return USAGE
    if options.writes:
        return mend(files, options, output)
    reports, unreadable = _read(files)
    if as_json or shape == "json":
        echo_json([report.as_dict() for report in reports])
    elif shape == "sarif":
        from congvan.linter.sarif import sarif

        findings = [found for report in reports for found in report]
        echo(sarif(findings, [(one.finding, one.reason) for report in reports for one in report.suppressed]))
    else:
        _show(reports, details=details)
    if unreadable:
        return USAGE
    return 0 if all(report.ok for report in reports) else FINDINGS


def _read(files: Sequence[Path]) -> tuple[list[LintReport], bool]:
    """The report on each file; a file that cannot be read hides nothing about the others."""
    from congvan.errors import CongvanError
    from congvan.linter import lint_paths

    reports: list[LintReport] = []
    unreadable = False
    for result in lint_paths(files):
        if isinstance(result, CongvanError):
            echo_error(str(result))
            unreadable = True
        else:
            reports.append(result)
    return reports, unreadable


def _show(reports: Sequence[LintReport], *, details: bool) -> None:
    findings = [found for report in reports for found in report]
    for line in listing(findings, many=_MANY):
        echo(line)
    for line in _suppressed(reports):
        echo(line)
    if details:
        for line in _unjudged(reports):
            echo(line)
    for line in _summary(reports, counted(findings)):
        echo(line)


def _summary(reports: Sequence[LintReport], counts: str) -> list[str]:
    """How many letters and rules, then how many findings."""
    passed, failed, unjudged = (
        sum(report.count(result) for report in reports) for result in ("passed", "failed", "not_evaluated")
    )
    good = sum(not any(found.severity is not Severity.INFO for found in report) for report in reports)
    vi = (
        f"{len(reports)} văn bản, {good} không có lỗi hay lưu ý. Quy tắc: {passed} đạt, {failed} không đạt, "
        f"{unjudged} không xét."
    )
    en = (
        f"{len(reports)} letters, {good} without error or warning. Rules: {passed} passed, {failed} failed, "
        f"{unjudged} not evaluated."
    )
    return [*wrap(tr(vi, en), WIDTH), *([f"{counts}."] if counts else [])]


def _suppressed(reports: Sequence[LintReport]) -> Iterator[str]:
    reasons: dict[tuple[str, str], int] = {}
    for report in reports:
        for one in report.suppressed:
            key = (one.finding.code, one.reason)
            reasons[key] = reasons.get(key, 0) + 1
    for (code, reason), count in reasons.items():
        yield tr(f"Bỏ qua {count} × {code}: {reason}.", f"Left {count} × {code}: {reason}.")


def _unjudged(reports: Sequence[LintReport]) -> Iterator[str]:
    for report in reports:
        yield tr(f"Không xét ở {report.file}:", f"Not evaluated in {report.file}:")
        for rule in report.rules:
            if rule.reason is not None:
                yield f"  {rule.code}: {rule.reason.message}"
