"""The year stands in the number of normative texts alone."""

from __future__ import annotations

from collections.abc import Iterator

from congvan.findings import Finding, finding
from congvan.linter.number.number_parts import number_parts
from congvan.linter.read_letter import ReadLetter
from congvan.linter.rule import Rule


def find(letter: ReadLetter) -> Iterator[Finding]:
    """A year between number and symbol."""
    parts = number_parts(letter)
    if parts is not None and parts.year:
        line = letter.parts["so_ky_hieu"].lines[0]
        start = parts.found.start("symbol")
        yield finding("lint-number-year", letter.place(line, start, start + len(parts.year)), year=parts.year)


YEAR = Rule("lint-number-year", find, needs=("so_ky_hieu",))
