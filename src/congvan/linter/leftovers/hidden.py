"""No words are hidden: they do not print, and whoever gets the file reads them."""

from __future__ import annotations

from collections.abc import Iterator

from congvan.findings import Finding
from congvan.linter.leftovers.left_marks import left_marks
from congvan.linter.read_letter import ReadLetter
from congvan.linter.rule import Rule


def find(letter: ReadLetter) -> Iterator[Finding]:
    """Hidden words, once, with their number."""
    return left_marks(letter, "lint-hidden", {"hidden"})


HIDDEN = Rule("lint-hidden", find, source="docx")
