"""The ``congvan`` command: the options before every command, and the exit statuses."""

from __future__ import annotations

import locale
import os
from typing import Annotated, Literal

import typer

from congvan.findings import set_language
from congvan.support.version import VERSION

DONE, FINDINGS, USAGE, INTERRUPTED = 0, 1, 2, 130

app = typer.Typer(
    name="congvan",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,  # plain help: loading rich would double the time a command takes to start
    context_settings={"help_option_names": ["-h", "--help"]},
    help="Công văn theo Nghị định 30/2020: từ một tệp đợt phát hành ra Word và PDF, đánh số, đúng thứ tự.",
)
settings: dict[str, bool] = {"verbose": False, "show_values": False}
"""What the user asked for once and every message heeds."""


def _tell_version(asked: bool) -> None:  # as typer calls it
    if asked:
        typer.echo(f"congvan {VERSION}")
        raise typer.Exit


@app.callback()
def _options(
    lang: Annotated[Literal["vi", "en"] | None, typer.Option(help="Ngôn ngữ thông báo / language of messages.")] = None,
    verbose: Annotated[bool, typer.Option(help="Hiện chi tiết lỗi của chương trình / show tracebacks.")] = False,
    version: Annotated[  # noqa: ARG001  # answered by its callback
        bool,
        typer.Option("--version", help="Phiên bản của congvan / its version.", is_eager=True, callback=_tell_version),
    ] = False,
) -> None:
    set_language(lang or _language_of_user())
    settings["verbose"] = verbose


def _language_of_user() -> Literal["vi", "en"]:
    """English only where the user's locale says so; the decree's own language otherwise."""
    spoken = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG") or ""
    return "en" if (spoken or locale.getlocale()[0] or "").lower().startswith("en") else "vi"
