"""Points (``a)``, ``b)``) follow the Vietnamese alphabet: a, b, c, d, đ, e, g and so on."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from congvan.findings import Finding, finding
from congvan.linter.content.counted import Counters
from congvan.linter.read_letter import ReadLetter
from congvan.linter.rule import Rule

_LETTERS: Final = "abcdđeghiklmnopqrstuvxy"
_POINT: Final = re.compile(r"([a-zđ])\)\s")
_ABOVE: Final = re.compile(r"(Điều \d+|\d{1,2}\.|[IVX]+\.|Phần|Chương|Mục)")


def find(letter: ReadLetter) -> Iterator[Finding]:
    """A point whose letter does not follow the one before, or is not in the alphabet."""
    counters = Counters()
    for passage in letter.body:
        if _ABOVE.match(passage.text):
            counters = Counters()
            continue
        found = _POINT.match(passage.text)
        if found is None:
            continue
        number = _LETTERS.find(found[1]) + 1 or len(_LETTERS)
        if wanted := counters.follows(number):
            right = _LETTERS[min(wanted, len(_LETTERS)) - 1]
            yield finding("lint-point-order", passage.place(0, 1), letter=found[1], wanted=right)


POINT_ORDER = Rule("lint-point-order", find)
