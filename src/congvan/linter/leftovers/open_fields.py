"""No field of a mail merge and no prompt of a form is left open."""

from __future__ import annotations

from collections.abc import Iterator

from congvan.findings import Finding
from congvan.linter.leftovers.left_marks import left_marks
from congvan.linter.read_letter import ReadLetter
from congvan.linter.rule import Rule


def find(letter: ReadLetter) -> Iterator[Finding]:
    """Open fields, once, with their number."""
    return left_marks(letter, "lint-open-field", {"merge-field", "prompt"})


OPEN_FIELDS = Rule("lint-open-field", find, source="docx")
