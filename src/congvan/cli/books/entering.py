"""``congvan register import|void|delivered``: what is written into the register by hand."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from congvan.cli.app import FINDINGS
from congvan.cli.books.register import (
    BOOK_FILES,
    AsJson,
    Body,
    Where,
    Who,
    Year,
    entry_json,
    existing,
    register,
)
from congvan.cli.language import tr
from congvan.cli.messages import echo, echo_error, echo_json, echo_report, findings_json
from congvan.cli.options import BOOK as IN_FOLDER
from congvan.cli.options import ShowValues, book_here, office_book, require_right, today
from congvan.cli.values import day
from congvan.findings import Report

if TYPE_CHECKING:
    from collections.abc import Sequence

    from congvan.findings import Finding
    from congvan.register import Register
    from congvan.register.letter_book import Receipt

Names = Annotated[
    list[str],
    typer.Argument(metavar="LETTER…", help="Tên như trên giấy: 18/ĐLHL, 18/ĐLHL@2026, 18/ĐLHL#khóa, hoặc khóa."),
]


@register.command(
    "import",
    help="Nhập sổ đã có (.xlsx, .ods, .csv) như nó có: chỗ lạ được báo từng dòng, sổ vẫn nhập;"
    " hoặc sổ riêng của một đợt (.sqlite3) vào sổ của cơ quan: vào cả sổ, hoặc không số nào.",
)
def import_book(
    source: Annotated[Path, typer.Argument(metavar="BOOK.xlsx|BOOK.csv|BOOK.sqlite3")],
    don_vi: Body = None,
    nam: Year = None,
    chuoi: Annotated[
        str, typer.Option("--series", "--chuoi", metavar="SERIES", help="Dãy số riêng trong năm, nếu có.")
    ] = "",
    sheet: Annotated[
        str | None, typer.Option("--sheet", "--trang-tinh", metavar="SHEET", help="Trang tính; mặc định: trang đầu.")
    ] = None,
    where: Where = IN_FOLDER,
    who: Who = None,
    show_values: ShowValues = False,  # noqa: ARG001  # heeded by every message
    check: Annotated[bool, typer.Option("--check", help="Chỉ kiểm tra, không nhập.")] = False,
    as_json: AsJson = False,
) -> int:
    from congvan.register import Register, Series
    from congvan.register.legacy.book_file import read_legacy_book

    if source.suffix.lower() in BOOK_FILES:
        taker = where if where != IN_FOLDER else office_book(source.parent)
        return _take_over(source, taker, who, check=check, as_json=as_json)
    if don_vi is None or nam is None:
        raise typer.BadParameter(tr("sổ bảng tính cần --don-vi và --nam", "a spreadsheet needs --don-vi and --nam"))
    old = read_legacy_book(source, Series(don_vi, nam, chuoi), sheet=sheet)
    target = book_here(where)
    with Register.open(target, who=who, run=f"import {source.name}") as book:
        require_right("cap_so", target, book)
        report = old.report + book.check_issued(old.lines)
        is_entered = report.ok and bool(old.lines) and not check
        before = _back_up(book) if is_entered else None
        entered = book.enter_issued(old.lines) if is_entered else 0
    if as_json:
        found = findings_json(report)
        echo_json({"da_nhap": entered, "sao_luu": before and before.as_posix(), "findings": found})
    else:
        echo_report(report)
        _say_before(before)
        if report.ok:
            read = len(old.lines)
            echo(tr(f"{read} dòng đọc được, đã nhập {entered}.", f"{read} lines were read, {entered} entered."))
    return 0 if report.ok else FINDINGS


def _take_over(source: Path, where: Path | str | None, who: str | None, *, check: bool, as_json: bool) -> int:
    """Move a campaign's own book into another, and put its file aside."""
    from congvan.register import Register
    from congvan.support.files import replace

    if where is None or Path(where).absolute() == source.absolute():
        missing = tr("ghi sổ đích sau --register", "give the book that takes the numbers to --register")
        raise typer.BadParameter(missing, param_hint="--register")
    with (
        Register.open(source).require() as own,
        Register.open(where, who=who, run=f"import {source.name}") as book,
    ):
        entries = tuple(own.entries())
        require_right("cap_so", where, book)
        report = book.check_entries(entries)
        is_moved = report.ok and not check
        before = _back_up(book) if is_moved else None
        entered = book.take_over_book(own) if is_moved else 0
    aside = _aside(source) if is_moved else None
    if aside:
        replace(source, aside)
    if as_json:
        paths = {"sao_luu": before and before.as_posix(), "chuyen_thanh": aside and aside.as_posix()}
        echo_json({"da_nhap": entered, **paths, "findings": findings_json(report)})
        return 0 if report.ok else FINDINGS
    echo_report(report)
    _say_before(before)
    if report.ok:
        count = len(entries)
        echo(tr(f"{count} số hợp lệ, đã nhập {entered}.", f"{count} numbers are sound, {entered} were entered."))
    if aside:
        echo(tr(f"Sổ cũ cất ở {aside.as_posix()}.", f"The old book is kept as {aside.as_posix()}."))
    return 0 if report.ok else FINDINGS


