"""Comments of colleagues are answered and gone before a letter leaves."""

from __future__ import annotations

from collections.abc import Iterator

from congvan.findings import Finding
from congvan.linter.leftovers.left_marks import left_marks
from congvan.linter.read_letter import ReadLetter
from congvan.linter.rule import Rule


def find(letter: ReadLetter) -> Iterator[Finding]:
    """Comments, once, with their number."""
    return left_marks(letter, "lint-comments", {"comment"})


COMMENTS = Rule("lint-comments", find, source="docx")
