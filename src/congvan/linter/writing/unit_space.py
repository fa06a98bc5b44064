"""A space stands between a number and the sign of its unit: «110 kV»."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from congvan.findings import Finding, finding
from congvan.linter.read_letter import ReadLetter
from congvan.linter.rule import Rule

_CLOSE: Final = re.compile(
    r"(?<![\w.,/-])\d+(?:[.,]\d+)*(?P<unit>kV|kW|kWh|MW|MVA|kVA|km|kg|mm|cm|ha|m2|m²|m³)\b(?![-/\w])"
)


def find(letter: ReadLetter) -> Iterator[Finding]:
    """A number right before its unit, once, with the number of places."""
    places = [(passage, found) for passage in letter.passages() for found in _CLOSE.finditer(passage.text)]
    if places:
        passage, found = places[0]
        yield finding("lint-unit-space", passage.place(*found.span()), written=found[0], count=len(places))


UNIT_SPACE = Rule("lint-unit-space", find)
