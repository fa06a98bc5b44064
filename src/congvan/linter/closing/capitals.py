"""Authority and title of the signer stand in capitals."""

from __future__ import annotations

from collections.abc import Iterator

from congvan.decree import phrases
from congvan.findings import Finding, finding
from congvan.linter.read_letter import ReadLetter
from congvan.linter.rule import Rule


def find(letter: ReadLetter) -> Iterator[Finding]:
    """The first line of them in small letters; a title above the name (7b) stands in small letters."""
    part = letter.parts["quyen_han"]
    first = part.lines[0]
    if not phrases.is_capitals(first.text) and phrases.names_post(first.text):
        yield finding("lint-title-capitals", letter.place(first, 0, len(first.text)), wanted=first.text.upper())


CAPITALS = Rule("lint-title-capitals", find, needs=("quyen_han",))
