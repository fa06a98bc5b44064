"""No line stands under the subject of a công văn."""

from __future__ import annotations

from collections.abc import Iterator

from congvan.findings import Finding, finding
from congvan.linter.read_letter import ReadLetter
from congvan.linter.rule import Rule


def find(letter: ReadLetter) -> Iterator[Finding]:
    """A line under it."""
    part = letter.parts["trich_yeu_cong_van"]
    if part.rule is not None and part.rule.length < max(line.width for line in part.lines):
        yield finding("lint-subject-ruled", letter.place(part.lines[-1]))


RULED_LETTER = Rule("lint-subject-ruled", find, needs=("trich_yeu_cong_van",))
