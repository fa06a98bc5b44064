"""Quốc hiệu: there, and worded as prescribed."""

from __future__ import annotations

from collections.abc import Iterator

from congvan.decree.measures import QUOC_HIEU_TEXT
from congvan.findings import Finding, finding
from congvan.linter.prescribed import as_prescribed, first_difference
from congvan.linter.read_letter import ReadLetter
from congvan.linter.rule import Rule


def find(letter: ReadLetter) -> Iterator[Finding]:
    """A quốc hiệu that is missing or worded otherwise; the place of tone marks does not count."""
    part = letter.part("quoc_hieu")
    if part is None:
        yield finding("lint-nation-missing", letter.file_place(), wanted=QUOC_HIEU_TEXT)
    elif not as_prescribed(part.text, QUOC_HIEU_TEXT):
        marked = first_difference(part.lines[0].text, QUOC_HIEU_TEXT)
        yield finding("lint-nation", letter.place(part.lines[0], *marked), wanted=QUOC_HIEU_TEXT)


NATION = Rule("lint-nation", find, also=("lint-nation-missing",))
