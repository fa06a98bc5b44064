"""Bold type: the components the decree sets in bold, and those it does not."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from congvan.findings import Finding, finding
from congvan.linter.read_letter import ReadLetter
from congvan.linter.rule import Rule
from congvan.linter.typed_parts import typed_lines

_MAY_STRESS: Final = frozenset(
    {"Nội dung", "Kính gửi", "Địa chỉ, thư điện tử, điện thoại", "Căn cứ ban hành", "Số trang"}
)
"""Components in which words may be stressed, or whose weight the decree does not name."""


def find(letter: ReadLetter) -> Iterator[Finding]:
    """Each component once whose weight is not the decree's."""
    seen: set[str] = set()
    for form, line in typed_lines(letter):
        if form.name in _MAY_STRESS or form.name in seen or line.font.bold == form.bold:
            continue
        seen.add(form.name)
        code = "lint-not-bold" if form.bold else "lint-bold"
        yield finding(code, letter.place(line, 0, len(line.text)), part=form.name)


WEIGHT = Rule("lint-not-bold", find, also=("lint-bold",))
