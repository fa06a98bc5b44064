"""The widths of the columns of a table: by the author's shares, none narrower than its longest word.

The texts of a column are known when the body is compiled, but for values of fields; a table with these is measured
again when the letter is filled.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import cycle
from typing import Final

from markupsafe import Markup

from congvan.decree.measures import COMPONENTS
from congvan.support.lengths import Pt
from congvan.text.width import text_width

_CELL_PADDING: Final = Pt(12)  # Word's padding beside the text of a cell, and a little more
_CELL: Final = "<w:tc>"
_GRID: Final = re.compile(r"<w:tblGrid>.*?</w:tblGrid>", re.DOTALL)
_CELL_WIDTH: Final = re.compile(r'(<w:tcW w:w=")\d+')
_LINE_END: Final = re.compile(r"</w:p>|<w:br/>|<w:br></w:br>|<w:tab/>")
_SPACE_RUN: Final = "<w:t> </w:t>"
_TEXT: Final = re.compile(r"<w:t(?: [^>]*)?>([^<]*)")
_SPACE: Final = re.compile(r"[^\S\u00a0\u202f]+")  # where a line may end


def column_widths(total: int, shares: Sequence[int], rows: Iterable[Sequence[str]]) -> list[int]:
    """Divide ``total`` (in twips) by ``shares``, each column at least as wide as the longest word in its cells."""
    columns = zip(*rows, strict=True)
    return shared_widths(total, shares, [max(map(_longest_word, cells)) for cells in columns])


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


def refit_table(table: str, total: int, *shares: int) -> str:
    """Fit the columns of a filled table, a share for each cell of a row, to the widths of its words."""
    texts = [_text(cell) for cell in table.split(_CELL)[1:]]
    widths = column_widths(total, shares, zip(*[iter(texts)] * len(shares), strict=True))
    in_turn = cycle(widths)
    return _GRID.sub(grid(widths), _CELL_WIDTH.sub(lambda start: f"{start[1]}{next(in_turn)}", table), count=1)


def _affordable(total: int, least: Sequence[int]) -> list[int]:
    """``least`` where there is room for all; else the largest, whose words break in any case, cut down to one width."""
    room = total
    for count, width in zip(range(len(least), 0, -1), sorted(least), strict=True):
        if width * count > room:
            return [min(each, room // count) for each in least]
        room -= width
    return list(least)


@lru_cache(maxsize=4096)
def _longest_word(text: str) -> int:
    """The width of the longest word of a cell with its padding, in twips; measured in bold, the wider face."""
    size = COMPONENTS["o_bang"].size
    widths = (text_width(word, size, bold=True) for word in _SPACE.split(text))
    return Pt(max(widths, default=0) + _CELL_PADDING).twips


def _text(cell: str) -> str:
    return html.unescape("".join(_TEXT.findall(_LINE_END.sub(_SPACE_RUN, cell))))


FILTERS: Final[Mapping[str, Callable[..., Markup]]] = {
    # the template escaped its values
    "vua_cot": lambda table, *form: Markup(refit_table(str(table), *form)),  # noqa: S704
}
"""Filters for tables whose words are known only when a letter is filled."""
