"""``congvan completion SHELL``: the lines that let a shell complete commands and options with the tab key."""

from __future__ import annotations

import os
import sys
from typing import Annotated, Final

import typer

from congvan.cli.app import app
from congvan.cli.language import tr
from congvan.cli.messages import echo, echo_next
from congvan.cli.values import one_of

VARIABLE: Final = "_CONGVAN_COMPLETE"
"""The environment variable by which a shell asks for completions."""

_SHELLS: Final = {
    "bash": "congvan completion bash >> ~/.bashrc",
    "zsh": "congvan completion zsh >> ~/.zshrc",
    "fish": "congvan completion fish > ~/.config/fish/completions/congvan.fish",
    "powershell": "congvan completion powershell >> $PROFILE",
}


@app.command(help="Để phím Tab điền tiếp lệnh và tùy chọn: in đoạn lệnh cho bash, zsh, fish hoặc powershell.")
def completion(
    shell: Annotated[str, typer.Argument(parser=one_of(*_SHELLS), metavar="|".join(_SHELLS))],
) -> int:
    from typer.completion import get_completion_script  # type: ignore[attr-defined]  # a name it passes on

    echo(get_completion_script(prog_name="congvan", complete_var=VARIABLE, shell=shell))
    echo_next(
        tr(
            f"Ghi vào tệp khởi động của dòng lệnh: {_SHELLS[shell]}",
            f"Keep it where your shell starts: {_SHELLS[shell]}",
        )
    )
    return 0


def prepare_completion() -> None:
    """Let typer answer a shell that asks for completions; loaded only then."""
    if VARIABLE in os.environ:
        from typer.completion import completion_init  # type: ignore[attr-defined]  # a name it passes on

        completion_init()
        sys.argv[0] = "congvan"
