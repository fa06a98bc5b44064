"""``congvan recipients``: a list to begin with, everything wrong with one, and a clean copy of an old one."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from congvan.cli.app import FINDINGS, CommandGroup, app
from congvan.cli.language import tr
from congvan.cli.messages import echo, echo_json, echo_report, findings_json
from congvan.cli.options import (
    EraName,
    Force,
    LetterDate,
    OldFont,
    ProvinceCode,
    SheetName,
    ShowValues,
    chosen_units,
    keep,
    names,
)

if TYPE_CHECKING:
    from congvan.findings import Report
    from congvan.recipients import ListCheck

recipients = CommandGroup(help="Danh sách nơi nhận: tạo sẵn, kiểm tra, chuyển đổi.")
app.add_typer(recipients, name="recipients")

_AsJson = Annotated[bool, typer.Option("--json", help="In kết quả dạng JSON.")]


@recipients.command("new", help="Tạo danh sách sẵn của một tỉnh: UBND mọi huyện, xã, kèm mã.")
def new(
    out: Annotated[Path, typer.Option("-o", "--out", metavar="FILE", help="Tệp .xlsx hoặc .csv.")],
    province: Annotated[
        str, typer.Option("--province", "--tinh", metavar="PROVINCE", help="Tên hoặc mã tỉnh, ví dụ «Thanh Hóa», 38.")
    ],
    era: Annotated[
        str, typer.Option("--era", "--thoi-ky", metavar="ERA", help="Thời kỳ: 2021, 2025-01 hoặc 2025-07.")
    ] = "2025-07",
    tier: Annotated[str, typer.Option("--tier", "--cap", metavar="TIER", help="Cấp: tinh, huyen, xa, thon.")] = "xa",
    force: Force = False,
    as_json: _AsJson = False,
) -> int:
    from congvan.recipients import new_list

    keep(out, force=force)
    ready = new_list(province, era, tier)
    ready.save(out)
    if as_json:
        echo_json({"tep": str(out), "cap": tier, "hang": len(ready.rows)})
    else:
        echo(tr(f"{out}: {len(ready.rows)} hàng.", f"{out}: {len(ready.rows)} rows."))
    return 0


@recipients.command("check", help="Kiểm tra cả danh sách, nêu mọi lỗi theo hàng và cột; không sửa tệp.")
def check(
    source: Annotated[str, typer.Argument(metavar="FILE|URL")],
    tier: Annotated[
        str, typer.Option("--tier", "--cap", metavar="TIER", help="Cấp của danh sách: tinh, huyen, xa, thon …")
    ],
    era: EraName = None,
    province: ProvinceCode = None,
    when: LetterDate = None,
    scope: Annotated[
        str | None,
        typer.Option(
            "--scope", "--pham-vi", metavar="UNITS", help="Phạm vi được chấp thuận: 38 hoặc 400,401 hoặc 16012/Thôn 3."
        ),
    ] = None,
    sheet: SheetName = None,
    encoding: OldFont = None,
    mark: Annotated[Path | None, typer.Option(metavar="COPY.xlsx", help="Ghi bản sao có chú thích tại ô.")] = None,
    force: Force = False,
    show_values: ShowValues = False,  # noqa: ARG001  # heeded by every message
    as_json: _AsJson = False,
) -> int:
    from congvan.recipients import check_list, is_address, recipient_source, write_marked_copy

    if mark:
        keep(mark, force=force)
    units, approved = chosen_units(era, when), names(scope)
    if approved and units is None:
        raise typer.BadParameter(tr("--scope cần --era hoặc --date", "--scope needs --era or --date"))
    origin = recipient_source(source, sheet=sheet, encoding=encoding)
    checked = check_list(origin, tier, units=units, ma_tinh=province, day=when, scope=approved)
    if mark:
        write_marked_copy(origin, checked.report, mark)
    report = checked.report
    if as_json:
        echo_json(_as_json(origin.name if is_address(source) else source, checked, report))
    else:
        echo_report(report, writes=False)
        echo(summary(checked, matched=units is not None))
    return 0 if report.ok else FINDINGS


def _as_json(name: str, checked: ListCheck, report: Report) -> dict[str, Any]:
    return {
        "tep": name,
        "cap": checked.cap,
        "noi_nhan": checked.recipients,
        "khuyet": checked.vacant,
        "phat_hien": findings_json(report),
    }


@recipients.command("convert", help="Chuyển danh sách sang .xlsx hoặc .csv sạch: Unicode, điền ô trống của đơn vị.")
def convert(
    source: Annotated[str, typer.Argument(metavar="IN")],
    target: Annotated[Path, typer.Argument(metavar="OUT")],
    encoding: OldFont = None,
    sheet: SheetName = None,
    mend: Annotated[
        bool, typer.Option("--mend", help="Sửa tên, chức danh, danh xưng, chữ viết tắt; kê từng chỗ sửa.")
    ] = False,
    era: EraName = None,
    province: ProvinceCode = None,
    force: Force = False,
    show_values: ShowValues = False,  # noqa: ARG001  # heeded by every message
    as_json: _AsJson = False,
) -> int:
    from congvan.errors import DirectoryError
    from congvan.recipients import convert_list

    keep(target, force=force)
    try:
        units = chosen_units(era, None)
        count, report = convert_list(
            source, target, encoding=encoding, sheet=sheet, mend=mend, units=units, ma_tinh=province
        )
    except DirectoryError as error:
        count, report = 0, error.report
    if as_json:
        echo_json({"tep": str(target), "hang": count, "phat_hien": findings_json(report)})
    else:
        echo_report(report, writes=not report.ok)
    if not report.ok:
        return FINDINGS
    if not as_json:
        echo(tr(f"{target}: {count} hàng.", f"{target}: {count} rows."))
    return 0


def summary(checked: ListCheck, *, matched: bool) -> str:
    """What a check counted, and what it could not look at."""
    errors, warnings = len(checked.report.errors), len(checked.report.warnings)
    counts = tr(
        f"{checked.recipients} nơi nhận ({checked.vacant} khuyết), {errors} lỗi, {warnings} lưu ý.",
        f"{checked.recipients} recipients ({checked.vacant} vacant), {errors} errors, {warnings} warnings.",
    )
    unmatched = tr(
        "Chưa đối chiếu với danh mục đơn vị hành chính: thêm --era hoặc --date.",
        "Not compared with the list of administrative units: add --era or --date.",
    )
    return counts if matched else f"{counts}\n{unmatched}"
