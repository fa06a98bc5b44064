"""The letters of a page as lines of text, in reading order, with the paragraphs they form.

Letters on one base line belong together unless a gap much wider than the other spaces of the line parts them:
then they are two columns. Raised and lowered letters belong to the line they stand beside.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, pairwise
from statistics import median
from typing import Final

from congvan.inspect.model import Font, Line, Rule, Span
from congvan.inspect.pdf.drawing import MM_PER_PT, Glyph
from congvan.inspect.visible_text import as_read, folded, reads_on

ASCENT, DESCENT = 0.891, 0.216
"""Height above and depth below the base line of a Times face, of the type size."""

_SAME_LINE: Final = 0.12  # of the type size: how far base lines of one line may lie apart
_SHIFTED: Final = 0.6  # of the type size: how far raised or lowered letters stand from their line at most
_BESIDE: Final = 0.5  # of the type size: how far from the letters of their line
_SPACE: Final = 0.12  # of the type size: a gap that is a space though no space is written
_COLUMN: Final = 0.8  # of the type size: the least gap between two columns
_STRETCHED: Final = 1.8  # times the other spaces of the line: what justification does not make
_INDENT: Final = 4.0  # mm: the least indent that starts a paragraph
_HANGING: Final = 15.0  # mm: no paragraph begins further in than this and goes on at the text's edge
_EVEN: Final = 0.6  # mm: distances that count as the same
_SHORT: Final = 0.25  # of the line's room: what a line leaves free when the paragraph ends with it
_NEAR: Final = 6  # lines to font back for the one above: others of the same row may stand between
_MARKED: Final = re.compile(r"[-–+•]\s|\d{1,2}\.\s|[a-zđ]{1,2}\)\s|Điều\s\d")


def page_lines(glyphs: Sequence[Glyph], page: int) -> Iterator[Line]:
    """The lines of one page, from the top, left before right; paragraphs are counted from 1 on each page."""
    paragraph, above = 0, list[Line]()
    edges = _text_edges(glyphs)
    for row in _rows(glyphs):
        for piece in _pieces(row):
            line = _line(piece, page, paragraph)
            if not line.text:
                continue
            if _begins_paragraph(line, above, edges):
                paragraph += 1
                line = _line(piece, page, paragraph)
            above.append(line)
            yield line


def _rows(glyphs: Iterable[Glyph]) -> Iterator[list[Glyph]]:
    """Letters of one line, from left to right."""
    rows = list(_base_lines(glyphs))
    for row in sorted(rows, key=len):  # raised letters are few
        for host in rows:
            if host is not row and _is_near(row, host):
                shifted = [glyph for stretch in _stretches(row) if _is_beside(stretch, host) for glyph in stretch]
                row[:] = [glyph for glyph in row if glyph not in shifted]
                host[:] = sorted([*host, *shifted], key=lambda each: each.left)
    yield from filter(None, rows)


def _is_near(row: Sequence[Glyph], host: Sequence[Glyph]) -> bool:
    """True when a longer line, ``host``, is less than a line away."""
    if not row or len(host) < len(row):
        return False
    return abs(row[0].base - host[0].base) <= _SHIFTED * median(glyph.font.size for glyph in host) * MM_PER_PT


def _stretches(row: Sequence[Glyph]) -> Iterator[list[Glyph]]:
    """The row, parted wherever letters stand further apart than words do."""
    stretch: list[Glyph] = []
    for glyph in row:
        if stretch and glyph.left - stretch[-1].right > _BESIDE * glyph.font.size * MM_PER_PT:
            yield stretch
            stretch = []
        stretch.append(glyph)
    yield stretch


def _is_beside(stretch: Sequence[Glyph], host: Sequence[Glyph]) -> bool:
    """True when it follows or precedes a letter of ``host`` and stands above or below none of them."""
    left, right = stretch[0].left, stretch[-1].right
    room = _BESIDE * median(glyph.font.size for glyph in host) * MM_PER_PT
    gaps = [max(glyph.left - right, left - glyph.right) for glyph in host]
    return -room / 2 < min(gaps) <= room


def _base_lines(glyphs: Iterable[Glyph]) -> Iterator[list[Glyph]]:
    """Letters on one base line, from left to right."""
    row: list[Glyph] = []
    for glyph in sorted((each for each in glyphs if each.text.strip()), key=lambda each: (each.base, each.left)):
        if row and glyph.base - row[0].base > _SAME_LINE * row[0].font.size * MM_PER_PT:
            yield sorted(row, key=lambda each: each.left)
            row = []
        row.append(glyph)
    if row:
        yield sorted(row, key=lambda each: each.left)


def _pieces(row: list[Glyph]) -> Iterator[list[Glyph]]:
    """The row, parted where two columns meet."""
    wide, start = _wide_gap(row), 0
    for place in range(1, len(row)):
        gap = row[place].left - row[place - 1].right
        if gap > wide and not reads_on(_raw(row[start:place]), _raw(row[place:])):
            yield row[start:place]
            start = place
    yield row[start:]


def _wide_gap(row: Sequence[Glyph]) -> float:
    """From which gap in mm on a row falls into columns."""
    size = median(glyph.font.size for glyph in row) * MM_PER_PT
    gaps = [right.left - left.right for left, right in pairwise(row)]
    spaces = [gap for gap in gaps if gap > _SPACE * size]
    return max(_COLUMN * size, _STRETCHED * median(spaces) if len(spaces) > 2 else 0)  # noqa: PLR2004 - enough to judge


def _line(piece: Sequence[Glyph], page: int, paragraph: int) -> Line:
    font = max(piece, key=lambda glyph: glyph.font.size).font
    base, size = median(glyph.base for glyph in piece), font.size * MM_PER_PT
    spans = tuple(_spans(piece))
    return Line(
        text=folded("".join(span.text for span in spans)),
        raw=_raw(piece),
        spans=spans,
        page=page,
        paragraph=paragraph,
        left=piece[0].left,
        right=piece[-1].right,
        top=base - ASCENT * size,
        base=base,
        bottom=base + DESCENT * size,
    )


def _spans(piece: Sequence[Glyph]) -> Iterator[Span]:
    """Stretches of one font, a space going with the letters before it."""
    before: Glyph | None = None
    for font, group in groupby(piece, key=lambda glyph: glyph.font):
        glyphs = list(group)
        lead = " " if before is not None and _spaced(before, glyphs[0]) else ""
        yield Span(lead + as_read(_raw(glyphs), font.family), font)
        before = glyphs[-1]


def _raw(glyphs: Sequence[Glyph]) -> str:
    parts = [glyphs[0].text]
    for before, glyph in pairwise(glyphs):
        parts.append(f" {glyph.text}" if _spaced(before, glyph) else glyph.text)
    return "".join(parts)


def _spaced(before: Glyph, after: Glyph) -> bool:
    return after.left - before.right > _SPACE * before.font.size * MM_PER_PT


def _text_edges(glyphs: Sequence[Glyph]) -> tuple[float, float]:
    """The left and right edge of the page's text, in mm."""
    printed = [glyph for glyph in glyphs if glyph.text.strip()]
    return min((glyph.left for glyph in printed), default=0.0), max((glyph.right for glyph in printed), default=0.0)


