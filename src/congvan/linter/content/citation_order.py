"""A reference goes from the smallest provision to the largest: «điểm a khoản 2 Điều 5»."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from congvan.findings import Finding, finding
from congvan.linter.read_letter import ReadLetter
from congvan.linter.rule import Rule

_REVERSED: Final = re.compile(
    r"[Đđ]iều \d+,? ([Kk]hoản \d+(,? [đĐ]iểm [a-zđ]\b)?|[đĐ]iểm [a-zđ]\b)|[Kk]hoản \d+,? [đĐ]iểm [a-zđ]\b"
)


def find(letter: ReadLetter) -> Iterator[Finding]:
    """«Điều 5 khoản 2 điểm a»."""
    for passage in letter.passages():
        for found in _REVERSED.finditer(passage.text):
            steps = re.findall(r"(\w+ \w+)", found[0].replace(",", ""))
            wanted = " ".join(reversed(steps))
            yield finding("lint-citation-order", passage.place(*found.span()), written=found[0], wanted=wanted)


CITATION_ORDER = Rule("lint-citation-order", find)
