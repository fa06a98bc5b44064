"""``congvan schema NAME``: the JSON Schema of a file an office writes, for an editor or another program."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Final

import typer

from congvan.cli.app import app
from congvan.cli.language import tr
from congvan.cli.messages import echo
from congvan.cli.options import Force, keep
from congvan.cli.values import one_of

_FILES: Final = {"dot": "dot.json", "co-quan": "co-quan.json", "trinh-bay": "trinh-bay.json"}


@app.command(help="Lược đồ JSON của tệp đợt, tệp cơ quan hoặc tệp trình bày, để trình soạn thảo gợi ý và báo lỗi.")
def schema(
    name: Annotated[str, typer.Argument(parser=one_of(*_FILES), metavar="|".join(_FILES))],
    out: Annotated[
        Path | None, typer.Option("-o", "--out", metavar="FILE", help="Tệp sẽ ghi; mặc định: in ra màn hình.")
    ] = None,
    force: Force = False,
) -> int:
    from importlib.resources import files

    from congvan.support.files import write_whole

    text = (files("congvan.campaign") / "khoi-dau" / "luoc-do" / _FILES[name]).read_text(encoding="utf-8")
    if out is None:
        echo(text.rstrip())
        return 0
    keep(out, force=force)
    write_whole(out, text.encode())
    echo(tr(f"Đã ghi {out.as_posix()}.", f"Written: {out.as_posix()}."))
    return 0
