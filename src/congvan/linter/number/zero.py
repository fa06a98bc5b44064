"""A number below 10 has a zero before it, no other number has."""

from __future__ import annotations

from collections.abc import Iterator

from congvan.findings import Finding, finding
from congvan.linter.number.number_parts import number_parts
from congvan.linter.read_letter import ReadLetter
from congvan.linter.rule import Rule


def find(letter: ReadLetter) -> Iterator[Finding]:
    """A number without its zero, or with zeros too many."""
    parts = number_parts(letter)
    if parts is None or not parts.number:
        return
    wanted = f"{int(parts.number):02}"
    if parts.number != wanted:
        place = letter.place(letter.parts["so_ky_hieu"].lines[0], *parts.found.span("number"))
        yield finding("lint-number-zero", place, written=parts.number, wanted=wanted)


ZERO = Rule("lint-number-zero", find, needs=("so_ky_hieu",))
