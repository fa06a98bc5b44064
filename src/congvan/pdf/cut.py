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
from typing import Final, TypeAlias

from pikepdf import Array, Dictionary, Name, Object, Page, Pdf, Stream

from congvan.errors import EngineError
from congvan.findings import Finding, Place, Report, finding
from congvan.pdf.content import names_in_order, names_used, renamed
from congvan.pdf.engine import Converted
from congvan.pdf.font_object import pinned_font
from congvan.pdf.fonts import is_pinned
from congvan.pdf.letter_file import TextPage, text_letter
from congvan.pdf.lettering import RESOURCE_NAMES, BundleFont, Lines, lettered, read_bundle_font
from congvan.pdf.marks import Marks
from congvan.pdf.page import page_boxes, page_content, page_size, save_whole, web_links
from congvan.pdf.story import Reading, Story
from congvan.pdf.transplant import Transplant

__all__ = ["CutLetter", "Marks", "cut"]

_Place: TypeAlias = tuple[int, int]  # object number and generation
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
    with Pdf.open(io.BytesIO(converted.pdf)) as bundle:
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

    Text in the pinned faces is written anew (:mod:`congvan.pdf.lettering`); ``lettering`` is None for a page with other
    text, which keeps its fonts as they are.
    """

    def __init__(self, page: Page, fonts: _BundleFonts, reading: Reading | None) -> None:
        self.page = page
        self.resources = page.resources
        content = page_content(page)
        lines = fonts.lines(self.resources.get("/Font", Dictionary()))
        self.lettering = lettered(content, lines, reading) if lines is not None else None
        self.content = self.lettering.content if self.lettering else content
        self.graphics = self.lettering.graphics if self.lettering else content
        self.used = names_used(self.graphics)

    @property
    def is_plain(self) -> bool:
        """True for text in the pinned faces, with rules and colours, and nothing else."""
        return self.lettering is not None and self.used.keys() <= {"/ExtGState"}


class _BundleFonts:
    """The bundle's fonts, each read once, and the lines written in them."""

    def __init__(self) -> None:
        self._read: dict[_Place, BundleFont | None] = {}
        self._lines: dict[tuple[tuple[str, _Place], ...], Lines | None] = {}

    def lines(self, fonts: Object) -> Lines | None:
        """The lines of pages that call ``fonts`` by these names; None if one of them is taken over as it is."""
        named: list[tuple[str, Object]] = list(fonts.items())
        key = tuple((name, font.objgen) for name, font in named)
        if key not in self._lines:
            read = {name[1:].encode("latin-1"): self._font(font) for name, font in named}
            pinned = {name: font for name, font in read.items() if font is not None}
            self._lines[key] = Lines(pinned) if len(pinned) == len(read) else None
        return self._lines[key]

    def _font(self, source: Object) -> BundleFont | None:
        if source.objgen not in self._read:
            self._read[source.objgen] = read_bundle_font(source)
        return self._read[source.objgen]


def _sheets(pages: Sequence[Page], fonts: _BundleFonts, story: Story | None) -> list[_Sheet]:
    """A letter's pages, their words marked if they can all be found in its story."""
    if story is not None:
        reading = Reading(story)
        marked = [_Sheet(page, fonts, reading) for page in pages]
        if reading.is_complete and all(sheet.is_plain for sheet in marked):
            return marked
    return [_Sheet(page, fonts, None) for page in pages]


def _letter(sheets: Sequence[_Sheet], marks: Marks, story: Story | None) -> tuple[bytes, set[str]]:
    """A letter's PDF, and the names of the fonts in it."""
    if all(sheet.is_plain for sheet in sheets):
        blocks = story.blocks if story else ()
        return text_letter([_text_page(sheet) for sheet in sheets], _glyphs(sheets), marks, blocks), set()
    with Pdf.new() as pdf:
        transplant = Transplant(pdf)
        fonts = {place: pinned_font(place, glyphs) for place, glyphs in _glyphs(sheets).items()}
        written = {RESOURCE_NAMES[place]: font.write(pdf) for place, font in fonts.items()}
        for sheet in sheets:
            pdf.pages.append(Page(_page(sheet, transplant, written)))
        marks.write(pdf)
        return _saved(pdf), transplant.faces | {font.name for font in fonts.values()}


def _text_page(sheet: _Sheet) -> TextPage:
    names = {name: f"/Gs{number}" for number, name in enumerate(names_in_order(sheet.graphics, b"gs"))}
    states = sheet.resources.get("/ExtGState", Dictionary())
    written = b"".join(names[name].encode() + states[name].unparse(resolved=True) for name in names)
    return TextPage(
        renamed(sheet.content, names),
        page_size(sheet.page),
        b"/ExtGState<<%s>>" % written if written else b"",
        tuple(link.unparse() for link in web_links(sheet.page)),
        sheet.lettering.marked if sheet.lettering else (),
    )


def _glyphs(sheets: Sequence[_Sheet]) -> dict[int, frozenset[int]]:
    """The glyphs a letter's pages show, by the place of their face."""
    shown: dict[int, frozenset[int]] = {}
    for sheet in sheets:
        for place, glyphs in sheet.lettering.glyphs.items() if sheet.lettering else ():
            shown[place] = shown.get(place, frozenset()) | glyphs
    return dict(sorted(shown.items()))


def _page(sheet: _Sheet, transplant: Transplant, fonts: Mapping[str, Object]) -> Dictionary:
    names = {name: f"/{kind}{number}" for kind, own in _drawn_names(sheet).items() for number, name in enumerate(own)}
    resources = transplant.resources(sheet.resources, sheet.used, {})
    for category in _RENAMED.intersection(resources.keys()):
        resources[category] = Dictionary({names[name]: value for name, value in resources[category].items()})
    if sheet.lettering:
        resources.Font = Dictionary(
            {RESOURCE_NAMES[place]: fonts[RESOURCE_NAMES[place]] for place in sheet.lettering.glyphs}
        )
    content = zlib.compress(renamed(sheet.content, names))
    page = Dictionary(
        Type=Name.Page,
        Contents=Stream(transplant.target, content, Filter=Name.FlateDecode),
        Resources=resources,
        **{key[1:]: transplant.moved(value) for key, value in page_boxes(sheet.page)},
    )
    if links := web_links(sheet.page):
        page.Annots = Array(links)
    return page


def _drawn_names(sheet: _Sheet) -> dict[str, tuple[str, ...]]:
    """Names that would tell of the rest of the bundle: pictures and graphics states, in order of first use."""
    return {"Im": names_in_order(sheet.graphics, b"Do"), "Gs": names_in_order(sheet.graphics, b"gs")}


def _saved(pdf: Pdf) -> bytes:
    target = io.BytesIO()
    save_whole(pdf, target)
    return target.getvalue()
