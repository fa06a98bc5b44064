"""A converted bundle is split into its letters, each a PDF of its own that holds nothing of the others.

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

from congvan.errors import EngineError, LostWordsError
from congvan.findings import Finding, Place, Report, finding
from congvan.pdf.engine import ConvertedBundle
from congvan.pdf.fonts import is_pinned
from congvan.pdf.fonts.font_object import pinned_font
from congvan.pdf.fonts.glyph_set import GlyphSet, glyphs_in
from congvan.pdf.ink.conservation import InkedPage, find_lost_words
from congvan.pdf.ink.document_text import LetterWords
from congvan.pdf.ink.page_ink import PageInk, page_ink
from congvan.pdf.ink.painted_page import PageReader, hidden_layers
from congvan.pdf.ink.plain_page import PlainLines
from congvan.pdf.metadata import PdfMetadata
from congvan.pdf.paragraphs import LetterText, TextCursor
from congvan.pdf.split.content_stream import names_used, neutral_names, rename_resources
from congvan.pdf.split.letter_pdf import TextPage, first_picture, text_letter
from congvan.pdf.split.libreoffice_text import OfficeFont, OfficeLines, read_office_font
from congvan.pdf.split.object_copier import ObjectCopier
from congvan.pdf.split.page import page_boxes, page_content, page_height, page_size, save_pdf, web_links
from congvan.pdf.split.pictures import PictureObjects, is_archival
from congvan.pdf.split.plain_words import plain_words
from congvan.pdf.split.text_rewriting import (
    RESOURCE_NAMES,
    BundleFont,
    EmbeddedLines,
    LineRewriter,
    read_bundle_font,
    rewrite_text,
)

_ObjectId: TypeAlias = tuple[int, int]  # object number and generation
_REFERENCE: Final = b" R"
_RENAMED: Final = frozenset(["/XObject", "/ExtGState"])


@dataclass(frozen=True, slots=True)
class LetterPdf:
    """One letter's PDF and how many pages it has."""

    pdf: bytes
    pages: int


def split_bundle(
    converted: ConvertedBundle, metadata: Sequence[PdfMetadata], words: Sequence[LetterWords | None] = ()
) -> list[LetterPdf]:
    """Each letter of ``converted``, in order, with its own properties.

    ``words`` are those of each letter's .docx; its pages must show them all (:mod:`congvan.pdf.ink`).

    Raises:
        LostWordsError: when the pages of letters do not show their words; it has a finding for each such letter.
        EngineError: when there are not as many ``metadata`` as letters, or a letter holds a font other than the pinned
            one; the message names every such letter and font.
    """
    ranges = converted.page_ranges
    if len(metadata) != len(ranges):
        raise EngineError("cut", f"{len(ranges)} letters in the PDF, {len(metadata)} asked for")
    letters: list[LetterPdf] = []
    problems: list[Finding] = []
    bundle = Pdf.open(io.BytesIO(converted.pdf)) if converted.opened is None else converted.opened
    fonts, reader = _BundleFonts(), PageReader(hidden_layers(bundle.Root))
    lost: list[Finding] = []
    texts = converted.letter_texts or (None,) * len(ranges)
    for pages, own, text, said in zip(ranges, metadata, texts, words or (None,) * len(ranges), strict=True):
        sources = _source_pages([bundle.pages[page] for page in pages], fonts, text)
        if said is not None and (found := find_lost_words(said, [page.inked(reader) for page in sources])):
            lost.append(found)
            continue
        pdf, faces = _letter(sources, own, text)
        letters.append(LetterPdf(pdf, len(pages)))
        if foreign := sorted(face for face in faces if not is_pinned(face)):
            problems.append(finding("pdf-foreign-face", Place(file=own.title), faces=", ".join(foreign)))
    if lost:
        raise LostWordsError("cut", Report.of(lost))
    if problems:
        raise EngineError("cut", str(Report.of(problems)))
    return letters


