"""``congvan check``: everything that can be wrong before the first letter; writes nothing."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from congvan.cli.app import FINDINGS, USAGE, app, settings
from congvan.cli.language import tr
from congvan.cli.lists.recipients import summary
from congvan.cli.messages import echo, echo_error, echo_json, echo_next, echo_report, findings_json, shown
from congvan.cli.options import (
    AcceptChanges,
    AllowedDatabaseNames,
    EraName,
    LetterDate,
    OfficeFolder,
    OldFont,
    ProvinceCode,
    RecipientLists,
    SheetName,
    ShowValues,
    accept,
    book_in_use,
    chosen_units,
    recipient_lists,
    today,
)
from congvan.cli.values import one_of
from congvan.findings import Finding, Place, Report, finding
from congvan.findings.listing import counted, listing

if TYPE_CHECKING:
    from congvan.campaign import Plan

_ONE_BY_ONE = 12
"""Findings that are shown each on its own."""
_MOST = 3
"""Parts of five that make a file a letter."""


@app.command(help="Kiểm tra tệp đợt phát hành, mẫu Word hoặc danh sách nơi nhận, nhiều tệp một lúc; không ghi gì.")
def check(
    sources: Annotated[list[str], typer.Argument(metavar="CAMPAIGN.yaml|TEMPLATE.docx|RECIPIENTS…")],
    register: Annotated[
        str | None, typer.Option("--register", metavar="FILE|URL", help="Sổ đăng ký: tệp SQLite hoặc postgresql://…")
    ] = None,
    recipients: RecipientLists = None,
    allow_database: AllowedDatabaseNames = None,
    office: OfficeFolder = None,
    accept_changes: AcceptChanges = False,
    tier: Annotated[
        str | None,
        typer.Option("--tier", "--cap", metavar="TIER", help="Cấp của danh sách; mặc định đoán theo các cột."),
    ] = None,
    era: EraName = None,
    province: ProvinceCode = None,
    when: LetterDate = None,
    sheet: SheetName = None,
    encoding: OldFont = None,
    full: Annotated[
        bool, typer.Option("--full", help="Soát thể thức mọi văn bản của đợt, không chỉ dài nhất, ngắn nhất, lạ nhất.")
    ] = False,
    show_values: ShowValues = False,  # noqa: ARG001  # heeded by every message
    as_json: Annotated[bool, typer.Option("--json", help="In kết quả dạng JSON.")] = False,
    shape: Annotated[
        Literal["text", "json", "sarif"],
        typer.Option(
            "--format",
            parser=one_of("text", "json", "sarif"),
            metavar="text|json|sarif",
            help="Dạng kết quả: text, json hay sarif.",
        ),
    ] = "text",
) -> int:
    kinds = {source: _kind(source) for source in sources}
    _refuse_idle("list", kinds, tier, era, province, when, sheet, encoding)
    _refuse_idle("campaign", kinds, register, recipients, allow_database, office)

    def look(source: str) -> _Looked:
        match kinds[source]:
            case "template":
                return _template(Path(source), accept_changes=accept_changes)
            case "campaign":
                return _campaign(
                    Path(source), register, recipients, allow_database, office, accept_changes=accept_changes, full=full
                )
            case _:
                return _list(source, tier, era, province, when, sheet, encoding)

    looked = [_look(source, look, quiet=as_json or shape != "text") for source in sources]
    report = Report.of(found for one in looked for found in (*one.notes, *one.report))
    if as_json or shape == "json":
        echo_json(findings_json(report))
    elif shape == "sarif":
        from congvan.linter.sarif import sarif

        echo(sarif(shown(report)))
    if any(one.unreadable for one in looked):
        return USAGE
    return 0 if report.ok else FINDINGS


@dataclass(frozen=True, slots=True)
class _Looked:
    """What was found in one file, and what is said when nothing stands against it.

    ``notes`` have been said already; ``--json`` lists them too.
    """

    report: Report = field(default_factory=Report)
    said: str = ""
    notes: tuple[Finding, ...] = ()
    unreadable: bool = False


def _look(source: str, look: Callable[[str], _Looked], *, quiet: bool) -> _Looked:
    """Look at one file, so that what is wrong with it hides nothing about the others."""
    from congvan.errors import ReportError, UnreadableFileError

    try:
        looked = look(source)
    except ReportError as error:
        looked = _Looked(error.report)
    except UnreadableFileError as error:
        echo_error(str(error))
        return _Looked(error.report, unreadable=True)
    if not quiet:
        _say(looked.report)
        if looked.said:
            echo(looked.said)
        elif looked.report.ok:
            echo(tr("Không có lỗi.", "No errors."))
            if source.endswith((".yaml", ".yml")):
                echo_next(tr(f"Xem trước: congvan plan {source}", f"Look at the letters: congvan plan {source}"))
    return looked


def _say(report: Report) -> None:
    """Every finding; where they are many, one cause once, so that the whole report stays on one screen."""
    if len(report) <= _ONE_BY_ONE:
        echo_report(report, writes=False)
        return
    findings = list(shown(report))
    for line in listing(findings):
        echo_error(line)
    echo_error(f"{counted(findings)}.")


def _kind(source: str) -> Literal["template", "campaign", "list"]:
    """What a file is, by its ending and, in YAML, by how it begins."""
    from congvan.recipients import is_address
    from congvan.recipients.sources.yaml_file import is_yaml_list

    suffix = "" if is_address(source) else Path(source).suffix.lower()
    if suffix == ".docx":
        return "template"
    if suffix in {".yaml", ".yml"} and not is_yaml_list(Path(source)):
        return "campaign"
    return "list"


def _refuse_idle(kind: str, kinds: Mapping[str, str], *options: object) -> None:
    """Refuse options about a kind of file that none of the files is."""
    if any(options) and kind not in kinds.values():
        missing = {
            "list": tr(
                "--tier, --era, --province, --date, --sheet, --encoding chỉ dùng khi kiểm tra danh sách",
                "--tier, --era, --province, --date, --sheet and --encoding are about lists of recipients",
            ),
            "campaign": tr(
                "--register, --recipients, --allow-database, --office chỉ dùng khi kiểm tra tệp đợt",
                "--register, --recipients, --allow-database and --office are about campaigns",
            ),
        }
        raise typer.BadParameter(missing[kind])


def _campaign(
    source: Path,
    register: str | None,
    recipients: Sequence[str] | None,
    databases: Sequence[str] | None,
    office: Path | None,
    *,
    accept_changes: bool,
    full: bool,
) -> _Looked:
    from congvan.campaign import plan_file
    from congvan.run import check as check_plan

    plan = plan_file(
        source,
        recipients=recipient_lists(recipients),
        allow_databases=databases or (),
        today=today(),
        office=office,
        takes_numbers=register is None,
    )
    accept(office)
    book = book_in_use(plan.campaign, register)
    report = check_plan(plan, book.where, accept_changes=accept_changes, lint="all" if full else "some")
    if not settings["quiet"]:
        echo_error(_looked_at(plan, full=full))
    return _Looked(report, notes=(book.note,))


def _looked_at(plan: Plan, *, full: bool) -> str:
    """What a check of a campaign has looked at, in one sentence."""
    tiers = ", ".join(dict.fromkeys(item.cap for item in plan.items))
    count = len(plan.letters)
    vi = "mọi văn bản" if full else "văn bản dài nhất, ngắn nhất, lạ nhất của mỗi cấp (--full: mọi văn bản)"
    en = "every letter" if full else "the longest, shortest and strangest letter of each tier (--full: every one)"
    return tr(
        f"Đã xem danh sách, thứ tự, ngày, số, mẫu và dựng thử {count} văn bản ({tiers}); soát thể thức {vi}.",
        f"Looked at lists, order, dates, numbers and templates, staged {count} letters ({tiers}); linted {en}.",
    )


def _template(source: Path, *, accept_changes: bool) -> _Looked:
    from congvan.word import WordTemplate

    template = WordTemplate(source, accept_changes=accept_changes)
    if template.fields:
        return _Looked(template.report)
    code = "template-finished-letter" if _is_letter(source) else "template-no-fields"
    return _Looked(template.report + Report((finding(code, Place(file=source.name)),)))


def _is_letter(source: Path) -> bool:
    """Whether a file without fields is a letter somebody finished: most of what every letter has is there."""
    from congvan.inspect import components, facts

    read = components(facts(source))
    return sum(part in read for part in ("quoc_hieu", "so_ky_hieu", "dia_danh_ngay", "noi_nhan", "ho_ten")) >= _MOST


def _list(
    source: str,
    tier: str | None,
    era: str | None,
    province: str | None,
    when: date | None,
    sheet: str | None,
    encoding: Literal["tcvn3", "vni"] | None,
) -> _Looked:
    from congvan.recipients import Tier, check_list

    units = chosen_units(era, when)
    checked = check_list(source, tier, units=units, ma_tinh=province, day=when, sheet=sheet, encoding=encoding)
    level = Tier.of(checked.cap).ten
    counts = summary(checked, matched=units is not None)
    return _Looked(
        checked.report, tr(f"{checked.name}, cấp {level}: {counts}", f"{checked.name}, tier {level}: {counts}")
    )
