"""The text is set to both margins."""

from __future__ import annotations

from collections.abc import Iterator

from congvan.findings import Finding, finding
from congvan.linter.read_letter import ReadLetter
from congvan.linter.rule import Rule
from congvan.linter.word_paragraphs import long_paragraphs


def find(letter: ReadLetter) -> Iterator[Finding]:
    """Paragraphs that are not, once, with their number."""
    ragged = [line for line, form in long_paragraphs(letter) if form.align != "both"]
    if ragged:
        yield finding("lint-justified", letter.place(ragged[0]), count=len(ragged))


JUSTIFIED = Rule("lint-justified", find, needs=("noi_dung",), source="docx")
