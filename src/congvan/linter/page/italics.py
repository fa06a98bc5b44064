"""Italics: the components the decree sets in italics, and those it sets upright."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from congvan.findings import Finding, finding
from congvan.linter.read_letter import ReadLetter
from congvan.linter.rule import Rule
from congvan.linter.typed_parts import typed_lines

_MAY_STRESS: Final = frozenset({"Nội dung", "Phần, chương, mục, điều", "Địa chỉ, thư điện tử, điện thoại", "Kính gửi"})


def find(letter: ReadLetter) -> Iterator[Finding]:
    """Each component once whose slope is not the decree's."""
    seen: set[str] = set()
    for form, line in typed_lines(letter):
        if form.name in _MAY_STRESS or form.name in seen or line.font.italic == form.italic:
            continue
        seen.add(form.name)
        code = "lint-not-italic" if form.italic else "lint-italic"
        yield finding(code, letter.place(line, 0, len(line.text)), part=form.name)


ITALICS = Rule("lint-not-italic", find, also=("lint-italic",))
