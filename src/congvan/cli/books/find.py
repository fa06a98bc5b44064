"""``congvan register find``: lines of the register by number, words, recipient or date."""

from __future__ import annotations

from datetime import date
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Annotated, Any

import typer

from congvan.cli.books.register import AsJson, Body, Where, Year, entry_json, existing, register
from congvan.cli.language import tr
from congvan.cli.messages import echo, echo_error, echo_json
from congvan.cli.options import BOOK as IN_FOLDER
from congvan.cli.values import day

if TYPE_CHECKING:
    from congvan.register.lookup.search import FoundLetter

_SHOWN = 200
_FILES = 6
_HIDDEN = "…"


@register.command(
    help="Tìm văn bản theo số (18, 18/ĐLHL, 18/ĐLHL@2026), ngày (21/6/2021), chữ trong trích yếu hoặc nơi nhận; "
    "viết có dấu hay không dấu đều được, văn bản phải có đủ các chữ."
)
def find(
    texts: Annotated[list[str] | None, typer.Argument(metavar="[TEXT]…")] = None,
    on: Annotated[
        date | None, typer.Option("--date", "--ngay", parser=day, metavar="DAY", help="Ngày văn bản, ví dụ 21/6/2021.")
    ] = None,
    since: Annotated[
        date | None, typer.Option("--from", "--tu", parser=day, metavar="DAY", help="Từ ngày này.")
    ] = None,
    until: Annotated[
        date | None, typer.Option("--to", "--den", parser=day, metavar="DAY", help="Đến hết ngày này.")
    ] = None,
    nam: Year = None,
    don_vi: Body = None,
    where: Where = IN_FOLDER,
    show_values: Annotated[
        bool, typer.Option("--show-values", help="Hiện cả trích yếu, nơi nhận của văn bản mật.")
    ] = False,
    as_json: AsJson = False,
) -> int:
    from congvan.register.lookup.search import Search

    search = Search.of(texts or (), since=on or since, until=on or until, nam=nam, don_vi=don_vi)
    if search.is_empty:
        raise typer.BadParameter(tr("cho biết cần tìm gì", "say what to look for"), param_hint="TEXT")
    with existing(where) as book:
        found = tuple(one if show_values else _without_secrets(one) for one in book.find(search))
        folder = book.folder
    if as_json:
        echo_json({"so": [_json(one, folder) for one in found]})
        return 0
    for one in found[:_SHOWN]:
        _say(one, folder)
    count = len(found)
    if count > _SHOWN:
        echo_error(tr(f"Còn {count - _SHOWN} số nữa; tìm hẹp hơn.", f"{count - _SHOWN} more; narrow the search."))
    echo_error(tr(f"Tìm thấy {count} số.", f"{count} number{'' if count == 1 else 's'} found."))
    return 0


def _without_secrets(found: FoundLetter) -> FoundLetter:
    """A letter with a secrecy mark keeps number, date and kind; what it is about and to whom stays out."""
    from dataclasses import replace

    from congvan.letter.number_request import SERIES_OF_MARKED_LETTERS

    if found.entry.chuoi != SERIES_OF_MARKED_LETTERS:
        return found
    return found._replace(entry=replace(found.entry, trich_yeu=_HIDDEN, noi_nhan=_HIDDEN, ghi_chu=""))


def _say(found: FoundLetter, folder: Path | None) -> None:
    from congvan.register.trail_sentences import state_name
    from congvan.text import short_date_of

    line = found.entry
    day = short_date_of(line.ngay) if line.ngay else "—"
    reason = f" ({line.void_reason})" if line.void_reason else ""
    states = dict.fromkeys(letter.trang_thai for letter in found.letters) or [line.trang_thai]
    state = ", ".join(map(state_name, states))
    echo(f"{line.so_ky_hieu}  {day}  {state}{reason}  {line.trich_yeu}")
    files = [str(_path(file, folder)) for file in found.files[:_FILES]]
    if len(found.files) > _FILES:
        files.append("…")
    details = [line.noi_nhan and f"→ {line.noi_nhan}", *(link.sentence() for link in found.links)]
    for detail in (*details, *files, f"[{line.khoa}]"):
        if detail:
            echo(f"    {detail}")


def _json(found: FoundLetter, folder: Path | None) -> dict[str, Any]:
    return {
        "so_ky_hieu": found.entry.so_ky_hieu,
        **entry_json(found.entry),
        "van_ban": [{"khoa": letter.khoa, "trang_thai": letter.trang_thai} for letter in found.letters],
        "lien_quan": [
            {
                "quan_he": link.relation,
                "so_ky_hieu": link.so_ky_hieu,
                "ngay": link.ngay and link.ngay.isoformat(),
                "cau": link.sentence(),
            }
            for link in found.links
        ],
        "tep": [_path(file, folder).as_posix() for file in found.files],
    }


def _path(file: PurePosixPath, folder: Path | None) -> Path:
    return (folder or Path()) / file
