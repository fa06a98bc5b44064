"""The text of a letter, paragraph by paragraph: it tells which drawn word belongs to which paragraph.

The embedded engine draws words and says nothing of the paragraphs they belong to. It draws them in the document's
order, so they can be followed along the document's own text.
"""

from __future__ import annotations

import io
import re
import unicodedata
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple

from congvan.support.lengths import Twips
from congvan.support.ooxml import W

if TYPE_CHECKING:
    from lxml.etree import _Element

_DOCUMENT: Final = "word/document.xml"
_STYLES: Final = "word/styles.xml"
_PROPERTIES: Final = f"{W}pPr"
_STYLE: Final = f"{W}pStyle"
_TEXT, _HYPHEN = f"{W}t", f"{W}noBreakHyphen"
_ROW: Final = f"{W}tr"
_ELSEWHERE: Final = tuple(f"{W}{name}" for name in ("txbxContent", "moveFrom", "vanish"))
_PAPER: Final = 842  # points of height, where a section does not say
_UNSEEN: Final = re.compile("[\u00ad\u200b\u200c\u200d\u2060]")
_NO_BREAK_HYPHEN: Final = "\u2011"
_LEVELS: Final = 6
BODY_TEXT: Final = "P"


class CellPosition(NamedTuple):
    """A cell of a table with lines: table, row and column counted from 0; ``head`` is true in a row of headings."""

    table: int
    row: int
    column: int
    head: bool


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph: its kind as tagged PDF names it (``P``, ``H1`` … ``H6``), its text, and its cell.

    ``in_row``: in a row of any table, one without lines as well.
    """

    kind: str
    text: str
    cell: CellPosition | None = None
    in_row: bool = False


@dataclass(frozen=True, slots=True)
class LetterText:
    """A letter's paragraphs in order.

    ``top`` and ``bottom`` are the limits of its text, in points from the top of the page.
    """

    paragraphs: tuple[Paragraph, ...]
    top: float
    bottom: float


@lru_cache(maxsize=1024)  # letters of a bundle share most of their paragraphs
def match_key(text: str) -> str:
    """``text`` without spaces and hidden characters, and without regard to capitals: how words are compared."""
    shown = _UNSEEN.sub("", unicodedata.normalize("NFC", text)).replace(_NO_BREAK_HYPHEN, "-")
    return "".join(shown.casefold().split())


def heading_tags(styles: _Element) -> dict[str, str]:
    """The kind of each paragraph style with an outline level, by identifier."""
    found = {}
    for style in styles.iter(f"{W}style"):
        level = style.find(f"{W}pPr/{W}outlineLvl")
        if level is not None and (number := int(level.get(f"{W}val", "9"))) < _LEVELS:
            found[style.get(f"{W}styleId", "")] = f"H{number + 1}"
    return found


def read_letter_texts(body: _Element, bookmarks: Sequence[str], kinds: Mapping[str, str]) -> tuple[LetterText, ...]:
    """The text of each letter in ``body``; ``bookmarks`` stand where they begin, ``kinds`` are those of styles."""
    return tuple(_read_letter(blocks, kinds) for blocks in _letters(body, set(bookmarks)))


def read_docx_texts(docx: bytes, bookmarks: Sequence[str]) -> tuple[LetterText, ...]:
    """The text of each letter of ``docx``, which begin at ``bookmarks``; empty if the file cannot be read.

    The engine that converts the file says what is wrong with it.
    """
    from lxml.etree import XMLSyntaxError

    try:
        with zipfile.ZipFile(io.BytesIO(docx)) as archive:
            kinds = heading_tags(_parsed(archive.read(_STYLES))) if _STYLES in archive.namelist() else {}
            body = _parsed(archive.read(_DOCUMENT)).find(f"{W}body")
    except (zipfile.BadZipFile, KeyError, XMLSyntaxError):
        return ()
    texts = read_letter_texts(body, bookmarks, kinds) if body is not None else ()
    return texts if len(texts) == max(len(bookmarks), 1) else ()


def _parsed(part: bytes) -> _Element:
    from lxml import etree

    return etree.fromstring(part, etree.XMLParser(resolve_entities=False, huge_tree=True))


def _letters(body: _Element, bookmarks: set[str]) -> Iterator[list[_Element]]:
    letter: list[_Element] = []
    for block in body:
        marks = (mark.get(f"{W}name") for mark in block.iter(f"{W}bookmarkStart"))
        if letter and any(name in bookmarks for name in marks):
            yield letter
            letter = []
        letter.append(block)
    yield letter


def _read_letter(blocks: Sequence[_Element], kinds: Mapping[str, str]) -> LetterText:
    sections = [section for block in blocks for section in block.iter(f"{W}sectPr")]
    bounds = [_bounds(section) for section in sections] or [(0.0, float(_PAPER))]
    tops, bottoms = zip(*bounds, strict=True)
    found = [
        _read_paragraph(paragraph, cell, kinds)
        for number, block in enumerate(blocks)
        for paragraph, cell in _paragraphs(block, number)
    ]
    return LetterText(tuple(found), min(tops), max(bottoms))


def _bounds(section: _Element) -> tuple[float, float]:
    size, margins = section.find(f"{W}pgSz"), section.find(f"{W}pgMar")
    height = _points(size, "h", _PAPER)
    return _points(margins, "top", 0), height - _points(margins, "bottom", 0)


def _points(element: _Element | None, name: str, otherwise: float) -> float:
    value = element.get(f"{W}{name}") if element is not None else None
    return Twips(abs(int(value))).pt if value and value.lstrip("-").isdigit() else otherwise


def _paragraphs(block: _Element, table: int) -> Iterator[tuple[_Element, CellPosition | None]]:
    if block.tag != f"{W}tbl" or block.find(f"{W}tblPr/{W}tblBorders") is None:  # a table without lines is layout
        yield from ((paragraph, None) for paragraph in block.iter(f"{W}p"))
        return
    for number, row in enumerate(_nearest(block, _ROW)):
        head = row.find(f"{W}trPr/{W}tblHeader") is not None
        for column, cell in enumerate(_nearest(row, f"{W}tc")):
            position = CellPosition(table, number, column, head)
            yield from ((paragraph, position) for paragraph in cell.iter(f"{W}p"))


def _nearest(element: _Element, tag: str) -> Iterator[_Element]:
    """The descendants of ``tag`` that belong to ``element``, not to a table within it."""
    return (found for found in element.iter(tag) if next(found.iterancestors(element.tag), None) is element)


def _read_paragraph(paragraph: _Element, cell: CellPosition | None, kinds: Mapping[str, str]) -> Paragraph:
    properties = paragraph.find(_PROPERTIES)
    style = properties.find(_STYLE) if properties is not None else None
    kind = kinds.get(style.get(f"{W}val", ""), BODY_TEXT) if style is not None else BODY_TEXT
    return Paragraph(kind, match_key("".join(_text_of(paragraph))), cell, _is_in_row(paragraph))


def _is_in_row(paragraph: _Element) -> bool:
    """False for what is not printed in its place, or not at all: in a text box, moved elsewhere, hidden."""
    if next(paragraph.iterancestors(_ROW), None) is None:
        return False
    return next(paragraph.iter(*_ELSEWHERE), None) is None and next(paragraph.iterancestors(*_ELSEWHERE), None) is None


def _text_of(paragraph: _Element) -> Iterator[str]:
    for piece in paragraph.iter(_TEXT, _HYPHEN):
        yield (piece.text or "") if piece.tag == _TEXT else "-"


class TextCursor:
    """Follows a letter's text word by word, in the order in which its pages draw it."""

    def __init__(self, text: LetterText) -> None:
        self._letter_text = text
        self._paragraph = -1
        self._text = ""
        self._read = 0

    def paragraph_of(self, word: str, baseline: float) -> int | None:
        """The index of the paragraph ``word`` (as :func:`match_key` gives it) belongs to.

        None for what is not the letter's running text: a page number, the head of a table repeated on a new page. A
        ``baseline`` is in points from the top of the page.
        """
        if not self._letter_text.top <= baseline <= self._letter_text.bottom:
            return None
        if self._read == len(self._text):
            self._next_paragraph()
        if self._text.startswith(word, self._read):
            self._read += len(word)
            return self._paragraph
        return None

    def _next_paragraph(self) -> None:
        """Go on to the next paragraph that has text; at the end there is none."""
        self._text, self._read = "", 0
        while not self._text and self._paragraph < len(self._letter_text.paragraphs):
            self._paragraph += 1
            if self._paragraph < len(self._letter_text.paragraphs):
                self._text = self._letter_text.paragraphs[self._paragraph].text

    @property
    def is_at_end(self) -> bool:
        """True when every word of the text has been drawn."""
        rest = self._letter_text.paragraphs[self._paragraph + 1 :]
        return self._read == len(self._text) and not any(paragraph.text for paragraph in rest)