def _begins_paragraph(line: Line, above: Sequence[Line], edges: tuple[float, float]) -> bool:
    """True when ``line`` does not read on from the line above it; ``edges`` are those of the page's text."""
    over = [other for other in above[-_NEAR:] if other.left < line.right + _HANGING and line.left < other.right]
    if not over or _MARKED.match(line.text) or not _alike(line.font, over[-1].font):
        return True
    last, pitch = over[-1], _pitch(over[-1], line)
    if pitch > 2 * line.font.size * MM_PER_PT or not -_HANGING < line.left - last.left <= _INDENT:
        return True
    if abs(line.left - last.left) < _EVEN and (_ends_short(last, edges[1]) or _is_indented(last, edges[0])):
        return True
    same = [other for other in over[:-1] if other.paragraph == last.paragraph]
    return bool(same) and abs(pitch - _pitch(same[-1], last)) > _EVEN


def _ends_short(line: Line, edge: float) -> bool:
    return line.right < edge - _SHORT * (edge - line.left)


def _is_indented(line: Line, edge: float) -> bool:
    """True for a line that begins a paragraph as the first line of one: the next begins at the edge."""
    return _INDENT < line.left - edge < _HANGING


def _pitch(above: Line, below: Line) -> float:
    return (below.base or 0) - (above.base or 0)


def _alike(one: Font, other: Font) -> bool:
    return (one.size, one.bold, one.italic) == (other.size, other.bold, other.italic)


def distinct_rules(rules: Iterable[Rule]) -> tuple[Rule, ...]:
    """``rules`` without those drawn twice over, as some programs do: once filled, once stroked."""
    kept: dict[tuple[int, ...], Rule] = {}
    for rule in rules:
        edges = (rule.left, rule.right, rule.top or 0, rule.bottom or 0)
        kept.setdefault((rule.page, *(round(edge * 4) for edge in edges)), rule)
    return tuple(kept.values())
