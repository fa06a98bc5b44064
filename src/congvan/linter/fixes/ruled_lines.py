"""The lines under tiêu ngữ, issuing body and subject, where there is none (Annex I, part II, 1, 2 and 5a)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from docx.enum.text import WD_LINE_SPACING
from docx.shared import Mm, Pt
from docx.text.parfmt import ParagraphFormat

from congvan.decree.measures import RULE_SHARE
from congvan.findings import Finding, finding
from congvan.inspect.anatomy.relations import floats
from congvan.inspect.components import Component
from congvan.inspect.model import Line
from congvan.linter.fixes.changes import Changes
from congvan.linter.fixes.fix import Fix, place_of
from congvan.linter.fixes.word_copy import WordCopy
from congvan.support.ooxml import W

_WHOLE: Final = 1.0
_SHARE: Final = (RULE_SHARE.low + RULE_SHARE.high) / 2
_HEIGHT: Final = Pt(6)
_GAP: Final = Pt(2)
"""Between the words and their line, so that it does not look like an underline."""
_BORDER: Final = {"val": "single", "sz": "6", "space": "1", "color": "000000"}


def fix_motto_rule(copy: WordCopy, changes: Changes) -> Iterator[Finding]:
    """Draw the line under the tiêu ngữ, as long as its words."""
    yield from _rule_below(copy, changes, "tieu_ngu", _WHOLE)


def fix_issuer_rule(copy: WordCopy, changes: Changes) -> Iterator[Finding]:
    """Draw the line under the issuing body, between a third and a half of its words."""
    yield from _rule_below(copy, changes, "co_quan", _SHARE)


def fix_subject_rule(copy: WordCopy, changes: Changes) -> Iterator[Finding]:
    """Draw the line under the subject of a named kind, between a third and a half of its words."""
    yield from _rule_below(copy, changes, "trich_yeu", _SHARE)


def _rule_below(copy: WordCopy, changes: Changes, name: str, share: float) -> Iterator[Finding]:
    """A line in a paragraph of its own; not where a drawn one may be meant for it, nor beside another column."""
    part = copy.parts.get(name)
    if part is None or part.rule is not None or changes.tracked or _is_doubtful(copy, part):
        return
    line = part.lines[-1]
    paragraph = copy.paragraph(line)
    below = paragraph.makeelement(f"{W}p", {})
    paragraph.addnext(below)
    _set_border(below, copy, part, share)
    yield finding("fix-rule", place_of(copy, line))


def _is_doubtful(copy: WordCopy, part: Component) -> bool:
    line = part.lines[-1]
    beside = [other for other in copy.facts.lines if other.paragraph_id == line.paragraph_id]
    own = {id(each) for each in part.lines}
    return (
        any(floats(rule) for rule in copy.facts.rules)
        or line.region == "text-box"
        or line.paragraph_format is None
        or line.paragraph_format.align != "center"
        or any(id(other) not in own for other in beside)
    )


def _set_border(below: Any, copy: WordCopy, part: Component, share: float) -> None:
    """Indents of the paragraph draw the line in from both sides of the room it has."""
    room = _room(copy, part.lines[-1])
    length = max(line.width for line in part.lines) * share
    form = ParagraphFormat(below)
    form.left_indent = form.right_indent = Mm(max((room - length) / 2, 0))
    form.first_line_indent = Mm(0)
    form.space_before, form.space_after = _GAP, Pt(0)
    form.line_spacing_rule, form.line_spacing = WD_LINE_SPACING.EXACTLY, _HEIGHT
    borders = below.makeelement(f"{W}pBdr", {})
    top = borders.makeelement(f"{W}top", {f"{W}{name}": value for name, value in _BORDER.items()})
    borders.append(top)
    spacing = below.pPr.find(f"{W}spacing")
    spacing.addprevious(borders)


def _room(copy: WordCopy, line: Line) -> float:
    """The width in mm a centred line has: twice from its middle to the nearer edge of its cell or of the text."""
    sheet = copy.facts.sheets[line.page - 1]
    margins = sheet.margins
    assert margins is not None
    left, right = margins.left, sheet.width - margins.right
    if line.cell is not None:
        table = copy.facts.tables[line.cell.table - 1]
        left = table.left + sum(table.widths[: line.cell.column - 1])
        right = left + table.widths[line.cell.column - 1]
    return 2 * min(line.middle - left, right - line.middle)


MOTTO_RULE_FIX: Final = Fix(frozenset({"lint-motto-rule-missing"}), fix_motto_rule)
ISSUER_RULE_FIX: Final = Fix(frozenset({"lint-issuer-rule-missing"}), fix_issuer_rule)
SUBJECT_RULE_FIX: Final = Fix(frozenset({"lint-subject-rule-missing"}), fix_subject_rule)
