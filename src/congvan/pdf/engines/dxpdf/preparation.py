"""A .docx made ready for the embedded engine: checked, prepared, and with the pinned faces in it.

What is prepared, because the engine would do otherwise than Word and LibreOffice: words stay in one piece
(:mod:`congvan.pdf.engines.dxpdf.unbreakable_words`); the number of pages is the letter's own; space and borders take
the room Word gives them (:mod:`congvan.pdf.engines.dxpdf.spacing`); the type size a document has by default belongs to
its default style, or the engine would prefer it to a style's own in tables.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from lxml import etree

from congvan.errors import EngineError
from congvan.findings import Finding, Report, finding
from congvan.pdf.engines.dxpdf.font_families import families_used
from congvan.pdf.engines.dxpdf.keep_with_next import separate_tables
from congvan.pdf.engines.dxpdf.page_fields import OF_SECTION, complete_fields, count_section_as_letter, totals_counted
from congvan.pdf.engines.dxpdf.simplified_markup import capital_styles, simplify
from congvan.pdf.engines.dxpdf.size_limits import bulk_findings
from congvan.pdf.engines.dxpdf.spacing import fit_spacing, spacing_styles
from congvan.pdf.engines.dxpdf.unbreakable_words import bind_words
from congvan.pdf.engines.dxpdf.unsupported import changing_fields, undrawable
from congvan.pdf.fonts import is_pinned
from congvan.pdf.fonts.coverage import coverage_findings
from congvan.pdf.fonts.embedding import with_pinned_faces
from congvan.pdf.paragraphs import Story, outline_styles, read_stories

if TYPE_CHECKING:
    from lxml.etree import _Element

ENGINE: Final = "dxpdf"

_W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_IGNORABLE: Final = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Ignorable"
DOCUMENT: Final = "word/document.xml"
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


@dataclass(frozen=True, slots=True)
class Manuscript:
    """A .docx for the embedded engine: its ``document`` and its other ``parts``, by name.

    ``stories`` are what its letters say, ``said`` all its text, ``kinds`` those of its paragraph styles; ``objections``
    are to what the engine would not draw as Word does, whatever is written.
    """

    document: str
    parts: Mapping[str, bytes]
    stories: tuple[Story, ...]
    said: str
    objections: Report
    kinds: Mapping[str, str] = field(default_factory=dict)

    @property
    def report(self) -> Report:
        """The objections, and the characters the font lacks."""
        return self.objections + Report.of(coverage_findings(self.said))

    @property
    def docx(self) -> bytes:
        """The .docx to convert."""
        target = io.BytesIO()
        with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as archive:  # read again at once: deflating is lost time
            for name, content in {**self.parts, DOCUMENT: self.document.encode()}.items():
                archive.writestr(zipfile.ZipInfo(name), content)
        return target.getvalue()


def prepare(parts: Mapping[str, bytes], bookmarks: Sequence[str], letters: int) -> Manuscript:
    """The manuscript of a .docx in ``parts``, made for so many ``letters``; ``bookmarks`` stand where they begin.

    Raises:
        EngineError: when it is no Word document, or its letters count their pages and must be converted one by one.
    """
    return _Preparation(parts, bookmarks, letters).prepared()


class _Preparation:
    def __init__(self, parts: Mapping[str, bytes], bookmarks: Sequence[str], letters: int) -> None:
        self._parts, self._bookmarks, self._letters = dict(parts), bookmarks, letters
        self._stories = {name: parsed(part) for name, part in parts.items() if _STORY.fullmatch(name)}
        if DOCUMENT not in self._stories:
            raise EngineError(ENGINE, f"not a Word document: {DOCUMENT} is missing")
        self._body = _body(self._stories[DOCUMENT])
        styles = self._part(_STYLES)
        self._styles = etree.Element(f"{_W}styles") if styles is None else styles

    def prepared(self) -> Manuscript:
        several_sections = self._number_pages()
        capitals = capital_styles(self._styles)
        for story in self._stories.values():
            simplify(story, capitals)
        kinds = outline_styles(self._styles)
        stories = read_stories(self._body, self._bookmarks, kinds)
        said = "".join(text.text or "" for story in self._stories.values() for text in story.iter(f"{_W}t"))
        found = list(self._objections())
        self._fit()
        if self._count_pages(several_sections=several_sections):
            found.append(finding("pdf-page-total"))
        parts = self._written()
        return Manuscript(parts.pop(DOCUMENT).decode(), parts, stories, said, Report.of(found), kinds)

    def _number_pages(self) -> bool:
        """Let every letter begin on a new page that counts as its first; true if a letter has several sections."""
        _begin_on_new_pages(self._body, self._bookmarks)
        sections = list(self._body.iter(f"{_W}sectPr"))
        if self._letters == 1:  # in a bundle every letter has a number to count from
            _count_from_one(sections)
        return len(sections) > max(len(self._bookmarks), 1)

    def _objections(self) -> Iterator[Finding]:
        stories = self._stories.values()
        for what in undrawable(stories, self._styles, self._part(_NUMBERING)):
            yield finding("pdf-undrawable", engine=ENGINE, what=what)
        if names := changing_fields(stories):
            yield finding("pdf-changing-field", names=", ".join(names))
        if self._letters > 1:
            return
        # A letter that is no bundle's, whose template nobody may have looked at.
        yield from bulk_findings(stories)
        families = families_used(stories, self._styles, self._part(_THEME))
        if foreign := sorted(family for family in families if not is_pinned(family)):
            yield finding("pdf-foreign-face", faces=", ".join(foreign))

    def _part(self, name: str) -> _Element | None:
        return parsed(self._parts[name]) if name in self._parts else None

    def _fit(self) -> None:
        """Give text, space and sizes the form that the engine draws as Word does."""
        spacings = spacing_styles(self._styles)
        added = b"doNotUseHTMLParagraphAutoSpacing" in self._parts.get(_SETTINGS, b"")
        separate_tables(self._body)
        for story in self._stories.values():
            bind_words(story)
            for blocks in _block_lists(story):
                fit_spacing(blocks, spacings, added=added)
        _default_size_in_styles(self._styles)

    def _count_pages(self, *, several_sections: bool) -> bool:
        """Make fields count the letter's own pages; true if there is one the engine cannot count."""
        stories = self._stories.values()
        totals = totals_counted(stories)
        if totals and self._letters > 1:
            raise EngineError(ENGINE, "a letter that says how many pages it has is converted alone")
        for story in stories:
            complete_fields(story)
            if not several_sections:
                count_section_as_letter(story)
        return OF_SECTION in totals and several_sections

    def _written(self) -> dict[str, bytes]:
        written = {name: _source(story) for name, story in self._stories.items()}
        if _STYLES in self._parts:
            written[_STYLES] = _source(self._styles)
        return with_pinned_faces(self._parts | written)


def parsed(part: bytes) -> _Element:
    """A part of the .docx as a tree.

    Raises:
        EngineError: when it is no XML.
    """
    try:
        return etree.fromstring(part, etree.XMLParser(resolve_entities=False, huge_tree=True))
    except etree.XMLSyntaxError as error:
        raise EngineError(ENGINE, f"not a Word document: {error}") from None


def _source(root: _Element) -> bytes:
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
