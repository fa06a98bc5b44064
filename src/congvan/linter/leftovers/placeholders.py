"""Places that should have been filled in: ``{{ … }}``, ``«…»`` of a mail merge, ``[…]``, ``xxx``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from congvan.findings import Finding, finding
from congvan.linter.read_letter import ReadLetter
from congvan.linter.rule import Rule

_PLACEHOLDER: Final = re.compile(
    r"\{\{[^{}]*\}\}|\{%[^{}]*%\}|«\s*(…|\.\.\.|[A-Za-z]\w*_\w*)\s*»|\[\s*(…+|\.{3,})\s*\]|\bx{3,}\b|\bX{4,}\b"
    r"|\bLorem ipsum\b|Click or tap here|Error! (Reference|Bookmark)[^.]*"
)


def find(letter: ReadLetter) -> Iterator[Finding]:
    """Each of them in a line."""
    for line in letter.facts.lines:
        for found in _PLACEHOLDER.finditer(line.text):
            yield finding("lint-placeholder", letter.place(line, *found.span()), written=found[0])


PLACEHOLDERS = Rule("lint-placeholder", find)
