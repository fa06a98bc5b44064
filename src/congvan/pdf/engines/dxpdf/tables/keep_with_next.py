"""Rows of tables that stay on the page of what follows them, and the space below tables.

A row whose text is kept with the next paragraph (w:keepNext) goes over to the next page with it in Word and in
LibreOffice. The embedded engine knows that of paragraphs only: after a table that ends at the foot of a page, the
closing mark would stand alone above the signature. So such rows carry a bookmark, and the engine itself says
on which page they are. Where that is not the page of what follows, the table is split above them and the bundle is
converted once more; few letters end just there.

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

from congvan.pdf.engines.dxpdf.xml_parts import is_on
from congvan.support.ooxml import W

if TYPE_CHECKING:
    from lxml.etree import _Element

_P, _TABLE, _ROW = f"{W}p", f"{W}tbl", f"{W}tr"
_DESTINATIONS: Final = "/Dests"
_BOOKMARK_PREFIX: Final = "congvan-kept-row-"
_DESTINATION: Final = f"/{_BOOKMARK_PREFIX}"
_TABLE_END: Final = "</w:tbl>"
_FIRST_ID: Final = 1_000_000  # beyond those Word gives out


def separate_tables(body: _Element) -> None:
    """Put a paragraph without height between every table with lines and the paragraph below it."""
    for table in body.iterchildren(_TABLE):
        below = table.getnext()
        if below is not None and below.tag == _P and table.find(f"{W}tblPr/{W}tblBorders") is not None:
            table.addnext(zero_height_paragraph(table))


class KeepWithNextRows:
    """The rows of a document that stay with what follows their table; ``document`` has a bookmark at each."""

    def __init__(self, root: _Element, table_ends: Sequence[_TableEnd]) -> None:
        self._root, self._table_ends = root, table_ends
        for number, table_end in enumerate(table_ends):
            _add_bookmark(table_end.row_text, 2 * number)
            _add_bookmark(table_end.below, 2 * number + 1)

    @property
    def document(self) -> str:
        """The source of the document as it is now."""
        from lxml import etree

        return str(etree.tostring(self._root, encoding="unicode"))

    def move_rows(self, pdf: bytes) -> bool:
        """Split the tables whose rows ``pdf``, the converted document, has on a page before what follows.

        Return True if the document changed and is to be converted again. A table that was split to no avail, because
        its rows and what follows do not fit on a page or begin a new one anyway, is joined again.
        """
        pages = _bookmark_pages(pdf)
        found = ((pages.get(2 * number), pages.get(2 * number + 1)) for number in range(len(self._table_ends)))
        apart = [
            table_end
            for table_end, (row_text, below) in zip(self._table_ends, found, strict=True)
            if row_text and below and row_text < below
        ]
        changed = [table_end.change() for table_end in apart]
        return any(changed)


def find_keep_with_next_rows(document: str) -> KeepWithNextRows | None:
    """The rows of ``document`` that are kept with what follows their table; None if there are none, as is usual."""
    if not _has_keep_with_next_row(document):
        return None
    from lxml import etree

    root = etree.fromstring(document.encode(), etree.XMLParser(resolve_entities=False, huge_tree=True))
    table_ends = [table_end for body in root.iterchildren(f"{W}body") for table_end in _table_ends(body)]
    return KeepWithNextRows(root, table_ends) if table_ends else None


def _has_keep_with_next_row(document: str) -> bool:
    """True if a table's last row has a paragraph with w:keepNext; a quick search of the source."""
    end = document.find(_TABLE_END)
    while end >= 0:
        if document.find("<w:keepNext", document.rfind("<w:tr", 0, end), end) >= 0:
            return True
        end = document.find(_TABLE_END, end + 1)
    return False


@dataclass(slots=True)
class _TableEnd:
    """The first row that is kept; the first paragraphs with text in it and below its table.

    ``added`` is what was put in to part the table there: None before, nothing after it was joined again.
    """

    row: _Element
    row_text: _Element
    below: _Element
    added: list[_Element] | None = None

    def change(self) -> bool:
        """Part the table, or join it again; false if there is nothing left to try."""
        if self.added is None:
            self.added = begin_page(self.row)
            return True
        _join_tables(self.row, self.added)
        changed, self.added = bool(self.added), []
        return changed


