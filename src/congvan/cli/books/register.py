"""``congvan register``: the number register as an office keeps it: look, print, verify."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from congvan.cli.app import FINDINGS, CommandGroup, app
from congvan.cli.language import tr
from congvan.cli.messages import echo, echo_json, echo_report, findings_json
from congvan.cli.options import BOOK as IN_FOLDER
from congvan.cli.options import (
    AllowedDatabaseNames,
    RecipientLists,
    ShowValues,
    book_here,
    recipient_lists,
    require_right,
    today,
)
from congvan.cli.values import whole_number
from congvan.findings import Report, finding

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from congvan.campaign.office import Right
    from congvan.register import Entry, Register, Series, TrailRow
    from congvan.register.book.printed_book import PrintedBook
    from congvan.register.letter_chain import Chains

register = CommandGroup(help="Sổ đăng ký văn bản đi: xem, tìm, xuất, nhập sổ cũ, hủy số, sao lưu, kiểm tra.")
app.add_typer(register, name="register")

Where = Annotated[
    str, typer.Option("--register", metavar="FILE|URL", help="Sổ đăng ký: tệp SQLite hoặc postgresql://…")
]
Body = Annotated[str | None, typer.Option("--body", "--don-vi", metavar="CODE", help="Mã đơn vị ban hành.")]
Year = Annotated[int | None, typer.Option("--year", "--nam", parser=whole_number, metavar="N", help="Năm của sổ.")]
Split = Annotated[
    str | None, typer.Option("--series", "--chuoi", metavar="SERIES", help="Dãy số riêng trong năm, nếu có.")
]
Who = Annotated[
    str | None, typer.Option("--user", "--nguoi", metavar="USER", help="Người thực hiện; mặc định: người dùng máy này.")
]
AsJson = Annotated[bool, typer.Option("--json", help="In kết quả dạng JSON.")]
BOOK_FILES = (".sqlite3", ".sqlite", ".db")
PRINTED = (".xlsx", ".docx", ".pdf")


@register.command(help="Xem sổ: từng số, tổng theo dãy số, mã nhật ký để ghi lại.")
def show(
    where: Where = IN_FOLDER,
    don_vi: Body = None,
    nam: Year = None,
    chuoi: Split = None,
    history: Annotated[bool, typer.Option("--history", "--nhat-ky", help="Xem nhật ký thay thế cho sổ.")] = False,
    as_json: AsJson = False,
) -> int:
    from congvan.register.letter_chain import Chains

    with existing(where) as book:
        entries = [line for line in book.entries(don_vi, nam) if chuoi is None or line.chuoi == chuoi]
        trail = book.trail()
        chains = Chains() if history or as_json else book.chains(entries)
    head = trail[-1].hash if trail else None
    if as_json:
        rows = {"nhat_ky": list(map(_trail_json, trail))} if history else {"so": list(map(entry_json, entries))}
        echo_json({**rows, "ma_nhat_ky": head})
        return 0
    _say_trail(trail) if history else _say_entries(entries, chains)
    if head:
        echo(
            tr(f"Mã nhật ký (ghi lại để kiểm tra sau): {head}", f"Head of the trail (note it to verify later): {head}")
        )
    return 0


@register.command(help="Xuất sổ theo mẫu mười cột của Nghị định 30/2020, có bìa: .xlsx, .docx hoặc .pdf.")
def export(
    out: Annotated[Path, typer.Argument(metavar="FILE.xlsx|FILE.docx|FILE.pdf")],
    where: Where = IN_FOLDER,
    don_vi: Body = None,
    nam: Year = None,
    chuoi: Split = None,
    bodies: Annotated[
        Path | None,
        typer.Option(
            "--bodies",
            "--don-vi-ban-hanh",
            metavar="FILE",
            help="Bảng đơn vị ban hành (don-vi.csv) hoặc tệp đợt, tệp cơ quan có don_vi; mặc định: don-vi.csv cạnh sổ.",
        ),
    ] = None,
    co_quan: Annotated[str, typer.Option("--name", "--co-quan", metavar="NAME", help="Tên cơ quan trên bìa.")] = "",
    chu_quan: Annotated[
        str, typer.Option("--parent", "--chu-quan", metavar="NAME", help="Tên cơ quan chủ quản trên bìa.")
    ] = "",
    quyen_so: Annotated[str, typer.Option("--volume", "--quyen-so", metavar="NAME", help="Quyển số trên bìa.")] = "",
    as_json: AsJson = False,
) -> int:
    from congvan.register.book.issuing_bodies import bodies_beside, bodies_in
    from congvan.register.book.printed_book import choose_series, printed_book
    from congvan.support.files import write_whole

    if out.suffix.lower() not in PRINTED:
        raise typer.BadParameter(f"{out.name} ({', '.join(PRINTED)})", param_hint="FILE")
    agencies = bodies_in(bodies) if bodies else bodies_beside(str(book_here(where)))
    with existing(where) as book:
        entries = list(book.entries())
        series = choose_series(entries, don_vi, nam, chuoi)
        own = [line for line in entries if line.series == series]
        chains = book.chains(own)
    names = {"co_quan": co_quan, "chu_quan": chu_quan, "quyen_so": quyen_so}
    printed = printed_book(series, own, chains, agencies=agencies, **names)
    if not co_quan and series.don_vi not in agencies:
        echo_report(Report((finding("register-body-unnamed", don_vi=series.don_vi),)))
    write_whole(out, _file(printed, out.suffix.lower()))
    if as_json:
        echo_json({"tep": out.as_posix(), "chuoi_so": str(series), "so_dong": len(own)})
    else:
        count = len(own)
        echo(tr(f"{out.as_posix()}: sổ {series}, {count} số", f"{out.as_posix()}: series {series}, {count} numbers"))
    return 0


@register.command(help="Kiểm tra sổ, nhật ký và tệp đã ban hành còn nguyên vẹn; không ghi gì.")
def verify(
    where: Where = IN_FOLDER,
    head: Annotated[
        str | None,
        typer.Option("--head", "--ma", metavar="HEAD", help="Mã nhật ký đã ghi lại lần trước (16 chữ số đầu là đủ)."),
    ] = None,
    as_json: AsJson = False,
) -> int:
    from congvan.register import Register
    from congvan.run.life.sealed_files import files_of_book

    with Register.open(book_here(where)) as book:
        report = book.verify(head)
        files = files_of_book(book) if report.ok else Report()
        found_head = book.head() if report.ok else None
        identity = book.identity() if report.ok else None
    if as_json:
        found = findings_json(report + files)
        whole = {"nguyen_ven": report.ok, "tep_nguyen_ven": not files.findings}
        echo_json({**whole, "ma_so": identity, "ma_nhat_ky": found_head, "findings": found})
    else:
        echo_report(report + files)
        if report.ok:
            echo(tr(f"Sổ còn nguyên vẹn. Mã nhật ký: {found_head}", f"The register is sound. Head: {found_head}"))
            if identity:
                echo(tr(f"Mã sổ: {identity}", f"Id of the register: {identity}"))
    return 0 if report.ok and not files.findings else FINDINGS


@register.command(help="Ghi rằng nơi nhận có mã mới là nơi nhận cũ: văn bản giữ số cũ, không cấp số mới.")
def same(
    old: Annotated[str | None, typer.Argument(metavar="OLD", help="Khóa trong sổ: đợt/cấp/mã cũ.")] = None,
    new: Annotated[str | None, typer.Argument(metavar="NEW", help="Khóa mới: đợt/cấp/mã mới.")] = None,
    campaign: Annotated[
        Path | None,
        typer.Option("--campaign", "--dot", metavar="CAMPAIGN.yaml", help="Ghi mọi cặp mà congvan thấy ở tệp đợt này."),
    ] = None,
    undo: Annotated[bool, typer.Option("--undo", help="Bỏ một lần ghi nhầm: khóa mới lại là nơi nhận khác.")] = False,
    recipients: RecipientLists = None,
    allow_database: AllowedDatabaseNames = None,
    show_values: ShowValues = False,  # noqa: ARG001  # heeded by every message
    where: Annotated[
        str | None, typer.Option("--register", metavar="FILE|URL", help="Sổ đăng ký: tệp SQLite hoặc postgresql://…")
    ] = None,
    who: Who = None,
    as_json: AsJson = False,
) -> int:
    from congvan.campaign import plan_file
    from congvan.register.same_recipients import note_recoded

    if (old is None or new is None) is (campaign is None) or (campaign and (old or undo)):
        raise typer.BadParameter(tr("ghi khóa cũ và khóa mới, hoặc --dot", "give OLD and NEW, or --dot"))
    plan = None
    if campaign:
        lists, databases = recipient_lists(recipients), allow_database or ()
        plan = plan_file(campaign, recipients=lists, allow_databases=databases, today=today())
    its_book = plan.campaign.book if plan else None
    with existing(str(where or its_book or IN_FOLDER), who, "cap_so") as book:
        if plan:
            pairs = {pair.planned.key: pair.known.khoa for pair in note_recoded(plan, book)}
        else:
            pairs = {str(new): str(old)}
            book.letters.undo_same(str(new), str(old)) if undo else book.letters.note_all_same(pairs)
    if as_json:
        echo_json([{"khoa_cu": was, "khoa": now} for now, was in pairs.items()])
    for now, was in pairs.items() if not as_json else ():
        if undo:
            echo(tr(f"{now} lại là nơi nhận khác, không phải {was}.", f"{now} is another recipient than {was} again."))
        else:
            echo(tr(f"{now} là nơi nhận của {was}.", f"{now} is the recipient of {was}."))
    if not pairs and not as_json:
        echo(tr("Không có nơi nhận nào đổi mã.", "No recipient has another code."))
    return 0


def _file(printed: PrintedBook, suffix: str) -> bytes:
    from congvan.pdf import to_pdf
    from congvan.register.book.word_document import write_docx
    from congvan.register.book.workbook import write_xlsx

    if suffix == ".xlsx":
        return write_xlsx(printed)
    docx = write_docx(printed)
    return to_pdf(docx) if suffix == ".pdf" else docx


def existing(where: str, who: str | None = None, right: Right | None = None) -> Register:
    """Open the register, refused where there is none: looking at one that is not there would show an empty book.

    With ``right`` also refused to a user whom the book's office does not give it.
    """
    from congvan.register import Register

    here = book_here(where)
    book = Register.open(here, who=who).require()
    if right:
        require_right(right, here, book)
    return book


def _say_entries(entries: Sequence[Entry], chains: Chains) -> None:
    from congvan.register.trail_sentences import state_name
    from congvan.text import short_date_of

    for series, lines in _by_series(entries).items():
        echo(tr(f"Sổ {series}: {_total(lines)}", f"Series {series}: {_total(lines)}"))
        for line in lines:
            day = short_date_of(line.ngay) if line.ngay else "—"
            letters = dict.fromkeys(letter.trang_thai for letter in chains.of_number(line.khoa))
            state = ", ".join(map(state_name, letters or [line.trang_thai]))
            notes = [*filter(None, [line.void_reason]), *(link.sentence() for link in chains.links(line))]
            state += f" ({'; '.join(notes)})" if notes else ""
            echo(f"  {line.so_ky_hieu:<17} {day:<11} {state:<14} {line.trich_yeu}  [{line.khoa}]")


def _total(lines: Sequence[Entry]) -> str:
    from collections import Counter

    from congvan.register.trail_sentences import state_name

    count = Counter(line.trang_thai for line in lines)
    return ", ".join(f"{state_name(state)} {times}" for state, times in sorted(count.items()))


def _by_series(entries: Iterable[Entry]) -> dict[Series, list[Entry]]:
    found: dict[Series, list[Entry]] = {}
    for line in entries:
        found.setdefault(line.series, []).append(line)
    return found


def _say_trail(trail: Sequence[TrailRow]) -> None:
    from congvan.register.trail_sentences import sentence

    for row in trail:
        run = f" [{row.run}]" if row.run else ""
        echo(f"{row.number:>6}  {row.at[:19]}Z  {row.who}{run}  {sentence(row)}")


def entry_json(line: Entry) -> dict[str, Any]:
    """A line of the register by the names of its parts."""
    return {name: plain(getattr(line, name)) for name in line.__slots__}


def _trail_json(row: TrailRow) -> dict[str, Any]:
    from congvan.register.trail_sentences import sentence

    names = ("number", "at", "who", "run", "act", "subject", "previous_hash", "hash")
    return {**{name: getattr(row, name) for name in names}, "change": row.read_change(), "sentence": sentence(row)}


def plain(value: Any) -> Any:
    """A date or time as ISO 8601; other values as they are."""
    return value.isoformat() if hasattr(value, "isoformat") else value
