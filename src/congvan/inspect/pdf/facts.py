"""Reads the facts of a finished PDF by a library that had no part in making it (pypdf).

:func:`read` measures everything on the page; :func:`read_facts` is the quick font: text, fonts, properties.
It checks what the engines and the splitting made, so it shares nothing with them.
"""

from __future__ import annotations

import io
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path
from typing import Any, Final, TypeVar

import pikepdf
from pypdf import PageObject, PdfReader
from pypdf.constants import UserAccessPermissions
from pypdf.errors import DependencyError, PyPdfError
from pypdf.generic import DictionaryObject

from congvan.errors import UnreadableFileError
from congvan.findings import finding
from congvan.inspect.model import DocumentFacts, FontFacts, Line, Margins, Rule, Sheet
from congvan.inspect.pdf.drawing import MM_PER_PT, PageDrawing, read_drawing
from congvan.inspect.pdf.frames import frames
from congvan.inspect.pdf.lines import distinct_rules, page_lines
from congvan.inspect.pdf.untrusted_pdf import outside_pdf
from congvan.inspect.visible_text import is_typed_rule
from congvan.support.untrusted_files import MEGABYTE, read_untrusted

Facts = TypeVar("Facts")

_LIMIT: Final = 256 * MEGABYTE
"""Bytes of a letter; one with scanned annexes may have a hundred million."""
_NUMBER_ZONE: Final = 25.0
"""Page numbers stand at most this far from the upper or lower edge, in mm."""
_MOST_OF_PAGE: Final = 0.5
_DAMAGE: Final = (
    ArithmeticError,
    AttributeError,
    LookupError,
    NotImplementedError,  # a filter or an encryption it does not know
    RecursionError,
    TypeError,
    ValueError,
)
"""Errors pypdf raises besides its own when a file is damaged."""
_PROGRAMS: Final = ("/FontFile", "/FontFile2", "/FontFile3")


@dataclass(frozen=True, slots=True)
class PageFacts:
    """A page: its size in millimetres, and its text in Unicode form C."""

    width_mm: float
    height_mm: float
    text: str


@dataclass(frozen=True, slots=True)
class PdfFacts:
    """A PDF as an independent reader sees it; ``fonts`` are sorted by name, empty strings mean "not said"."""

    pages: tuple[PageFacts, ...]
    fonts: tuple[FontFacts, ...]
    bookmarks: tuple[str, ...]
    title: str
    subject: str
    author: str
    language: str

    @property
    def text(self) -> str:
        """The text of all pages."""
        return "\n".join(page.text for page in self.pages)


def read(source: Path | str | bytes, name: Path | str | None = None) -> DocumentFacts:
    """Everything measured on the pages of a PDF, a file or its bytes; ``name`` is what errors and facts call it.

    Raises:
        UnreadableFileError: when it is missing, is no PDF, is damaged, or needs a password.
    """
    label = name or (source if isinstance(source, (Path, str)) else "PDF")
    try:
        content = source if isinstance(source, bytes) else read_untrusted(Path(source), _LIMIT)
    except OSError as error:
        raise UnreadableFileError(label, error.strerror or str(error)) from error
    return _read(content, label, lambda reader: _document(reader, str(label)))


def read_facts(pdf: bytes, name: Path | str = "PDF") -> PdfFacts:
    """The facts of ``pdf``; ``name`` is what an error calls the file.

    Raises:
        UnreadableFileError: when it is no PDF, is damaged, needs a password, or asks for more than
            :mod:`congvan.inspect.pdf.untrusted_pdf` allows.
    """
    return _read(pdf, name, _facts)


def _read(pdf: bytes, name: Path | str, facts: Callable[[PdfReader], Facts]) -> Facts:
    """The one gate to pypdf: whatever it says of a damaged file is an unreadable file."""
    try:
        try:
            with outside_pdf(pdf) as reader:
                return facts(reader)
        except DependencyError:  # pypdf decrypts by a package of its own choice, which a plain install lacks
            with outside_pdf(_decrypted(pdf)) as reader:
                return facts(reader)
    except (PyPdfError, *_DAMAGE) as error:
        raise UnreadableFileError(name, finding("error-file-not-pdf", why=error)) from error


def _decrypted(pdf: bytes) -> bytes:
    """``pdf`` without its encryption, where it opens without a password.

    Raises:
        ValueError: when it needs one, or is damaged.
    """
    target = io.BytesIO()
    try:
        with pikepdf.open(io.BytesIO(pdf)) as opened:
            opened.save(target, encryption=False)
    except (pikepdf.PdfError, pikepdf.PasswordError) as error:
        raise ValueError(str(error)) from error
    return target.getvalue()


def _document(reader: PdfReader, name: str) -> DocumentFacts:
    about: dict[str, Any] = {**_facts_about(reader)}
    pages = [read_drawing(page, number) for number, page in enumerate(reader.pages, 1)]
    lines = [_lines(page, number) for number, page in enumerate(pages, 1)]
    rules = [distinct_rules(page.rules) for page in pages]
    return DocumentFacts(
        source="pdf",
        name=name,
        sheets=tuple(_sheet(number, *both) for number, both in enumerate(zip(pages, lines, strict=True), 1)),
        lines=(
            *_printed(lines),
            *(line for number, page in enumerate(pages, 1) for line in _stamped_lines(page, number)),
        ),
        rules=tuple(chain(*rules, (_typed(line) for page in lines for line in page if is_typed_rule(line.text)))),
        frames=tuple(frame for page in rules for frame in frames(page)),
        pictures=tuple(picture for page in pages for picture in page.pictures),
        fonts=_all_fonts(reader),
        scanned=bool(pages) and all(map(_is_picture_of_paper, pages)),
        signed=_is_signed(reader),
        protected=_is_protected(reader),
        **about,
    )


