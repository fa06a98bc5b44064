"""Rows of tables that are taller than the room on a page.

Word lets such a row go on over the next pages, whatever it holds. The embedded engine does so with a plain row, and
draws any other past the end of the page, where it is lost: a row that is not to split (w:cantSplit), one with a table
in it, vertically merged cells, a heading row, and a row of which not even a line fits on the page it begins on. So
where a table may hold such a row its paragraphs carry bookmarks, and the PDF has the position of each.
A row that goes past the foot of its page is changed, step by step, into what the engine can split, and the bundle is
drawn again after each step.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple

from congvan.pdf.engines.dxpdf.tables.keep_with_next import begin_page, is_head
from congvan.pdf.engines.dxpdf.tables.row_parts import break_inner_row, break_row, row_groups, unmerge
from congvan.pdf.paragraphs import LetterText, read_letter_texts
from congvan.support.lengths import Twips
from congvan.support.ooxml import W

if TYPE_CHECKING:
    from lxml.etree import _Element
    from pikepdf import Object

_P, _TABLE, _ROW, _TEXT, _SECTION = (f"{W}{name}" for name in ("p", "tbl", "tr", "t", "sectPr"))
_DESTINATIONS: Final = "/Dests"
_NAME: Final = "congvan-row-text-"
_DESTINATION: Final = f"/{_NAME}"
_FIRST_ID: Final = 2_000_000  # beyond those of Word, and of rows that stay with what follows
_LINE: Final = 16.1
"""Points: the height of a line of 14 points. One that begins lower than this above the foot may go past it."""

_SAFE_LINES: Final = 24
"""So many lines fit on a page whatever their type size."""
_SHORTEST_LINE: Final = 25
"""Letters in a line of a narrow cell; a look at the source knows no widths."""
_TABLES: Final = re.compile(r"<(/?)w:tbl>")
_ROW_START: Final = re.compile(r"<w:tr[ >]")
_CELL_START: Final = re.compile(r"<w:tc[ >]")
_LINE_END: Final = re.compile(r"</w:p>|<w:(?:br|cr)[ />]")
_TAG: Final = re.compile(r"<[^>]*>")
_CONTINUED: Final = re.compile(r'<w:vMerge(?:/>| w:val="continue")')
_HEAD: Final = "<w:tblHeader"


class Position(NamedTuple):
    """A bookmark in the PDF: its page, how far below the page's top its line begins, the page's height (points)."""

    page: int
    top: float
    height: float


class TallRows:
    """The rows of a document that may be too tall; ``document`` has bookmarks in the paragraphs of its tables."""

    def __init__(self, root: _Element) -> None:
        self._root = root
        self._bodies = list(root.iterchildren(f"{W}body"))
        texts = [paragraph for table in self._tables() for paragraph in _texts_with(table)]
        self._numbers = {paragraph: number for number, paragraph in enumerate(texts)}
        self._at_page_top: set[_Element] = set()
        for paragraph, number in self._numbers.items():
            _add_bookmarks(paragraph, 2 * number)

    @property
    def document(self) -> str:
        """The source of the document as it is now."""
        from lxml import etree

        return str(etree.tostring(self._root, encoding="unicode"))

    def letter_texts(self, bookmarks: Sequence[str], heading_tags: Mapping[str, str]) -> tuple[LetterText, ...]:
        """The text of its letters, which begin at ``bookmarks``, in the order in which the document is drawn now."""
        return tuple(text for body in self._bodies for text in read_letter_texts(body, bookmarks, heading_tags))

    def break_rows(self, pdf: bytes) -> bool:
        """Change the rows that the converted document has past the foot of a page; true if any was changed."""
        positions = _bookmark_positions(pdf)
        tall = [rows for table in self._tables() for rows in self._tall_in(table, positions)]
        changed = [self._change(rows, positions) for rows in tall]
        return any(changed)

    def lost_paragraphs(self, pdf: bytes) -> list[str]:
        """The text of the paragraphs that ``pdf`` has past the end of a page, as far as bookmarks show it."""
        positions = _bookmark_positions(pdf)
        return [
            "".join(text.text or "" for text in paragraph.iter(_TEXT))
            for paragraph in self._numbers
            if any(position.top > position.height for position in self._positions_of(paragraph, positions))
        ]

    def _tables(self) -> Iterator[_Element]:
        for body in self._bodies:
            yield from body.iterchildren(_TABLE)

    def _tall_in(self, table: _Element, positions: Mapping[int, Position]) -> list[list[_Element]]:
        """The rows past the foot of the page; heads alone where they are, because the others follow them."""
        foot = _foot(table)
        tall = [rows for rows in row_groups(table) if self._is_past(rows, positions, foot)]
        return tall[:1] if tall and is_head(tall[0][0]) else tall

    def _is_past(self, rows: Sequence[_Element], positions: Mapping[int, Position], foot: float) -> bool:
        """Whether a line of ``rows`` goes past the foot of its page, or may: no bookmark says how high the last one is.

        A row below other text is not meant: the engine begins a page before it lets such a row go past the foot.
        """
        paragraphs = (paragraph for row in rows for paragraph in row.iter(_P))
        own = [position for paragraph in paragraphs for position in self._positions_of(paragraph, positions)]
        if not any(position.top > position.height - foot - _LINE for position in own):
            return False
        if any(position.top > position.height - foot for position in own):
            return True
        first = min(position.page for position in own)
        before = _text_before(rows[0])
        above = (
            max((position.page for position in self._positions_of(before, positions)), default=0)
            if before is not None
            else 0
        )
        return above < first == max(position.page for position in own)

    def _positions_of(self, paragraph: _Element, positions: Mapping[int, Position]) -> list[Position]:
        """The positions of the first and the last line of ``paragraph``; none for one without text."""
        number = self._numbers.get(paragraph)
        if number is None:
            return []
        return [positions[bookmark] for bookmark in (2 * number, 2 * number + 1) if bookmark in positions]

    def _change(self, rows: Sequence[_Element], positions: Mapping[int, Position]) -> bool:
        """Change ``rows`` one step towards rows that the engine can split; false if no step is left."""
        first, table = rows[0], rows[0].getparent()
        if table is None:
            return False
        if _remove(table, (f"{W}tblPr/{W}tblpPr",)) or (is_head(first) and _remove(table, _HEADS)):
            return True
        extents = {
            paragraph: _extent(own) for paragraph in self._numbers if (own := self._positions_of(paragraph, positions))
        }
        if len(rows) > 1:
            unmerge(rows, extents)
            return True
        if _is_not_to_split(first) and self._is_moved(first, positions):
            self._begin_page(first)
        if break_row(first, extents) or break_inner_row(first, extents) or _remove(first, _NOT_TO_SPLIT):
            return True
        if first in self._at_page_top or _text_before(first) is None:
            return False
        self._begin_page(first)
        return True

    def _begin_page(self, row: _Element) -> None:
        self._at_page_top.add(row)
        begin_page(row)

    def _is_moved(self, row: _Element, positions: Mapping[int, Position]) -> bool:
        """Whether ``row``, which is not to split, begins a page because of its height.

        Word and LibreOffice do the same. Where the text before it keeps with it, as with a signature, it stays below
        that text.
        """
        before, own = _text_before(row), next(filter(_has_text, row.iter(_P)), None)
        if before is None or own is None or row in self._at_page_top or _keeps_with_next(before):
            return False
        pages = [
            min((position.page for position in self._positions_of(text, positions)), default=0)
            for text in (before, own)
        ]
        return pages[0] < pages[1]


_HEADS: Final = (f"{W}tr/{W}trPr/{W}tblHeader",)
_NOT_TO_SPLIT: Final = (f"{W}trPr/{W}cantSplit", f"{W}trPr/{W}trHeight")


def find_tall_rows(document: str) -> TallRows | None:
    """The rows of ``document`` that may be too tall for a page; None if there are none, as is usual."""
    if not any(map(_may_be_tall, _outer_tables(document))):
        return None
    from lxml import etree

    root = etree.fromstring(document.encode(), etree.XMLParser(resolve_entities=False, huge_tree=True))
    return TallRows(root)


def _outer_tables(document: str) -> Iterator[str]:
    """The source of each table that is in no other table."""
    depth, start = 0, 0
    for tag in _TABLES.finditer(document):
        if not depth:
            start = tag.start()
        depth += -1 if tag[1] else 1
        if not depth:
            yield document[start : tag.end()]


@lru_cache(maxsize=64)  # letters of a bundle share most of their tables
def _may_be_tall(table: str) -> bool:
    """Whether a row, its heads and what is merged with it may have more lines than surely fit on a page.

    A look at the source, which is quick; rows of a table in the table count as one.
    """
    nested = table.count("<w:tbl>") > 1
    heads = group = 0
    for row in _ROW_START.split(table)[1:]:
        lines = max(map(_lines, _CELL_START.split(row)))
        heads += lines if _HEAD in row else 0
        group = group + lines if nested or _CONTINUED.search(row) else lines
        if heads + group > _SAFE_LINES:
            return True
    return False


def _lines(cell: str) -> int:
    """How many lines a cell has at the most."""
    ends = len(_LINE_END.findall(cell))
    if ends + len(cell) // _SHORTEST_LINE <= _SAFE_LINES:
        return ends
    return ends + len(_TAG.sub("", cell)) // _SHORTEST_LINE


def _is_not_to_split(row: _Element) -> bool:
    return row.find(f"{W}trPr/{W}cantSplit") is not None


def _keeps_with_next(paragraph: _Element) -> bool:
    return paragraph.find(f"{W}pPr/{W}keepNext") is not None


def _texts_with(table: _Element) -> Iterator[_Element]:
    """The paragraph with text above ``table``, and those in it."""
    before = _text_above(table)
    if before is not None and before.getparent() is table.getparent():
        yield before
    yield from (paragraph for paragraph in table.iter(_P) if _has_text(paragraph) and not _is_repeated(paragraph))


def _is_repeated(paragraph: _Element) -> bool:
    """Whether ``paragraph`` is in a head that fits on a page, and is drawn again above what goes over.

    Where a bookmark is drawn twice the engine writes the position of none. A tall head is changed before it is drawn
    again.
    """
    row = next(paragraph.iterancestors(_ROW), None)
    if row is None or not is_head(row):
        return False
    lines = (1 + sum(len(text.text or "") for text in each.iter(_TEXT)) // _SHORTEST_LINE for each in row.iter(_P))
    return sum(lines) <= _SAFE_LINES


def _text_before(row: _Element) -> _Element | None:
    """The paragraph with text before ``row`` and the heads above it; None if a page begins there by itself."""
    table = row.getparent()
    for above in row.itersiblings(_ROW, preceding=True):
        if not is_head(above):
            return next(filter(_has_text, above.iter(_P)), None)
    return _text_above(table) if table is not None else None


def _text_above(table: _Element) -> _Element | None:
    """The nearest paragraph with text above ``table``; None if a page begins between them by itself."""
    for block in table.itersiblings(preceding=True):
        if (
            any(br.get(f"{W}type") == "page" for br in block.iter(f"{W}br"))
            or next(block.iter(_SECTION), None) is not None
        ):
            return None
        texts = list(filter(_has_text, block.iter(_P)))
        if texts:
            return texts[-1]
    return None


def _has_text(paragraph: _Element) -> bool:
    """True if there is text; a bookmark in a paragraph without any would make the engine begin a line."""
    return any(text.text for text in paragraph.iter(_TEXT))


def _add_bookmarks(paragraph: _Element, number: int) -> None:
    """Put a bookmark at the beginning of ``paragraph``, and one at its end."""
    start = 1 if paragraph.find(f"{W}pPr") is not None else 0
    for index, bookmark in ((start, number), (len(paragraph) + 2, number + 1)):
        own = {f"{W}id": str(_FIRST_ID + bookmark)}
        paragraph.insert(index, paragraph.makeelement(f"{W}bookmarkEnd", own))
        named = {**own, f"{W}name": f"{_NAME}{bookmark}"}
        paragraph.insert(index, paragraph.makeelement(f"{W}bookmarkStart", named))


def _bookmark_positions(pdf: bytes) -> dict[int, Position]:
    """The position of every bookmark of ours, by its number."""
    from pikepdf import Dictionary, Pdf

    with Pdf.open(io.BytesIO(pdf)) as opened:
        pages = {page.obj.objgen: (number, float(page.mediabox[3])) for number, page in enumerate(opened.pages)}
        destinations = opened.Root.get(_DESTINATIONS, Dictionary())
        return {
            int(name.removeprefix(_DESTINATION)): _position(target, *pages[target[0].objgen])
            for name, target in destinations.items()
            if name.startswith(_DESTINATION)
        }


def _position(target: Object, page: int, height: float) -> Position:
    return Position(page, height - float(target[3]), height)


def _extent(positions: Sequence[Position]) -> tuple[float, float]:
    """The tops of a paragraph's first and last line, which are on one page where the engine does not split the row."""
    tops = [position.top for position in positions]
    return min(tops), max(tops)


def _foot(table: _Element) -> float:
    """The height of the bottom margin of the pages ``table`` is on, in points."""
    below = (section for block in table.itersiblings() for section in block.iter(_SECTION))
    section = next(below, None)
    margins = section.find(f"{W}pgMar") if section is not None else None
    bottom = margins.get(f"{W}bottom", "0") if margins is not None else "0"
    return abs(Twips(float(bottom)).pt)


def _remove(element: _Element, paths: Sequence[str]) -> bool:
    """Remove the elements at ``paths``; true if there was one."""
    found = [child for path in paths for child in element.findall(path)]
    for child in found:
        parent = child.getparent()
        if parent is not None:
            parent.remove(child)
    return bool(found)
