"""What a letter says, paragraph by paragraph, so that the words of its PDF can be told apart again.

The embedded engine draws words and says nothing of the paragraphs they belong to. It draws them in the document's
order, so they can be followed along the document's own text.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from lxml.etree import _Element

_W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_PROPERTIES: Final = f"{_W}pPr"
_STYLE: Final = f"{_W}pStyle"
_TEXT, _HYPHEN = f"{_W}t", f"{_W}noBreakHyphen"
_ROW: Final = f"{_W}tr"
_ELSEWHERE: Final = tuple(f"{_W}{name}" for name in ("txbxContent", "moveFrom", "vanish"))
_TWIPS: Final = 20  # a point
_PAPER: Final = 842  # points of height, where a section does not say
_UNSEEN: Final = re.compile("[\u00ad\u200b\u200c\u200d\u2060]")
_NO_BREAK_HYPHEN: Final = "\u2011"
_LEVELS: Final = 6
BODY_TEXT: Final = "P"


class Cell(NamedTuple):
    """A cell of a table with lines: table, row and cell by place in the letter; ``head`` in a row of headings."""

    table: int
    row: int
    cell: int
    head: bool


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph: its kind as tagged PDF names it (``P``, ``H1`` … ``H6``), its text, and the cell it stands in.

    ``in_row``: in a row of any table, one without lines as well.
    """

    kind: str
    text: str
    cell: Cell | None = None
    in_row: bool = False


@dataclass(frozen=True, slots=True)
class Story:
    """A letter's paragraphs in order; ``top`` and ``bottom`` bound its text, in points from the top of the page."""

    blocks: tuple[Block, ...]
    top: float
    bottom: float


@lru_cache(maxsize=1024)  # letters of a bundle share most of their paragraphs
def plain(text: str) -> str:
    """``text`` without spaces and hidden characters, and without regard to capitals: how words are compared."""
    shown = _UNSEEN.sub("", unicodedata.normalize("NFC", text)).replace(_NO_BREAK_HYPHEN, "-")
    return "".join(shown.casefold().split())


def outline_styles(styles: _Element) -> dict[str, str]:
    """The kind of each paragraph style with an outline level, by identifier."""
    found = {}
    for style in styles.iter(f"{_W}style"):
        level = style.find(f"{_W}pPr/{_W}outlineLvl")
        if level is not None and (number := int(level.get(f"{_W}val", "9"))) < _LEVELS:
            found[style.get(f"{_W}styleId", "")] = f"H{number + 1}"
    return found


def read_stories(body: _Element, bookmarks: Sequence[str], kinds: Mapping[str, str]) -> tuple[Story, ...]:
    """The story of each letter in ``body``; ``bookmarks`` stand where they begin, ``kinds`` are those of styles."""
    return tuple(_story(blocks, kinds) for blocks in _letters(body, set(bookmarks)))


def _letters(body: _Element, bookmarks: set[str]) -> Iterator[list[_Element]]:
    letter: list[_Element] = []
    for block in body:
        marks = (mark.get(f"{_W}name") for mark in block.iter(f"{_W}bookmarkStart"))
        if letter and any(name in bookmarks for name in marks):
            yield letter
            letter = []
        letter.append(block)
    yield letter


def _story(blocks: Sequence[_Element], kinds: Mapping[str, str]) -> Story:
    sections = [section for block in blocks for section in block.iter(f"{_W}sectPr")]
    bounds = [_bounds(section) for section in sections] or [(0.0, float(_PAPER))]
    tops, bottoms = zip(*bounds, strict=True)
    found = [
        _block(paragraph, cell, kinds)
        for number, block in enumerate(blocks)
        for paragraph, cell in _paragraphs(block, number)
    ]
    return Story(tuple(found), min(tops), max(bottoms))


def _bounds(section: _Element) -> tuple[float, float]:
    size, margins = section.find(f"{_W}pgSz"), section.find(f"{_W}pgMar")
    height = _points(size, "h", _PAPER)
    return _points(margins, "top", 0), height - _points(margins, "bottom", 0)


def _points(element: _Element | None, name: str, otherwise: float) -> float:
    value = element.get(f"{_W}{name}") if element is not None else None
    return abs(int(value)) / _TWIPS if value and value.lstrip("-").isdigit() else otherwise


def _paragraphs(block: _Element, place: int) -> Iterator[tuple[_Element, Cell | None]]:
    if block.tag != f"{_W}tbl" or block.find(f"{_W}tblPr/{_W}tblBorders") is None:  # a table without lines is layout
        yield from ((paragraph, None) for paragraph in block.iter(f"{_W}p"))
        return
    for number, row in enumerate(_nearest(block, _ROW)):
        head = row.find(f"{_W}trPr/{_W}tblHeader") is not None
        for column, cell in enumerate(_nearest(row, f"{_W}tc")):
            own = Cell(place, number, column, head)
            yield from ((paragraph, own) for paragraph in cell.iter(f"{_W}p"))


def _nearest(element: _Element, tag: str) -> Iterator[_Element]:
    """What of ``tag`` belongs to ``element``, not to a table within it."""
    return (found for found in element.iter(tag) if next(found.iterancestors(element.tag), None) is element)


def _block(paragraph: _Element, cell: Cell | None, kinds: Mapping[str, str]) -> Block:
    properties = paragraph.find(_PROPERTIES)
    style = properties.find(_STYLE) if properties is not None else None
    kind = kinds.get(style.get(f"{_W}val", ""), BODY_TEXT) if style is not None else BODY_TEXT
    return Block(kind, plain("".join(_written(paragraph))), cell, _is_in_row(paragraph))


def _is_in_row(paragraph: _Element) -> bool:
    """False for what is not printed in its place, or not at all: in a text box, moved elsewhere, hidden."""
    if next(paragraph.iterancestors(_ROW), None) is None:
        return False
    return next(paragraph.iter(*_ELSEWHERE), None) is None and next(paragraph.iterancestors(*_ELSEWHERE), None) is None


def _written(paragraph: _Element) -> Iterator[str]:
    for piece in paragraph.iter(_TEXT, _HYPHEN):
        yield (piece.text or "") if piece.tag == _TEXT else "-"


class Reading:
    """A story followed word by word, as its pages are drawn."""

    def __init__(self, story: Story) -> None:
        self._story = story
        self._block = -1
        self._text = ""
        self._read = 0

    def block_of(self, word: str, baseline: float) -> int | None:
        """The place of the block ``word`` (as :func:`plain` gives it) belongs to.

        None for what is not the letter's running text: a page number, the head of a table repeated on a new page. A
        ``baseline`` is in points from the top of the page.
        """
        if not self._story.top <= baseline <= self._story.bottom:
            return None
        if self._read == len(self._text):
            self._next_block()
        if self._text.startswith(word, self._read):
            self._read += len(word)
            return self._block
        return None

    def _next_block(self) -> None:
        """Go on to the next block that has text; at the end there is none."""
        self._text, self._read = "", 0
        while not self._text and self._block < len(self._story.blocks):
            self._block += 1
            if self._block < len(self._story.blocks):
                self._text = self._story.blocks[self._block].text

    @property
    def is_complete(self) -> bool:
        """True when every word of the story has been drawn."""
        rest = self._story.blocks[self._block + 1 :]
        return self._read == len(self._text) and not any(block.text for block in rest)
