"""Page numbers stand in the middle of the top margin."""

from __future__ import annotations

from typing import Final

from congvan.findings import finding
from congvan.inspect.anatomy.relations import text_edges
from congvan.linter.read_letter import ReadLetter
from congvan.linter.rule import Findings, Rule, not_evaluated

_CENTRED: Final = 4.0
"""Millimetres off the middle of the text, or of the paper."""


def find(letter: ReadLetter) -> Findings:
    """The first page number that stands elsewhere."""
    numbers = [line for line in letter.facts.lines if "PAGE" in line.fields]
    if not numbers:
        yield not_evaluated("unjudged-no-part", part="Số trang")
        return
    left, right = text_edges(letter.facts)
    for line in numbers:
        sheet = letter.facts.sheets[line.page - 1]
        middles = ((left + right) / 2, sheet.width / 2) if sheet.width < sheet.height else (line.middle,)
        is_centred = any(abs(line.middle - middle) < _CENTRED for middle in middles)
        if line.region != "header" or not is_centred:
            yield finding("lint-page-number-place", letter.place(line))
            return


PAGE_NUMBER_PLACE = Rule("lint-page-number-place", find)
