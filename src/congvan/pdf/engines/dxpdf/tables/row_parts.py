"""Breaks a row of a table into rows that look like one.

The parts follow one another without a line between them, so that the page can end there; columns keep their widths. The
positions of the paragraphs on the page say where to break.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from copy import deepcopy
from itertools import pairwise
from typing import TYPE_CHECKING, Final, TypeAlias

from congvan.pdf.engines.dxpdf.tables.keep_with_next import zero_height_paragraph
from congvan.support.ooxml import W

if TYPE_CHECKING:
    from lxml.etree import _Element

_P, _TABLE, _ROW, _CELL = (f"{W}{name}" for name in ("p", "tbl", "tr", "tc"))
_MERGED: Final = f"{W}tcPr/{W}vMerge"
_RESTART: Final = "restart"
_LINE: Final = 20.0
"""Points: the height of a line, for text below its top."""
_HALF_LINE: Final = 8.0
_MAX_UNBROKEN: Final = 400.0
"""Points: a cell no taller than this, as a signature, is not broken where another is."""
_TOLERANCE: Final = 1.0
"""Points by which lines of neighbouring cells may differ that begin at one height."""
_BEFORE_BORDERS: Final = frozenset(
    f"{W}{name}" for name in ("cnfStyle", "tcW", "gridSpan", "hMerge", "vMerge")
)  # ISO/IEC 29500-1, CT_TcPrBase
_BORDER_ORDER: Final = ("top", "start", "left", "bottom", "end", "right", "insideH", "insideV", "tl2br", "tr2bl")

Extents: TypeAlias = Mapping["_Element", tuple[float, float]]
"""The tops of the first and the last line of paragraphs with text, in points from the top of their page."""


def row_groups(table: _Element) -> list[list[_Element]]:
    """The rows of ``table``, those with merged cells together."""
    groups: list[list[_Element]] = []
    for row in table.iterchildren(_ROW):
        if groups and any(_continues(cell) for cell in row.iterchildren(_CELL)):
            groups[-1].append(row)
        else:
            groups.append([row])
    return groups


def unmerge(rows: Sequence[_Element], extents: Extents) -> None:
    """Split the cells merged over ``rows``; their text goes to the rows it is drawn beside."""
    tops = _row_tops(rows, extents)
    columns = [dict(_columns(row)) for row in rows]
    for index, row in enumerate(rows):
        for column, cell in _columns(row):
            if cell.find(_MERGED) is not None and not _continues(cell):
                cells = [cell, *_below(columns[index + 1 :], column)]
                _distribute(cells, tops[index : index + len(cells)], extents)
    for row in rows:
        for cell in row.iterchildren(_CELL):
            _remove(cell, _MERGED)


def break_row(row: _Element, extents: Extents, *, everywhere: bool = False) -> bool:
    """Break ``row`` below its short cells, and in its highest cell between the rows of a table; false if it cannot be.

    The first part holds the short cells whole. ``everywhere``: between all paragraphs, too.
    """
    cells = list(row.iterchildren(_CELL))
    highest = _highest(row, extents)
    if highest is None:
        return False
    everywhere = everywhere or highest.find(_TABLE) is not None
    for table in list(row.iterfind(f"{_CELL}/{_TABLE}")):
        _break_table(table)
    start = _after_short_cells(cells, highest, extents)
    tops = sorted({top for block in _blocks(highest) if (top := _top(block, extents)) is not None})
    breaks = [top for top in tops[1:] if top >= start]
    if not breaks or not (everywhere or start > tops[0]):
        return False
    _split_row(row, breaks if everywhere else breaks[:1], extents)
    return True


def break_inner_row(row: _Element, extents: Extents) -> bool:
    """Break the rows of the tables in the highest cell of ``row``; false if there is none to break.

    A table of one cell is replaced by the content of the cell.
    """
    highest = _highest(row, extents)
    for table in list(highest.iterchildren(_TABLE)) if highest is not None else ():
        for rows in row_groups(table):
            if len(rows) > 1:
                unmerge(rows, extents)
                return True
            if break_row(rows[0], extents, everywhere=True) or break_inner_row(rows[0], extents):
                return True
        if len(cells := table.findall(f"{_ROW}/{_CELL}")) == 1:
            for block in _blocks(cells[0]):
                table.addprevious(block)
            _drop(table)
            return True
    return False


def _highest(row: _Element, extents: Extents) -> _Element | None:
    return max(row.iterchildren(_CELL), key=lambda cell: _last_top(cell, extents), default=None)


def _continues(cell: _Element) -> bool:
    merged = cell.find(_MERGED)
    return merged is not None and merged.get(f"{W}val") != _RESTART


def _columns(row: _Element) -> Iterator[tuple[int, _Element]]:
    """The cells of ``row``, each with the column of the grid it begins in."""
    column = _number(row.find(f"{W}trPr/{W}gridBefore"), 0)
    for cell in row.iterchildren(_CELL):
        yield column, cell
        column += _number(cell.find(f"{W}tcPr/{W}gridSpan"), 1)


def _number(element: _Element | None, otherwise: int) -> int:
    value = element.get(f"{W}val", "") if element is not None else ""
    return int(value) if value.isdigit() else otherwise


def _below(columns: Iterable[Mapping[int, _Element]], column: int) -> Iterator[_Element]:
    """The cells that continue one that begins in ``column``."""
    for cells in columns:
        cell = cells.get(column)
        if cell is None or not _continues(cell):
            return
        yield cell


def _row_tops(rows: Sequence[_Element], extents: Extents) -> list[float]:
    """The top of the unmerged text of each row; that of the row above where a row has none."""
    tops: list[float] = []
    for row in rows:
        own = [cell for cell in row.iterchildren(_CELL) if cell.find(_MERGED) is None]
        found = [top for cell in own if (top := _top(cell, extents)) is not None]
        tops.append(min(found, default=tops[-1] if tops else 0.0))
    return tops


def _distribute(cells: Sequence[_Element], tops: Sequence[float], extents: Extents) -> None:
    """Move the blocks of the first of ``cells`` to the cells of the rows they are drawn beside."""
    for cell in cells[1:]:
        for block in _blocks(cell):
            if not any(text.text for text in block.iter(f"{W}t")):
                cell.remove(block)
    place = 0
    for block in _blocks(cells[0]):
        top = _top(block, extents)
        if top is not None:
            place = max(place, bisect_right(tops, top + _HALF_LINE) - 1)
        cells[place].append(block)
    for cell in cells:
        _end_with_paragraph(cell)
    _remove_borders_between(cells)


def _break_table(table: _Element) -> None:
    """Split ``table`` into one table for each row; rows with merged cells stay together."""
    for rows in reversed(row_groups(table)[1:]):
        rest = table.makeelement(_TABLE, {})
        rest.extend(deepcopy(child) for child in table if child.tag in {f"{W}tblPr", f"{W}tblGrid"})
        rest.extend(rows)
        table.addnext(rest)


def _after_short_cells(cells: Sequence[_Element], highest: _Element, extents: Extents) -> float:
    """The lowest end, in points, of the short cells beside the highest."""
    row_top = min((top for cell in cells if (top := _top(cell, extents)) is not None), default=0.0)
    lasts = [
        last for cell in cells if cell is not highest and (last := _last_top(cell, extents)) > row_top + _TOLERANCE
    ]
    short = [last + _LINE for last in lasts if last + _LINE - row_top <= _MAX_UNBROKEN]
    return max(short, default=row_top)


def _split_row(row: _Element, breaks: Sequence[float], extents: Extents) -> None:
    """Let a new row begin at each of ``breaks``; a block without text stays with the block above it."""
    rows = [row, *(_continuation(row) for _ in breaks)]
    cells = [list(each.iterchildren(_CELL)) for each in rows]
    for column, cell in enumerate(cells[0]):
        place = 0
        for block in _blocks(cell):
            top = _top(block, extents)
            if top is not None:
                place = max(place, bisect_right(breaks, top))
            cells[place][column].append(block)
        parts = [each[column] for each in cells]
        for part in parts:
            _end_with_paragraph(part)
        _remove_borders_between(parts)
    for before, after in pairwise(rows):
        before.addnext(after)
    _remove(row, f"{W}trPr/{W}trHeight")


def _continuation(row: _Element) -> _Element:
    """A row of empty cells like those of ``row``."""
    rest = row.makeelement(_ROW, {})
    rest.extend(deepcopy(child) for child in row if child.tag in {f"{W}tblPrEx", f"{W}trPr"})
    _remove(rest, f"{W}trPr/{W}cantSplit")
    _remove(rest, f"{W}trPr/{W}trHeight")
    for cell in row.iterchildren(_CELL):
        own = rest.makeelement(_CELL, {})
        own.extend(deepcopy(child) for child in cell if child.tag == f"{W}tcPr")
        rest.append(own)
    return rest


def _blocks(cell: _Element) -> list[_Element]:
    return [child for child in cell if child.tag != f"{W}tcPr"]


def _top(element: _Element, extents: Extents) -> float | None:
    tops = [extents[paragraph][0] for paragraph in element.iter(_P) if paragraph in extents]
    return min(tops, default=None)


def _last_top(element: _Element, extents: Extents) -> float:
    return max((extents[paragraph][1] for paragraph in element.iter(_P) if paragraph in extents), default=0.0)


def _end_with_paragraph(cell: _Element) -> None:
    """Let ``cell`` end with a paragraph, as it must (ISO/IEC 29500-1, 17.4.65)."""
    blocks = _blocks(cell)
    if not blocks or blocks[-1].tag != _P:
        cell.append(zero_height_paragraph(cell))


def _remove_borders_between(cells: Sequence[_Element]) -> None:
    """Remove the lines between ``cells`` of consecutive rows."""
    for cell in cells[:-1]:
        _without_border(cell, "bottom")
    for cell in cells[1:]:
        _without_border(cell, "top")


def _without_border(cell: _Element, side: str) -> None:
    properties = cell.find(f"{W}tcPr")
    if properties is None:
        properties = cell.makeelement(f"{W}tcPr", {})
        cell.insert(0, properties)
    borders = properties.find(f"{W}tcBorders")
    if borders is None:
        borders = properties.makeelement(f"{W}tcBorders", {})
        place = max((index for index, child in enumerate(properties, 1) if child.tag in _BEFORE_BORDERS), default=0)
        properties.insert(place, borders)
    _remove(borders, f"{W}{side}")
    earlier = {f"{W}{name}" for name in _BORDER_ORDER[: _BORDER_ORDER.index(side)]}
    place = sum(1 for border in borders if border.tag in earlier)
    borders.insert(place, borders.makeelement(f"{W}{side}", {f"{W}val": "nil"}))


def _remove(element: _Element, path: str) -> None:
    for child in element.findall(path):
        _drop(child)


def _drop(element: _Element) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)
