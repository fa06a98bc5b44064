"""The symbol of a công văn names body and unit, no code of a kind."""

from __future__ import annotations

from collections.abc import Iterator

from congvan.findings import Finding, finding
from congvan.linter.number.number_parts import number_parts
from congvan.linter.read_letter import ReadLetter
from congvan.linter.rule import Rule


def find(letter: ReadLetter) -> Iterator[Finding]:
    """``15/CV-ĐLTH``: the code of older rules."""
    parts = number_parts(letter)
    if parts is not None and parts.symbol.startswith("CV-"):
        start = parts.symbol_span[0]
        yield finding("lint-symbol-cv", letter.place(letter.parts["so_ky_hieu"].lines[0], start, start + 2))


UNFORESEEN_CODE = Rule("lint-symbol-cv", find, needs=("so_ky_hieu",), kinds=lambda kind: kind.la_cong_van)
