"""Documents of any source that can be converted as one bundle, because they differ in their text alone.

Such documents come from one template: all their parts but the text are the same bytes. The text must be one that means
the same among others: nothing in it counts through the whole file (notes, lists, fields) and every letter can begin a
section of its own. When in doubt a document is converted alone, which is only slower.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final, NamedTuple

from congvan.errors import CongvanError
from congvan.findings import language
from congvan.pdf.engine import Bundle
from congvan.pdf.metadata import PdfMetadata
from congvan.support.ooxml import NAMESPACES
from congvan.word.intake.admission import admit
from congvan.word.lists.numbering import numbered_styles
from congvan.word.package import FAST_LEVEL, pack_parts

_DOCUMENT: Final = "word/document.xml"
_STYLES: Final = "word/styles.xml"
_SETTINGS: Final = "word/settings.xml"
_PROPERTIES: Final = "docProps/"
_MAX_BYTES: Final = 100_000
"""Of a letter's text with its markup; larger ones gain little, and alone their size is checked."""

_FIRST_ID: Final = 900_000  # of our bookmarks, beyond those Word gives out
_BOOKMARK: Final = "congvan_"

_WHOLE: Final = re.compile(r"(?P<head>.*?<w:body(?: [^>]*)?>)(?P<content>.*)(?P<tail></w:body>.*)", re.DOTALL)
_SECTION: Final = re.compile(r"<w:sectPr\b(?:[^>]*/>|(?:(?!</w:sectPr>).)*</w:sectPr>)", re.DOTALL)
_PARAGRAPH: Final = re.compile(r"<w:p(?=[ />])")
_FIRST_PARAGRAPH: Final = re.compile(r"<w:p(?: [^>]*[^>/])?>(?:<w:pPr>.*?</w:pPr>|<w:pPr/>)?", re.DOTALL)
_TEXT: Final = re.compile(r"<w:t(?: [^>]*)?>\s*[^<\s]")
_LAST_PARAGRAPH: Final = re.compile(
    r"<w:p(?P<empty_attributes>(?: [^>]*)?)/>\s*\Z"
    r"|<w:p(?P<attributes>(?: [^>]*[^>/])?)>(?:<w:pPr>(?P<properties>(?:(?!</w:pPr>).)*)</w:pPr>|<w:pPr/>)?"
    r"(?P<runs>(?:(?!</w:p>).)*)</w:p>\s*\Z",
    re.DOTALL,
)
_AFTER_NUMBERING: Final = re.compile(
    r"<w:(?:cols|formProt|vAlign|noEndnote|titlePg|textDirection|bidi|rtlGutter|docGrid|printerSettings)\b|</w:sectPr>"
)
_REFERENCE: Final = re.compile(r'<w:(header|footer)Reference\b[^>]*\bw:type="(\w+)"')
_STYLE_NAME: Final = re.compile(r'<w:pStyle w:val="([^"]*)"')

_COUNTED: Final = re.compile(
    r"<w:(?:footnoteReference|endnoteReference|commentReference|numPr|fldChar|fldSimple|instrText|altChunk|subDoc)\b"
)
"""Numbered through the whole file, or a field, which may be."""

_UNLIKE: Final = re.compile(
    r"<!--|<!\[CDATA\[|\bxmlns(?::w)?=|<w:(?:sectPrChange|pPrChange|lnNumType)\b|<w:cols\b[^>]*\bw:num=\"\d{2}"
)
"""Markup the patterns here do not read, or that a section of a bundle would take another way."""

_TOTALS: Final = re.compile(rb"NUMPAGES|SECTIONPAGES|fldSimple w:instr=\"(?!\s*PAGE\b)|<w:instrText[^>]*>(?!\s*PAGE\b)")
"""In headers and footers: fields that say more than the page's number."""

_PARITY: Final = (b"<w:evenAndOddHeaders", b"<w:mirrorMargins")


