"""Rows of tables that are not to split (w:cantSplit) and are taller than a page.

They have to split all the same. LibreOffice begins such a row on a new page, away from the text before it, and may
lose its last line. A row that may split begins below the text and is whole, as with the embedded engine.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from congvan.support.lengths import Twips
from congvan.support.ooxml import W

if TYPE_CHECKING:
    from lxml.etree import _Element

_MOST_LINES: Final = 56
"""Lines of 11 points, the smallest type of a letter, on a page: more surely go past its foot."""
_LEAST_ADVANCE: Final = 4.4
"""Points: what a letter of 11 points takes of a line on average, at the least."""
_TEXT_WIDTH: Final = 454.0
"""Points: the width of a cell that does not give its own, at the most: that of the page's text."""


def let_tall_rows_split(root: _Element) -> None:
    """Take the wish not to split off every row of a document that is surely taller than a page."""
    for wish in list(root.iter(f"{W}cantSplit")):
        properties = wish.getparent()
        row = properties.getparent() if properties is not None else None
        if properties is not None and row is not None and any(map(_is_taller_than_a_page, row.iter(f"{W}tc"))):
            properties.remove(wish)


def _is_taller_than_a_page(cell: _Element) -> bool:
    letters_a_line = _width(cell) / _LEAST_ADVANCE
    lines = 0.0
    for paragraph in cell.iter(f"{W}p"):
        letters = sum(len(text.text or "") for text in paragraph.iter(f"{W}t"))
        lines += max(1.0, letters / letters_a_line)
    return lines > _MOST_LINES


def _width(cell: _Element) -> float:
    """The width of a cell in points."""
    width = cell.find(f"{W}tcPr/{W}tcW")
    if width is None or width.get(f"{W}type") != "dxa":
        return _TEXT_WIDTH
    given = width.get(f"{W}w", "")
    return float(Twips(int(given)).pt) if given.isdigit() and int(given) else _TEXT_WIDTH
