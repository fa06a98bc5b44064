"""No space stands before a comma, full stop, colon, semicolon or closing bracket, none behind an opening one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from congvan.findings import Finding, finding
from congvan.linter.read_letter import ReadLetter
from congvan.linter.rule import Rule

_SPACE: Final = re.compile(
    r"(?<=[\wÀ-ỹ%)»”]) +(?=[,;:!?)](?![\w(]))|(?<=[\wÀ-ỹ%)»”]) +(?=\.(\s|$|/\.))|(?<=\() +(?=\w)"
)


def find(letter: ReadLetter) -> Iterator[Finding]:
    """Such a space in the text, once, with the number of places."""
    places = [(passage, found) for passage in letter.passages() for found in _SPACE.finditer(passage.text)]
    if places:
        passage, found = places[0]
        yield finding("lint-space-before-mark", passage.place(found.start(), found.end() + 1), count=len(places))


SPACE_BEFORE_MARK = Rule("lint-space-before-mark", find)