def _table_ends(body: _Element) -> Iterator[_TableEnd]:
    for table in body.iterchildren(_TABLE):
        kept = list(takewhile(_keeps_with_next, table.iterchildren(_ROW, reversed=True)))
        row_text, below = _with_text(kept[-1:]), _with_text(_below(table))
        if row_text is not None and below is not None:
            yield _TableEnd(kept[-1], row_text, below)


def _below(table: _Element) -> Iterator[_Element]:
    """The blocks after a table in its section; the next section may belong to another letter."""
    for block in table.itersiblings(_P, _TABLE):
        yield block
        if block.find(f"{W}pPr/{W}sectPr") is not None:
            return


def _with_text(blocks: Iterable[_Element]) -> _Element | None:
    """The first paragraph with text; in one without text a bookmark would make the engine begin a line."""
    paragraphs = (paragraph for block in blocks for paragraph in block.iter(_P))
    return next((paragraph for paragraph in paragraphs if paragraph.find(f"{W}r/{W}t") is not None), None)


def _keeps_with_next(row: _Element) -> bool:
    switch = row.find(f"{W}tc/{_P}/{W}pPr/{W}keepNext")
    return switch is not None and is_on(switch)


def _add_bookmark(paragraph: _Element, number: int) -> None:
    start = 1 if paragraph.find(f"{W}pPr") is not None else 0
    identifier = {f"{W}id": str(_FIRST_ID + number)}
    paragraph.insert(start, paragraph.makeelement(f"{W}bookmarkEnd", identifier))
    paragraph.insert(
        start, paragraph.makeelement(f"{W}bookmarkStart", {**identifier, f"{W}name": f"{_BOOKMARK_PREFIX}{number}"})
    )


def _bookmark_pages(pdf: bytes) -> dict[int, int]:
    """The page, from 1, of every bookmark of ours, by its number."""
    from pikepdf import Dictionary, Pdf

    with Pdf.open(io.BytesIO(pdf)) as opened:
        numbers = {page.obj.objgen: number for number, page in enumerate(opened.pages, 1)}
        destinations = opened.Root.get(_DESTINATIONS, Dictionary())
        ours = {name: page for name, page in destinations.items() if name.startswith(_DESTINATION)}
        return {int(name.removeprefix(_DESTINATION)): numbers[page[0].objgen] for name, page in ours.items()}


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
    rest.extend(deepcopy(child) for child in table if child.tag in {f"{W}tblPr", f"{W}tblGrid"})
    rest.extend(_without_bookmarks(deepcopy(head)) for head in heads)
    rest.extend([row, *row.itersiblings(_ROW)])
    table.addnext(page_break)
    page_break.addnext(rest)
    return [page_break, rest]


def _join_tables(row: _Element, added: Sequence[_Element]) -> None:
    """Take ``added`` away again; ``row`` and those below it go back to their table."""
    for element in added:
        before, parent = element.getprevious(), element.getparent()
        if before is not None and element is row.getparent():
            before.extend([row, *row.itersiblings(_ROW)])
        if parent is not None:
            parent.remove(element)


def is_head(row: _Element) -> bool:
    return row.find(f"{W}trPr/{W}tblHeader") is not None


def _without_bookmarks(row: _Element) -> _Element:
    for bookmark in list(row.iter(f"{W}bookmarkStart", f"{W}bookmarkEnd")):
        if (parent := bookmark.getparent()) is not None:
            parent.remove(bookmark)
    return row


def _page_break(table: _Element) -> _Element:
    paragraph = zero_height_paragraph(table)
    run = paragraph.makeelement(f"{W}r", {})
    run.append(run.makeelement(f"{W}br", {f"{W}type": "page"}))
    paragraph.append(run)
    return paragraph


def zero_height_paragraph(table: _Element) -> _Element:
    """A paragraph as low as can be said: a twentieth of a point."""
    paragraph, properties, look = (table.makeelement(f"{W}{name}", {}) for name in ("p", "pPr", "rPr"))
    sizes = {"before": "0", "after": "0", "line": "1", "lineRule": "exact"}
    properties.append(properties.makeelement(f"{W}spacing", {f"{W}{key}": size for key, size in sizes.items()}))
    look.append(look.makeelement(f"{W}sz", {f"{W}val": "2"}))
    properties.append(look)
    paragraph.append(properties)
    return paragraph
