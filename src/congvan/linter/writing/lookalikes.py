"""Characters that look like others: Ð for Đ, Cyrillic letters, invisible signs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from congvan.findings import Finding, finding
from congvan.linter.read_letter import ReadLetter
from congvan.linter.rule import Rule
from congvan.text.unicode_form import lookalikes

_SPACES: Final = frozenset("\u00a0\u00ad\u200b\u200c\u200d\u2009\u202f\u2060")
"""Signs of typesetting that Word and programs put in: they print as meant."""


def find(letter: ReadLetter) -> Iterator[Finding]:
    """Each such character, once, where it is first seen."""
    seen: set[str] = set()
    for line in letter.facts.lines:
        if line.text.isascii():
            continue
        for one in lookalikes(line.text):
            if one.character in seen or one.character in _SPACES:
                continue
            seen.add(one.character)
            place = letter.place(line, one.position, one.position + 1)
            yield finding("lint-lookalike", place, written=one.character, code=one.code_point, meant=one.meant or "—")


LOOKALIKES = Rule("lint-lookalike", find)
