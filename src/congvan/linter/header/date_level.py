"""Place and date stand on one line with the number, or a line beside it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from congvan.findings import Finding, finding
from congvan.linter.read_letter import ReadLetter
from congvan.linter.rule import Rule

_APART: Final = 4.0
"""Millimetres: half a line, so that the number's own line is meant."""


def find(letter: ReadLetter) -> Iterator[Finding]:
    """A date above or below the number's line, or in another row of the head's table."""
    number, date = letter.parts["so_ky_hieu"].lines[0], letter.parts["dia_danh_ngay"].lines[0]
    if number.base is not None and date.base is not None:
        if abs(number.base - date.base) > _APART:
            yield finding("lint-date-level", letter.place(date))
    elif number.cell and date.cell and number.cell.table == date.cell.table and number.cell.row != date.cell.row:
        yield finding("lint-date-level", letter.place(date))


DATE_LEVEL = Rule("lint-date-level", find, needs=("so_ky_hieu", "dia_danh_ngay"))
