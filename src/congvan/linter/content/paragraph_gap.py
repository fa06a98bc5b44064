"""At least 6 pt stand between two paragraphs of the text."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from congvan.decree.measures import PARAGRAPH_GAP as LEAST
from congvan.findings import Finding, finding
from congvan.linter.measured import points
from congvan.linter.read_letter import ReadLetter
from congvan.linter.rule import Rule
from congvan.linter.word_paragraphs import text_paragraphs


def find(letter: ReadLetter) -> Iterator[Finding]:
    """Neighbours with less between them, once; an empty paragraph between two is room enough."""
    close = [
        (line, above.after + form.before)
        for (before, above), (line, form) in pairwise(text_paragraphs(letter))
        if line.paragraph == before.paragraph + 1 and above.after + form.before < LEAST
    ]
    if close:
        line, gap = close[0]
        yield finding("lint-paragraph-gap", letter.place(line), gap=points(gap), least=points(LEAST), count=len(close))


PARAGRAPH_GAP = Rule("lint-paragraph-gap", find, needs=("noi_dung",), source="docx")