def _lines(page: PageDrawing, number: int) -> list[Line]:
    """The page's lines; one that is only a number at the edge of the paper is the page number."""
    lines = list(page_lines(page.glyphs, number))
    for place in {0, len(lines) - 1} if lines else set[int]():
        line = lines[place]
        if line.text.strip("-–— ").isdigit() and line.top is not None and line.bottom is not None:
            if line.bottom < _NUMBER_ZONE:
                lines[place] = replace(line, region="header", fields=("PAGE",))
            elif line.top > page.height - _NUMBER_ZONE:
                lines[place] = replace(line, region="footer", fields=("PAGE",))
    return lines


def _stamped_lines(page: PageDrawing, number: int) -> Iterator[Line]:
    """The lines of signatures and stamps; they have paragraphs of their own."""
    yield from (replace(line, region="stamp") for line in page_lines(page.stamped, number))


def _printed(lines: Sequence[Sequence[Line]]) -> Iterator[Line]:
    """The lines that are text, not a line drawn with hyphens."""
    return (line for page in lines for line in page if not is_typed_rule(line.text))


def _is_signed(reader: PdfReader) -> bool:
    """True when a field of the file holds a digital signature (12.7.4.5), also one that shows nothing."""
    fields = reader.get_fields() or {}
    return any(each.get("/FT") == "/Sig" and each.get("/V") is not None for each in fields.values())


def _is_protected(reader: PdfReader) -> bool:
    """True when the file is encrypted and does not permit changes (7.6.3.2)."""
    permissions = reader.user_access_permissions
    return permissions is not None and UserAccessPermissions.MODIFY not in permissions


def _typed(line: Line) -> Rule:
    """A line drawn on the keyboard: where its dashes stand, in the middle of small letters."""
    height = (line.base or 0) - 0.25 * line.font.size * MM_PER_PT
    return Rule(line.page, line.left, line.right, height, height, 0.5, "typed", colour=line.font.colour)


def _sheet(number: int, page: PageDrawing, lines: Sequence[Line]) -> Sheet:
    body = [line for line in lines if line.region == "body"]
    if not body:
        return Sheet(number, page.width, page.height, None)
    top, bottom = min(line.top or 0 for line in body), max(line.bottom or 0 for line in body)
    left, right = min(line.left for line in body), max(line.right for line in body)
    return Sheet(number, page.width, page.height, Margins(left, top, page.width - right, page.height - bottom), None)


def _is_picture_of_paper(page: PageDrawing) -> bool:
    """A picture over most of the page, and no text but what a scanner's reading hides behind it."""
    widest = max((picture.width * picture.height for picture in page.pictures), default=0)
    return widest > _MOST_OF_PAGE * page.width * page.height and not any(glyph.visible for glyph in page.glyphs)


def _facts(reader: PdfReader) -> PdfFacts:
    return PdfFacts(
        pages=tuple(map(_page, reader.pages)),
        fonts=_all_fonts(reader),
        bookmarks=tuple(str(entry["/Title"]) for entry in reader.outline if not isinstance(entry, list)),
        **_facts_about(reader),
    )


def _facts_about(reader: PdfReader) -> dict[str, str]:
    about: Any = reader.metadata or {}
    keys = {"title": "/Title", "subject": "/Subject", "author": "/Author"}
    texts = {name: unicodedata.normalize("NFC", str(about.get(key, ""))) for name, key in keys.items()}
    return {**texts, "language": str(reader.root_object.get("/Lang", ""))}


def _all_fonts(reader: PdfReader) -> tuple[FontFacts, ...]:
    return tuple(sorted({font for page in reader.pages for font in _fonts(page)}, key=lambda font: font.name))


def _page(page: PageObject) -> PageFacts:
    text = unicodedata.normalize("NFC", page.extract_text())
    return PageFacts(float(page.mediabox.width) * MM_PER_PT, float(page.mediabox.height) * MM_PER_PT, text)


def _fonts(page: PageObject) -> Iterator[FontFacts]:
    return _fonts_of(page.get("/Resources", DictionaryObject()), set())


def _fonts_of(resources: Any, seen: set[int]) -> Iterator[FontFacts]:
    """The fonts in a resource dictionary, and in the forms drawn from it, each form once: forms may draw each other."""
    resources = resources.get_object()
    for font in resources.get("/Font", {}).values():
        yield _font(font.get_object())
    for form in resources.get("/XObject", {}).values():
        drawing = form.get_object()
        if "/Resources" in drawing and id(drawing) not in seen:
            seen.add(id(drawing))
            yield from _fonts_of(drawing["/Resources"], seen)


def _font(font: Any) -> FontFacts:
    described = font["/DescendantFonts"][0].get_object() if "/DescendantFonts" in font else font
    descriptor = described.get("/FontDescriptor", {})
    name = str(font.get("/BaseFont", font.get("/Subtype", ""))).removeprefix("/")
    return FontFacts(name.rpartition("+")[2], any(program in descriptor for program in _PROGRAMS))
