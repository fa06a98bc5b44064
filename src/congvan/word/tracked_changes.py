"""Accepts the tracked changes of a Word part, as «Accept all changes» does (17.13.5 of ISO/IEC 29500-1).

What was inserted or moved here stays, what was deleted or moved away goes, also where it is a row, a cell or the end of
a paragraph; notes of how something looked before go too.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from congvan.support.ooxml import W
from congvan.word.xml_elements import remove_element, replace_element

if TYPE_CHECKING:
    from lxml.etree import _Element

_GONE: Final = (f"{W}del", f"{W}moveFrom")
_KEPT: Final = (f"{W}ins", f"{W}moveTo")
_BEFORE: Final = tuple(
    f"{W}{name}"
    for name in (
        *("rPrChange", "pPrChange", "sectPrChange", "tblPrChange", "tblGridChange", "trPrChange", "tcPrChange"),
        *("tblPrExChange", "numberingChange", "cellIns", "cellMerge"),
        *("moveFromRangeStart", "moveFromRangeEnd", "moveToRangeStart", "moveToRangeEnd"),
        *("customXmlInsRangeStart", "customXmlInsRangeEnd", "customXmlDelRangeStart", "customXmlDelRangeEnd"),
        *("customXmlMoveFromRangeStart", "customXmlMoveFromRangeEnd"),
        *("customXmlMoveToRangeStart", "customXmlMoveToRangeEnd"),
    )
)
_SIGNS: Final = (*_GONE, *_KEPT, *_BEFORE, f"{W}cellDel")
_ROW, _CELL, _PARAGRAPH, _TABLE = f"{W}tr", f"{W}tc", f"{W}p", f"{W}tbl"
_PROPERTIES: Final = f"{W}pPr"


def has_changes(root: _Element) -> bool:
    """True for a part with tracked changes."""
    return next(root.iter(*_SIGNS), None) is not None


def accept_changes(root: _Element) -> None:
    """Accept the tracked changes of a part."""
    if not has_changes(root):
        return
    _remove_rows_and_cells(root)
    joined = [paragraph for paragraph in root.iter(_PARAGRAPH) if _has_deleted_end(paragraph)]
    for gone in list(root.iter(*_GONE)):
        remove_element(gone)
    for kept in reversed(list(root.iter(*_KEPT))):
        replace_element(kept, kept)
    for old in list(root.iter(*_BEFORE)):
        remove_element(old)
    for paragraph in joined:
        _join_next(paragraph)


def _remove_rows_and_cells(root: _Element) -> None:
    for mark in list(root.iter(f"{W}cellDel")):
        cell = next(mark.iterancestors(_CELL), None)
        if cell is not None:
            remove_element(cell)
    for row in list(root.iter(_ROW)):
        if row.find(f"{W}trPr/{W}del") is not None or next(row.iter(_CELL), None) is None:
            remove_element(row)
    for table in list(root.iter(_TABLE)):
        if next(table.iter(_ROW), None) is None:
            remove_element(table)


def _has_deleted_end(paragraph: _Element) -> bool:
    mark = paragraph.find(f"{_PROPERTIES}/{W}rPr")
    return mark is not None and any(mark.find(gone) is not None for gone in _GONE)


def _join_next(paragraph: _Element) -> None:
    """Put what is left of a paragraph whose end was deleted before the text of the next, which stays as it looks."""
    following = paragraph.getnext()
    while following is not None and following.tag not in (_PARAGRAPH, _TABLE):
        following = following.getnext()
    rest = [child for child in paragraph if child.tag != _PROPERTIES]
    if following is None or following.tag != _PARAGRAPH or paragraph.find(f"{_PROPERTIES}/{W}sectPr") is not None:
        if not rest and following is not None:
            remove_element(paragraph)
        return
    place = 1 if len(following) and following[0].tag == _PROPERTIES else 0
    for child in reversed(rest):
        following.insert(place, child)
    remove_element(paragraph)
