"""Days of the week: «thứ Hai», the name with a capital."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from congvan.findings import Finding, finding
from congvan.linter.read_letter import ReadLetter
from congvan.linter.rule import Rule

_SMALL: Final = re.compile(r"\b[Tt]hứ (hai|ba|tư|năm|sáu|bảy)(?=,? ?\(?ngày\b)")


def find(letter: ReadLetter) -> Iterator[Finding]:
    """A day of the week, before its date, begun small."""
    for passage in letter.passages():
        for found in _SMALL.finditer(passage.text):
            place = passage.place(*found.span(1))
            yield finding("lint-weekday", place, written=found[1], wanted=found[1].capitalize())


WEEKDAYS = Rule("lint-weekday", find)
