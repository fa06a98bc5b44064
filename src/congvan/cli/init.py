"""``congvan init DIR``: a campaign to start from, which can be checked and rendered as it stands."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from congvan.cli.app import app
from congvan.cli.messages import echo, tr


@app.command(help="Tạo một đợt mẫu để bắt đầu: tệp đợt, đơn vị, nơi nhận, lời văn.")
def init(folder: Annotated[Path, typer.Argument(metavar="DIR", help="Thư mục mới.")]) -> int:
    from congvan.campaign.starter import CAMPAIGN_FILE, write_starter

    for path in write_starter(folder):
        echo(path.as_posix())
    campaign = (folder / CAMPAIGN_FILE).as_posix()
    echo(tr(f"Sửa các tệp này, rồi: congvan check {campaign}", f"Edit these files, then: congvan check {campaign}"))
    return 0
