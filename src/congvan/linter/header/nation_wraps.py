"""Quốc hiệu stands on one line of the page."""

from __future__ import annotations

from collections.abc import Iterator

from congvan.findings import Finding, finding
from congvan.linter.read_letter import ReadLetter
from congvan.linter.rule import Rule


def find(letter: ReadLetter) -> Iterator[Finding]:
    """A quốc hiệu, or a tiêu ngữ, on two lines."""
    for name, shown in (("quoc_hieu", "Quốc hiệu"), ("tieu_ngu", "Tiêu ngữ")):
        part = letter.part(name)
        if part is not None and len(part.lines) > 1:
            line = part.lines[1]
            yield finding("lint-nation-wraps", letter.place(line, 0, len(line.text)), part=shown)


NATION_WRAPS = Rule("lint-nation-wraps", find, needs=("quoc_hieu",), source="pdf")
