"""The ``congvan`` command: the options before every command, and the exit statuses."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any, Literal

import typer

from congvan.cli.help_pages import Command, Group
from congvan.cli.values import one_of
from congvan.support.version import VERSION

DONE, FINDINGS, USAGE, INTERRUPTED = 0, 1, 2, 130


class CommandGroup(typer.Typer):
    """A group of commands whose help is in the language in force."""

    def __init__(self, **options: Any) -> None:
        super().__init__(cls=Group, no_args_is_help=True, add_completion=False, rich_markup_mode=None, **options)

    def command(self, name: str | None = None, **options: Any) -> Callable[[Any], Any]:
        """Register a command, as :meth:`typer.Typer.command` does."""
        return super().command(name, cls=Command, **options)


app = CommandGroup(
    name="congvan",
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    help=(
        "Công văn theo Nghị định 30/2020: từ một tệp đợt phát hành ra Word và PDF, đánh số, đúng thứ tự. "
        "Bắt đầu: congvan init co-quan"
    ),
)
settings: dict[str, bool] = {"verbose": False, "quiet": False, "show_values": False}
"""What the user asked for once and every message heeds."""


def _print_version(asked: bool) -> None:  # as typer calls it
    if asked:
        typer.echo(f"congvan {VERSION}")
        raise typer.Exit


@app.callback()
def _options(
    lang: Annotated[  # noqa: ARG001  # read before the commands are, so that their help is in it
        Literal["vi", "en"] | None,
        typer.Option(
            parser=one_of("vi", "en"),
            metavar="vi|en",
            help="Ngôn ngữ; đặt ở đâu trong lệnh cũng được, mặc định theo máy.",
        ),
    ] = None,
    verbose: Annotated[
        bool,
        typer.Option(
            "-v",
            "--verbose",
            help="Hiện chi tiết lỗi của chương trình, để gửi cho người làm congvan.",
        ),
    ] = False,
    quiet: Annotated[
        bool,
        typer.Option(
            "-q",
            "--quiet",
            help="Chỉ hiện lỗi và kết quả, không có tin và lưu ý.",
        ),
    ] = False,
    version: Annotated[  # noqa: ARG001  # answered by its callback
        bool,
        typer.Option("--version", help="Phiên bản của congvan.", is_eager=True, callback=_print_version),
    ] = False,
) -> None:
    settings["verbose"], settings["quiet"] = verbose, quiet
