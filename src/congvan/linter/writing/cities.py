"""«Thủ đô Hà Nội» and «Thành phố Hồ Chí Minh» have a capital at their first word."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from congvan.findings import Finding, finding
from congvan.linter.read_letter import ReadLetter
from congvan.linter.rule import Rule

_SMALL: Final = re.compile(r"\b(thủ đô (?=Hà Nội)|thành phố (?=Hồ Chí Minh))")


def find(letter: ReadLetter) -> Iterator[Finding]:
    """Either of them begun small."""
    for passage in letter.passages():
        for found in _SMALL.finditer(passage.text):
            written = found[0].strip()
            place = passage.place(found.start(), found.start() + len(written))
            yield finding("lint-city", place, written=written, wanted=written.capitalize())


CITIES = Rule("lint-city", find)
