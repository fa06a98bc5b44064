"""Type size of every component, in points."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from congvan.findings import Finding, finding
from congvan.linter.measured import interval, points
from congvan.linter.read_letter import ReadLetter
from congvan.linter.rule import Rule
from congvan.linter.typed_parts import typed_lines

_SLACK: Final = 0.26
"""Points: PDF programs scale type a little."""


def find(letter: ReadLetter) -> Iterator[Finding]:
    """Components set too small or too large, each size once."""
    seen: set[tuple[str, float]] = set()
    for form, line in typed_lines(letter):
        size, allowed = line.font.size, form.allowed
        if allowed.low - _SLACK <= size <= allowed.high + _SLACK or (form.name, size) in seen:
            continue
        seen.add((form.name, size))
        place = letter.place(line, 0, len(line.text))
        yield finding(
            "lint-size", place, part=form.name, size=points(size), allowed=interval(allowed.low, allowed.high)
        )


SIZE = Rule("lint-size", find)
