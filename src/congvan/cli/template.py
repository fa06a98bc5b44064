"""``congvan template``: the built-in templates, the gallery of samples, and what a template needs."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Annotated

import typer

from congvan.cli.app import app
from congvan.cli.messages import local, say, say_json

template = typer.Typer(no_args_is_help=True, help="Mẫu Word: các loại văn bản, mẫu để sửa, bộ văn bản mẫu.")
app.add_typer(template, name="template")


@template.command("list", help="29 loại văn bản: mã, tên, chữ viết tắt, mẫu của Nghị định 30 và tệp mẫu dựng sẵn.")
def list_templates(as_json: Annotated[bool, typer.Option("--json", help="In kết quả dạng JSON.")] = False) -> int:
    from congvan.letter import KINDS
    from congvan.word.built_in import TEMPLATES

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
        say_json(rows)
        return 0
    for row in rows:
        model = f"{local('mẫu', 'model')} {row['mau_so']}"
        say(f"{row['loai']:<16} {row['ky_hieu'] or '—':<5} {row['ten']:<18} {model:<11} {row['mau']}")
    return 0


@template.command("new", help="Ghi mẫu dựng sẵn của một loại thành tệp .docx để sửa trong Word, rồi dùng ở khóa mau.")
def new_template(
    kind: Annotated[str, typer.Argument(metavar="LOAI", help="Mã loại văn bản; xem «congvan template list».")],
    output: Annotated[Path | None, typer.Option("--output", "-o", help="Tệp .docx sẽ ghi.")] = None,
) -> int:
    from congvan.word.built_in import built_in_template

    _known(kind)
    target = output or Path(f"{kind}.docx")
    _new_file(target, built_in_template(kind))
    say(local(f"Đã ghi {target}. Sửa trong Word, rồi ghi «mau: {target.name}» trong tệp đợt.", f"Written: {target}"))
    return 0


@template.command("gallery", help="Ghi một văn bản mẫu cho mỗi loại và mỗi kiểu ký: Word, PDF và hình.")
def gallery(
    output: Annotated[Path, typer.Option("--output", "-o", help="Thư mục sẽ ghi.")],
    only: Annotated[str | None, typer.Option("--only", help="Chỉ các văn bản này, cách nhau bằng dấu phẩy.")] = None,
    pictures: Annotated[bool, typer.Option("--png/--no-png", help="Kèm hình từng trang.")] = True,
) -> int:
    from congvan.pdf.gallery import show
    from congvan.word.sample import SAMPLES

    names = [name.strip() for name in only.split(",")] if only else list(SAMPLES)
    for name in names:
        if name not in SAMPLES:
            raise _refused(name, SAMPLES)
    made = show(names, output, pictures=pictures)
    say(local(f"Đã ghi {made} tệp vào {output}.", f"{made} files written to {output}."))
    return 0


def _known(kind: str) -> None:
    from congvan.letter import KINDS

    if kind not in KINDS:
        raise _refused(kind, KINDS)


def _refused(name: str, known: Iterable[str]) -> typer.BadParameter:
    return typer.BadParameter(local(f"không có «{name}»; có: ", f"there is no “{name}”, only ") + ", ".join(known))


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
    from congvan.letter.printed import PART_NAMES
    from congvan.word import WordTemplate

    names = sorted(WordTemplate(source).fields)
    rows = {
        "thanh_phan": [name for name in names if name in PART_NAMES],
        "truong": [name for name in names if name not in PART_NAMES],
    }
    if as_json:
        say_json(rows)
        return 0
    titles = {
        "thanh_phan": local("Thành phần của văn bản (congvan điền)", "Parts of a letter (congvan fills them)"),
        "truong": local("Trường lấy từ danh sách hoặc tệp đợt", "Fields from the list or the campaign"),
    }
    for group, title in titles.items():
        say(f"{title}: {', '.join(rows[group]) or '—'}")
    return 0
