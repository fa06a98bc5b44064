"""The two columns of the head: the issuing body left, quốc hiệu right."""

from __future__ import annotations

from collections.abc import Iterator

from congvan.findings import Finding, finding
from congvan.linter.read_letter import ReadLetter
from congvan.linter.rule import Rule


def find(letter: ReadLetter) -> Iterator[Finding]:
    """A quốc hiệu in the left half of the page."""
    line = letter.parts["quoc_hieu"].lines[0]
    sheet = letter.facts.sheets[line.page - 1]
    if line.middle < sheet.width / 2:
        yield finding("lint-sides", letter.place(line))


SIDES = Rule("lint-sides", find, needs=("quoc_hieu",))
