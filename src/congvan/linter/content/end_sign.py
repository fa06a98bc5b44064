"""The text ends with «./.», as in every model of Annex III."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from congvan.findings import Finding, finding
from congvan.linter.read_letter import ReadLetter
from congvan.linter.rule import Rule

_WITHOUT: Final = frozenset({"thu-cong", "bien-ban", "giay-nghi-phep", "giay-gioi-thieu", "hop-dong"})
"""Kinds that end in a form of their own."""


def find(letter: ReadLetter) -> Iterator[Finding]:
    """A last paragraph that ends otherwise; tables and headings may stand behind it."""
    lines = [line for name in ("noi_dung", "de_muc") if name in letter.parts for line in letter.parts[name].lines]
    order = {id(line): at for at, line in enumerate(letter.facts.lines)}
    last = max(lines, key=lambda line: order[id(line)])
    table = letter.part("o_bang")
    texts = [last.text, *(line.text for line in table.lines[-1:])] if table else [last.text]
    if not any(text.replace(" ", "").endswith("./.") for text in texts):
        yield finding("lint-end-sign", letter.place(last, max(len(last.text) - 1, 0)))


END_SIGN = Rule("lint-end-sign", find, needs=("noi_dung",), kinds=lambda kind: kind.ma not in _WITHOUT)
