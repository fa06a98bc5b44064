"""A symbol is one to three groups of letters, digits and ``&`` with hyphens between them, in capitals."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from congvan.decree.kinds import KINDS
from congvan.findings import Finding, finding
from congvan.linter.number.number_parts import number_parts
from congvan.linter.read_letter import ReadLetter
from congvan.linter.rule import Rule

_SYMBOL: Final = re.compile(r"[^\W_][\w&.,]*(-[^\W_][\w&.,]*){0,2}")
_MIXED: Final = frozenset(kind.ky_hieu for kind in KINDS.values() if kind.ky_hieu)
"""Codes of kinds, some of which have small letters: QyĐ, TTr, CTr."""


def find(letter: ReadLetter) -> Iterator[Finding]:
    """A symbol of another form, or with small letters in a group that is no code of a kind."""
    parts = number_parts(letter)
    if parts is None or not parts.symbol:
        return
    line, bare = letter.parts["so_ky_hieu"].lines[0], re.sub(r"\s*[-–—]\s*", "-", parts.symbol)
    if not _SYMBOL.fullmatch(bare):
        yield finding("lint-symbol-form", letter.place(line, *parts.symbol_span), symbol=parts.symbol)
        return
    small = next((group for group in bare.split("-") if group.islower()), None)
    if small is not None:
        start = line.text.rindex(small)
        yield finding("lint-symbol-small", letter.place(line, start, start + len(small)), written=small)


GROUPS = Rule("lint-symbol-form", find, needs=("so_ky_hieu",), also=("lint-symbol-small",))
