"""Letters are composed: Unicode form C, not a base letter and its marks one by one."""

from __future__ import annotations

from collections.abc import Iterator

from congvan.findings import Finding, finding
from congvan.linter.read_letter import ReadLetter
from congvan.linter.rule import Rule
from congvan.text.unicode_form import is_nfc


def find(letter: ReadLetter) -> Iterator[Finding]:
    """Decomposed letters, once, with the number of lines that have them."""
    lines = [line for line in letter.facts.lines if not is_nfc(line.raw)]
    if lines:
        yield finding("lint-decomposed", letter.place(lines[0]), count=len(lines))


DECOMPOSED = Rule("lint-decomposed", find, source="docx")
