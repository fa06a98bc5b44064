"""The subject has no mark at its end."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from congvan.findings import Finding, finding
from congvan.linter.read_letter import ReadLetter
from congvan.linter.rule import Rule
from congvan.linter.subject.subject_of import subject_of

_MARK: Final = re.compile(r"(?<!v\.v)(?<!\.\.)[.;,:]$")


def find(letter: ReadLetter) -> Iterator[Finding]:
    """A full stop, comma, colon or semicolon."""
    part = subject_of(letter)
    if part is None or not part.sure:
        return
    line = part.lines[-1]
    if _MARK.search(line.text):
        yield finding("lint-subject-mark", letter.place(line, len(line.text) - 1), mark=line.text[-1])


END_MARK = Rule("lint-subject-mark", find)
