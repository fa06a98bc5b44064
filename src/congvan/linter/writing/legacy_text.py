"""Remains of codes from before Unicode: TCVN3 (ABC) or VNI text in a Unicode font."""

from __future__ import annotations

from collections.abc import Iterator

from congvan.findings import Finding, finding
from congvan.linter.read_letter import ReadLetter
from congvan.linter.rule import Rule
from congvan.text.legacy import detect_legacy


def find(letter: ReadLetter) -> Iterator[Finding]:
    """Lines that read as Vietnamese in an older code alone, each code once."""
    seen: set[str] = set()
    for line in letter.facts.lines:
        if line.text.isascii():
            continue
        encoding = detect_legacy(line.text)
        if encoding is not None and encoding not in seen:
            seen.add(encoding)
            yield finding("lint-legacy-text", letter.place(line, 0, len(line.text)), encoding=encoding.upper())


LEGACY_TEXT = Rule("lint-legacy-text", find)
