"""A bundle as the embedded engine gets it: checked, prepared, and with the pinned faces in it.

What is prepared, because the engine would do otherwise than Word and LibreOffice: a ``/`` inside a word
(``3197/UBND-CN``) does not end a line, nor does a non-breaking hyphen; the number of pages is the letter's
own; space and borders take the room Word gives them (:mod:`congvan.pdf.spacing`); the type size a document has by
default belongs to its default style, or the engine would prefer it to a style's own in tables.
"""

from __future__ import annotations

import io
import re
import unicodedata
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from copy import deepcopy
from functools import cached_property
from typing import TYPE_CHECKING, Final

from lxml import etree

from congvan.errors import EngineError
from congvan.findings import Finding, Report, finding
from congvan.pdf.bulk import bulk_findings
from congvan.pdf.engine import Bundle
from congvan.pdf.families import families_used
from congvan.pdf.fonts import is_pinned
from congvan.pdf.fonts.coverage import coverage_findings
from congvan.pdf.fonts.embedding import with_pinned_faces
from congvan.pdf.kept_rows import separate_tables
from congvan.pdf.page_total import OF_SECTION, complete_fields, count_section_as_letter, totals_counted
from congvan.pdf.plain_markup import capital_styles, simplify
from congvan.pdf.spacing import fit_spacing, spacing_styles
from congvan.pdf.story import outline_styles, read_stories
from congvan.pdf.undrawable import changing_fields, undrawable

if TYPE_CHECKING:
    from lxml.etree import _Element

ENGINE: Final = "dxpdf"

_W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_IGNORABLE: Final = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Ignorable"
_DOCUMENT: Final = "word/document.xml"
_STORY: Final = re.compile(r"word/(document|header\d*|footer\d*|footnotes|endnotes)\.xml")
_SIZES: Final = (f"{_W}sz", f"{_W}szCs")
_STYLES: Final = "word/styles.xml"
_NUMBERING: Final = "word/numbering.xml"
_THEME: Final = "word/theme/theme1.xml"
_SETTINGS: Final = "word/settings.xml"

_AFTER_NUMBERING: Final = frozenset(
    f"{_W}{name}"
    for name in ("cols", "formProt", "vAlign", "noEndnote", "titlePg", "textDirection", "bidi", "rtlGutter", "docGrid")
)  # where the schema wants w:pgNumType

_JOINER: Final = "\u200d"  # zero width, in the font, and no line may end before or after it
_NO_BREAK_HYPHEN: Final = "\u2011"
_OPEN_ENDS: Final = ("/", _NO_BREAK_HYPHEN)
_SLASH_IN_WORD: Final = re.compile(r"/(?=\S)")
_HYPHEN_IN_WORD: Final = re.compile(_NO_BREAK_HYPHEN + r"(?=\S)")
_WORD_WITH_SLASH: Final = re.compile(r"\S*/\S*")
_LONGEST_SYMBOL: Final = 40  # characters; a longer word is a web address, which may well end a line at a slash


