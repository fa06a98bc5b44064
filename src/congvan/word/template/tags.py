"""docxtpl's language: ``{%p %}``, ``{%tr %}``, ``{% vm %}`` and similar tags in Word's XML, and its objects.

docxtpl itself reads the tags, so that a template means here what it means there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from html import unescape
from typing import TYPE_CHECKING, Any, Final

from congvan.support.ooxml import W

if TYPE_CHECKING:
    from lxml.etree import _Element

_TAG: Final = re.compile(r"\{[{%](?:(?![}%]\}).)*[}%]\}", re.DOTALL)
_TAG_STARTS: Final = ("{{", "{%", "{#")
_ESCAPED: Final = (("{_{", "{{"), ("}_}", "}}"), ("{_%", "{%"), ("%_}", "%}"))
_ODD_IN_TEXT: Final = re.compile(r"<w:t(?: [^>]*)?>[^<]*[\n\t\a\f]")
_LISTING_CHARACTERS: Final = "\n\t\a\f"
_NEW_COLUMNS: Final = re.compile(r"\{[{%#]tc\s|\{%\s*(?:hm|colspan)\b")
_PICTURE_NUMBER: Final = re.compile(r'(<wp:docPr [^>]*?\bid=")[^"]*')
_FIRST_PICTURE: Final = 1001  # docxtpl numbers a document's drawings from here


def has_tags(xml: str) -> bool:
    """True when filling would change this part: it holds tags, or line ends and tabs Word writes as elements."""
    bare = re.sub(r"<[^>]+>", "", xml)
    return any(character in bare for character in (*_TAG_STARTS, "{_{", "{_%")) or bool(_ODD_IN_TEXT.search(xml))


def jinja_source(part: _Element) -> str:
    """The Jinja source of one part of a .docx; ``{_{`` and ``{_%`` are escaped braces."""
    from lxml import etree

    source = str(_docxtpl().patch_xml(etree.tostring(part, encoding="unicode")))
    source = _TAG.sub(lambda tag: unescape(tag[0]), source)  # what a tag says is escaped when it is printed
    for escaped, character in _ESCAPED:
        source = source.replace(escaped, f"{{{{ '{character}' }}}}")
    return source


def resolve_listings(filled: str) -> str:
    r"""Write line ends, tabs, new paragraphs (``\a``) and page breaks (``\f``) of the values as Word does."""
    if any(character in filled for character in _LISTING_CHARACTERS):
        return str(_docxtpl().resolve_listing(filled))
    return filled


def docxtpl_objects(value: Any) -> Iterator[Any]:
    """Find the objects in ``value`` that write XML themselves: rich text, listings, pictures, subdocuments."""
    if isinstance(value, Mapping):
        yield from (found for inner in value.values() for found in docxtpl_objects(inner))
    elif isinstance(value, list | tuple | set | frozenset):
        yield from (found for inner in value for found in docxtpl_objects(inner))
    elif hasattr(type(value), "__html__"):
        yield value


def number_pictures(filled: str) -> str:
    """Give every drawing its own number, also where a loop has copied it."""
    numbers = iter(range(_FIRST_PICTURE, _FIRST_PICTURE + filled.count("<wp:docPr ")))
    return _PICTURE_NUMBER.sub(lambda found: f"{found[1]}{next(numbers)}", filled)


def has_fixed_columns(body: _Element) -> bool:
    """True when every row of every table fills its grid, whatever values the template gets.

    docxtpl repairs the grid of the other tables after filling.
    """
    from lxml import etree

    if _NEW_COLUMNS.search(re.sub(r"<[^>]+>", "", etree.tostring(body, encoding="unicode"))):
        return False
    return all(
        _columns(row) == len(grid.findall(f"{W}gridCol"))
        for table in body.iter(f"{W}tbl")
        for grid in table.findall(f"{W}tblGrid")
        for row in table.iter(f"{W}tr")
        if not _is_tag_row(row)
    )


def _columns(row: _Element) -> int:
    spans = (cell.find(f"{W}tcPr/{W}gridSpan") for cell in row.findall(f"{W}tc"))
    return sum(1 if span is None else int(span.get(f"{W}val", "1")) for span in spans)


def _is_tag_row(row: _Element) -> bool:
    """A row that only holds ``{%tr … %}`` is gone before the table is laid out."""
    return bool(re.search(r"\{[%{#]tr\s", "".join(text.text or "" for text in row.iter(f"{W}t"))))


@cache
def _docxtpl() -> Any:
    from docxtpl import DocxTemplate

    return DocxTemplate(None)
