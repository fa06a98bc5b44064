"""Under the name of a kind the subject stands without «V/v»."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from congvan.findings import Finding, finding
from congvan.linter.read_letter import ReadLetter
from congvan.linter.rule import Rule

_ABOUT: Final = re.compile(r"V\s*/\s*v\b", re.IGNORECASE)


def find(letter: ReadLetter) -> Iterator[Finding]:
    """«V/v» under a title."""
    line = letter.parts["trich_yeu"].lines[0]
    if found := _ABOUT.match(line.text):
        yield finding("lint-subject-about-named", letter.place(line, 0, len(found[0])))


ABOUT_IN_NAMED_KIND = Rule("lint-subject-about-named", find, needs=("trich_yeu",))
