"""Two addressees or more stand each on a line of their own with a dash, the dashes one below the other."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from congvan.findings import Finding, finding
from congvan.linter.addressees.addressee_lines import addressees
from congvan.linter.read_letter import ReadLetter
from congvan.linter.rule import Rule

_EVEN: Final = 1.5
"""Millimetres that dashes below each other may be off."""


def find(letter: ReadLetter) -> Iterator[Finding]:
    """An addressee beside the label although others follow, a line without its dash, or a dash out of line."""
    found = addressees(letter)
    if found is None or not found.begins:
        return
    if found.behind:
        start = len(found.label.text) - len(found.behind)
        yield finding("lint-addressees-dash", letter.place(found.label, start, len(found.label.text)))
        return
    has_groups = any(line.text.startswith("-") for line in found.begins)
    listed = [line for line in found.begins if not (has_groups and line.text.startswith("+"))]
    for line in listed:
        if not line.text.startswith("-"):
            yield finding("lint-addressees-dash", letter.place(line, 0))
            return
    away = next((line for line in listed if abs(line.left - listed[0].left) > _EVEN), None)
    if away is not None:
        yield finding("lint-addressees-aligned", letter.place(away, 0))


DASHES = Rule("lint-addressees-dash", find, needs=("kinh_gui",), also=("lint-addressees-aligned",))
