"""The first line of a paragraph is set in by 1 cm or 1.27 cm."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from congvan.findings import Finding, finding
from congvan.inspect.model import Line, ParagraphFormat
from congvan.linter.measured import millimetres
from congvan.linter.read_letter import ReadLetter
from congvan.linter.rule import Rule
from congvan.linter.word_paragraphs import long_paragraphs

_ALLOWED: Final = (10.0, 12.7)
_SLACK: Final = 0.4
"""Millimetres: 0.5 inch is 12.7 mm, Word's own step 10.02 mm."""


def find(letter: ReadLetter) -> Iterator[Finding]:
    """Paragraphs with another indent, once; one that begins with a typed tab or spaces is not measured."""
    wrong = [(line, indent) for line, form in long_paragraphs(letter) if not _is_allowed(indent := _indent(line, form))]
    if wrong:
        line, indent = wrong[0]
        yield finding("lint-first-line", letter.place(line), indent=millimetres(indent), count=len(wrong))


def _indent(line: Line, form: ParagraphFormat) -> float:
    is_typed = line.raw[:1].isspace() and form.first_line == 0
    return _ALLOWED[0] if is_typed else form.left + form.first_line


def _is_allowed(indent: float) -> bool:
    return any(abs(indent - allowed) < _SLACK for allowed in _ALLOWED)


FIRST_LINE = Rule("lint-first-line", find, needs=("noi_dung",), source="docx")
