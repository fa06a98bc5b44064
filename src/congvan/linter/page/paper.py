"""Paper: A4; across the page only where a table needs it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from congvan.decree.measures import PAGE
from congvan.findings import Finding, finding
from congvan.linter.read_letter import ReadLetter
from congvan.linter.rule import Rule

_SLACK: Final = 1.0
"""Millimetres: programs round inches and points."""


def find(letter: ReadLetter) -> Iterator[Finding]:
    """Sheets that are not A4, each size once."""
    seen: set[tuple[int, int]] = set()
    for sheet in letter.facts.sheets:
        size = (round(sheet.width), round(sheet.height))
        short, long = sorted((sheet.width, sheet.height))
        if (abs(short - PAGE.width) > _SLACK or abs(long - PAGE.height) > _SLACK) and size not in seen:
            seen.add(size)
            place = letter.file_place(None if letter.in_word else sheet.number)
            yield finding("lint-paper", place, width=size[0], height=size[1])


PAPER = Rule("lint-paper", find)
