"""A converted bundle cut into its letters, each a PDF of its own that holds nothing of the others.

A letter is built anew from its own pages: their content, the resources that content uses (fonts cut to
the glyphs it shows), links to the web; then its own title, subject, author and language. Everything else
of the bundle stays behind, because it is other people's.
"""

from __future__ import annotations

import io
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final, TypeAlias

from pikepdf import Array, Dictionary, Name, Object, Page, Pdf, Stream

from congvan.errors import EngineError
from congvan.findings import Finding, Place, Report, finding
from congvan.pdf.engine import Converted
from congvan.pdf.fonts import is_pinned
from congvan.pdf.fonts.font_object import pinned_font
from congvan.pdf.fonts.glyph_set import GlyphSet, glyphs_in
from congvan.pdf.metadata import Marks
from congvan.pdf.paragraphs import Reading, Story
from congvan.pdf.split.content_stream import names_used, own_names, renamed
from congvan.pdf.split.letter_pdf import TextPage, text_letter
from congvan.pdf.split.libreoffice_text import OfficeFont, OfficeLines, read_office_font
from congvan.pdf.split.lost_text import DrawnPage, lost_text
from congvan.pdf.split.object_copy import Transplant
from congvan.pdf.split.page import page_boxes, page_content, page_height, page_size, save_whole, web_links
from congvan.pdf.split.text_rewriting import RESOURCE_NAMES, BundleFont, Lines, Script, lettered, read_bundle_font

__all__ = ["CutLetter", "Marks", "cut"]

_Place: TypeAlias = tuple[int, int]  # object number and generation
_REFERENCE: Final = b" R"
_RENAMED: Final = frozenset(["/XObject", "/ExtGState"])


@dataclass(frozen=True, slots=True)
class CutLetter:
    """One letter's PDF and how many pages it has."""

    pdf: bytes
    pages: int


def cut(converted: Converted, marks: Sequence[Marks]) -> list[CutLetter]:
    """Each letter of ``converted``, in order, with its own properties.

    Raises:
        EngineError: when there are more or fewer marks than letters, or a letter holds a font other than the
            pinned one; the message names every such letter and font.
    """
    ranges = converted.page_ranges
    if len(marks) != len(ranges):
        raise EngineError("cut", f"{len(ranges)} letters in the PDF, {len(marks)} asked for")
    letters: list[CutLetter] = []
    problems: list[Finding] = []
    bundle = Pdf.open(io.BytesIO(converted.pdf)) if converted.opened is None else converted.opened
    fonts = _BundleFonts()
    stories = converted.stories or (None,) * len(ranges)
    for pages, own, story in zip(ranges, marks, stories, strict=True):
        pdf, faces = _letter(_sheets([bundle.pages[page] for page in pages], fonts, story), own, story)
        letters.append(CutLetter(pdf, len(pages)))
        if foreign := sorted(face for face in faces if not is_pinned(face)):
            problems.append(finding("pdf-foreign-face", Place(file=own.title), faces=", ".join(foreign)))
    if problems:
        raise EngineError("cut", str(Report.of(problems)))
    return letters


class _Sheet:
    """One page of the bundle: its content, and what the content uses.

    Text in the pinned faces is written anew (:mod:`congvan.pdf.split.text_rewriting`); ``lettering`` is None for a page
    with other text, which keeps its fonts as they are. Pictures and graphics states go by other ``names``.
    """

    def __init__(self, page: Page, fonts: _BundleFonts, reading: Reading | None) -> None:
        self.page = page
        self.resources = page.resources
        content, height = page_content(page), page_height(page)
        lines = fonts.lines(self.resources.get("/Font", Dictionary()), height)
        self.drawn = DrawnPage(content, lines, height) if lines is not None else None
        self.lettering = lettered(content, lines, reading) if lines is not None else None
        if self.lettering:
            self.content, self.names = self.lettering.content, self.lettering.names
            self.used = names_used(self.lettering.graphics)
        else:
            self.names = own_names(content)
            self.content, self.used = renamed(content, self.names), names_used(content)

    @cached_property
    def plain_states(self) -> bytes | None:
        """The graphics states of a page that is text in the pinned faces, with rules and colours, and nothing else.

        None for any other page.
        """
        if self.lettering is None or not self.used.keys() <= {"/ExtGState"}:
            return None
        states = self.resources.get("/ExtGState", Dictionary())
        sources = {own: states[name].unparse(resolved=True) for name, own in self.names.items()}
        if any(_REFERENCE in source for source in sources.values()):
            return None
        return b"".join(own.encode() + source for own, source in sources.items())


