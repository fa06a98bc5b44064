"""Checks a .docx for the embedded engine and prepares it, so that the engine draws it as Word and LibreOffice do.

Words stay in one piece (:mod:`congvan.pdf.engines.dxpdf.unbreakable_words`); the number of pages is the letter's own;
space and borders take the room Word gives them (:mod:`congvan.pdf.engines.dxpdf.spacing`); of the style sheet only what
the letter uses is left (:mod:`congvan.pdf.engines.dxpdf.style_sheet`); the pinned faces are its embedded fonts.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from congvan.errors import EngineError
from congvan.findings import Finding, Report, finding
from congvan.pdf.engines.dxpdf import ENGINE
from congvan.pdf.engines.dxpdf.list_numbers import ListNumbers
from congvan.pdf.engines.dxpdf.page_fields import OF_SECTION, complete_fields, count_section_as_letter, page_totals
from congvan.pdf.engines.dxpdf.simplified_markup import simplify_markup
from congvan.pdf.engines.dxpdf.size_limits import size_findings
from congvan.pdf.engines.dxpdf.spacing import fit_spacing
from congvan.pdf.engines.dxpdf.style_sheet import read_style_sheet
from congvan.pdf.engines.dxpdf.tables.keep_with_next import separate_tables
from congvan.pdf.engines.dxpdf.unbreakable_words import add_joiners
from congvan.pdf.engines.dxpdf.unsupported import StoryParts, changing_fields, unsupported_features
from congvan.pdf.engines.dxpdf.xml_parts import parse_part, write_part
from congvan.pdf.fonts import is_pinned
from congvan.pdf.fonts.coverage import coverage_findings
from congvan.pdf.fonts.embedding import name_pinned_faces
from congvan.pdf.paragraphs import LetterText, read_letter_texts
from congvan.support.ooxml import W
from congvan.word.body.symbols import BOXES, FAMILY

if TYPE_CHECKING:
    from lxml.etree import _Element

DOCUMENT: Final = "word/document.xml"
_STORY: Final = re.compile(r"word/(document|header\d*|footer\d*|footnotes|endnotes)\.xml")
_STYLES: Final = "word/styles.xml"
_NUMBERING: Final = "word/numbering.xml"
_THEME: Final = "word/theme/theme1.xml"
_SETTINGS: Final = "word/settings.xml"

_AFTER_NUMBERING: Final = frozenset(
    f"{W}{name}"
    for name in ("cols", "formProt", "vAlign", "noEndnote", "titlePg", "textDirection", "bidi", "rtlGutter", "docGrid")
)  # where the schema wants w:pgNumType


@dataclass(frozen=True, slots=True)
class PreparedDocx:
    """A .docx for the embedded engine: its ``document`` and its other ``parts``, by name.

    ``letter_texts`` has the text of each letter, ``text`` all text of all parts; ``unsupported`` names what the engine
    would not draw as Word does; ``heading_tags`` are the tags of its heading styles.
    """

    document: str
    parts: Mapping[str, bytes]
    letter_texts: tuple[LetterText, ...]
    text: str
    unsupported: Report
    heading_tags: Mapping[str, str] = field(default_factory=dict)

    @property
    def report(self) -> Report:
        """Findings about what the engine does not support, and characters the font lacks."""
        return self.unsupported + Report.of(coverage_findings(self.text))

    @property
    def docx(self) -> bytes:
        """The .docx to convert."""
        target = io.BytesIO()
        with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as archive:  # read again at once: deflating is lost time
            for name, content in {**self.parts, DOCUMENT: self.document.encode()}.items():
                archive.writestr(zipfile.ZipInfo(name), content)
        return target.getvalue()


def prepare(parts: Mapping[str, bytes], bookmarks: Sequence[str], letters: int) -> PreparedDocx:
    """Prepare a .docx given as ``parts`` with so many ``letters``, which begin at ``bookmarks``.

    Raises:
        EngineError: when it is no Word document, or its letters count their pages and must be converted one by one.
    """
    return _Preparation(parts, bookmarks, letters).prepared()


class _Preparation:
    def __init__(self, parts: Mapping[str, bytes], bookmarks: Sequence[str], letters: int) -> None:
        self._parts, self._bookmarks, self._letters = dict(parts), bookmarks, letters
        self._trees = {name: parse_part(part) for name, part in parts.items() if _STORY.fullmatch(name)}
        if DOCUMENT not in self._trees:
            raise EngineError(ENGINE, f"not a Word document: {DOCUMENT} is missing")
        self._body = _body(self._trees[DOCUMENT])
        self._styles = read_style_sheet(parts.get(_STYLES), parts.get(_THEME))
        numbering = parse_part(parts[_NUMBERING]) if _NUMBERING in parts else None
        self._lists = ListNumbers(numbering, self._styles.styles)

    def prepared(self) -> PreparedDocx:
        several_sections = self._number_pages()
        for part in self._trees.values():
            simplify_markup(part, self._styles.capitals)
            self._lists.write(part, self._bookmarks)
        tags = self._styles.heading_tags
        letter_texts = read_letter_texts(self._body, self._bookmarks, tags)
        text = "".join(text.text or "" for part in self._trees.values() for text in part.iter(f"{W}t"))
        if any(box in text for box in BOXES):  # those in their own font can be drawn
            text = "".join(_pinned_text(part) for part in self._trees.values())
        text += self._lists.text
        found = list(self._unsupported())
        self._fit()
        if self._count_pages(several_sections=several_sections):
            found.append(finding("pdf-page-total"))
        parts = self._written()
        return PreparedDocx(parts.pop(DOCUMENT).decode(), parts, letter_texts, text, Report.of(found), tags)

    def _number_pages(self) -> bool:
        """Let every letter begin on a new page that counts as its first; true if a letter has several sections."""
        _begin_on_new_pages(self._body, self._bookmarks)
        sections = list(self._body.iter(f"{W}sectPr"))
        if self._letters == 1:  # in a bundle every letter has a number to count from
            _count_from_one(sections)
        return len(sections) > max(len(self._bookmarks), 1)

    def _unsupported(self) -> Iterator[Finding]:
        parts = list(self._trees.values())
        for what in unsupported_features(StoryParts(parts, self._styles.styles, self._lists)):
            yield finding("pdf-undrawable", engine=ENGINE, what=what)
        if names := changing_fields(parts):
            yield finding("pdf-changing-field", names=", ".join(names))
        if self._letters == 1:  # a bundle is larger than a letter may be
            yield from size_findings(parts)
        families = self._styles.families.used_in(parts)
        if foreign := sorted(family for family in families if not is_pinned(family)):
            yield finding("pdf-foreign-face", faces=", ".join(foreign))

    def _fit(self) -> None:
        """Give text, space and sizes the form that the engine draws as Word does."""
        added = b"doNotUseHTMLParagraphAutoSpacing" in self._parts.get(_SETTINGS, b"")
        separate_tables(self._body)
        for part in self._trees.values():
            add_joiners(part)
            for blocks in _block_lists(part):
                fit_spacing(blocks, self._styles.spacings, added=added)

    def _count_pages(self, *, several_sections: bool) -> bool:
        """Make fields count the letter's own pages; true if there is one the engine cannot count."""
        parts = self._trees.values()
        totals = page_totals(parts)
        if totals and self._letters > 1:
            raise EngineError(ENGINE, "a letter that says how many pages it has is converted alone")
        for part in parts:
            complete_fields(part)
            if not several_sections:
                count_section_as_letter(part)
        return OF_SECTION in totals and several_sections

    def _written(self) -> dict[str, bytes]:
        written = {name: write_part(part) for name, part in self._trees.items()}
        if (numbering := self._lists.numbering) is not None:
            written[_NUMBERING] = write_part(numbering)
        if _STYLES in self._parts:
            written[_STYLES] = self._styles.source(self._trees.values())
        return name_pinned_faces(self._parts | written)


