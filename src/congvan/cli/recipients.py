"""``congvan recipients``: a list to begin with, everything wrong with one, and a clean copy of an old one."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from congvan.cli.app import FINDINGS, app
from congvan.cli.messages import complain, complain_report, local, say, say_json
from congvan.cli.options import names

if TYPE_CHECKING:
    from congvan.findings import Finding, Report
    from congvan.recipients import Directory, UnitList

recipients = typer.Typer(no_args_is_help=True, help="Danh sách nơi nhận: tạo sẵn, kiểm tra, chuyển đổi.")
app.add_typer(recipients, name="recipients")

_AsJson = Annotated[bool, typer.Option("--json", help="In kết quả dạng JSON.")]
_Encoding = Annotated[Literal["tcvn3", "vni"] | None, typer.Option(help="Đổi từ phông cũ: tcvn3 (.VnTime) hoặc vni.")]
_Force = Annotated[bool, typer.Option("--force", help="Ghi đè tệp đã có.")]
_ShowValues = Annotated[bool, typer.Option("--show-values", help="Hiện cả họ tên, số điện thoại trong thông báo.")]
_SheetName = Annotated[str | None, typer.Option(help="Chỉ đọc trang tính này.")]


@recipients.command("new", help="Tạo danh sách sẵn của một tỉnh: UBND mọi huyện, xã, kèm mã.")
def new(
    out: Annotated[Path, typer.Option("-o", "--out", help="Tệp .xlsx hoặc .csv.")],
    province: Annotated[str, typer.Option(help="Mã tỉnh, ví dụ 38.")],
    era: Annotated[str, typer.Option(help="Thời kỳ: 2021, 2025-01 hoặc 2025-07.")] = "2025-07",
    tier: Annotated[str, typer.Option(help="Cấp: tinh, huyen, xa, thon.")] = "xa",
    force: _Force = False,
    as_json: _AsJson = False,
) -> int:
    from congvan.recipients import new_list

    _keep(out, force=force)
    ready = new_list(province, era, tier)
    ready.save(out)
    if as_json:
        say_json({"tep": str(out), "cap": tier, "hang": len(ready.rows)})
    else:
        say(local(f"{out}: {len(ready.rows)} hàng.", f"{out}: {len(ready.rows)} rows."))
    return 0


@recipients.command("check", help="Kiểm tra cả danh sách, nêu mọi lỗi theo hàng và cột; không sửa tệp.")
def check(
    source: Annotated[Path, typer.Argument(metavar="FILE")],
    tier: Annotated[str, typer.Option(help="Cấp của danh sách: tinh, huyen, xa, thon …")],
    era: Annotated[str | None, typer.Option(help="Đối chiếu đơn vị với thời kỳ 2021, 2025-01 hoặc 2025-07.")] = None,
    province: Annotated[str | None, typer.Option(help="Mã tỉnh của những hàng không ghi tỉnh.")] = None,
    date: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Ngày văn bản: đơn vị phải có vào ngày ấy.")
    ] = None,
    scope: Annotated[
        str | None, typer.Option(help="Phạm vi được chấp thuận: 38 hoặc 400,401 hoặc 16012/Thôn 3.")
    ] = None,
    sheet: _SheetName = None,
    encoding: _Encoding = None,
    mark: Annotated[Path | None, typer.Option(metavar="COPY.xlsx", help="Ghi bản sao có chú thích tại ô.")] = None,
    force: _Force = False,
    show_values: _ShowValues = False,
    as_json: _AsJson = False,
) -> int:
    from congvan.findings import Report
    from congvan.recipients import read_directory, write_marked_copy

    if mark:
        _keep(mark, force=force)
    units = _units(era, date)
    directory = read_directory(source, tier, units=units, ma_tinh=province, sheet=sheet, encoding=encoding)
    whole = directory.report + Report.of(_more(directory, units, date, names(scope)))
    if mark:
        write_marked_copy(source, whole, mark)
    report = whole if show_values else _without_persons(whole)
    vacant = sum(one.khuyet for one in directory)
    if as_json:
        told = [found.as_dict() for found in report]
        say_json({"tep": str(source), "cap": tier, "noi_nhan": len(directory), "khuyet": vacant, "phat_hien": told})
    else:
        complain_report(report)
        _say_counts(directory, report, vacant, matched=units is not None)
    return 0 if report.ok else FINDINGS


@recipients.command("convert", help="Chuyển danh sách sang .xlsx hoặc .csv sạch: Unicode, điền ô trống của đơn vị.")
def convert(
    source: Annotated[Path, typer.Argument(metavar="IN")],
    target: Annotated[Path, typer.Argument(metavar="OUT")],
    encoding: _Encoding = None,
    sheet: _SheetName = None,
    force: _Force = False,
    show_values: _ShowValues = False,
    as_json: _AsJson = False,
) -> int:
    from congvan.errors import DirectoryError
    from congvan.recipients import convert_list

    _keep(target, force=force)
    try:
        count, report = convert_list(source, target, encoding=encoding, sheet=sheet)
    except DirectoryError as error:
        count, report = 0, error.report
    told = report if show_values else _without_persons(report)
    if as_json:
        say_json({"tep": str(target), "hang": count, "phat_hien": [found.as_dict() for found in told]})
    else:
        complain_report(told)
    if not report.ok:
        return FINDINGS
    if not as_json:
        say(local(f"{target}: {count} hàng.", f"{target}: {count} rows."))
    return 0


def _keep(path: Path, *, force: bool) -> None:
    """Refuse to write over a file that somebody may have filled in."""
    if path.exists() and not force:
        raise typer.BadParameter(local(f"{path} đã có (--force để ghi đè)", f"{path} exists (--force to overwrite)"))


def _without_persons(report: Report) -> Report:
    from congvan.recipients import without_personal_values

    hidden = without_personal_values(report)
    if hidden != report:
        complain(
            local(
                "Giá trị về người viết là «…»; thêm --show-values để xem.",
                "Personal values are shown as “…”; --show-values shows them.",
            )
        )
    return hidden


def _units(era: str | None, day: datetime | None) -> UnitList | None:
    from congvan.recipients import ERAS, era_named, era_of, unit_list

    if era is None:
        return unit_list(era_of(day.date())) if day else None
    if (known := era_named(era)) is None:
        raise typer.BadParameter(f"--era {era} ({', '.join(one.ma for one in ERAS)})")
    return unit_list(known)


def _more(directory: Directory, units: UnitList | None, day: datetime | None, scope: tuple[str, ...]) -> list[Finding]:
    """What the date of the letters and the approved area add to the findings about the list itself."""
    from congvan.recipients import coverage, era_findings

    found = list(era_findings(directory, day.date())) if day else []
    if scope:
        if units is None:
            raise typer.BadParameter(local("--scope cần --era hoặc --date", "--scope needs --era or --date"))
        found += coverage(directory, units, scope).report
    return found


def _say_counts(directory: Directory, report: Report, vacant: int, *, matched: bool) -> None:
    errors, warnings = len(report.errors), len(report.warnings)
    say(
        local(
            f"{len(directory)} nơi nhận ({vacant} khuyết), {errors} lỗi, {warnings} lưu ý.",
            f"{len(directory)} recipients ({vacant} vacant), {errors} errors, {warnings} warnings.",
        )
    )
    if not matched:
        say(
            local(
                "Chưa đối chiếu với danh mục đơn vị hành chính: thêm --era hoặc --date.",
                "Not compared with the list of administrative units: add --era or --date.",
            )
        )
