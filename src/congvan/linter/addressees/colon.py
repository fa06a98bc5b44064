"""«Kính gửi» is followed by a colon."""

from __future__ import annotations

from collections.abc import Iterator

from congvan.findings import Finding, finding
from congvan.linter.addressees.addressee_lines import LABEL
from congvan.linter.read_letter import ReadLetter
from congvan.linter.rule import Rule


def find(letter: ReadLetter) -> Iterator[Finding]:
    """The words without it."""
    line = letter.parts["kinh_gui"].lines[0]
    found = LABEL.match(line.text)
    if found and not found["colon"]:
        yield finding("lint-addressees-colon", letter.place(line, 0, len(found[0].rstrip())))


COLON = Rule("lint-addressees-colon", find, needs=("kinh_gui",))
