"""A letter has a number and a symbol."""

from __future__ import annotations

from collections.abc import Iterator

from congvan.findings import Finding, finding
from congvan.linter.read_letter import ReadLetter
from congvan.linter.rule import Rule


def find(letter: ReadLetter) -> Iterator[Finding]:
    """A head without them."""
    if "so_ky_hieu" not in letter.parts:
        yield finding("lint-number-missing", letter.file_place())


MISSING = Rule("lint-number-missing", find, kinds=lambda kind: not kind.la_thu)
