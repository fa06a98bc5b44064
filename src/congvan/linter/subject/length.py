"""The subject fits the field of the outgoing document's data: 500 characters (Annex VI, part II)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from congvan.findings import Finding, finding
from congvan.linter.read_letter import ReadLetter
from congvan.linter.rule import Rule
from congvan.linter.subject.subject_of import subject_of

_LONGEST: Final = 500


def find(letter: ReadLetter) -> Iterator[Finding]:
    """A longer one."""
    part = subject_of(letter)
    if part is not None and len(part.text) > _LONGEST:
        yield finding("lint-subject-long", letter.place(part.lines[0]), length=len(part.text), most=_LONGEST)


LENGTH = Rule("lint-subject-long", find)
