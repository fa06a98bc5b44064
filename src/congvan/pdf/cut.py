"""A converted bundle cut into its letters, each a PDF of its own that holds nothing of the others.

A letter is built anew from its own pages: their content, the resources that content uses (fonts cut to
the glyphs it shows), links to the web; then its own title, subject, author and language. Everything else
of the bundle stays behind, because it is other people's.
"""

from __future__ import annotations

import io
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from pikepdf import Array, Dictionary, Name, Object, Page, Pdf, Stream

from congvan.errors import EngineError
from congvan.findings import Finding, Place, Report, finding
from congvan.pdf.content import glyphs_used, names_used, objects_drawn, renamed_objects
from congvan.pdf.engine import Converted
from congvan.pdf.font_object import GlyphFont, cut_font, read_glyph_font
from congvan.pdf.fonts import is_pinned
from congvan.pdf.marks import Marks
from congvan.pdf.page import page_boxes, page_content, save_whole, web_links
from congvan.pdf.transplant import Transplant

__all__ = ["CutLetter", "Marks", "cut"]

_Place: TypeAlias = tuple[int, int]  # object number and generation


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
        for pages, own in zip(ranges, marks, strict=True):
            pdf, faces = _letter([_Sheet(bundle.pages[page]) for page in pages], own, fonts)
            letters.append(CutLetter(pdf, len(pages)))
            if foreign := sorted(face for face in faces if not is_pinned(face)):
                problems.append(finding("pdf-foreign-face", Place(file=own.title), faces=", ".join(foreign)))
    if problems:
        raise EngineError("cut", str(Report.of(problems)))
    return letters


class _Sheet:
    """One page of the bundle: its content, and what the content uses."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.resources = page.resources
        self.content = page_content(page)
        self.used = names_used(self.content)
        self.glyphs = None if self._draws_forms else glyphs_used(self.content)

    def fonts(self) -> Iterator[tuple[str, Object]]:
        """The fonts the page uses, by name."""
        fonts = self.resources.get("/Font", Dictionary())
        return ((name, fonts[name]) for name in sorted(self.used.get("/Font", ())) if name in fonts)

    @property
    def _draws_forms(self) -> bool:
        """True when text may hide in a form, out of this content's sight."""
        objects = self.resources.get("/XObject", Dictionary())
        names = self.used.get("/XObject", ())
        return any(objects[name].get("/Subtype") == Name.Form for name in names if name in objects)


class _BundleFonts(dict[_Place, GlyphFont | None]):
    """The bundle's fonts by their place in it, each read once; None for one that is taken over whole."""

    def read(self, source: Object) -> GlyphFont | None:
        if source.objgen not in self:
            self[source.objgen] = read_glyph_font(source)
        return self[source.objgen]


def _letter(sheets: Sequence[_Sheet], marks: Marks, fonts: _BundleFonts) -> tuple[bytes, set[str]]:
    """A letter's PDF, and the names of the fonts in it."""
    cuts = _cut_fonts(sheets, fonts)
    with Pdf.new() as pdf:
        transplant = Transplant(pdf)
        written = {place: font.write(pdf) for place, font in cuts.items()}
        for sheet in sheets:
            pdf.pages.append(Page(_page(sheet, transplant, written)))
        marks.write(pdf)
        return _saved(pdf), transplant.faces | {font.name for font in cuts.values()}


def _cut_fonts(sheets: Sequence[_Sheet], fonts: _BundleFonts) -> dict[_Place, GlyphFont]:
    """The letter's fonts, cut to the glyphs its pages show, by their place in the bundle."""
    shown: dict[_Place, frozenset[int]] = {}
    whole: dict[_Place, GlyphFont] = {}
    for sheet in sheets:
        if sheet.glyphs is None:
            return {}
        for name, source in sheet.fonts():
            if font := fonts.read(source):
                whole[source.objgen] = font
                shown[source.objgen] = shown.get(source.objgen, frozenset()) | sheet.glyphs.get(name, frozenset())
    return {place: cut_font(font, shown[place]) for place, font in whole.items()}


def _page(sheet: _Sheet, transplant: Transplant, fonts: Mapping[_Place, Object]) -> Dictionary:
    pictures = {name: f"/Im{number}" for number, name in enumerate(objects_drawn(sheet.content))}
    cut_fonts = {name: fonts[font.objgen] for name, font in sheet.fonts() if font.objgen in fonts}
    resources = transplant.resources(sheet.resources, sheet.used, cut_fonts)
    if "/XObject" in resources:
        resources.XObject = Dictionary({pictures[name]: value for name, value in resources.XObject.items()})
    content = zlib.compress(renamed_objects(sheet.content, pictures))
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
