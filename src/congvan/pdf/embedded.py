"""The embedded engine, rdocx: nothing but pip, its fonts given to it, the same bytes on every machine."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.metadata import version
from typing import TYPE_CHECKING, Final

import pikepdf

from congvan.errors import EngineError
from congvan.findings import finding
from congvan.pdf.engine import Bundle, Converted, verified
from congvan.pdf.fonts import STANDS_FOR, faces
from congvan.pdf.manuscript import ENGINE, Manuscript, Sheaf
from congvan.pdf.page import page_content
from congvan.pdf.primer import SPACE_GLYPH

if TYPE_CHECKING:
    import rdocx

# A joiner is drawn as a space that takes its own width back. Left in, it would read as a space.
_HIDDEN_SPACE: Final = rb"(\000\%03o) 250 " % SPACE_GLYPH


@dataclass(frozen=True, slots=True)
class EmbeddedEngine:
    """rdocx, with the pinned font and nothing of the machine's own."""

    version: str
    name: str = ENGINE
    alike_alone: bool = True

    def convert(self, bundle: Bundle) -> Converted:
        """``bundle`` as PDF.

        Raises:
            EngineError: when the bundle is no Word document, holds what the engine cannot draw, a character
                the font lacks, or a font other than the pinned one; the message has every finding.
        """
        manuscript = Manuscript(bundle)
        if manuscript.report.errors:
            raise EngineError(self.name, str(manuscript.report))
        parts = [(sheaf, self._drawn(sheaf)) for sheaf in manuscript.sheaves()]
        return verified(self, bundle, _bound_together(parts))

    def _drawn(self, sheaf: Sheaf) -> Converted:
        import rdocx

        fonts = [(STANDS_FOR, face) for face in faces()]
        try:
            document = rdocx.Document.from_bytes(sheaf.docx)
            with pikepdf.open(io.BytesIO(document.to_pdf(fonts=fonts))) as pdf:
                return _without_primer(pdf, _first_pages(document, sheaf, fonts, len(pdf.pages)))
        except (rdocx.RdocxError, ValueError, OSError) as error:
            raise EngineError(self.name, str(error)) from error


def open_engine() -> EmbeddedEngine:
    """The engine, if its package is installed.

    Raises:
        EngineError: when it is not.
    """
    try:
        import rdocx  # noqa: F401
    except ImportError as error:
        raise EngineError(ENGINE, str(error)) from error
    return EmbeddedEngine(version(ENGINE))


def _first_pages(
    document: rdocx.Document, sheaf: Sheaf, fonts: Sequence[tuple[str, bytes]], page_count: int
) -> list[int]:
    """The page, from 0, on which each letter begins; the primer has page 0."""
    letters = len(sheaf.starts)
    if page_count == letters + 1:  # a letter starts on a new page, so that each has exactly one: no need to ask
        return list(range(1, letters + 1))
    pages: dict[int, int] = {}
    for block in document.layout(fonts=fonts):
        pages.setdefault(block.body_index, block.physical_page - 1)
    return [min(page for index, page in pages.items() if index >= start) for start in sheaf.starts]


def _without_primer(pdf: pikepdf.Pdf, first_pages: Sequence[int]) -> Converted:
    """The letters' pages alone, in a PDF without the bundle's structure tree, outline and properties."""
    primer = first_pages[0]
    _refuse_unprimed_faces(pdf)
    pages = list(pdf.pages)[primer:]
    for page in pages:
        page.obj.Contents.write(page_content(page).replace(_HIDDEN_SPACE, b""))
    with pikepdf.new() as letters:  # saving the old one would read its structure tree, an object for every word
        letters.pages.extend(pages)
        return Converted(_saved(letters), tuple(page - primer for page in first_pages), len(letters.pages))


def _refuse_unprimed_faces(pdf: pikepdf.Pdf) -> None:
    """Every page uses the primer's four faces and no other.

    Raises:
        EngineError: naming the others: the template asks for another font, or a list number has none.
    """
    primed = {font.objgen for font in pdf.pages[0].resources.Font.values()}
    fonts = [font for page in pdf.pages for font in page.resources.get("/Font", pikepdf.Dictionary()).values()]
    foreign = sorted({str(font.BaseFont).lstrip("/") for font in fonts if font.objgen not in primed})
    if foreign:
        raise EngineError(ENGINE, str(finding("pdf-foreign-face", faces=", ".join(foreign))))


def _bound_together(parts: Sequence[tuple[Sheaf, Converted]]) -> Converted:
    """The sheaves' letters in the bundle's order, as one PDF."""
    if len(parts) == 1:
        return parts[0][1]
    sources = [pikepdf.open(io.BytesIO(converted.pdf)) for _, converted in parts]
    places = {
        letter: (source, pages)
        for source, (sheaf, converted) in zip(sources, parts, strict=True)
        for letter, pages in zip(sheaf.letters, converted.page_ranges, strict=True)
    }
    with pikepdf.new() as bound:
        first_pages = []
        for _, (source, pages) in sorted(places.items(), key=lambda entry: entry[0]):
            first_pages.append(len(bound.pages))
            bound.pages.extend(source.pages[page] for page in pages)
        return Converted(_saved(bound), tuple(first_pages), len(bound.pages))


def _saved(pdf: pikepdf.Pdf) -> bytes:
    target = io.BytesIO()
    # Cut apart at once, so that deflating would be lost time.
    pdf.save(target, static_id=True, compress_streams=False, fix_metadata_version=False)
    return target.getvalue()
