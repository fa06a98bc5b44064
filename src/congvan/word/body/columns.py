"""The widths of the columns of a table: by the author's shares, none narrower than its longest word.

The texts of a column are known when the body is compiled, but for values of fields; a table with these is measured
again when the letter is filled. A table whose words have no room is refused: an amount broken over two lines is another
amount.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Final, NamedTuple

from markupsafe import Markup

from congvan.decree.measures import COMPONENTS
from congvan.errors import TemplateError
from congvan.findings import Finding, Report, finding
from congvan.support.lengths import Pt, Twips
from congvan.text.width import text_width

USUAL_SIZE: Final = float(COMPONENTS["o_bang"].size)
"""Type size of the text in a table, in points."""

LONGEST_WHOLE: Final = 40
"""Letters; a longer word is an address or a code, which may be broken."""

_SMALLEST: Final = 8
_CELL_PADDING: Final = Pt(12)  # Word's padding beside the text of a cell, and a little more
_ROW: Final = "<w:tr>"
_CELL: Final = "<w:tc>"
_GRID: Final = re.compile(r"<w:tblGrid>.*?</w:tblGrid>", re.DOTALL)
_CELL_WIDTH: Final = re.compile(r'(<w:tcW w:w=")\d+')
_SPAN: Final = re.compile(r'<w:gridSpan w:val="(\d+)"/>')
_LINE_END: Final = re.compile(r"</w:p>|<w:br/>|<w:br></w:br>|<w:tab/>")
_SPACE_RUN: Final = "<w:t> </w:t>"
_TEXT: Final = re.compile(r"<w:t(?: [^>]*)?>([^<]*)")
_SPACE: Final = re.compile(r"[^\S\u00a0\u202f]+")  # where a line may end


class CellText(NamedTuple):
    """The text of a cell and the number of columns it goes over."""

    text: str
    columns: int = 1


def column_widths(
    total: int, shares: Sequence[int], rows: Iterable[Sequence[str]], size: float = USUAL_SIZE
) -> list[int]:
    """Divide ``total`` (in twips) by ``shares``, each column at least as wide as the longest word in its cells."""
    return fitted_widths(total, shares, [[CellText(text) for text in row] for row in rows], size)


def fitted_widths(
    total: int, shares: Sequence[int], rows: Sequence[Sequence[CellText]], size: float = USUAL_SIZE
) -> list[int]:
    """The same for cells that may go over several columns, with text of a ``size`` in points."""
    return shared_widths(total, shares, _least_widths(rows, len(shares), size, LONGEST_WHOLE * 100))


def too_wide(total: int, count: int, rows: Sequence[Sequence[CellText]], size: float) -> Finding | None:
    """What is wrong with a table of ``count`` columns whose words have no room in ``total``; None where they have."""
    least = _least_widths(rows, count, size, LONGEST_WHOLE)
    if sum(least) <= total:
        return None
    padding = Pt(_CELL_PADDING).twips * count
    fitting = int(size * (total - padding) / max(sum(least) - padding, 1))
    way = f"{{co-chu={fitting}}}" if fitting >= _SMALLEST else "{ngang}"
    needed, given = (f"{Twips(width).mm:.0f}" for width in (sum(least), total))
    return finding("word-table-too-wide", needed=needed, given=given, way=way)


def shared_widths(total: int, shares: Sequence[int], least: Sequence[int]) -> list[int]:
    """Divide ``total`` by ``shares``, no part below its ``least``; where there is no room, the largest give way."""
    least = _affordable(total, least)
    fixed: dict[int, int] = {}
    while True:
        free = [index for index in range(len(shares)) if index not in fixed]
        left, weight = total - sum(fixed.values()), sum(shares[index] for index in free)
        widths = {index: left * shares[index] // weight for index in free}
        narrow = {index: least[index] for index in free if widths[index] < least[index]}
        if not narrow:
            return [(fixed | widths)[index] for index in range(len(shares))]
        fixed |= narrow


def grid(widths: Iterable[int]) -> str:
    """The columns as a table declares them."""
    columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    return f"<w:tblGrid>{columns}</w:tblGrid>"


def refit_table(table: str, total: int, *shares: int, size: float = USUAL_SIZE) -> str:
    """Fit the columns of a filled table, a share for each column, to the widths of its words.

    Raises:
        TemplateError: when the words of its values have no room.
    """
    rows = [[_filled_cell(cell) for cell in row.split(_CELL)[1:]] for row in table.split(_ROW)[1:]]
    if found := too_wide(total, len(shares), rows, size):
        raise TemplateError(Report((found,)))
    widths = fitted_widths(total, shares, rows, size)
    in_turn = _cell_widths(rows, widths)
    return _GRID.sub(grid(widths), _CELL_WIDTH.sub(lambda start: f"{start[1]}{next(in_turn)}", table), count=1)


def _cell_widths(rows: Sequence[Sequence[CellText]], widths: Sequence[int]) -> Iterator[int]:
    for row in rows:
        column = 0
        for cell in row:
            yield sum(widths[column : column + cell.columns])
            column += cell.columns


def _filled_cell(cell: str) -> CellText:
    span = _SPAN.search(cell)
    return CellText(_text(cell), int(span[1]) if span else 1)


def _least_widths(rows: Sequence[Sequence[CellText]], count: int, size: float, longest: int) -> list[int]:
    """The least width of each of ``count`` columns; words of more than ``longest`` letters do not count.

    What a cell over several columns needs beyond them is given to the last one.
    """
    least: list[int] = [Pt(_CELL_PADDING).twips] * count
    placed = [(column, cell) for row in rows for column, cell in _placed(row)]
    for column, cell in sorted(placed, key=lambda pair: pair[1].columns):
        needed = _longest_word(cell.text, size, longest)
        missing = needed - sum(least[column : column + cell.columns])
        if missing > 0:
            least[min(column + cell.columns, count) - 1] += missing
    return least


def _placed(row: Sequence[CellText]) -> Iterator[tuple[int, CellText]]:
    """The cells of a row, each with the column it begins at."""
    column = 0
    for cell in row:
        yield column, cell
        column += cell.columns


def _affordable(total: int, least: Sequence[int]) -> list[int]:
    """``least`` where there is room for all; else the largest, whose words break in any case, cut down to one width."""
    room = total
    for count, width in zip(range(len(least), 0, -1), sorted(least), strict=True):
        if width * count > room:
            return [min(each, room // count) for each in least]
        room -= width
    return list(least)


@lru_cache(maxsize=4096)
def _longest_word(text: str, size: float, longest: int) -> int:
    """The width of the longest word of a cell with its padding, in twips; measured in bold, the wider face."""
    words = (word for word in _SPACE.split(text) if len(word) <= longest)
    return Pt(max((text_width(word, size, bold=True) for word in words), default=0) + _CELL_PADDING).twips


def _text(cell: str) -> str:
    return html.unescape("".join(_TEXT.findall(_LINE_END.sub(_SPACE_RUN, cell))))


def _refit(table: str, *form: float, size: float = USUAL_SIZE) -> Markup:
    total, *shares = map(int, form)
    return Markup(refit_table(str(table), total, *shares, size=size))  # noqa: S704  # the template escaped its values


FILTERS: Final[Mapping[str, Callable[..., Markup]]] = {"vua_cot": _refit}
"""Filters for tables whose words are known only when a letter is filled."""
