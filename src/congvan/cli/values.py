"""Values of options, read with sentences of our own: a day as people write it, a number, one of a few names."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

import typer

from congvan.cli.language import tr


def whole_number(text: str | int) -> int:
    """A number from 1 on.

    Raises:
        typer.BadParameter: for anything else.
    """
    if not re.fullmatch(r"[0-9]{1,9}", str(text)) or int(text) < 1:
        raise typer.BadParameter(tr(f"«{text}» không phải là số từ 1 trở lên", f"“{text}” is no number from 1 on"))
    return int(text)


def day(text: str | date) -> date:
    """A day as it stands on paper or in a file: 21/6/2021, 21-6-2021, 2021-06-21.

    Raises:
        typer.BadParameter: for anything else, also for a day that does not exist.
    """
    from congvan.letter import IssueDate

    try:
        found = text if isinstance(text, date) else IssueDate.of(text).day
    except ValueError:
        found = None
    if found is None:
        raise typer.BadParameter(
            tr(f"«{text}» không phải là ngày; viết 21/6/2021", f"“{text}” is no day; write 21/6/2021")
        )
    return found


def one_of(*names: str) -> Callable[[str], str]:
    """A reader of one of ``names``."""

    def read(text: str) -> str:
        if text not in names:
            known = ", ".join(names)
            raise typer.BadParameter(tr(f"không có «{text}»; có: {known}", f"there is no “{text}”, only {known}"))
        return text

    return read
