"""``congvan init DIR``: an office with a campaign to start from; inside an office, a further campaign of it."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from congvan.cli.app import app
from congvan.cli.messages import echo, tr
from congvan.cli.options import accept


@app.command(help="Tạo thư mục cơ quan với một đợt mẫu; ở trong một cơ quan thì tạo thêm một đợt của cơ quan ấy.")
def init(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Thư mục mới.")],
    new_office: Annotated[
        bool, typer.Option("--new-office", help="Đúng là một cơ quan khác, dù bên cạnh đã có một cơ quan.")
    ] = False,
    whole: Annotated[
        bool,
        typer.Option("--whole", help="Trọn đợt «xóa thu tiền điện tại nhà»: mọi văn bản, mọi việc, theo bộ quy tắc."),
    ] = False,
) -> int:
    from congvan.campaign.office import OFFICE_FILE
    from congvan.campaign.starter import CAMPAIGN_FILE, write_starter

    written = write_starter(folder, new_office=new_office, whole=whole)
    is_office = folder / OFFICE_FILE in written
    accept(folder if is_office else None)
    for path in written:
        echo(path.as_posix())
    campaign, place = (folder / CAMPAIGN_FILE).as_posix(), folder.as_posix()
    echo(tr(f"Sửa các tệp này, rồi: congvan check {campaign}", f"Edit these files, then: congvan check {campaign}"))
    if is_office:
        further = f"congvan init {place}/dot/…"
        echo(tr(f"Thêm đợt khác, chung sổ: {further}", f"A further campaign with the same register: {further}"))
    return 0