class Manuscript:
    """The parts of one bundle, prepared; ``stories`` are what its letters say.

    Raises:
        EngineError: when the bundle is no Word document, or its letters count their pages and must be converted one by
            one.
    """

    def __init__(self, bundle: Bundle) -> None:
        self._parts = _read(bundle.docx)
        self._stories = {name: _parsed(part) for name, part in self._parts.items() if _STORY.fullmatch(name)}
        if _DOCUMENT not in self._stories:
            raise EngineError(ENGINE, f"not a Word document: {_DOCUMENT} is missing")
        _begin_on_new_pages(_body(self._stories[_DOCUMENT]), bundle.bookmarks)
        sections = list(_body(self._stories[_DOCUMENT]).iter(f"{_W}sectPr"))
        if bundle.letters == 1:  # in a bundle every letter has a number to count from
            _count_from_one(sections)
        several_sections = len(sections) > bundle.letters
        styles = self._part(_STYLES)
        if styles is None:
            styles = etree.Element(f"{_W}styles")
        capitals = capital_styles(styles)
        for story in self._stories.values():
            simplify(story, capitals)
        self.stories = read_stories(_body(self._stories[_DOCUMENT]), bundle.bookmarks, outline_styles(styles))
        self._found = list(self._objections(styles, alone=bundle.letters == 1))
        self._prepare(styles)
        self._uncountable = self._count_pages(bundle.letters, several_sections=several_sections)

    @cached_property
    def report(self) -> Report:
        """Everything in the bundle that the engine would not draw as Word does."""
        stories = self._stories.values()
        text = "".join(text.text or "" for story in stories for text in story.iter(f"{_W}t"))
        return self.objections + Report.of(coverage_findings(text))

    @cached_property
    def objections(self) -> Report:
        """What of that does not depend on what is written."""
        return Report.of([*self._found, finding("pdf-page-total")] if self._uncountable else self._found)

    def _objections(self, styles: _Element, *, alone: bool) -> Iterator[Finding]:
        """``alone``: of a letter that is no bundle's, whose template nobody may have looked at."""
        stories = self._stories.values()
        for what in undrawable(stories, styles, self._part(_NUMBERING)):
            yield finding("pdf-undrawable", engine=ENGINE, what=what)
        if names := changing_fields(stories):
            yield finding("pdf-changing-field", names=", ".join(names))
        if not alone:
            return
        yield from bulk_findings(stories)
        families = families_used(stories, styles, self._part(_THEME))
        if foreign := sorted(family for family in families if not is_pinned(family)):
            yield finding("pdf-foreign-face", faces=", ".join(foreign))

    def _part(self, name: str) -> _Element | None:
        return _parsed(self._parts[name]) if name in self._parts else None

    def _count_pages(self, letters: int, *, several_sections: bool) -> bool:
        """Make fields count the letter's own pages; true if there is one the engine cannot count."""
        stories = self._stories.values()
        totals = totals_counted(stories)
        if totals and letters > 1:
            raise EngineError(ENGINE, "a letter that says how many pages it has is converted alone")
        for story in stories:
            complete_fields(story)
            if not several_sections:
                count_section_as_letter(story)
        return OF_SECTION in totals and several_sections

    @property
    def document(self) -> str:
        """The source of the document."""
        return _written(self._stories[_DOCUMENT]).decode()

    @property
    def docx(self) -> bytes:
        """The .docx to convert."""
        return self.docx_with(self.document)

    def docx_with(self, document: str) -> bytes:
        """The same with ``document`` for its source."""
        written = {name: _written(story) for name, story in self._stories.items() if name != _DOCUMENT}
        return _zipped(with_pinned_faces(self._parts | written | {_DOCUMENT: document.encode()}))

    def _prepare(self, styles: _Element) -> None:
        spacings = spacing_styles(styles)
        added = b"doNotUseHTMLParagraphAutoSpacing" in self._parts.get(_SETTINGS, b"")
        separate_tables(_body(self._stories[_DOCUMENT]))
        for story in self._stories.values():
            _bind_words(story)
            for blocks in _block_lists(story):
                fit_spacing(blocks, spacings, added=added)
        if _STYLES in self._parts:
            _default_size_in_styles(styles)
            self._parts[_STYLES] = _written(styles)


def _read(docx: bytes) -> dict[str, bytes]:
    try:
        with zipfile.ZipFile(io.BytesIO(docx)) as archive:
            return {name: archive.read(name) for name in archive.namelist()}
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as error:
        raise EngineError(ENGINE, f"not a Word document: {error}") from None


