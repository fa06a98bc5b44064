"""Rows of tables that stay on the page of what follows them, and the space below tables.

A row whose text is kept with the next paragraph (w:keepNext) goes over to the next page with it in Word and in
LibreOffice. The embedded engine knows that of paragraphs only: after a table that ends at the foot of a page, the
closing mark would stand alone above the signature. So such rows carry a bookmark, and the engine itself says
on which page they are. Where that is not the page of what follows, the table is parted above them and the bundle
drawn once more; few letters end just there.

Above the first paragraph of a page Word leaves no space. The engine leaves what stands above a paragraph, and drops
what stands below one; so after a table there is a paragraph without height, below which the space can stand
(:mod:`congvan.pdf.engines.dxpdf.spacing`).
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass
from itertools import takewhile
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from lxml.etree import _Element

_W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_P, _TABLE, _ROW = f"{_W}p", f"{_W}tbl", f"{_W}tr"
_DESTINATIONS: Final = "/Dests"
_NAME: Final = "congvan-kept-row-"
_DESTINATION: Final = f"/{_NAME}"
_TABLE_END: Final = "</w:tbl>"
_FIRST_ID: Final = 1_000_000  # beyond those Word gives out
_OFF: Final = frozenset({"0", "false", "off"})


def separate_tables(body: _Element) -> None:
    """Put a paragraph without height between every table with lines and the paragraph below it."""
    for table in body.iterchildren(_TABLE):
        below = table.getnext()
        if below is not None and below.tag == _P and table.find(f"{_W}tblPr/{_W}tblBorders") is not None:
            table.addnext(without_height(table))


class KeptRows:
    """The rows of a document that are to stay with what follows their table; ``document`` has a bookmark at each."""

    def __init__(self, root: _Element, places: Sequence[_Place]) -> None:
        self._root, self._places = root, places
        for number, place in enumerate(places):
            _mark(place.own, 2 * number)
            _mark(place.below, 2 * number + 1)

    @property
    def document(self) -> str:
        """The source of the document as it is now."""
        from lxml import etree

        return str(etree.tostring(self._root, encoding="unicode"))

    def fit(self, pdf: bytes) -> bool:
        """Part the tables whose rows ``pdf``, the document as drawn, has on a page before what follows.

        True if the document is another one now and is to be drawn again. A table that was parted to no avail, because
        its rows and what follows do not fit on a page or begin a new one anyway, is joined again.
        """
        pages = _pages(pdf)
        found = ((pages.get(2 * number), pages.get(2 * number + 1)) for number in range(len(self._places)))
        apart = [
            place for place, (own, below) in zip(self._places, found, strict=True) if own and below and own < below
        ]
        changed = [place.change() for place in apart]
        return any(changed)


def kept_rows(document: str) -> KeptRows | None:
    """The rows of ``document`` that are kept with what follows their table; None if there are none, as is usual."""
    if not _may_keep(document):
        return None
    from lxml import etree

    root = etree.fromstring(document.encode(), etree.XMLParser(resolve_entities=False, huge_tree=True))
    places = [place for body in root.iterchildren(f"{_W}body") for place in _places(body)]
    return KeptRows(root, places) if places else None


def _may_keep(document: str) -> bool:
    """Whether there is a table whose last row has text kept with the next; a look at the source, which is quick."""
    end = document.find(_TABLE_END)
    while end >= 0:
        if document.find("<w:keepNext", document.rfind("<w:tr", 0, end), end) >= 0:
            return True
        end = document.find(_TABLE_END, end + 1)
    return False


@dataclass(slots=True)
class _Place:
    """The first row that is kept; the first paragraphs with text in it and below its table.

    ``added`` is what was put in to part the table there: None before, nothing after it was joined again.
    """

    row: _Element
    own: _Element
    below: _Element
    added: list[_Element] | None = None

    def change(self) -> bool:
        """Part the table, or join it again; false if there is nothing left to try."""
        if self.added is None:
            self.added = begin_page(self.row)
            return True
        _join(self.row, self.added)
        changed, self.added = bool(self.added), []
        return changed


def _places(body: _Element) -> Iterator[_Place]:
    for table in body.iterchildren(_TABLE):
        kept = list(takewhile(_is_kept, table.iterchildren(_ROW, reversed=True)))
        own, below = _with_text(kept[-1:]), _with_text(_below(table))
        if own is not None and below is not None:
            yield _Place(kept[-1], own, below)


def _below(table: _Element) -> Iterator[_Element]:
    """What follows a table in its section; a new one may belong to another letter."""
    for block in table.itersiblings(_P, _TABLE):
        yield block
        if block.find(f"{_W}pPr/{_W}sectPr") is not None:
            return


def _with_text(blocks: Iterable[_Element]) -> _Element | None:
    """The first paragraph with text; in one without text a bookmark would make the engine begin a line."""
    paragraphs = (paragraph for block in blocks for paragraph in block.iter(_P))
    return next((paragraph for paragraph in paragraphs if paragraph.find(f"{_W}r/{_W}t") is not None), None)


def _is_kept(row: _Element) -> bool:
    switch = row.find(f"{_W}tc/{_P}/{_W}pPr/{_W}keepNext")
    return switch is not None and switch.get(f"{_W}val", "true") not in _OFF


def _mark(paragraph: _Element, number: int) -> None:
    start = 1 if paragraph.find(f"{_W}pPr") is not None else 0
    own = {f"{_W}id": str(_FIRST_ID + number)}
    paragraph.insert(start, paragraph.makeelement(f"{_W}bookmarkEnd", own))
    paragraph.insert(start, paragraph.makeelement(f"{_W}bookmarkStart", {**own, f"{_W}name": f"{_NAME}{number}"}))


def _pages(drawn: bytes) -> dict[int, int]:
    """The page, from 1, of every bookmark of ours, by its number."""
    from pikepdf import Dictionary, Pdf

    with Pdf.open(io.BytesIO(drawn)) as pdf:
        numbers = {page.obj.objgen: number for number, page in enumerate(pdf.pages, 1)}
        places = pdf.Root.get(_DESTINATIONS, Dictionary())
        own = {name: place for name, place in places.items() if name.startswith(_DESTINATION)}
        return {int(name.removeprefix(_DESTINATION)): numbers[place[0].objgen] for name, place in own.items()}


def begin_page(row: _Element) -> list[_Element]:
    """Let ``row`` and those below it begin a page, under the table's heads; gives what was added for it."""
    table = row.getparent()
    assert table is not None
    page_break = _page_break(table)
    heads = list(takewhile(is_head, table.iterchildren(_ROW)))
    if all(above in heads for above in row.itersiblings(_ROW, preceding=True)):
        table.addprevious(page_break)
        return [page_break]
    rest = table.makeelement(_TABLE, {})
    rest.extend(deepcopy(child) for child in table if child.tag in {f"{_W}tblPr", f"{_W}tblGrid"})
    rest.extend(_without_bookmarks(deepcopy(head)) for head in heads)
    rest.extend([row, *row.itersiblings(_ROW)])
    table.addnext(page_break)
    page_break.addnext(rest)
    return [page_break, rest]


