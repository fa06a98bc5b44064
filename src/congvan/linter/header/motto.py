"""Tiêu ngữ: there, and worded as prescribed, with plain hyphens between spaces."""

from __future__ import annotations

from collections.abc import Iterator

from congvan.decree.measures import TIEU_NGU_TEXT
from congvan.findings import Finding, finding
from congvan.linter.prescribed import as_prescribed, first_difference
from congvan.linter.read_letter import ReadLetter
from congvan.linter.rule import Rule


def find(letter: ReadLetter) -> Iterator[Finding]:
    """A tiêu ngữ that is missing or written otherwise."""
    part = letter.part("tieu_ngu")
    if part is None:
        yield finding("lint-motto-missing", letter.file_place(), wanted=TIEU_NGU_TEXT)
    elif not as_prescribed(part.text, TIEU_NGU_TEXT):
        marked = first_difference(part.lines[0].text, TIEU_NGU_TEXT)
        yield finding("lint-motto", letter.place(part.lines[0], *marked), wanted=TIEU_NGU_TEXT)


MOTTO = Rule("lint-motto", find, also=("lint-motto-missing",))
