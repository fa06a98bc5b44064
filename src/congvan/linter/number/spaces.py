"""No space stands in the number and symbol: ``05/QĐ-BNV``; the hyphens are plain."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from congvan.findings import Finding, finding
from congvan.linter.number.number_parts import number_parts
from congvan.linter.read_letter import ReadLetter
from congvan.linter.rule import Rule

_ODD: Final = re.compile(r"\s*[–—]\s*|\s+-\s*|\s*-\s+|\s*/\s+|\s+(?=\S)")


def find(letter: ReadLetter) -> Iterator[Finding]:
    """The first space or long dash; room for a number to be written by hand is none."""
    parts = number_parts(letter)
    if parts is None:
        return
    line = letter.parts["so_ky_hieu"].lines[0]
    if parts.number and (parts.found["open"].strip(" ") == "" and parts.found["open"]):
        yield finding("lint-number-spaces", letter.place(line, *parts.found.span("open")), written=parts.found["open"])
    elif parts.found["slash"].endswith(" ") and parts.number:
        yield finding("lint-number-spaces", letter.place(line, *parts.found.span("slash")), written="/ ")
    elif odd := _ODD.search(parts.symbol):
        start = parts.symbol_span[0] + odd.start()
        yield finding("lint-number-spaces", letter.place(line, start, start + len(odd[0])), written=odd[0])


SPACES = Rule("lint-number-spaces", find, needs=("so_ky_hieu",))
