"""Findings about what colleagues left in a Word file."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Final

from congvan.findings import Finding, Place, finding
from congvan.inspect.model import Mark, MarkKind
from congvan.linter.read_letter import ReadLetter

_LONGEST: Final = 60
"""Characters of left words that a finding quotes."""


def left_marks(letter: ReadLetter, code: str, kinds: Collection[MarkKind]) -> Iterator[Finding]:
    """One finding about all marks of these kinds, at the first, with their number."""
    found = [mark for mark in letter.facts.marks if mark.kind in kinds]
    if found:
        yield finding(code, _place(letter, found[0]), count=len(found), words=_shown(found[0].words))


def _place(letter: ReadLetter, mark: Mark) -> Place:
    start = mark.around.find(mark.words)
    marked = (start, start + len(mark.words)) if start >= 0 and mark.words else None
    return Place(file=letter.file or None, near=mark.around or None, marked=marked)


def _shown(words: str) -> str:
    text = " ".join(words.split())
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
