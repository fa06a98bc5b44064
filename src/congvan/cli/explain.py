"""``congvan explain``: what a finding's code means and what to do about it."""

from __future__ import annotations

import re
from typing import Annotated

import typer

from congvan.cli.app import USAGE, app
from congvan.cli.language import tr
from congvan.cli.messages import echo, echo_error


@app.command(help="Giải thích mã của một lỗi hoặc lưu ý, ví dụ letter-part-empty.")
def explain(code: Annotated[str, typer.Argument(metavar="CODE")]) -> int:
    import difflib

    from congvan.findings import codes, language

    known = codes()
    if code not in known:
        near = ", ".join(difflib.get_close_matches(code, known, n=3)) or "—"
        echo_error(tr(f"Không có mã {code}. Gần giống: {near}", f"There is no code {code}. Close to it: {near}"))
        return USAGE
    found = known[code]
    echo(f"{code} ({found.severity.value})")
    echo(_open(found.messages[language()]))
    if found.hints[language()]:
        echo(f"→ {_open(found.hints[language()])}")
    if found.clause:
        echo(tr(f"Căn cứ: {found.clause}", f"Clause: {found.clause}"))
    if found.wrong:
        echo(tr(f"Sai:  {found.wrong}", f"Wrong: {found.wrong}"))
        echo(tr(f"Đúng: {found.right}", f"Right: {found.right}"))
    return 0


def _open(sentence: str) -> str:
    """A sentence with its values left open: «…»."""
    return re.sub(r"\{\w+\}", "…", sentence)