def _zipped(parts: dict[str, bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as archive:  # read again at once: deflating is lost time
        for name, content in parts.items():
            archive.writestr(zipfile.ZipInfo(name), content)
    return target.getvalue()


def _parsed(part: bytes) -> _Element:
    try:
        return etree.fromstring(part, etree.XMLParser(resolve_entities=False, huge_tree=True))
    except etree.XMLSyntaxError as error:
        raise EngineError(ENGINE, f"not a Word document: {error}") from None


def _written(root: _Element) -> bytes:
    ignorable = root.attrib.pop(_IGNORABLE, "").split()
    etree.cleanup_namespaces(root, keep_ns_prefixes=["mc"])
    if known := [prefix for prefix in ignorable if prefix in root.nsmap]:
        root.set(_IGNORABLE, " ".join(known))
    written: bytes = etree.tostring(root, encoding="UTF-8", xml_declaration=True, standalone=True)
    return written


def _body(root: _Element) -> _Element:
    body = root.find(f"{_W}body")
    if body is None:
        raise EngineError(ENGINE, "not a Word document: it has no body")
    return body


def _begin_on_new_pages(body: _Element, bookmarks: Sequence[str]) -> None:
    """Let the first section of each letter begin on a new page, whatever its template says: pages tell them apart."""
    beginning = False
    for element in body.iter(f"{_W}bookmarkStart", f"{_W}sectPr"):
        if element.tag == f"{_W}bookmarkStart":
            beginning = beginning or element.get(f"{_W}name") in bookmarks
        elif beginning:
            for kind in element.findall(f"{_W}type"):
                element.remove(kind)
            beginning = False


def _count_from_one(sections: Sequence[_Element]) -> None:
    """A letter's first page is page 1, unless its template says another number."""
    for section in sections[:1]:
        numbering = section.find(f"{_W}pgNumType")
        if numbering is None:
            numbering = section.makeelement(f"{_W}pgNumType", {})
            later = [index for index, child in enumerate(section) if child.tag in _AFTER_NUMBERING]
            section.insert(later[0] if later else len(section), numbering)
        if numbering.get(f"{_W}start") is None:
            numbering.set(f"{_W}start", "1")


def _block_lists(story: _Element) -> Iterator[Sequence[_Element]]:
    """The blocks of the story itself, and of every table cell in it."""
    yield list(_body(story)) if story.tag == f"{_W}document" else list(story)
    yield from map(list, story.iter(f"{_W}tc"))


def _default_size_in_styles(styles: _Element) -> None:
    """Move the document's own type size into the styles that are based on no other."""
    defaults = styles.find(f"{_W}docDefaults/{_W}rPrDefault/{_W}rPr")
    sizes = [] if defaults is None else [size for tag in _SIZES if (size := defaults.find(tag)) is not None]
    for style in styles.iter(f"{_W}style"):
        if style.get(f"{_W}type") == "paragraph" and style.find(f"{_W}basedOn") is None:
            _set_size(style, sizes)
    for size in sizes:
        size.getparent().remove(size)


def _set_size(style: _Element, sizes: Sequence[_Element]) -> None:
    own = style.find(f"{_W}rPr")
    if own is None:
        own = etree.SubElement(style, f"{_W}rPr")
    own.extend(deepcopy(size) for size in sizes if own.find(size.tag) is None)


def _bind_words(story: _Element) -> None:
    for hyphen in story.iter(f"{_W}noBreakHyphen"):
        hyphen.tag, hyphen.text = f"{_W}t", _NO_BREAK_HYPHEN
    for paragraph in story.iter(f"{_W}p"):
        open_end = False
        for text in paragraph.iter(f"{_W}t"):
            written = unicodedata.normalize("NFC", text.text or "")  # the engine composes no letters
            text.text = _bound(written, after_open_end=open_end)
            open_end = written.endswith(_OPEN_ENDS)


def _bound(text: str, *, after_open_end: bool) -> str:
    """``text`` with joiners where the engine would end a line and Word does not.

    A joiner is put only before a character of the same run: at the end it could not be told from a space.
    """
    if after_open_end and text[:1].strip():
        text = _JOINER + text
    if _NO_BREAK_HYPHEN in text:
        text = _HYPHEN_IN_WORD.sub("-" + _JOINER, text).replace(_NO_BREAK_HYPHEN, "-")
    return _WORD_WITH_SLASH.sub(_joined, text) if "/" in text else text


def _joined(word: re.Match[str]) -> str:
    found = word.group()
    return found if len(found) > _LONGEST_SYMBOL else _SLASH_IN_WORD.sub("/" + _JOINER, found)
