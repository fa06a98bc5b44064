"""One space stands between two words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from congvan.findings import Finding, finding
from congvan.linter.read_letter import TEXT_PARTS, ReadLetter
from congvan.linter.rule import Rule

_DOUBLE: Final = re.compile(r"(?<=\S) {2,}(?=\S)")


def find(letter: ReadLetter) -> Iterator[Finding]:
    """Two or more in the text, once, with the number of places."""
    places = [
        (line, found)
        for name in TEXT_PARTS
        if name in letter.parts
        for line in letter.parts[name].lines
        if "  " in line.raw
        for found in _DOUBLE.finditer(line.raw)
    ]
    if places:
        line, found = places[0]
        before = " ".join(line.raw[: found.start()].split())
        yield finding("lint-double-space", letter.place(line, len(before), len(before) + 1), count=len(places))


DOUBLE_SPACE = Rule("lint-double-space", find, source="docx")
