"""``congvan init DIR``: an office with a campaign to start from; inside an office, a further campaign of it."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from congvan.cli.app import app
from congvan.cli.language import tr
from congvan.cli.messages import echo, echo_error
from congvan.cli.options import accept

if TYPE_CHECKING:
    from congvan.campaign.starter import OfficeHead


@app.command(help="Tạo thư mục cơ quan với một đợt mẫu; ở trong một cơ quan thì tạo thêm một đợt của cơ quan ấy.")
def init(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Thư mục mới.")],
    name: Annotated[
        str, typer.Option("--name", "--ten", metavar="NAME", help="Tên cơ quan, ví dụ Sở Công Thương tỉnh Thanh Hóa.")
    ] = "",
    parent: Annotated[
        str, typer.Option("--parent", "--chu-quan", metavar="NAME", help="Cơ quan chủ quản, in trên tên cơ quan.")
    ] = "",
    symbol: Annotated[
        str, typer.Option("--symbol", "--ky-hieu", metavar="CODE", help="Chữ viết tắt trong ký hiệu, ví dụ SCT.")
    ] = "",
    place: Annotated[
        str, typer.Option("--place", "--dia-danh", metavar="NAME", help="Địa danh ghi trước ngày tháng.")
    ] = "",
    new_office: Annotated[
        bool, typer.Option("--new-office", help="Đúng là một cơ quan khác, dù bên cạnh đã có một cơ quan.")
    ] = False,
    whole: Annotated[
        bool,
        typer.Option("--whole", help="Trọn đợt «xóa thu tiền điện tại nhà»: mọi văn bản, mọi việc, theo bộ quy tắc."),
    ] = False,
) -> int:
    from congvan.campaign import office_of
    from congvan.campaign.office import OFFICE_FILE
    from congvan.campaign.starter import CAMPAIGN_FILE, OfficeHead, write_starter

    head = OfficeHead(name, parent, symbol, place)
    if head == OfficeHead() and sys.stdin.isatty() and office_of(folder)[0] is None:
        head = _asked()
    written = write_starter(folder, new_office=new_office, whole=whole, head=head)
    is_office = folder / OFFICE_FILE in written
    accept(folder if is_office else None)
    for path in written:
        echo(path.as_posix())
    _say_next((folder / CAMPAIGN_FILE).as_posix(), folder.as_posix(), is_office=is_office)
    return 0


def _asked() -> OfficeHead:
    """What a person at a terminal answers; Enter keeps what the sample has."""
    from congvan.campaign.starter import SAMPLE_HEAD, OfficeHead

    echo_error(
        tr(
            "Bốn câu hỏi về cơ quan; nhấn Enter để dùng ví dụ trong ngoặc, sau này sửa trong tệp.",
            "Four questions about the office; Enter takes the example in brackets, and the files can be edited later.",
        )
    )
    sample = SAMPLE_HEAD
    return OfficeHead(
        typer.prompt(tr("Tên cơ quan", "Name of the office"), default=sample.ten, err=True),
        typer.prompt(tr("Cơ quan chủ quản", "Its parent body"), default=sample.chu_quan, err=True),
        typer.prompt(tr("Chữ viết tắt trong ký hiệu", "Abbreviation in its symbols"), default=sample.ky_hieu, err=True),
        typer.prompt(tr("Địa danh", "Place"), default=sample.dia_danh, err=True),
    )


def _say_next(campaign: str, place: str, *, is_office: bool) -> None:
    echo(
        tr(
            f"Tạo văn bản ngay: congvan render {campaign} --draft (dự thảo, không lấy số)",
            f"Letters at once: congvan render {campaign} --draft (drafts, no numbers)",
        )
    )
    echo(tr(f"Sửa các tệp này, rồi: congvan check {campaign}", f"Edit these files, then: congvan check {campaign}"))
    if is_office:
        further = f"congvan init {place}/dot/…"
        echo(tr(f"Thêm đợt khác, chung sổ: {further}", f"A further campaign with the same register: {further}"))
