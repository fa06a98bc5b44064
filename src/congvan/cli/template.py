"""``congvan template``: the built-in templates, and what a template needs."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from congvan.cli.app import app
from congvan.cli.messages import local, say, say_json

template = typer.Typer(no_args_is_help=True, help="Mẫu Word: danh sách mẫu dựng sẵn, các trường một mẫu cần.")
app.add_typer(template, name="template")


@template.command("list", help="Các loại văn bản và mẫu dựng sẵn.")
def list_templates(as_json: Annotated[bool, typer.Option("--json", help="In kết quả dạng JSON.")] = False) -> int:
    from congvan.letter import KINDS
    from congvan.word.built_in import TEMPLATES

    rows = [
        {"loai": kind.ma, "ten": kind.ten, "ky_hieu": kind.ky_hieu, "mau": TEMPLATES.get(kind.ma)}
        for kind in KINDS.values()
    ]
    if as_json:
        say_json(rows)
        return 0
    for row in rows:
        needs_own = local("(cần mẫu riêng)", "(needs your own)")
        say(f"{row['loai']:<16} {row['ky_hieu'] or '—':<5} {row['ten']:<18} {row['mau'] or needs_own}")
    return 0


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
