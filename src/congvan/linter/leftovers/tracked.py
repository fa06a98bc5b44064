"""Tracked changes are accepted or refused before a letter leaves."""

from __future__ import annotations

from collections.abc import Iterator

from congvan.findings import Finding
from congvan.linter.leftovers.left_marks import left_marks
from congvan.linter.read_letter import ReadLetter
from congvan.linter.rule import Rule


def find(letter: ReadLetter) -> Iterator[Finding]:
    """Insertions and deletions, once, with their number."""
    return left_marks(letter, "lint-tracked", {"insertion", "deletion"})


TRACKED = Rule("lint-tracked", find, source="docx")
