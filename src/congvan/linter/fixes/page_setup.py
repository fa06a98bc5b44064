"""Paper and margins: A4, and each margin the nearest the decree allows (Annex I, part I, 1 to 4)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from docx.shared import Mm

from congvan.decree.measures import MARGINS, PAGE
from congvan.findings import Finding, Place, finding
from congvan.linter.fixes.changes import Changes
from congvan.linter.fixes.fix import Fix
from congvan.linter.fixes.word_copy import WordCopy
from congvan.text.numbers import format_number

_SLACK: Final = 0.3
"""Millimetres: Word keeps twentieths of a point, people think in centimetres or inches."""
_MOST_WIDTH: Final = 1.0
"""Millimetres a sheet may differ from A4: programs round inches and points."""


def fix_margins(copy: WordCopy, changes: Changes) -> Iterator[Finding]:
    """Bring margins of upright sheets into their range; a sheet whose file says nothing stays as it is."""
    for sheet, section in zip(copy.facts.sheets, copy.document.sections, strict=False):
        if sheet.assumed or sheet.margins is None or sheet.width > sheet.height:
            continue
        for side, allowed in MARGINS.items():
            width = getattr(sheet.margins, side)
            wanted = min(max(width, allowed.low), allowed.high)
            if abs(width - wanted) > _SLACK:
                changes.section(section._sectPr, _margin(side, wanted))  # noqa: SLF001 - python-docx has no name for it
                values = {"before": format_number(round(width, 1)), "after": format_number(wanted)}
                yield finding(f"fix-margin-{side}", Place(file=copy.name), **values)


def fix_paper(copy: WordCopy, changes: Changes) -> Iterator[Finding]:
    """Make sheets A4, lying or standing as they did."""
    for sheet, section in zip(copy.facts.sheets, copy.document.sections, strict=False):
        size = (sheet.width, sheet.height)
        wanted = (PAGE.width, PAGE.height) if sheet.width <= sheet.height else (PAGE.height, PAGE.width)
        if sheet.assumed or all(abs(is_ - to_be) <= _MOST_WIDTH for is_, to_be in zip(size, wanted, strict=True)):
            continue
        changes.section(section._sectPr, _paper(*wanted))  # noqa: SLF001 - python-docx has no name for it
        before = " × ".join(format_number(round(side)) for side in size)
        yield finding("fix-paper", Place(file=copy.name), before=before)


def _margin(side: str, width: float) -> Any:
    def change(section: Any) -> None:
        gutter = section.gutter or 0
        setattr(section, f"{side}_margin", Mm(width) - (gutter if side == "left" else 0))

    return change


def _paper(width: float, height: float) -> Any:
    def change(section: Any) -> None:
        section.page_width, section.page_height = Mm(width), Mm(height)

    return change


MARGINS_FIX: Final = Fix(frozenset({"lint-margins"}), fix_margins)
PAPER_FIX: Final = Fix(frozenset({"lint-paper"}), fix_paper)
