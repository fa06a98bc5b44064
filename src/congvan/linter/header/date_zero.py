"""Zeros of the date: a day below 10 and the months 1 and 2 have one, no other month."""

from __future__ import annotations

from collections.abc import Iterator

from congvan.findings import Finding, finding
from congvan.linter.header.date_parts import date_parts
from congvan.linter.read_letter import ReadLetter
from congvan.linter.rule import Rule

_ZERO_BELOW = {"day": 10, "month": 3}


def find(letter: ReadLetter) -> Iterator[Finding]:
    """A day or month with a zero too few or too many."""
    part = letter.parts["dia_danh_ngay"]
    parts = date_parts(part.text)
    if parts is None:
        return
    for name, below in _ZERO_BELOW.items():
        number, written = parts.number(name), parts.text(name)
        if number is None:
            continue
        wanted = f"{number:02}" if number < below else str(number)
        if written != wanted:
            yield finding(
                "lint-date-zero", letter.place(part.lines[0], *parts.span(name)), written=written, wanted=wanted
            )


DATE_ZERO = Rule("lint-date-zero", find, needs=("dia_danh_ngay",))
