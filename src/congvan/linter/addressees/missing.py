"""A công văn says to whom it goes."""

from __future__ import annotations

from collections.abc import Iterator

from congvan.findings import Finding, finding
from congvan.linter.read_letter import ReadLetter
from congvan.linter.rule import Rule


def find(letter: ReadLetter) -> Iterator[Finding]:
    """A công văn without «Kính gửi»."""
    if "kinh_gui" not in letter.parts:
        yield finding("lint-addressees-missing", letter.file_place())


MISSING = Rule("lint-addressees-missing", find, kinds=lambda kind: kind.la_cong_van)
