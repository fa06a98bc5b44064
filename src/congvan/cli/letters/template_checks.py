"""``congvan template check``, ``diff`` and ``from``: a template before it is used, and a style learnt from a letter."""

from __future__ import annotations

import io
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from congvan.cli.app import DONE, FINDINGS
from congvan.cli.language import tr
from congvan.cli.letters.template import template
from congvan.cli.messages import echo, echo_json, echo_report, findings_json
from congvan.cli.options import Force, keep
from congvan.findings import Place, Report, finding

if TYPE_CHECKING:
    from congvan.inspect.learned_style import LearnedStyle
    from congvan.word.template.difference import TemplateDifference

AsJson = Annotated[bool, typer.Option("--json", help="In kết quả dạng JSON.")]


@template.command("check", help="Kiểm tra một mẫu; với --data: điền thử mọi hàng của danh sách và soát văn bản mẫu ra.")
def check(
    source: Annotated[Path, typer.Argument(metavar="TEMPLATE.docx")],
    data: Annotated[
        Path | None,
        typer.Option(
            "--data",
            metavar="FILE",
            help="Danh sách để điền thử; không ghi tệp nào.",
        ),
    ] = None,
    as_json: AsJson = False,
) -> int:
    from congvan.word import WordTemplate

    opened = WordTemplate(source)
    report = opened.report
    if not opened.fields:
        report += Report((finding("template-no-fields", Place(file=source.name)),))
    letters = 0
    if data is not None and report.ok:
        found, letters = _filled(source, data)
        report += found
    if as_json:
        echo_json(findings_json(report))
        return DONE if report.ok else FINDINGS
    echo_report(report, writes=False)
    if report.ok:
        fields = len(opened.fields)
        vi, en = f"{source.name}: {fields} trường", f"{source.name}: {fields} fields"
        if data is not None:
            vi, en = f"{vi}; điền được {letters} văn bản", f"{en}; {letters} letters filled"
        echo(tr(f"{vi}. Không có lỗi.", f"{en}. No errors."))
    return DONE if report.ok else FINDINGS


def _filled(source: Path, data: Path) -> tuple[Report, int]:
    """Fill every row in a folder that is thrown away; the shortest and the longest letter are linted."""
    from congvan.linter import lint
    from congvan.run import render_table

    with tempfile.TemporaryDirectory() as folder:
        run = render_table(source, data, out=folder, formats=("docx",))
        made = sorted(Path(folder).rglob("*.docx"), key=lambda path: (path.stat().st_size, path.name))
        chosen = dict.fromkeys([*made[:1], *made[-1:]])
        linted = [one for path in chosen for one in lint(path.read_bytes(), path.name)]
    return run.report + Report.of(linted), len(run.letters)


@template.command("diff", help="So hai bản của một mẫu: trường thêm, trường bỏ, chữ đã đổi.")
def diff(
    old: Annotated[Path, typer.Argument(metavar="OLD.docx")],
    new: Annotated[Path, typer.Argument(metavar="NEW.docx")],
    as_json: AsJson = False,
) -> int:
    from congvan.word import WordTemplate
    from congvan.word.template.difference import template_difference

    found = template_difference(WordTemplate(old), WordTemplate(new))
    if as_json:
        changes = [{"cu": list(one.before), "moi": list(one.after)} for one in found.changes]
        echo_json({"truong_them": list(found.added), "truong_bo": list(found.dropped), "chu_doi": changes})
        return DONE
    for line in _difference_lines(found):
        echo(line)
    return DONE


def _difference_lines(found: TemplateDifference) -> Iterator[str]:
    if not found:
        yield tr("Hai mẫu cùng trường, cùng chữ.", "Both templates have the same fields and words.")
        return
    if found.added:
        yield tr("Trường thêm: ", "Fields added: ") + ", ".join(found.added)
    if found.dropped:
        yield tr("Trường bỏ: ", "Fields dropped: ") + ", ".join(found.dropped)
    for change in found.changes:
        yield from (f"- {text}" for text in change.before)
        yield from (f"+ {text}" for text in change.after)


@template.command("from", help="Đọc cách trình bày của một văn bản Word mà cơ quan ưng ý thành tệp mau_trinh_bay.")
def learn(
    source: Annotated[Path, typer.Argument(metavar="LETTER.docx")],
    output: Annotated[
        Path | None,
        typer.Option(
            "--output",
            "-o",
            metavar="FILE",
            help="Tệp .yaml sẽ ghi; mặc định in ra.",
        ),
    ] = None,
    force: Force = False,
) -> int:
    from congvan.inspect import facts
    from congvan.inspect.learned_style import learn_style
    from congvan.support.files import write_whole

    if output is not None:
        keep(output, force=force)
    style = learn_style(facts(source))
    text = _yaml(style, source)
    echo_report(Report((*style.unread, *style.refused)), writes=False)
    if output is None:
        echo(text.rstrip())
    else:
        write_whole(output, text.encode())
        vi = f"Đã ghi {output}; ghi «mau_trinh_bay: {output.name}» trong co-quan.yaml."
        echo(tr(vi, f"Written: {output}; name it as «mau_trinh_bay» in co-quan.yaml."))
    return FINDINGS if style.refused else DONE


def _yaml(style: LearnedStyle, source: Path) -> str:
    """The style as the file ``mau_trinh_bay`` names; what the decree does not allow stands in remarks."""
    from ruamel.yaml import YAML

    target = io.StringIO()
    target.write(f"# {tr('Cách trình bày đọc từ', 'The style read from')} {source.name}\n")
    for one in style.refused:
        target.write(f"# {one.values['part']}: {one.values['value']}  ({one.message})\n")
    YAML().dump(_plain(style.values), target)
    return target.getvalue()


def _plain(values: Mapping[str, Any]) -> dict[str, Any]:
    """Whole numbers without their ``.0``."""
    return {
        name: int(value) if isinstance(value, float) and value.is_integer() else value for name, value in values.items()
    }