def _body(root: _Element) -> _Element:
    body = root.find(f"{W}body")
    if body is None:
        raise EngineError(ENGINE, "not a Word document: it has no body")
    return body


def _begin_on_new_pages(body: _Element, bookmarks: Sequence[str]) -> None:
    """Let the first section of each letter begin on a new page, whatever its template says: pages tell them apart."""
    beginning = False
    for element in body.iter(f"{W}bookmarkStart", f"{W}sectPr"):
        if element.tag == f"{W}bookmarkStart":
            beginning = beginning or element.get(f"{W}name") in bookmarks
        elif beginning:
            for kind in element.findall(f"{W}type"):
                element.remove(kind)
            beginning = False


def _count_from_one(sections: Sequence[_Element]) -> None:
    """A letter's first page is page 1, unless its template says another number."""
    for section in sections[:1]:
        numbering = section.find(f"{W}pgNumType")
        if numbering is None:
            numbering = section.makeelement(f"{W}pgNumType", {})
            later = [index for index, child in enumerate(section) if child.tag in _AFTER_NUMBERING]
            section.insert(later[0] if later else len(section), numbering)
        if numbering.get(f"{W}start") is None:
            numbering.set(f"{W}start", "1")


def _block_lists(part: _Element) -> Iterator[Sequence[_Element]]:
    """The blocks of the part itself, and of every table cell in it."""
    yield list(_body(part)) if part.tag == f"{W}document" else list(part)
    yield from map(list, part.iter(f"{W}tc"))


def _pinned_text(part: _Element) -> str:
    """The text of ``part`` but for the boxes to tick that have a font of their own."""
    runs = (run for run in part.iter(f"{W}r") if _own_family(run) != FAMILY)
    return "".join(text.text or "" for run in runs for text in run.iterchildren(f"{W}t"))


def _own_family(run: _Element) -> str | None:
    fonts = run.find(f"{W}rPr/{W}rFonts")
    return fonts.get(f"{W}ascii") if fonts is not None else None
