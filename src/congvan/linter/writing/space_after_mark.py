"""A space stands behind a comma, a semicolon or a colon between words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from congvan.findings import Finding, finding
from congvan.linter.read_letter import ReadLetter
from congvan.linter.rule import Rule

_CLOSE: Final = re.compile(r"(?<=[a-zà-ỹ])[,;:](?=[a-zà-ỹA-ZĐÀ-Ỹ]{2})")
_ADDRESS: Final = re.compile(r"@|://|www\.|\.vn|\.com|\\", re.IGNORECASE)


def find(letter: ReadLetter) -> Iterator[Finding]:
    """A mark between two words without a space, once, with the number of places; addresses are left alone."""
    places = [
        (passage, found)
        for passage in letter.passages()
        for found in _CLOSE.finditer(passage.text)
        if not _ADDRESS.search(_token(passage.text, found.start()))
    ]
    if places:
        passage, found = places[0]
        yield finding("lint-space-after-mark", passage.place(*found.span()), count=len(places))


def _token(text: str, at: int) -> str:
    start, end = text.rfind(" ", 0, at) + 1, text.find(" ", at)
    return text[start : end if end >= 0 else len(text)]


SPACE_AFTER_MARK = Rule("lint-space-after-mark", find)
