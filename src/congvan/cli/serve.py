"""``congvan serve``: the clerk's page in the browser, or the service for other programs."""

from __future__ import annotations

import secrets
from pathlib import Path
from typing import Annotated, Final

import typer

from congvan.cli.app import USAGE, app
from congvan.cli.language import tr
from congvan.cli.messages import echo, echo_error

_PORT: Final = 8030


@app.command(help="Mở trang văn thư trong trình duyệt, chỉ trên máy này; --service: dịch vụ cho chương trình khác.")
def serve(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Thư mục chứa các cơ quan và đợt.")] = Path(),
    port: Annotated[int, typer.Option(min=0, max=65535, help="Cổng; 0: cổng nào trống.")] = _PORT,
    service: Annotated[bool, typer.Option("--service", help="Chỉ dịch vụ, không có trang văn thư.")] = False,
    host: Annotated[str, typer.Option(help="Địa chỉ nghe; mặc định chỉ máy này.")] = "127.0.0.1",
    allow_host: Annotated[list[str] | None, typer.Option(help="Thêm tên máy mà dịch vụ được gọi bằng.")] = None,
    token: Annotated[
        str | None, typer.Option(envvar="CONGVAN_TOKEN", help="Mã vào, ít nhất 20 ký tự; mặc định: mã mới mỗi lần.")
    ] = None,
    register: Annotated[str | None, typer.Option(help="Sổ cho tra cứu: tệp SQLite hoặc postgresql://…")] = None,
    most_mb: Annotated[int, typer.Option("--max-mb", min=1, help="Dữ liệu gửi lên lớn nhất (MB).")] = 20,
    seconds: Annotated[float, typer.Option(min=1, help="Thời gian dài nhất cho một yêu cầu (giây).")] = 60,
    workers: Annotated[int | None, typer.Option(min=1, help="Số yêu cầu làm cùng lúc; mặc định: số nhân.")] = None,
    waiting: Annotated[int, typer.Option(min=0, help="Số yêu cầu được chờ; quá số ấy thì từ chối (503).")] = 32,
) -> int:
    try:
        import uvicorn

        from congvan.web import Settings, create_app
        from congvan.web.settings import LOOPBACK, MEGABYTE
    except ModuleNotFoundError as error:
        echo_error(
            tr(f"Thiếu gói {error.name}: pip install 'congvan[web]'", f"No {error.name}: pip install 'congvan[web]'")
        )
        return USAGE
    if not service and host not in LOOPBACK:
        only = tr("trang văn thư chỉ chạy trên máy này", "the clerk's page is for this computer alone")
        raise typer.BadParameter(only, param_hint="--host")
    given = token or secrets.token_urlsafe(24)
    if len(given) < Settings.SHORTEST_TOKEN:
        raise typer.BadParameter(tr("mã ít nhất 20 ký tự", "a token has at least 20 characters"), param_hint="--token")
    settings = Settings(
        token=given,
        hosts=(*LOOPBACK, *(allow_host or ())),
        folder=None if service else folder.absolute(),
        register=register,
        most_bytes=most_mb * MEGABYTE,
        seconds=seconds,
        waiting=waiting,
        **({"workers": workers} if workers else {}),
    )
    config = uvicorn.Config(create_app(settings), host=host, port=port, log_level="warning", server_header=False)
    listening = config.bind_socket()
    listening.listen()  # who opens the address at once waits, instead of being refused
    _tell(host, listening.getsockname()[1], settings.folder, None if token else given)
    uvicorn.Server(config).run(sockets=[listening])
    return 0


def _tell(host: str, port: int, folder: Path | None, token: str | None) -> None:
    """The address, with the token unless the user gave it."""
    address = f"http://{host}:{port}/"
    if folder:
        echo(tr(f"Mở trong trình duyệt: {address}?token={token or '…'}", f"Open: {address}?token={token or '…'}"))
        echo(tr("Bấm Ctrl+C ở đây để đóng trang.", "Press Ctrl+C here to close the page."))
    else:
        echo(tr(f"Dịch vụ: {address}openapi.json", f"Service: {address}openapi.json"))
        if token:
            echo(f"Authorization: Bearer {token}")