class _BundleFonts:
    """The bundle's fonts, each read once, and the lines written in them."""

    def __init__(self) -> None:
        self._read: dict[_Place, BundleFont | OfficeFont | None] = {}
        self._lines: dict[tuple[float, bytes], Script | None] = {}

    def lines(self, fonts: Object, height: float) -> Script | None:
        """The lines of pages of this height, that call ``fonts`` by these names; None where nothing is written anew."""
        key = height, fonts.unparse()
        if key not in self._lines:
            named = {name[1:].encode("latin-1"): self._font(font) for name, font in fonts.items()}
            self._lines[key] = _lines(named, height)
        return self._lines[key]

    def _font(self, source: Object) -> BundleFont | OfficeFont | None:
        if source.objgen not in self._read:
            found = read_bundle_font(source)
            self._read[source.objgen] = read_office_font(source) if found is None else found
        return self._read[source.objgen]


def _lines(fonts: Mapping[bytes, BundleFont | OfficeFont | None], height: float) -> Script | None:
    """One font the embedded engine took from elsewhere keeps its page as it is; LibreOffice lists fonts of others."""
    embedded = {name: font for name, font in fonts.items() if isinstance(font, BundleFont)}
    office = {name: font for name, font in fonts.items() if isinstance(font, OfficeFont)}
    if office and not embedded:
        return OfficeLines(office, height)
    return Lines(embedded) if len(embedded) == len(fonts) else None


def _sheets(pages: Sequence[Page], fonts: _BundleFonts, story: Story | None) -> list[_Sheet]:
    """A letter's pages, their words marked if they can all be found in its story.

    Raises:
        EngineError: when words of a table's row are nowhere on the pages.
    """
    if story is not None:
        reading = Reading(story)
        marked = [_Sheet(page, fonts, reading) for page in pages]
        if not reading.is_complete:
            _refuse_lost_text(story, [sheet.drawn for sheet in marked])
        elif all(sheet.plain_states is not None for sheet in marked):
            return marked
    return [_Sheet(page, fonts, None) for page in pages]


def _refuse_lost_text(story: Story, pages: Sequence[DrawnPage | None]) -> None:
    readable = [page for page in pages if page is not None]
    try:
        lost = lost_text(story, readable) if len(readable) == len(pages) else None
    except KeyError:  # letters of a font that does not tell what they are
        return
    if lost:
        raise EngineError("cut", str(Report.of([finding("pdf-lost-words", words=lost)])))


def _letter(sheets: Sequence[_Sheet], marks: Marks, story: Story | None) -> tuple[bytes, set[str]]:
    """A letter's PDF, and the names of the fonts in it."""
    if all(sheet.plain_states is not None for sheet in sheets):
        blocks = story.blocks if story else ()
        return text_letter([_text_page(sheet) for sheet in sheets], _glyphs(sheets), marks, blocks), set()
    with Pdf.new() as pdf:
        transplant = Transplant(pdf)
        fonts = {place: pinned_font(place, glyphs_in(shown)) for place, shown in _glyphs(sheets).items()}
        written = {RESOURCE_NAMES[place]: font.write(pdf) for place, font in fonts.items()}
        for sheet in sheets:
            pdf.pages.append(Page(_page(sheet, transplant, written)))
        marks.write(pdf)
        return _saved(pdf), transplant.faces | {font.name for font in fonts.values()}


def _text_page(sheet: _Sheet) -> TextPage:
    return TextPage(
        sheet.content,
        page_size(sheet.page),
        b"/ExtGState<<%s>>" % sheet.plain_states if sheet.plain_states else b"",
        tuple(link.unparse() for link in web_links(sheet.page)),
        sheet.lettering.marked if sheet.lettering else (),
    )


def _glyphs(sheets: Sequence[_Sheet]) -> dict[int, GlyphSet]:
    """The glyphs a letter's pages show, by the place of their face."""
    shown: dict[int, GlyphSet] = {}
    for sheet in sheets:
        for place, glyphs in sheet.lettering.glyphs.items() if sheet.lettering else ():
            shown[place] = shown.get(place, 0) | glyphs
    return dict(sorted(shown.items()))


def _page(sheet: _Sheet, transplant: Transplant, fonts: Mapping[str, Object]) -> Dictionary:
    resources = transplant.resources(sheet.resources, sheet.used, {})
    for category in _RENAMED.intersection(resources.keys()):
        resources[category] = Dictionary({sheet.names[name]: value for name, value in resources[category].items()})
    if sheet.lettering:
        resources.Font = Dictionary(
            {RESOURCE_NAMES[place]: fonts[RESOURCE_NAMES[place]] for place in sheet.lettering.glyphs}
        )
    content = zlib.compress(sheet.content)
    page = Dictionary(
        Type=Name.Page,
        Contents=Stream(transplant.target, content, Filter=Name.FlateDecode),
        Resources=resources,
        **{key[1:]: transplant.moved(value) for key, value in page_boxes(sheet.page)},
    )
    if links := web_links(sheet.page):
        page.Annots = Array(links)
    return page


def _saved(pdf: Pdf) -> bytes:
    target = io.BytesIO()
    save_whole(pdf, target)
    return target.getvalue()
