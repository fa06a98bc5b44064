"""The structure of a tagged PDF: which marks on which page are which paragraph (ISO 32000-1, 14.7 and 14.8)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final, TypeAlias

from congvan.pdf.paragraphs import BODY_TEXT, CellPosition

Leaf: TypeAlias = tuple[str, CellPosition | None]

_ROOT, _DOCUMENT = 0, 1  # indexes among the elements
_ATTRIBUTES: Final = {"TH": b"/A<</O/Table/Scope/Column>>"}  # what a reader says before the cells below a head


@dataclass(slots=True)
class _Element:
    kind: str
    parent: int
    kids: list[int] = field(default_factory=list)
    marks: list[tuple[int, int]] = field(default_factory=list)
    """Page object and number of the mark there."""


def structure_objects(
    first: int, paragraphs: Sequence[Leaf], pages: Sequence[tuple[int, Sequence[int]]]
) -> dict[int, bytes]:
    """The structure tree as PDF objects numbered from ``first``, which is its root.

    ``paragraphs`` are the letter's paragraphs, each with its kind and the cell it stands in. ``pages`` are the page
    objects, each with the paragraphs its marks stand for, in the order of the marks; a page's /StructParents is its
    index among them.
    """
    elements = [_Element("StructTreeRoot", 0), _Element("Document", _ROOT)]
    elements[_ROOT].kids.append(_DOCUMENT)
    leaves = _add_elements(elements, paragraphs, pages)
    objects = {first + index: _written(element, first) for index, element in enumerate(elements) if index != _ROOT}
    rows = b"".join(
        b"%d[%s]" % (number, b" ".join(b"%d 0 R" % (first + leaves[paragraph]) for paragraph in marks))
        for number, (_, marks) in enumerate(pages)
    )
    objects[first] = b"<</Type/StructTreeRoot/K %d 0 R/ParentTree<</Nums[%s]>>/ParentTreeNextKey %d>>" % (
        *(first + _DOCUMENT, rows, len(pages)),
    )
    return objects


def _add_elements(
    elements: list[_Element], paragraphs: Sequence[Leaf], pages: Sequence[tuple[int, Sequence[int]]]
) -> dict[int, int]:
    """Add an element for every paragraph that is drawn, and for every cell; returns the paragraphs' indexes.

    An empty cell counts too: who hears a row read counts its cells to know the columns.
    """
    drawn = {paragraph for _, marks in pages for paragraph in marks}
    kinds = _kinds(paragraphs[index][0] for index in sorted(drawn))
    cells = _Cells(elements)
    leaves: dict[int, int] = {}
    for index, (_, cell) in enumerate(paragraphs):
        if index in drawn:
            leaves[index] = _add(elements, next(kinds), cells.of(cell))
        elif cell is not None:
            cells.of(cell)
    for page, marks in pages:
        for number, paragraph in enumerate(marks):
            elements[leaves[paragraph]].marks.append((page, number))
    return leaves


def _kinds(kinds: Iterable[str]) -> Iterator[str]:
    """``kinds`` with headings counted from H1 and no level left out, as readers that go by them want it.

    The decree's own levels begin where a text begins: some have articles and no chapters.
    """
    above: list[str] = []
    for kind in kinds:
        if kind == BODY_TEXT:
            yield kind
            continue
        while above and above[-1] >= kind:
            above.pop()
        above.append(kind)
        yield f"H{len(above)}"


class _Cells:
    """The elements of tables, rows and cells, made as they are come to."""

    def __init__(self, elements: list[_Element]) -> None:
        self._elements = elements
        self._known: dict[tuple[int, ...], int] = {}

    def of(self, cell: CellPosition | None) -> int:
        if cell is None:
            return _DOCUMENT
        table = self._element((cell.table,), "Table", _DOCUMENT)
        row = self._element((cell.table, cell.row), "TR", table)
        return self._element((cell.table, cell.row, cell.column), "TH" if cell.head else "TD", row)

    def _element(self, key: tuple[int, ...], kind: str, parent: int) -> int:
        if key not in self._known:
            self._known[key] = _add(self._elements, kind, parent)
        return self._known[key]


def _add(elements: list[_Element], kind: str, parent: int) -> int:
    elements.append(_Element(kind, parent))
    elements[parent].kids.append(len(elements) - 1)
    return len(elements) - 1


def _written(element: _Element, first: int) -> bytes:
    start = b"<</S/%s/P %d 0 R%s" % (
        *(element.kind.encode(), first + element.parent, _ATTRIBUTES.get(element.kind, b"")),
    )
    if not element.marks:
        return b"%s/K[%s]>>" % (start, b" ".join(b"%d 0 R" % (first + kid) for kid in element.kids))
    home = element.marks[0][0]
    kids = b" ".join(
        b"%d" % mark if page == home else b"<</Type/MCR/Pg %d 0 R/MCID %d>>" % (page, mark)
        for page, mark in element.marks
    )
    return b"%s/Pg %d 0 R/K[%s]>>" % (start, home, kids)
