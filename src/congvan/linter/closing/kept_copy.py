"""The last recipient is the kept copy: ``- Lưu: VT, …``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from congvan.decree import phrases
from congvan.findings import Finding, finding
from congvan.linter.closing.recipient_lines import recipients
from congvan.linter.read_letter import ReadLetter
from congvan.linter.rule import Rule

_FORM: Final = re.compile(r"-\s*Lưu: \S")
_BEGINS: Final = re.compile(r"[-–—+•*]?\s*luu\b")


def find(letter: ReadLetter) -> Iterator[Finding]:
    """No such line, one that is not the last, or one written otherwise."""
    groups = recipients(letter)
    kept = [lines for lines in groups if _BEGINS.match(phrases.plain(lines[0].text))]
    if not kept:
        yield finding("lint-kept-copy-missing", letter.place(groups[-1][-1]))
        return
    line = kept[-1][0]
    if kept[-1] is not groups[-1]:
        yield finding("lint-kept-copy-last", letter.place(line))
    elif not _FORM.match(line.text):
        start = len(line.text) - len(line.text.lstrip("-–—+•* "))
        yield finding("lint-kept-copy", letter.place(line, start, len(line.text)))


KEPT_COPY = Rule("lint-kept-copy", find, needs=("noi_nhan",), also=("lint-kept-copy-missing", "lint-kept-copy-last"))
