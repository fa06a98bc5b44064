"""Margins of a Word file: 20-25 mm above and below, 30-35 mm left, 15-20 mm right."""

from __future__ import annotations

from typing import Final

from congvan.decree.measures import MARGINS as ALLOWED
from congvan.findings import finding
from congvan.linter.measured import millimetres, side_name
from congvan.linter.read_letter import ReadLetter
from congvan.linter.rule import Findings, Rule, not_evaluated

_SLACK: Final = 0.3
"""Millimetres: Word keeps twentieths of a point, people think in centimetres or inches."""
_SIDES: Final = ("top", "bottom", "left", "right")


def find(letter: ReadLetter) -> Findings:
    """Margins out of their range, each side and width once; of sheets across the page none."""
    if any(sheet.assumed for sheet in letter.facts.sheets):
        yield not_evaluated("unjudged-no-page-setup")
    seen: set[tuple[str, str]] = set()
    for sheet in letter.facts.sheets:
        if sheet.assumed or sheet.margins is None or sheet.width > sheet.height:
            continue
        for side in _SIDES:
            width, allowed = getattr(sheet.margins, side), ALLOWED[side]
            shown = millimetres(width)
            if not allowed.low - _SLACK <= width <= allowed.high + _SLACK and (side, shown) not in seen:
                seen.add((side, shown))
                yield finding(
                    "lint-margins",
                    letter.file_place(),
                    side=side_name(side),
                    width=shown,
                    low=allowed.low,
                    high=allowed.high,
                )


MARGINS = Rule("lint-margins", find, source="docx")