def _aside(source: Path) -> Path:
    """A free name beside ``source`` for a book that has been entered elsewhere."""
    from itertools import count

    names = (source.with_stem(f"{source.stem}.da-nhap{number or ''}") for number in count())
    return next(name for name in names if not name.exists())


@register.command(help="Hủy số của văn bản chưa ban hành, có lý do; số đã hủy không cấp lại.")
def void(
    names: Names,
    reason: Annotated[str, typer.Option("--reason", "--ly-do", metavar="REASON", help="Lý do hủy.")],
    where: Where = IN_FOLDER,
    who: Who = None,
    as_json: AsJson = False,
) -> int:
    with existing(where, who, "cap_so") as book:
        lines = book.void_named(names, reason)
    if as_json:
        entries = list(map(entry_json, lines))
        echo_json(entries[0] if len(entries) == 1 else entries)
        return 0
    for line in lines:
        number = line.so_ky_hieu
        echo(tr(f"Đã hủy số {number} ({line.series}).", f"Number {number} ({line.series}) is void."))
    echo_error(
        tr(
            "Văn bản nào vẫn phải gửi thì lần chạy sau lấy số mới.",
            "A letter that is still to go out takes a new number with the next run.",
        )
    )
    return 0


@register.command(help="Ghi đã gửi văn bản đã ban hành; từ đó không bỏ ban hành được nữa.")
def delivered(
    names: Annotated[
        list[str] | None, typer.Argument(metavar="[LETTER…]", help="18/ĐLHL, 18/ĐLHL@2026 hoặc khóa.")
    ] = None,
    lists: Annotated[
        list[Path] | None,
        typer.Option(
            "--from", "--tu", metavar="RECEIPTS.xlsx", help="Danh sách ký nhận đã điền ngày nhận và người ký nhận."
        ),
    ] = None,
    where: Where = IN_FOLDER,
    who: Who = None,
    as_json: AsJson = False,
) -> int:
    if not names and not lists:
        raise typer.BadParameter(tr("ghi số văn bản, hoặc --tu DANH_SÁCH", "name letters, or --tu LIST"))
    receipts = _receipts_in(lists or ())
    with existing(where, who, "ban_hanh") as book:
        keys = [*dict.fromkeys(khoa for name in names or () for khoa in book.named(name))]
        book.letters.deliver(keys)
        keys += book.letters.receive(receipts)
    if as_json:
        echo_json({"da_gui": keys})
    else:
        count = len(keys)
        echo(tr(f"Đã ghi {count} văn bản là đã gửi.", f"{count} letter{'' if count == 1 else 's'} noted as delivered."))
    return 0


@register.command(help="Xóa khỏi sổ nội dung các văn bản đã ban hành trước một ngày; số, ngày, mã kiểm tra vẫn còn.")
def forget(
    before: Annotated[
        date, typer.Option("--before", "--truoc", parser=day, metavar="DAY", help="Văn bản ghi ngày trước ngày này.")
    ],
    reason: Annotated[str, typer.Option("--reason", "--ly-do", metavar="REASON", help="Lý do, ghi vào nhật ký.")],
    where: Where = IN_FOLDER,
    who: Who = None,
    as_json: AsJson = False,
) -> int:
    with existing(where, who, "ban_hanh") as book:
        keys = book.letters.forget(before, reason)
    if as_json:
        echo_json({"da_xoa": list(keys)})
    else:
        count = len(keys)
        echo(tr(f"Đã xóa nội dung {count} văn bản.", f"The content of {count} letters was removed."))
    return 0


def _receipts_in(lists: Sequence[Path]) -> dict[str, Receipt]:
    """The receipts of all ``lists``; a line that cannot be read stops them all."""
    from congvan.errors import DirectoryError
    from congvan.office.receipts import read_receipts

    receipts: dict[str, Receipt] = {}
    findings: list[Finding] = []
    for path in lists:
        found, wrong = read_receipts(path, today())
        receipts |= found
        findings += wrong
    Report.of(findings).raise_errors(DirectoryError)
    return receipts


def _back_up(book: Register) -> Path | None:
    """Keep the register as it is before a whole book is entered; None where there is none yet."""
    if next(book.entries(), None) is None:
        return None
    path = book.backup_path("nhap")
    book.backup(path, check=False)
    return path


def _say_before(before: Path | None) -> None:
    if before:
        echo_error(tr(f"Sổ trước khi nhập: {before}", f"The register as it was: {before}"))