def _join(row: _Element, added: Sequence[_Element]) -> None:
    """Take ``added`` away again; ``row`` and those below it go back to their table."""
    for element in added:
        before, parent = element.getprevious(), element.getparent()
        if before is not None and element is row.getparent():
            before.extend([row, *row.itersiblings(_ROW)])
        if parent is not None:
            parent.remove(element)


def is_head(row: _Element) -> bool:
    return row.find(f"{_W}trPr/{_W}tblHeader") is not None


def _without_bookmarks(row: _Element) -> _Element:
    for bookmark in list(row.iter(f"{_W}bookmarkStart", f"{_W}bookmarkEnd")):
        if (parent := bookmark.getparent()) is not None:
            parent.remove(bookmark)
    return row


def _page_break(table: _Element) -> _Element:
    paragraph = without_height(table)
    run = paragraph.makeelement(f"{_W}r", {})
    run.append(run.makeelement(f"{_W}br", {f"{_W}type": "page"}))
    paragraph.append(run)
    return paragraph


def without_height(table: _Element) -> _Element:
    """A paragraph as low as can be said: a twentieth of a point."""
    paragraph, properties, look = (table.makeelement(f"{_W}{name}", {}) for name in ("p", "pPr", "rPr"))
    sizes = {"before": "0", "after": "0", "line": "1", "lineRule": "exact"}
    properties.append(properties.makeelement(f"{_W}spacing", {f"{_W}{key}": size for key, size in sizes.items()}))
    look.append(look.makeelement(f"{_W}sz", {f"{_W}val": "2"}))
    properties.append(look)
    paragraph.append(properties)
    return paragraph
