"""The structure of a tagged PDF: which marks on which page are which paragraph (ISO 32000-1, 14.7 and 14.8)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from congvan.pdf.story import Cell

Leaf: TypeAlias = tuple[str, Cell | None]

_ROOT, _DOCUMENT = 0, 1  # places among the elements


@dataclass(slots=True)
class _Element:
    kind: str
    parent: int
    kids: list[int] = field(default_factory=list)
    marks: list[tuple[int, int]] = field(default_factory=list)
    """Page object and number of the mark there."""


def structure_objects(
    first: int, blocks: Sequence[Leaf], pages: Sequence[tuple[int, Sequence[int]]]
) -> dict[int, bytes]:
    """The structure tree as PDF objects numbered from ``first``, which is its root.

    ``blocks`` are the letter's paragraphs, each with its kind and the cell it stands in. ``pages`` are the page
    objects, each with the blocks its marks stand for, in the order of the marks; a page's /StructParents is its place
    among them.
    """
    elements = [_Element("StructTreeRoot", 0), _Element("Document", _ROOT)]
    elements[_ROOT].kids.append(_DOCUMENT)
    leaves = _grown(elements, blocks, pages)
    objects = {first + place: _written(element, first) for place, element in enumerate(elements) if place != _ROOT}
    rows = b"".join(
        b"%d[%s]" % (number, b" ".join(b"%d 0 R" % (first + leaves[block]) for block in marks))
        for number, (_, marks) in enumerate(pages)
    )
    objects[first] = b"<</Type/StructTreeRoot/K %d 0 R/ParentTree<</Nums[%s]>>/ParentTreeNextKey %d>>" % (
        *(first + _DOCUMENT, rows, len(pages)),
    )
    return objects


def _grown(
    elements: list[_Element], blocks: Sequence[Leaf], pages: Sequence[tuple[int, Sequence[int]]]
) -> dict[int, int]:
    """Add an element for every block that is drawn; returns their places by block."""
    drawn = {block for _, marks in pages for block in marks}
    cells = _Cells(elements)
    leaves = {block: _added(elements, blocks[block][0], cells.of(blocks[block][1])) for block in sorted(drawn)}
    for page, marks in pages:
        for number, block in enumerate(marks):
            elements[leaves[block]].marks.append((page, number))
    return leaves


class _Cells:
    """The elements of tables, rows and cells, made as they are come to."""

    def __init__(self, elements: list[_Element]) -> None:
        self._elements = elements
        self._known: dict[tuple[int, ...], int] = {}

    def of(self, cell: Cell | None) -> int:
        if cell is None:
            return _DOCUMENT
        table = self._element((cell.table,), "Table", _DOCUMENT)
        row = self._element((cell.table, cell.row), "TR", table)
        return self._element((cell.table, cell.row, cell.cell), "TH" if cell.head else "TD", row)

    def _element(self, key: tuple[int, ...], kind: str, parent: int) -> int:
        if key not in self._known:
            self._known[key] = _added(self._elements, kind, parent)
        return self._known[key]


def _added(elements: list[_Element], kind: str, parent: int) -> int:
    elements.append(_Element(kind, parent))
    elements[parent].kids.append(len(elements) - 1)
    return len(elements) - 1


def _written(element: _Element, first: int) -> bytes:
    start = b"<</S/%s/P %d 0 R" % (element.kind.encode(), first + element.parent)
    if not element.marks:
        return b"%s/K[%s]>>" % (start, b" ".join(b"%d 0 R" % (first + kid) for kid in element.kids))
    home = element.marks[0][0]
    kids = b" ".join(
        b"%d" % mark if page == home else b"<</Type/MCR/Pg %d 0 R/MCID %d>>" % (page, mark)
        for page, mark in element.marks
    )
    return b"%s/Pg %d 0 R/K[%s]>>" % (start, home, kids)
