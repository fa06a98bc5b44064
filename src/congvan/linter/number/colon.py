"""A colon stands after «Số», and no space before it."""

from __future__ import annotations

from collections.abc import Iterator

from congvan.findings import Finding, finding
from congvan.linter.number.number_parts import number_parts
from congvan.linter.read_letter import ReadLetter
from congvan.linter.rule import Rule


def find(letter: ReadLetter) -> Iterator[Finding]:
    """«Số» without its colon, or with another mark."""
    parts = number_parts(letter)
    if parts is not None and parts.found["colon"] != ":":
        yield finding("lint-number-colon", letter.place(letter.parts["so_ky_hieu"].lines[0], 0, 2))


COLON = Rule("lint-number-colon", find, needs=("so_ky_hieu",))
