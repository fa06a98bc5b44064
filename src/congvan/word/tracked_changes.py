"""Accepts the tracked changes of a Word part, as «Accept all changes» does (17.13.5 of ISO/IEC 29500-1).

What was inserted or moved here stays, what was deleted or moved away goes, also where it is a row, a cell or the end of
a paragraph; notes of how something looked before go too.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from congvan.support.ooxml import W

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
        _remove(gone)
    for kept in reversed(list(root.iter(*_KEPT))):
        _unwrap(kept)
    for old in list(root.iter(*_BEFORE)):
        _remove(old)
    for paragraph in joined:
        _join_next(paragraph)


def _remove_rows_and_cells(root: _Element) -> None:
    for mark in list(root.iter(f"{W}cellDel")):
        cell = next(mark.iterancestors(_CELL), None)
        if cell is not None:
            _remove(cell)
    for row in list(root.iter(_ROW)):
        if row.find(f"{W}trPr/{W}del") is not None or next(row.iter(_CELL), None) is None:
            _remove(row)
    for table in list(root.iter(_TABLE)):
        if next(table.iter(_ROW), None) is None:
            _remove(table)


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
            _remove(paragraph)
        return
    place = 1 if len(following) and following[0].tag == _PROPERTIES else 0
    for child in reversed(rest):
        following.insert(place, child)
    _remove(paragraph)


def _remove(element: _Element) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


def _unwrap(element: _Element) -> None:
    parent = element.getparent()
    if parent is None:
        return
    place = parent.index(element)
    parent.remove(element)
    for child in reversed(list(element)):
        parent.insert(place, child)
