"""Lines of the text stand single to 1.5 lines apart."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from congvan.decree.measures import RANGES
from congvan.findings import Finding, finding
from congvan.linter.measured import points
from congvan.linter.read_letter import ReadLetter
from congvan.linter.rule import Rule
from congvan.linter.word_paragraphs import text_paragraphs

_SLACK: Final = 0.02


def find(letter: ReadLetter) -> Iterator[Finding]:
    """Paragraphs set closer or wider, once; a fixed distance in points is not judged."""
    low, high = RANGES["gian_dong"]
    spaced = [(line, form.spacing) for line, form in text_paragraphs(letter) if form.spacing is not None]
    wrong = [(line, lines) for line, lines in spaced if not low - _SLACK <= lines <= high + _SLACK]
    if wrong:
        line, lines = wrong[0]
        yield finding("lint-line-spacing", letter.place(line), lines=points(round(lines, 2)), count=len(wrong))


LINE_SPACING = Rule("lint-line-spacing", find, needs=("noi_dung",), source="docx")
