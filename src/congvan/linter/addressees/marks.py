"""Listed addressees end with a semicolon, the last one with a full stop."""

from __future__ import annotations

from collections.abc import Iterator

from congvan.findings import Finding, finding
from congvan.linter.addressees.addressee_lines import addressees
from congvan.linter.read_letter import ReadLetter
from congvan.linter.rule import Rule


def find(letter: ReadLetter) -> Iterator[Finding]:
    """The first line with another mark, or none."""
    found = addressees(letter)
    if found is None or found.behind or len(found.begins) < 2:  # noqa: PLR2004 - one has no marks
        return
    for line in found.ends:
        wanted = "." if line is found.ends[-1] else ";"
        if not line.text.endswith((wanted, ":")):
            yield finding("lint-addressees-mark", letter.place(line, len(line.text) - 1), wanted=wanted)
            return


MARKS = Rule("lint-addressees-mark", find, needs=("kinh_gui",))
