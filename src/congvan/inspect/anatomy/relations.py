"""Relations between lines, rules and frames of a letter, in Word and on paper.

On paper it is heights in millimetres that tell; in Word, where nothing has a height yet, paragraphs and cells.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from congvan.inspect.model import DocumentFacts, Frame, Line, Rule
from congvan.support.lengths import Pt

MM_PER_PT: Final = float(Pt(1).mm)

_NEAR_RULE: Final = 7.0  # mm between a line and the rule that belongs to it, at most
_NEAR_PARAGRAPHS: Final = 2  # the same in Word
_TOUCH: Final = 1.0  # mm


def text_edges(facts: DocumentFacts) -> tuple[float, float]:
    """Left and right edge of the text in mm: by the margins of a .docx, by the widest page of a PDF."""
    sheets = facts.sheets[:1] if facts.source == "docx" else facts.sheets
    edges = [(sheet.margins.left, sheet.width - sheet.margins.right) for sheet in sheets if sheet.margins is not None]
    return min((left for left, _ in edges), default=0), max((right for _, right in edges), default=0)


def paragraphs(lines: Sequence[Line]) -> Iterator[list[Line]]:
    """``lines`` by paragraphs; one that goes on over the page is two."""
    group: list[Line] = []
    for line in lines:
        if group and (line.page, line.paragraph) != (group[-1].page, group[-1].paragraph):
            yield group
            group = []
        group.append(line)
    if group:
        yield group


def is_level(line: Line, other: Line) -> bool:
    """True for two lines side by side: on one base line, or in one row of a table."""
    if line.base is not None and other.base is not None:
        return line.page == other.page and abs(line.base - other.base) < _TOUCH
    if line.cell is not None and other.cell is not None:
        return (line.cell.table, line.cell.row) == (other.cell.table, other.cell.row)
    return line.paragraph == other.paragraph


def is_level_or_above(line: Line, other: Line) -> bool:
    """True for a line not below ``other``, two lines of it given."""
    if line.base is not None and other.base is not None:
        return line.base <= other.base + 2 * other.font.size * MM_PER_PT
    return line.cell is None or other.cell is None or line.cell.row <= other.cell.row


def meets(one: Line | Rule, other: Line | Rule) -> bool:
    """True for two that stand in one column: some part of one is above or below some part of the other."""
    return one.left < other.right and other.left < one.right


def carrier(rule: Rule, lines: Sequence[Line]) -> Line | None:
    """The line a rule stands below: the last one before it in its column, if it is near."""
    if floats(rule) or (rule.above and any(line.paragraph == rule.paragraph for line in lines)):
        return None
    over = [line for line in lines if line.page == rule.page and meets(line, rule) and _is_before(line, rule)]
    if rule.top is None:
        last = max(over[::-1], key=lambda line: line.paragraph, default=None)  # the last one of its paragraph
        return last if last is not None and last.paragraph >= (rule.paragraph or 0) - _NEAR_PARAGRAPHS else None
    last = max(over, key=lambda line: line.base or 0, default=None)
    return last if last is not None and rule.top < (last.base or 0) + _NEAR_RULE else None


def floats(rule: Rule) -> bool:
    """True for a line drawn in a .docx: Word keeps it near its paragraph, nobody knows how far."""
    return rule.kind == "drawn" and rule.top is None


def is_above(rule: Rule, line: Line) -> bool:
    """True for a rule right above ``line``."""
    if rule.page != line.page or not meets(rule, line):
        return False
    if rule.bottom is not None and line.top is not None:
        return line.top - _NEAR_RULE < rule.bottom < line.top + _TOUCH
    return rule.above and rule.paragraph == line.paragraph


def is_side(rule: Rule, frames: Sequence[Frame]) -> bool:
    """True for a rule that is the upper or lower side of a frame."""
    return any(_is_side_of(rule, frame) for frame in frames if frame.top is not None and frame.page == rule.page)


def is_inside(line: Line, frame: Frame) -> bool:
    """True for a line in a frame: between its sides, or the paragraph that has the frame for its border."""
    if frame.page != line.page:
        return False
    if frame.top is None or line.base is None:
        return frame.paragraph == line.paragraph
    across = frame.left - _TOUCH < line.left and line.right < frame.right + _TOUCH
    return across and frame.top < line.base < frame.top + frame.height


def _is_before(line: Line, rule: Rule) -> bool:
    if rule.top is not None and line.base is not None:
        return line.base < rule.top + _TOUCH
    return line.paragraph < (rule.paragraph or 0) + (0 if rule.above else 1)


def _is_side_of(rule: Rule, frame: Frame) -> bool:
    top = frame.top or 0
    level = (abs((rule.top or 0) - top), abs((rule.bottom or 0) - top - frame.height))
    return max(abs(rule.left - frame.left), abs(rule.right - frame.right), min(level)) < _TOUCH
