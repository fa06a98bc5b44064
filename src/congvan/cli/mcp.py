"""``congvan mcp``: the tools for assistants, over standard input and output."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from congvan.cli.app import USAGE, app
from congvan.cli.language import tr
from congvan.cli.messages import echo_error
from congvan.cli.options import today


@app.command(help="Cho trợ lý dùng congvan qua MCP: kiểm tra, xem trước, làm dự thảo; không lấy số nếu không cho phép.")
def mcp(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Thư mục duy nhất được đọc và ghi.")] = Path(),
    show_values: Annotated[
        bool, typer.Option("--show-values", help="Cho trợ lý thấy cả họ tên, số điện thoại của nơi nhận.")
    ] = False,
    allow_numbers: Annotated[
        bool, typer.Option("--allow-numbers", "--cho-cap-so", help="Cho trợ lý cấp số cho văn bản.")
    ] = False,
    allow_issue: Annotated[
        bool, typer.Option("--allow-issue", "--cho-ban-hanh", help="Cho trợ lý ban hành văn bản.")
    ] = False,
) -> int:
    from congvan.mcp.access import Access
    from congvan.mcp.server import server

    access = Access(folder.absolute(), shows_persons=show_values, takes_numbers=allow_numbers, issues=allow_issue)
    try:
        tools = server(access, today)
    except ImportError:
        echo_error(tr("Cần cài thêm: pip install congvan[mcp]", "Install it first: pip install congvan[mcp]"))
        return USAGE
    tools.run()
    return 0
