"""Paragraphs of the text: justified, first line 1 or 1.27 cm in, 1 to 1.5 lines, 6 pt apart (Annex I, part II, 6)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import Final

from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Mm, Pt
from docx.text.parfmt import ParagraphFormat as WordFormat

from congvan.decree.measures import PARAGRAPH_GAP, RANGES
from congvan.findings import Finding, finding
from congvan.inspect.model import Line, ParagraphFormat
from congvan.letter.office_style import FIRST_LINES
from congvan.linter.fixes.changes import Changes
from congvan.linter.fixes.fix import Fix, place_of
from congvan.linter.fixes.word_copy import WordCopy
from congvan.text.numbers import format_number

_LEAST_LINES, _MOST_LINES = RANGES["gian_dong"]
_SLACK: Final = 0.02  # of a line
_NEAR: Final = 0.3  # mm
_MOST_INDENT: Final = 20.0
"""Millimetres: what begins further in is no first line but a place of its own."""


def fix_line_spacing(copy: WordCopy, changes: Changes) -> Iterator[Finding]:
    """Bring the line spacing of the text between 1 and 1.5 lines."""
    for line, form in _paragraphs(copy):
        if form.spacing is None or _LEAST_LINES - _SLACK <= form.spacing <= _MOST_LINES + _SLACK:
            continue
        wanted = min(max(form.spacing, _LEAST_LINES), _MOST_LINES)
        changes.paragraph(copy.paragraph(line), _spacing(wanted))
        values = {"before": format_number(round(form.spacing, 2)), "after": format_number(wanted)}
        yield finding("fix-line-spacing", place_of(copy, line), **values)


def fix_paragraph_gap(copy: WordCopy, changes: Changes) -> Iterator[Finding]:
    """Put at least 6 pt between the paragraphs of the text."""
    for (before, above), (line, form) in pairwise(_paragraphs(copy)):
        gap = above.after + form.before
        if gap >= PARAGRAPH_GAP or line.paragraph != before.paragraph + 1:
            continue
        changes.paragraph(copy.paragraph(line), _gap)
        yield finding("fix-paragraph-gap", place_of(copy, line), before=format_number(gap))


def fix_first_line(copy: WordCopy, changes: Changes) -> Iterator[Finding]:
    """Begin paragraphs of the text 1 or 1.27 cm in, whichever is nearer; lists and hanging ones stay."""
    for line, form in _paragraphs(copy):
        indent = form.first_line + form.left
        if form.first_line < 0 or form.left > _NEAR or indent > _MOST_INDENT:
            continue
        wanted = min(FIRST_LINES, key=lambda each: abs(each - indent))
        if abs(wanted - indent) > _NEAR:
            changes.paragraph(copy.paragraph(line), _first_line(wanted))
            values = {"before": format_number(round(indent, 1)), "after": format_number(wanted)}
            yield finding("fix-first-line", place_of(copy, line), **values)


def fix_alignment(copy: WordCopy, changes: Changes) -> Iterator[Finding]:
    """Justify the paragraphs of the text; centred ones stay."""
    for line, form in _paragraphs(copy):
        if form.align in {"left", "right"}:
            changes.paragraph(copy.paragraph(line), _justified)
            yield finding("fix-alignment", place_of(copy, line))


def _paragraphs(copy: WordCopy) -> Iterator[tuple[Line, ParagraphFormat]]:
    """The first line of each paragraph of the text, outside tables, with its form."""
    last = ""
    part = copy.parts.get("noi_dung")
    for line in part.lines if part is not None else ():
        if line.paragraph_format is not None and line.cell is None and line.paragraph_id != last:
            yield line, line.paragraph_format
        last = line.paragraph_id


def _spacing(lines: float) -> Callable[[WordFormat], None]:
    return lambda form: setattr(form, "line_spacing", lines)


def _first_line(width: float) -> Callable[[WordFormat], None]:
    return lambda form: setattr(form, "first_line_indent", Mm(width))


def _gap(form: WordFormat) -> None:
    form.space_before = Pt(PARAGRAPH_GAP)


def _justified(form: WordFormat) -> None:
    form.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY


LINE_SPACING_FIX: Final = Fix(frozenset({"lint-line-spacing"}), fix_line_spacing)
PARAGRAPH_GAP_FIX: Final = Fix(frozenset({"lint-paragraph-gap"}), fix_paragraph_gap)
FIRST_LINE_FIX: Final = Fix(frozenset({"lint-first-line"}), fix_first_line)
ALIGNMENT_FIX: Final = Fix(frozenset({"lint-justified"}), fix_alignment)
