"""Clauses (``1.``, ``2.``) are numbered without a gap inside their article or section."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from congvan.findings import Finding, finding
from congvan.linter.content.counted import Counters
from congvan.linter.read_letter import ReadLetter
from congvan.linter.rule import Rule

_CLAUSE: Final = re.compile(r"(\d{1,2})\.\s")
_SECTION: Final = re.compile(r"(Điều \d+|Phần|Chương|Mục|Tiểu mục|[IVX]+\.)\b")


def find(letter: ReadLetter) -> Iterator[Finding]:
    """A clause whose number does not follow the one before."""
    counters = Counters()
    for passage in letter.body:
        if _SECTION.match(passage.text):
            counters = Counters()
        elif (found := _CLAUSE.match(passage.text)) and (wanted := counters.follows(int(found[1]))):
            yield finding("lint-clause-order", passage.place(*found.span(1)), number=found[1], wanted=wanted)


CLAUSE_ORDER = Rule("lint-clause-order", find)
