"""Colour: the text is black; only urgency marks are red."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from congvan.findings import Finding, finding
from congvan.inspect.model import BLACK
from congvan.linter.read_letter import ReadLetter
from congvan.linter.rule import Rule

_COLOURED: Final = frozenset({"do_khan", "do_mat", "luu_hanh"})
"""Marks, which are red or black (Annex I, part II, 10 and 11)."""
_DARK: Final = 48
"""Of 255: a grey so dark that it prints as black."""


def find(letter: ReadLetter) -> Iterator[Finding]:
    """Every other colour of letters, once, where it is first seen."""
    free = {id(line) for part in letter.parts if part.name in _COLOURED for line in part.lines}
    seen: set[str] = set()
    for line in letter.printed:
        at = 0
        for span in line.spans:
            start, at = at, at + len(span.text)
            colour = span.font.colour
            if id(line) in free or not span.text.strip() or _is_black(colour) or colour in seen:
                continue
            seen.add(colour)
            yield finding("lint-colour", letter.place(line, start, at), colour=colour)


def _is_black(colour: str) -> bool:
    if colour == BLACK:
        return True
    return len(colour) == len(BLACK) and max(bytes.fromhex(colour)) <= _DARK


COLOUR = Rule("lint-colour", find)
