"""Typeface: Times New Roman, in Unicode."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Final

from congvan.decree.measures import FONT
from congvan.findings import Finding, finding
from congvan.inspect.model import Line
from congvan.linter.read_letter import ReadLetter
from congvan.linter.rule import Rule

METRIC_FACES: Final = frozenset({"timesnewroman", "times", "liberationserif", "tinos", "texgyretermes"})
"""Faces with the widths and the look of Times New Roman: PDF programs put them in its place."""
_SIGNS: Final = (
    "symbol",
    "wingding",
    "webding",
    "segoeuisymbol",
    "notosanssymbols",
    "opensymbol",
)
"""Faces of boxes, arrows and bullets, which Times New Roman lacks."""


def find(letter: ReadLetter) -> Iterator[Finding]:
    """Every other face that prints letters, once, with the number of its letters, where it is first seen."""
    counts: Counter[str] = Counter()
    first: dict[str, Line] = {}
    for line in letter.printed:
        for span in line.spans:
            letters = sum(character.isalpha() for character in span.text)
            if letters and not is_times(span.font.family) and not is_of_signs(span.font.family):
                counts[span.font.family] += letters
                first.setdefault(span.font.family, line)
    for family, count in counts.items():
        yield finding("lint-face", letter.place(first[family]), face=family, wanted=FONT, count=count)


def is_times(family: str) -> bool:
    """Whether a face is Times New Roman or stands for it."""
    return bare(family) in METRIC_FACES or not family


def is_of_signs(family: str) -> bool:
    """Whether a face holds signs, no letters."""
    return bare(family).startswith(_SIGNS)


def bare(family: str) -> str:
    """A face's name without spaces and hyphens, in small letters."""
    return "".join(character for character in family.lower() if character.isalnum())


FACE = Rule("lint-face", find, source="docx")
