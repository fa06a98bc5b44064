"""A letter says what it is about."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from congvan.findings import Finding, finding
from congvan.linter.read_letter import ReadLetter
from congvan.linter.rule import Rule
from congvan.linter.subject.subject_of import subject_of

_WITHOUT: Final = frozenset({"giay-gioi-thieu", "giay-nghi-phep", "thu-cong", "giay-moi", "cong-dien"})
"""Kinds whose form has no subject, or whose model leaves it to the body."""


def find(letter: ReadLetter) -> Iterator[Finding]:
    """A letter without a subject."""
    if subject_of(letter) is None:
        yield finding("lint-subject-missing", letter.file_place())


MISSING = Rule("lint-subject-missing", find, kinds=lambda kind: kind.ma not in _WITHOUT)
