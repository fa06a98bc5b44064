"""No words stand under a marker's colour."""

from __future__ import annotations

from collections.abc import Iterator

from congvan.findings import Finding
from congvan.linter.leftovers.left_marks import left_marks
from congvan.linter.read_letter import ReadLetter
from congvan.linter.rule import Rule


def find(letter: ReadLetter) -> Iterator[Finding]:
    """Marked words, once, with their number."""
    return left_marks(letter, "lint-marker", {"highlight"})


MARKER = Rule("lint-marker", find, source="docx")
