"""«Nhân dân» and «Nhà nước» have a capital; «Ủy ban nhân dân», «Hội đồng nhân dân» keep theirs small."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from congvan.findings import Finding, finding
from congvan.linter.read_letter import ReadLetter
from congvan.linter.rule import Rule

_SMALL: Final = re.compile(r"(?<![^\W\d_] )\b(nhân dân|nhà nước)\b|(?<=[a-zà-ỹ] )(nhân dân|nhà nước)\b")
_IN_NAMES: Final = re.compile(
    r"(ủy ban|uỷ ban|hội đồng|tòa án|toà án|viện kiểm sát|công an|quân đội|báo|"
    r"quỹ tín dụng|kho bạc|ngân hàng|kiểm toán) $",
    re.IGNORECASE,
)


def find(letter: ReadLetter) -> Iterator[Finding]:
    """Either of them begun small, once, with the number of places."""
    places = [
        (passage, found)
        for passage in letter.passages()
        for found in _SMALL.finditer(passage.text)
        if not _IN_NAMES.search(passage.text[: found.start()])
    ]
    if places:
        passage, found = places[0]
        place = passage.place(*found.span())
        yield finding("lint-state-people", place, written=found[0], wanted=found[0].capitalize(), count=len(places))


STATE_AND_PEOPLE = Rule("lint-state-people", find)
