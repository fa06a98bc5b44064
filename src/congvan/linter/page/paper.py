"""Paper: A4; across the page only where a table needs it."""

from __future__ import annotations

from typing import Final

from congvan.decree.measures import PAGE
from congvan.findings import finding
from congvan.linter.read_letter import ReadLetter
from congvan.linter.rule import Findings, Rule, not_evaluated

_SLACK: Final = 1.0
"""Millimetres: programs round inches and points."""


def find(letter: ReadLetter) -> Findings:
    """Sheets that are not A4, each size once."""
    if any(sheet.assumed for sheet in letter.facts.sheets):
        yield not_evaluated("unjudged-no-page-setup")
    seen: set[tuple[int, int]] = set()
    for sheet in (each for each in letter.facts.sheets if not each.assumed):
        size = (round(sheet.width), round(sheet.height))
        short, long = sorted((sheet.width, sheet.height))
        if (abs(short - PAGE.width) > _SLACK or abs(long - PAGE.height) > _SLACK) and size not in seen:
            seen.add(size)
            place = letter.file_place(None if letter.in_word else sheet.number)
            yield finding("lint-paper", place, width=size[0], height=size[1])


PAPER = Rule("lint-paper", find)
