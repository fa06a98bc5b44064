"""How wide the columns of a table are: by the author's shares, none narrower than its longest word.

What a column holds is known when the body is written, but for values of fields; a table with these is measured again
when the letter is filled.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import zip_longest
from typing import Final

from markupsafe import Markup

from congvan.decree.measures import COMPONENTS
from congvan.text.width import text_width

_TWIPS: Final = 20  # in a point
_CELL_PADDING: Final = 12  # points: Word's own beside the text of a cell, and a little more
_CELL: Final = re.compile(r"<w:tc>.*?</w:tc>", re.DOTALL)
_ROW: Final = re.compile(r"<w:tr>.*?</w:tr>", re.DOTALL)
_GRID: Final = re.compile(r"<w:tblGrid>.*?</w:tblGrid>", re.DOTALL)
_CELL_WIDTH: Final = re.compile(r'(?<=<w:tcW w:w=")\d+')
_WORD_END: Final = re.compile(r"</w:p>|<w:br/>|<w:tab/>")
_SPACE: Final = re.compile(r"[^\S\u00a0\u202f]+")  # where a line may end
_TAGS: Final = re.compile(r"<[^>]+>")


def column_widths(total: int, shares: Sequence[int], rows: Iterable[Sequence[str]]) -> list[int]:
    """``total`` (in twips) parted by ``shares``, each column at least as wide as the longest word in its cells."""
    columns = zip_longest(*rows, fillvalue="")
    return shared_widths(total, shares, [max(map(_longest_word, cells), default=0) for cells in columns])


def shared_widths(total: int, shares: Sequence[int], least: Sequence[int]) -> list[int]:
    """``total`` parted by ``shares``, no part below its ``least``; where there is no room, the largest give way."""
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


def refitted(table: str, total: int, *shares: int) -> str:
    """A filled table with the widths its words ask for."""
    rows = [_CELL.findall(row) for row in _ROW.findall(table)]
    widths = column_widths(total, shares, (tuple(map(_text, cells)) for cells in rows))
    table = _ROW.sub(lambda row: _with_widths(row[0], widths), table)
    return _GRID.sub(grid(widths), table, count=1)


def _with_widths(row: str, widths: Sequence[int]) -> str:
    left = iter(widths)
    return _CELL.sub(lambda cell: _CELL_WIDTH.sub(str(next(left)), cell[0], count=1), row)


def _affordable(total: int, least: Sequence[int]) -> list[int]:
    """``least`` where there is room for all; else the largest, whose words break in any case, cut down to one width."""
    room = total
    for count, width in zip(range(len(least), 0, -1), sorted(least), strict=True):
        if width * count > room:
            return [min(each, room // count) for each in least]
        room -= width
    return list(least)


def _longest_word(text: str) -> int:
    """The room the longest word of a cell needs, in twips; bold, as it might be."""
    size = COMPONENTS["o_bang"].mau
    widths = (text_width(word, size, bold=True) for word in _SPACE.split(text))
    return round((max(widths, default=0) + _CELL_PADDING) * _TWIPS)


def _text(cell: str) -> str:
    return html.unescape(_TAGS.sub("", _WORD_END.sub(" ", cell)))


FILTERS: Final[Mapping[str, Callable[..., Markup]]] = {
    # the template escaped its values
    "vua_cot": lambda table, *form: Markup(refitted(str(table), *form)),  # noqa: S704
}
"""The same for tables whose words are known only when a letter is filled."""
