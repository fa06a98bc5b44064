"""``congvan register backup|restore``: the whole register in one file, and back."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from congvan.cli.app import FINDINGS
from congvan.cli.books.register import AsJson, Where, Who, existing, register
from congvan.cli.language import tr
from congvan.cli.messages import echo, echo_error, echo_json, echo_report, findings_json
from congvan.cli.options import BOOK as IN_FOLDER
from congvan.cli.options import Force, book_here, keep, require_right


@register.command(help="Sao lưu cả sổ vào một tệp, kiểm tra xong mới đặt vào chỗ; chạy được khi sổ đang dùng.")
def backup(
    target: Annotated[Path, typer.Argument(metavar="FILE.sqlite3")],
    where: Where = IN_FOLDER,
    force: Force = False,
    as_json: AsJson = False,
) -> int:
    keep(target, force=force)
    with existing(where) as book:
        count = book.backup(target)
        head = book.head()
    if as_json:
        echo_json({"tep": target.as_posix(), "so_dong": count, "ma_nhat_ky": head})
    else:
        echo(tr(f"{target.as_posix()}: đã sao lưu {count} số", f"{target.as_posix()}: {count} numbers backed up"))
    return 0


@register.command(help="Khôi phục sổ từ bản sao lưu; từ chối nếu bản ấy thiếu số đã cấp. Sổ hiện nay được giữ lại.")
def restore(
    source: Annotated[Path, typer.Argument(metavar="FILE.sqlite3")],
    where: Where = IN_FOLDER,
    who: Who = None,
    enter_new: Annotated[
        bool, typer.Option("--enter-new", "--giu-so-moi", help="Ghi luôn vào sổ các số đã cấp mà bản sao lưu thiếu.")
    ] = False,
    as_json: AsJson = False,
) -> int:
    from congvan.register import Register

    target = book_here(where)
    with Register.open(target, who=who, run=f"restore {source.name}") as book:
        require_right("cap_so", target, book)
        restored = book.restore(source, enter_new=enter_new)
        report = restored.report + book.verify()
    before = restored.before
    if as_json:
        found = findings_json(report)
        done = {"so_dong": restored.numbers, "da_nhap": list(restored.entered)}
        echo_json({**done, "so_truoc_do": before and before.as_posix(), "findings": found})
        return 0 if report.ok else FINDINGS
    echo_report(report)
    if before:
        echo_error(tr(f"Sổ trước khi khôi phục: {before}", f"The register as it was: {before}"))
    echo(tr(f"Đã khôi phục sổ, {restored.numbers} số.", f"The register is restored, {restored.numbers} numbers."))
    if restored.entered:
        numbers = ", ".join(restored.entered)
        echo(tr(f"Trong đó nhập thêm: {numbers}", f"Entered beside the backup: {numbers}"))
    return 0 if report.ok else FINDINGS