@dataclass(frozen=True, slots=True)
class DocumentGroup:
    """Documents to be converted at once: the ``parts`` they share, and of each its text (``word/document.xml``).

    ``about`` are the properties of each. ``first`` is the number of the first one among all, from 1.
    """

    first: int
    parts: Mapping[str, bytes]
    texts: tuple[str, ...]
    about: tuple[PdfMetadata, ...]

    def __len__(self) -> int:
        return len(self.texts)

    @property
    def singles(self) -> Iterator[DocumentGroup]:
        """Each document as a group of its own."""
        for number, (text, about) in enumerate(zip(self.texts, self.about, strict=True), self.first):
            yield DocumentGroup(number, self.parts, (text,), (about,))

    @property
    def documents(self) -> Iterator[bytes]:
        """Each document as a .docx of its own."""
        return (self._packed(text) for text in self.texts)

    @property
    def bundle(self) -> Bundle:
        """All of them as sections of one .docx; a document alone stays as it is."""
        if len(self.texts) == 1:
            return Bundle(self._packed(self.texts[0]))
        return Bundle(self._packed(_joined(self.texts)), tuple(f"{_BOOKMARK}{index}" for index in range(len(self))))

    def _packed(self, text: str) -> bytes:
        return pack_parts({**self.parts, _DOCUMENT: text.encode()}, FAST_LEVEL)


class _Document(NamedTuple):
    """A document with its number; ``key`` is the same for those that can stand in one bundle, None if it cannot."""

    number: int
    parts: Mapping[str, bytes]
    text: str
    key: tuple[object, ...] | None


def group_documents(documents: Iterable[bytes], max_letters: int) -> Iterator[DocumentGroup]:
    """Group consecutive ``documents``, at most ``max_letters`` at a time; they are read as groups are asked for.

    What reaches outside a document is left out (:mod:`congvan.word.intake.admission`).

    Raises:
        TemplateError: when a document is not let in, after the groups before it; its number is in the message.
        UnreadableFileError: when one is no .docx, likewise.
    """
    group: list[_Document] = []
    for number, docx in enumerate(documents, 1):
        try:
            document = _read(number, docx)
        except CongvanError:
            if group:
                yield _grouped(group)
            raise
        if group and document.key != group[0].key:
            yield _grouped(group)
            group = []
        group.append(document)
        if document.key is None or len(group) == max_letters:
            yield _grouped(group)
            group = []
    if group:
        yield _grouped(group)


def document_name(number: int) -> str:
    """A document of many as errors call it."""
    return f"văn bản thứ {number}" if language() == "vi" else f"document {number}"


def _grouped(group: list[_Document]) -> DocumentGroup:
    first = group[0]
    parts = {name: part for name, part in first.parts.items() if name != _DOCUMENT}
    about = tuple(PdfMetadata.of_docx(document.parts) for document in group)
    return DocumentGroup(first.number, parts, tuple(document.text for document in group), about)


def _read(number: int, docx: bytes) -> _Document:
    parts = admit(docx, document_name(number)).parts
    text = parts[_DOCUMENT].decode("utf-8-sig")  # admission leaves UTF-8 alone
    return _Document(number, parts, text, _key(parts, text))


def _key(parts: Mapping[str, bytes], text: str) -> tuple[object, ...] | None:
    """Equal keys: the documents can be sections of one file. None: this one is converted alone."""
    whole = _WHOLE.fullmatch(text)
    if whole is None or len(text) > _MAX_BYTES or f'xmlns:w="{NAMESPACES["w"]}"' not in whole["head"]:
        return None
    content = whole["content"]
    sections = _SECTION.findall(content)
    shared = tuple(
        (name, part) for name, part in parts.items() if name != _DOCUMENT and not name.startswith(_PROPERTIES)
    )
    if _counts(parts, content) or _UNLIKE.search(content) or f'"{_BOOKMARK}' in content:
        return None
    if (
        b"<w:vanish" in parts.get(_STYLES, b"")
        or not (_can_begin(content) and _can_end(content, sections))
        or _inherits(sections)
    ):
        return None
    return (whole["head"], whole["tail"], tuple(sections), shared)


