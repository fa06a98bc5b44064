"""Many letters of one template in one .docx, a section each, to be turned into PDF at once and cut apart.

A section starts a new page and counts its pages from 1, so a letter comes out as it would alone.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from congvan.word.package import DOCUMENT
from congvan.word.template.compiled_template import CompiledTemplate

_LAST_PARAGRAPH: Final = re.compile(
    r"<w:p(?P<attributes>(?: [^>]*[^>/])?)>(?:<w:pPr>(?P<properties>(?:(?!</w:pPr>).)*)</w:pPr>|<w:pPr/>)?"
    r"(?P<runs>(?:(?!<w:p[ >/]).)*)</w:p>\s*$",
    re.DOTALL,
)
_SELF_CLOSED: Final = re.compile(r"<w:p(?P<attributes>(?: [^>]*)?)/>\s*$")
_FIRST_PARAGRAPH: Final = re.compile(r"<w:p(?: [^>]*[^>/])?>(?:<w:pPr>.*?</w:pPr>|<w:pPr/>)?", re.DOTALL)
_AFTER_NUMBERING: Final = re.compile(
    r"<w:(?:cols|formProt|vAlign|noEndnote|titlePg|textDirection|bidi|rtlGutter|docGrid|printerSettings)\b|</w:sectPr>"
)


@dataclass(frozen=True, slots=True)
class WordBundle:
    """A .docx of several letters.

    ``bookmarks`` name the start of each: engines report positions by bookmark.
    """

    docx: bytes
    bookmarks: tuple[str, ...]


def bundle(template: CompiledTemplate, contents: Sequence[str]) -> WordBundle:
    """Join ``contents``, each rendered by ``template``, as sections of one .docx in this order."""
    section = _count_pages_from_one(template.section)
    names = tuple(f"congvan_{index}" for index in range(len(contents)))
    marked = [
        _add_bookmark(content, 9000 + index, name)
        for index, (content, name) in enumerate(zip(contents, names, strict=True))
    ]
    joined = "".join([*(_end_section(content, section) for content in marked[:-1]), marked[-1]])
    document = template.document_xml(joined).replace(template.section, section)
    return WordBundle(template.package.with_parts({DOCUMENT: document.encode()}), names)


def _count_pages_from_one(section: str) -> str:
    """``section`` with page numbers starting at 1, in the place the schema gives w:pgNumType."""
    cleaned = re.sub(r"<w:pgNumType[^>]*/>", "", section)
    return _AFTER_NUMBERING.sub(lambda found: '<w:pgNumType w:start="1"/>' + found.group(), cleaned, count=1)


def _end_section(content: str, section: str) -> str:
    """``content`` with the section's properties in its last paragraph, which ends the section there."""
    if last := _LAST_PARAGRAPH.match(content, max(content.rfind("<w:p>"), content.rfind("<w:p "), 0)):
        inner = (last["properties"] or "") + section
        return f"{content[: last.start()]}<w:p{last['attributes']}><w:pPr>{inner}</w:pPr>{last['runs']}</w:p>"
    if empty := _SELF_CLOSED.search(content):
        return f"{content[: empty.start()]}<w:p{empty['attributes']}><w:pPr>{section}</w:pPr></w:p>"
    spacing = '<w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/>'
    return f"{content}<w:p><w:pPr>{spacing}{section}</w:pPr></w:p>"


def _add_bookmark(content: str, number: int, name: str) -> str:
    mark = f'<w:bookmarkStart w:id="{number}" w:name="{name}"/><w:bookmarkEnd w:id="{number}"/>'
    return _FIRST_PARAGRAPH.sub(lambda found: found.group() + mark, content, count=1)