class _SourcePage:
    """One page of the bundle: its content, and what the content uses.

    Text in the pinned faces is written anew (:mod:`congvan.pdf.split.text_rewriting`); ``rewritten`` is None for a page
    with other text, which keeps its fonts as they are. Pictures and graphics states go by other ``names``.
    """

    def __init__(self, page: Page, fonts: _BundleFonts, cursor: TextCursor | None) -> None:
        self.source = page
        self.resources = page.resources
        content, height = plain_words(page_content(page)), page_height(page)
        lines = fonts.lines(self.resources.get("/Font", Dictionary()), height)
        self._plain_lines = fonts.plain_lines(lines, page)
        self.rewritten = rewrite_text(content, lines, cursor) if lines is not None else None
        if self.rewritten:
            self.content, self.names = self.rewritten.content, self.rewritten.names
            self.used = names_used(self.rewritten.graphics)
        else:
            self.names = neutral_names(content)
            self.content, self.used = rename_resources(content, self.names), names_used(content)

    def inked(self, reader: PageReader) -> InkedPage:
        """The page as what is on it is compared with the letter's words."""
        plain, rewritten, states = self._plain_lines, self.rewritten, self.plain_states
        text = plain.text(rewritten, states) if plain and rewritten and states is not None else None
        if text is not None and plain and rewritten:
            return InkedPage(text, lambda: PageInk(plain.pieces(rewritten)))
        return InkedPage(None, lambda: page_ink(reader.read(self.source)))

    @cached_property
    def plain_states(self) -> bytes | None:
        """The graphics states of a page that is text in the pinned faces, with rules, colours and pictures.

        None for any other page.
        """
        if (
            self.rewritten is None
            or not self.used.keys() <= _RENAMED
            or not all(map(is_archival, self.pictures.values()))
        ):
            return None
        states = self._named("/ExtGState")
        sources = {own: state.unparse(resolved=True) for own, state in states.items()}
        if any(_REFERENCE in source for source in sources.values()):
            return None
        return b"".join(own.encode() + source for own, source in sources.items())

    @cached_property
    def pictures(self) -> Mapping[str, Object]:
        """What the page draws of its resources, by the names its content gives them."""
        return self._named("/XObject")

    def _named(self, category: str) -> dict[str, Object]:
        entries, used = self.resources.get(category, Dictionary()), self.used.get(category, ())
        return {own: entries[name] for name, own in self.names.items() if name in used}


class _BundleFonts:
    """The bundle's fonts, each read once, and the lines written in them."""

    def __init__(self) -> None:
        self._read: dict[_ObjectId, BundleFont | OfficeFont | None] = {}
        self._lines: dict[tuple[float, bytes], LineRewriter | None] = {}
        self._plain: dict[tuple[int, bytes], PlainLines] = {}

    def lines(self, fonts: Object, height: float) -> LineRewriter | None:
        """The lines of pages of this height, that call ``fonts`` by these names; None where nothing is written anew."""
        key = height, fonts.unparse()
        if key not in self._lines:
            named = {name[1:].encode("latin-1"): self._font(font) for name, font in fonts.items()}
            self._lines[key] = _lines(named, height)
        return self._lines[key]

    def plain_lines(self, lines: LineRewriter | None, page: Page) -> PlainLines | None:
        """How such lines are looked at on pages like this one; None where they are not upright on all of the paper."""
        if lines is None or "/Rotate" in page.obj or "/CropBox" in page.obj:
            return None
        size = page_size(page)
        key = id(lines), size
        if key not in self._plain:
            left, bottom, right, top = map(float, size.strip(b"[] ").split())
            self._plain[key] = PlainLines(lines, right - left, top - bottom)
        return self._plain[key]

    def _font(self, source: Object) -> BundleFont | OfficeFont | None:
        if source.objgen not in self._read:
            found = read_bundle_font(source)
            self._read[source.objgen] = read_office_font(source) if found is None else found
        return self._read[source.objgen]


