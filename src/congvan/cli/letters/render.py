"""``congvan render``: a whole campaign, or one template with a table of values."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from congvan.cli.app import FINDINGS, app
from congvan.cli.language import tr
from congvan.cli.letters.preview import preview_letters, watch_letters
from congvan.cli.messages import echo, echo_json, echo_next, echo_report, findings_json
from congvan.cli.options import (
    AcceptChanges,
    AllowedDatabaseNames,
    OfficeFolder,
    RecipientLists,
    ShowValues,
    accept,
    names,
    planned,
    recipient_lists,
    today,
)
from congvan.cli.values import whole_number

if TYPE_CHECKING:
    from congvan.campaign import Plan
    from congvan.campaign.book import BookInUse
    from congvan.run import Run
    from congvan.run.linting import LintScope

FORMATS = ("docx", "pdf")


def formats_in(text: str) -> tuple[str, ...]:
    """The kinds of file in ``docx,pdf``."""
    kinds = names(text)
    if not kinds or set(kinds) - set(FORMATS):
        raise typer.BadParameter(f"{text} (docx, pdf)")
    return kinds


@app.command(help="Tạo văn bản: từ một tệp đợt phát hành (.yaml), hoặc từ một mẫu Word với --data.")
def render(
    source: Annotated[Path, typer.Argument(metavar="CAMPAIGN.yaml|TEMPLATE.docx")],
    out: Annotated[
        Path | None,
        typer.Option("-o", "--out", metavar="DIR", help="Thư mục kết quả; mặc định: out/<mã đợt> cạnh tệp."),
    ] = None,
    draft: Annotated[
        bool,
        typer.Option(
            "--draft", "--du-thao", help="Dự thảo: để trống số, mỗi trang ghi DỰ THẢO, vào du-thao/; không đụng sổ."
        ),
    ] = False,
    signing: Annotated[
        bool,
        typer.Option(
            "--trinh-ky", "--signing", help="Bản trình ký: để trống số và ngày, kèm phiếu trình; không đụng sổ."
        ),
    ] = False,
    preview: Annotated[
        bool,
        typer.Option(
            "--preview",
            "--xem-thu",
            help="Xem thử: bản dự thảo PDF của văn bản đầu mỗi cấp, mở ra xem; không đụng sổ.",
        ),
    ] = False,
    watch: Annotated[
        bool,
        typer.Option(
            "--watch",
            "--theo-doi",
            help="Như --preview, và làm lại mỗi khi tệp của đợt thay đổi, đến khi nhấn Ctrl-C.",
        ),
    ] = False,
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
    formats: Annotated[str, typer.Option("--formats", metavar="docx,pdf", help="docx, pdf hoặc cả hai.")] = "docx,pdf",
    engine: Annotated[
        str | None, typer.Option("--engine", metavar="NAME", help="Bộ chuyển PDF; xem congvan doctor.")
    ] = None,
    jobs: Annotated[
        int | None, typer.Option("--jobs", parser=whole_number, metavar="N", help="Số tiến trình; mặc định: mọi nhân.")
    ] = None,
    executor: Annotated[str | None, typer.Option(metavar="URL", help="Cụm máy: dask://máy:cổng.")] = None,
    fresh: Annotated[bool, typer.Option("--fresh", help="Làm lại tất cả, kể cả văn bản đã xong từ trước.")] = False,
    time_limit: Annotated[
        int,
        typer.Option(
            "--time-limit",
            parser=whole_number,
            metavar="N",
            help="Thời gian tối đa (giây) cho một văn bản; cho một lô 50 văn bản thì gấp đôi.",
        ),
    ] = 120,
    register: Annotated[
        str | None, typer.Option("--register", metavar="FILE|URL", help="Sổ đăng ký: tệp SQLite hoặc postgresql://…")
    ] = None,
    recipients: RecipientLists = None,
    allow_database: AllowedDatabaseNames = None,
    office: OfficeFolder = None,
    accept_changes: AcceptChanges = False,
    show_values: ShowValues = False,  # noqa: ARG001  # heeded by every message
    data: Annotated[
        Path | None, typer.Option("--data", metavar="FILE", help="Bảng giá trị cho mẫu Word: .yaml .json .csv .xlsx")
    ] = None,
    lint_all: Annotated[
        bool, typer.Option("--lint-all", help="Soát thể thức mọi văn bản, không chỉ vài văn bản.")
    ] = False,
    no_lint: Annotated[bool, typer.Option("--no-lint", help="Không soát thể thức văn bản vừa tạo.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="In kết quả dạng JSON.")] = False,
) -> int:
    scope = lint_scope(every=lint_all, none=no_lint)
    options: dict[str, Any] = {
        "formats": formats_in(formats),
        "engine": engine,
        "jobs": jobs,
        "executor": executor,
        "fresh": fresh,
        "time_limit": time_limit,
        "accept_changes": accept_changes,
    }
    if source.suffix.lower() == ".docx":
        _refuse_options_of_campaigns(recipients, allow_database, office)
        return _table(source, data, out, scope, as_json=as_json, **options)
    if preview or watch:

        def first_letters() -> Plan:
            return _planned(source, None, recipients, allow_database, office, only, limit or 1, unnumbered=True)[0]

        if watch:
            return watch_letters(first_letters, out, options, source.absolute().parent)
        return preview_letters(first_letters, out, options)
    plan, book = _planned(
        source, register, recipients, allow_database, office, only, limit, unnumbered=draft or signing
    )
    run = _rendered(plan, book, out, draft=draft, signing=signing, **options)
    return _show_run(_linted(run, scope), as_json=as_json, so_dang_ky=book.as_dict() if book else None)


def lint_scope(*, every: bool, none: bool) -> LintScope:
    """What ``--lint-all`` and ``--no-lint`` choose; both cannot be meant."""
    if every and none:
        raise typer.BadParameter(tr("chỉ một trong --lint-all, --no-lint", "one of --lint-all and --no-lint"))
    return "all" if every else "none" if none else "some"


def _linted(run: Run, scope: LintScope) -> Run:
    """The run with what the linter says of its letters in its report."""
    from dataclasses import replace

    from congvan.run.linting import lint_run

    codes = run.plan.campaign.bo_qua if run.plan else ()
    return replace(run, report=run.report + lint_run(run, scope).report.without(codes))


def _refuse_options_of_campaigns(*given: object) -> None:
    if any(given):
        idle = tr(
            "--recipients, --allow-database, --office chỉ dùng với tệp đợt; mẫu Word dùng --data",
            "--recipients, --allow-database and --office are about campaigns; use --data",
        )
        raise typer.BadParameter(idle)


def _planned(
    source: Path,
    register: str | None,
    recipients: Sequence[str] | None,
    databases: Sequence[str] | None,
    office: Path | None,
    only: str | None,
    limit: int | None,
    *,
    unnumbered: bool,
) -> tuple[Plan, BookInUse | None]:
    """The plan, and the book that numbers its letters; drafts and signing copies touch none."""
    from congvan.campaign import plan_file

    if not unnumbered:
        return planned(source, register, recipients, databases, office, only, limit)
    plan = plan_file(
        source,
        recipients=recipient_lists(recipients),
        allow_databases=databases or (),
        today=today(),
        office=office,
        takes_numbers=False,
        only=names(only),
        limit=limit,
    )
    accept(office)
    return plan, None


def _rendered(plan: Plan, book: BookInUse | None, out: Path | None, **options: Any) -> Run:
    from congvan.findings import Report
    from congvan.run import campaign_folder, earlier_default_findings, render

    if out is None:
        echo_report(Report.of(earlier_default_findings(plan.campaign)))
    with _progress() as progress:
        return render(
            plan, out or campaign_folder(plan.campaign), book.where if book else None, progress=progress, **options
        )


def _show_run(run: Any, *, as_json: bool, **further: Any) -> int:
    echo_report(run.report, writes=False)
    if as_json:
        echo_json({**_run_json(run), **further})
    else:
        _say_run(run)
        _say_next(run)
    return FINDINGS if run.report.errors else 0


def _say_run(run: Any) -> None:
    tiers = dict.fromkeys((row.cap, row.dot_gui) for row in run.letters)
    for cap, dot_gui in tiers:
        rows = [row for row in run.letters if (row.cap, row.dot_gui) == (cap, dot_gui)]
        pages = sum(row.trang or 0 for row in rows)
        name = f"{cap}{'.' if dot_gui else ''}{dot_gui}: " if cap else ""
        echo(tr(f"  {name}{len(rows)} văn bản, {pages} trang", f"  {name}{len(rows)} letters, {pages} pages"))
    if failed := len(run.failed):
        echo(
            tr(
                f"{failed} văn bản chưa xong; sửa nguyên nhân rồi chạy lại, chỉ những văn bản ấy được làm.",
                f"{failed} letters are not done; mend the cause and run again: only those are made.",
            )
        )
    folder = run.out.as_posix()
    echo(tr(f"Kết quả: {folder}/index.html", f"Result: {folder}/index.html"))
    echo(tr(f"Danh mục: {folder}/danh-muc.xlsx", f"List: {folder}/danh-muc.xlsx"))
    for name, path in run.print_files.items():
        if "/" not in name:  # those of single bodies lie in a folder beside their tier's
            echo(tr(f"Để in: {folder}/{path}", f"To print: {folder}/{path}"))


def _say_next(run: Any) -> None:
    if run.report.errors or not any(row.cap for row in run.letters):
        return
    if any(row.so for row in run.letters):
        echo_next(tr("Ký xong: congvan issue … để ban hành.", "Once they are signed: congvan issue … seals them."))
    else:
        echo_next(
            tr("Ưng ý rồi thì congvan render … để lấy số.", "When they are right: congvan render … numbers them.")
        )


def _run_json(run: Any) -> dict[str, Any]:
    return {
        "out": str(run.out),
        "van_ban": len(run.letters),
        "trang": run.pages,
        "loi": [row.thu_tu for row in run.failed],
        "files": [file.path for row in run.letters for file in row.files],
        "in": run.print_files,
        "findings": findings_json(run.report),
    }


def _table(
    template: Path, data: Path | None, out: Path | None, scope: LintScope, *, as_json: bool, **options: Any
) -> int:
    from congvan.run import render_table

    if data is None:
        missing = tr("mẫu Word cần --data TỆP", "a Word template needs --data FILE")
        raise typer.BadParameter(missing, param_hint="--data")
    with _progress() as progress:
        run = render_table(template, data, out, progress=progress, **options)
    return _show_run(_linted(run, scope), as_json=as_json)


class _progress:  # noqa: N801  # reads as a verb in the with statement
    """A bar on a terminal, nothing elsewhere; it appears with the first letters."""

    def __init__(self) -> None:
        self._bar: Any = None
        self._task: Any = None

    def __enter__(self) -> Any:
        return self._show if sys.stderr.isatty() else None

    def __exit__(self, *_: object) -> None:
        if self._bar is not None:
            self._bar.stop()

    def _show(self, done: int, total: int) -> None:
        if self._bar is None:
            self._open(total)
        self._bar.update(self._task, completed=done)

    def _open(self, letters: int) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TimeRemainingColumn

        self._bar = Progress(BarColumn(), MofNCompleteColumn(), TimeRemainingColumn(), console=Console(stderr=True))
        self._task = self._bar.add_task("", total=letters)
        self._bar.start()