def _counts(parts: Mapping[str, bytes], content: str) -> bool:
    """True if something on the pages depends on what else is in the file."""
    if _COUNTED.search(content) or any(mark in parts.get(_SETTINGS, b"") for mark in _PARITY):
        return True
    if not numbered_styles(parts.get(_STYLES, b"")).isdisjoint(_STYLE_NAME.findall(content)):
        return True
    margins = (part for name, part in parts.items() if name.startswith(("word/header", "word/footer")))
    return any(_TOTALS.search(part) for part in margins)


def _can_begin(content: str) -> bool:
    """True if the first paragraph has visible text; in another a bookmark makes the embedded engine begin a line."""
    first = _FIRST_PARAGRAPH.search(content)
    any_first = _PARAGRAPH.search(content)
    if first is None or any_first is None or first.start() != any_first.start():
        return False
    paragraph = content[first.start() : content.index("</w:p>", first.end())]
    return "<w:vanish" not in paragraph and _TEXT.search(paragraph) is not None


def _can_end(content: str, sections: list[str]) -> bool:
    """True if a section stands at the end, and a paragraph before it that can hold it."""
    if not sections or not content.rstrip().endswith(sections[-1]):
        return False
    last = _last_paragraph(content[: content.rindex(sections[-1])])
    return last is not None and "<w:sectPr" not in (last["properties"] or "")


def _last_paragraph(content: str) -> re.Match[str] | None:
    starts = [found.start() for found in _PARAGRAPH.finditer(content)]
    return _LAST_PARAGRAPH.match(content, starts[-1]) if starts else None


def _inherits(sections: list[str]) -> bool:
    """True if the first section lacks a header or footer a later one has: it would get that of the letter before."""
    first, *later = ({*_REFERENCE.findall(section)} for section in sections)
    return any(not names <= first for names in later)


def _joined(texts: tuple[str, ...]) -> str:
    """The text of one document that has ``texts`` as its letters, each in sections of its own."""
    letters = [_letter(text, index) for index, text in enumerate(texts)]
    whole = _WHOLE.fullmatch(texts[0])
    assert whole is not None
    *others, last = letters
    closed = (_closed(content, section) for content, section in others)
    return "".join([whole["head"], *closed, *last, whole["tail"]])


def _letter(text: str, index: int) -> tuple[str, str]:
    """A letter's blocks, with a bookmark where it begins, and its last section; the first one begins on page 1."""
    whole = _WHOLE.fullmatch(text)
    assert whole is not None
    mark = (
        f'<w:bookmarkStart w:id="{_FIRST_ID + index}" w:name="{_BOOKMARK}{index}"/>'
        f'<w:bookmarkEnd w:id="{_FIRST_ID + index}"/>'
    )
    content = _FIRST_PARAGRAPH.sub(lambda found: found[0] + mark, whole["content"], count=1)
    content = _SECTION.sub(lambda found: _on_page_one(found[0]), content, count=1)
    section = _SECTION.findall(content)[-1]
    return content[: content.rindex(section)], section


def _on_page_one(section: str) -> str:
    """``section`` on a new page, which counts as the first unless it says another number."""
    section = re.sub(r"<w:type\b[^>]*/>", "", section)
    if re.search(r"<w:pgNumType\b[^>]*\bw:start=", section):
        return section
    if numbering := re.search(r"<w:pgNumType\b", section):
        return f'{section[: numbering.end()]} w:start="1"{section[numbering.end() :]}'
    if section.endswith("/>") and section.count("<") == 1:
        return f'{section[:-2]}><w:pgNumType w:start="1"/></w:sectPr>'
    return _AFTER_NUMBERING.sub(lambda found: f'<w:pgNumType w:start="1"/>{found[0]}', section, count=1)


def _closed(content: str, section: str) -> str:
    """``content`` with ``section`` in its last paragraph, which ends the section there."""
    last = _last_paragraph(content)
    assert last is not None
    attributes = last["attributes"] or last["empty_attributes"] or ""
    properties = (last["properties"] or "") + section
    return f"{content[: last.start()]}<w:p{attributes}><w:pPr>{properties}</w:pPr>{last['runs'] or ''}</w:p>"