def _lines(fonts: Mapping[bytes, BundleFont | OfficeFont | None], height: float) -> LineRewriter | None:
    """One font the embedded engine took from elsewhere keeps its page as it is; LibreOffice lists fonts of others."""
    embedded = {name: font for name, font in fonts.items() if isinstance(font, BundleFont)}
    office = {name: font for name, font in fonts.items() if isinstance(font, OfficeFont)}
    if office and not embedded:
        return OfficeLines(office, height)
    return EmbeddedLines(embedded) if len(embedded) == len(fonts) else None


def _source_pages(pages: Sequence[Page], fonts: _BundleFonts, text: LetterText | None) -> list[_SourcePage]:
    """A letter's pages, their words marked if they can all be found in its text."""
    if text is not None:
        cursor = TextCursor(text)
        marked = [_SourcePage(page, fonts, cursor) for page in pages]
        if cursor.is_at_end and all(page.plain_states is not None for page in marked):
            return marked
    return [_SourcePage(page, fonts, None) for page in pages]


def _letter(pages: Sequence[_SourcePage], metadata: PdfMetadata, text: LetterText | None) -> tuple[bytes, set[str]]:
    """A letter's PDF, and the names of the fonts in it."""
    if all(page.plain_states is not None for page in pages):
        paragraphs = text.paragraphs if text else ()
        pictures = PictureObjects(first_picture(len(pages)))
        written_pages = [_text_page(page, pictures) for page in pages]
        return text_letter(written_pages, _glyphs(pages), metadata, paragraphs, pictures.objects), set()
    with Pdf.new() as pdf:
        copier = ObjectCopier(pdf)
        fonts = {face_index: pinned_font(face_index, glyphs_in(shown)) for face_index, shown in _glyphs(pages).items()}
        written = {RESOURCE_NAMES[face_index]: font.write(pdf) for face_index, font in fonts.items()}
        for page in pages:
            pdf.pages.append(Page(_page(page, copier, written)))
        metadata.write(pdf)
        return _saved(pdf), copier.faces | {font.name for font in fonts.values()}


def _text_page(page: _SourcePage, pictures: PictureObjects) -> TextPage:
    states = b"/ExtGState<<%s>>" % page.plain_states if page.plain_states else b""
    return TextPage(
        page.content,
        page_size(page.source),
        states + pictures.resources(page.pictures),
        tuple(link.unparse() for link in web_links(page.source)),
        page.rewritten.marked if page.rewritten else (),
    )


def _glyphs(pages: Sequence[_SourcePage]) -> dict[int, GlyphSet]:
    """The glyphs a letter's pages show, by the index of their face."""
    shown: dict[int, GlyphSet] = {}
    for page in pages:
        for face_index, glyphs in page.rewritten.glyphs.items() if page.rewritten else ():
            shown[face_index] = shown.get(face_index, 0) | glyphs
    return dict(sorted(shown.items()))


def _page(page: _SourcePage, copier: ObjectCopier, fonts: Mapping[str, Object]) -> Dictionary:
    resources = copier.resources(page.resources, page.used, {})
    for category in _RENAMED.intersection(resources.keys()):
        resources[category] = Dictionary({page.names[name]: value for name, value in resources[category].items()})
    if page.rewritten:
        resources.Font = Dictionary(
            {RESOURCE_NAMES[face_index]: fonts[RESOURCE_NAMES[face_index]] for face_index in page.rewritten.glyphs}
        )
    content = zlib.compress(page.content)
    copy = Dictionary(
        Type=Name.Page,
        Contents=Stream(copier.target, content, Filter=Name.FlateDecode),
        Resources=resources,
        **{key[1:]: copier.copy(value) for key, value in page_boxes(page.source)},
    )
    if links := web_links(page.source):
        copy.Annots = Array(links)
    return copy


def _saved(pdf: Pdf) -> bytes:
    target = io.BytesIO()
    save_pdf(pdf, target)
    return target.getvalue()
