"""``congvan template``: the built-in templates, the gallery, what a template needs, and a sheet to fill in for it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from congvan.cli.app import CommandGroup, app
from congvan.cli.language import tr
from congvan.cli.messages import echo, echo_json
from congvan.cli.options import Force, keep

if TYPE_CHECKING:
    from congvan.recipients import ReadyList

template = CommandGroup(help="Mẫu Word: các loại văn bản, mẫu để sửa, bộ văn bản mẫu, các trường, bảng để điền.")
app.add_typer(template, name="template")


@template.command("list", help="29 loại văn bản: mã, tên, chữ viết tắt, mẫu của Nghị định 30 và tệp mẫu dựng sẵn.")
def list_templates(as_json: Annotated[bool, typer.Option("--json", help="In kết quả dạng JSON.")] = False) -> int:
    from congvan.letter import KINDS
    from congvan.word.builtin.templates import TEMPLATES

    rows = [
        {
            "loai": kind.ma,
            "ten": kind.ten,
            "ky_hieu": kind.ky_hieu,
            "mau_so": kind.mau_so,
            "phan_rieng": kind.phan_rieng,
            "mau": TEMPLATES[kind.ma],
        }
        for kind in KINDS.values()
    ]
    if as_json:
        echo_json(rows)
        return 0
    for row in rows:
        model = f"{tr('mẫu', 'model')} {row['mau_so']}"
        echo(f"{row['loai']:<16} {row['ky_hieu'] or '—':<5} {row['ten']:<18} {model:<11} {row['mau']}")
    return 0


@template.command("new", help="Ghi mẫu dựng sẵn của một loại thành tệp .docx để sửa trong Word, rồi dùng ở khóa mau.")
def new_template(
    kind: Annotated[str, typer.Argument(metavar="KIND", help="Mã loại văn bản; xem «congvan template list».")],
    output: Annotated[Path | None, typer.Option("--output", "-o", metavar="FILE", help="Tệp .docx sẽ ghi.")] = None,
) -> int:
    from congvan.word.builtin.templates import built_in_template

    _known(kind)
    target = output or Path(f"{kind}.docx")
    _new_file(target, built_in_template(kind))
    echo(tr(f"Đã ghi {target}. Sửa trong Word, rồi ghi «mau: {target.name}» trong tệp đợt.", f"Written: {target}"))
    return 0


@template.command("gallery", help="Ghi một văn bản mẫu cho mỗi loại và mỗi kiểu ký: Word, PDF và hình.")
def gallery(
    output: Annotated[Path, typer.Option("--output", "-o", metavar="DIR", help="Thư mục sẽ ghi.")],
    only: Annotated[
        str | None, typer.Option("--only", metavar="NAMES", help="Chỉ các văn bản này, cách nhau bằng dấu phẩy.")
    ] = None,
    pictures: Annotated[bool, typer.Option("--png/--no-png", help="Kèm hình từng trang.")] = True,
) -> int:
    from congvan.pdf.gallery import write_gallery
    from congvan.word.builtin.sample import SAMPLES

    names = [name.strip() for name in only.split(",")] if only else list(SAMPLES)
    for name in names:
        if name not in SAMPLES:
            raise _refused(name, SAMPLES)
    made = write_gallery(names, output, pictures=pictures)
    echo(tr(f"Đã ghi {made} tệp vào {output}.", f"{made} files written to {output}."))
    return 0


def _known(kind: str) -> None:
    from congvan.letter import KINDS

    if kind not in KINDS:
        raise _refused(kind, KINDS)


def _refused(name: str, known: Iterable[str]) -> typer.BadParameter:
    return typer.BadParameter(tr(f"không có «{name}»; có: ", f"there is no “{name}”, only ") + ", ".join(known))


def _new_file(target: Path, content: bytes) -> None:
    """Write a file that is not there yet: a template somebody has edited is never overwritten."""
    try:
        with target.open("xb") as file:
            file.write(content)
    except OSError as error:
        raise typer.BadParameter(f"{target}: {error.strerror}") from None


@template.command("fields", help="Các trường mà một mẫu Word cần.")
def fields(
    source: Annotated[Path, typer.Argument(metavar="TEMPLATE.docx")],
    as_json: Annotated[bool, typer.Option("--json", help="In kết quả dạng JSON.")] = False,
) -> int:
    from congvan.letter.part_values import PART_NAMES
    from congvan.word import WordTemplate

    names = sorted(WordTemplate(source).fields)
    rows = {
        "thanh_phan": [name for name in names if name in PART_NAMES],
        "truong": [name for name in names if name not in PART_NAMES],
    }
    if as_json:
        echo_json(rows)
        return 0
    titles = {
        "thanh_phan": tr("Thành phần của văn bản (congvan điền)", "Parts of a letter (congvan fills them)"),
        "truong": tr("Trường lấy từ danh sách hoặc tệp đợt", "Fields from the list or the campaign"),
    }
    for group, title in titles.items():
        echo(f"{title}: {', '.join(rows[group]) or '—'}")
    return 0


@template.command("sheet", help="Tạo tệp .xlsx có đúng các cột mà mẫu, đợt hay loại văn bản cần, sẵn để điền.")
def sheet(
    source: Annotated[str, typer.Argument(metavar="TEMPLATE.docx|CAMPAIGN.yaml|KIND")],
    out: Annotated[Path, typer.Option("-o", "--out", metavar="FILE", help="Tệp .xlsx.")],
    tiers: Annotated[
        list[str] | None, typer.Argument(metavar="[TIER]…", help="Cấp; của một đợt: mặc định mọi cấp.")
    ] = None,
    tier: Annotated[
        str | None, typer.Option("--tier", "--cap", metavar="TIER", help="Cấp của danh sách: tinh, huyen, xa, thon.")
    ] = None,
    province: Annotated[
        str | None,
        typer.Option(
            "--province", "--tinh", metavar="PROVINCE", help="Mã tỉnh, ví dụ 38: chọn huyện, xã trong danh mục."
        ),
    ] = None,
    era: Annotated[
        str | None,
        typer.Option("--era", "--thoi-ky", metavar="ERA", help="Thời kỳ: 2021, 2025-01 hoặc 2025-07 (mặc định)."),
    ] = None,
    every_field: Annotated[
        bool, typer.Option("--all", help="Cả những trường congvan tự điền trong một đợt, để dùng với render --data.")
    ] = False,
    force: Force = False,
    as_json: Annotated[bool, typer.Option("--json", help="In kết quả dạng JSON.")] = False,
) -> int:
    from congvan.recipients import write_blank_lists

    keep(out, force=force)
    chosen = [*(tiers or []), *([tier] if tier else [])]
    if Path(source).suffix.lower() in {".yaml", ".yml"}:
        lists = list(_of_campaign(Path(source), chosen, province, era))
    else:
        lists = [_of_template(source, chosen, province, era, every_field=every_field)]
    write_blank_lists(out, lists)
    if as_json:
        echo_json({"tep": str(out), "trang": [{"cap": one.cap, "cot": list(one.columns)} for one in lists]})
        return 0
    for one in lists:
        where = f"{out} ({one.cap})" if one.cap else str(out)
        echo(tr(f"{where}: cột {', '.join(one.titles)}.", f"{where}: columns {', '.join(one.titles)}."))
    return 0


def _of_campaign(path: Path, tiers: Sequence[str], province: str | None, era: str | None) -> Iterator[ReadyList]:
    from congvan.campaign import list_fields
    from congvan.recipients import blank_list
    from congvan.word import WordTemplate

    for one in list_fields(path, tiers):
        fields = one.fields | (WordTemplate(one.mau).fields - one.provided if one.mau else frozenset())
        ma_tinh = province or one.ma_tinh
        yield blank_list(fields, one.cap, era=era or one.era or _era_for(ma_tinh), ma_tinh=ma_tinh)


def _of_template(
    source: str, tiers: Sequence[str], province: str | None, era: str | None, *, every_field: bool
) -> ReadyList:
    """The list of a template alone; a kind with a built-in template needs what its addressees need."""
    from congvan.campaign.rules.field_names import FIELD_GROUPS
    from congvan.letter import KINDS
    from congvan.letter.part_values import PART_NAMES
    from congvan.recipients import Tier, blank_list
    from congvan.word import WordTemplate

    if len(tiers) > 1:
        raise typer.BadParameter(tr("một mẫu chỉ dùng cho một cấp mỗi lần", "one tier at a time for a template"))
    cap = tiers[0] if tiers else None
    if source in KINDS:
        cap = cap or "tinh"
        fields: frozenset[str] = frozenset({"ong_ba", "chuc_danh"}) if Tier.of(cap).is_person else frozenset()
    elif not Path(source).suffix:
        raise typer.BadParameter(tr(f"không có loại văn bản «{source}»", f"there is no kind “{source}”"))
    else:
        fields = WordTemplate(source).fields - FIELD_GROUPS - (frozenset() if every_field else PART_NAMES)
    if not fields and not cap:
        raise typer.BadParameter(
            tr(
                "mẫu này không lấy gì từ danh sách; ghi --tier, hoặc --all để dùng với render --data",
                "this template takes nothing from a list; give --tier, or --all for use with render --data",
            )
        )
    return blank_list(fields, cap, era=era or _era_for(province), ma_tinh=province)


def _era_for(province: str | None) -> str | None:
    """Where only a province is given, its units of today, as for ``recipients new``."""
    return "2025-07" if province else None
