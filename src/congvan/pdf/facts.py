"""What a finished PDF says, read by a library that had no part in making it (pypdf).

Tests and the linter rely on these facts, so nothing here is shared with the engines or the cutting.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from pypdf import PageObject, PdfReader
from pypdf.errors import PyPdfError
from pypdf.generic import DictionaryObject

from congvan.errors import UnreadableFileError
from congvan.pdf.outside_pdf import outside_pdf

_MM: Final = 25.4 / 72
_PROGRAMS: Final = ("/FontFile", "/FontFile2", "/FontFile3")


@dataclass(frozen=True, slots=True)
class FontFacts:
    """A font: its name without the tag of a subset, and whether its program is in the file."""

    name: str
    embedded: bool


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


def read_facts(pdf: bytes, name: Path | str = "PDF") -> PdfFacts:
    """The facts of ``pdf``; ``name`` is what an error calls the file.

    Raises:
        UnreadableFileError: when it is no PDF, is damaged, needs a password, or asks for more than
            :mod:`congvan.pdf.outside_pdf` allows.
    """
    try:
        with outside_pdf(pdf) as reader:
            return _facts(reader)
    except (PyPdfError, ArithmeticError, ValueError, LookupError, TypeError, AttributeError, RecursionError) as error:
        raise UnreadableFileError(name, f"not a PDF that can be read: {error}") from error


def embedded_fonts(pdf: bytes, name: Path | str = "PDF") -> tuple[FontFacts, ...]:
    """The fonts the pages of ``pdf`` may use, sorted by name.

    Raises:
        UnreadableFileError: as :func:`read_facts`.
    """
    return read_facts(pdf, name).fonts


def _facts(reader: PdfReader) -> PdfFacts:
    about: Any = reader.metadata or {}
    return PdfFacts(
        pages=tuple(map(_page, reader.pages)),
        fonts=tuple(sorted({font for page in reader.pages for font in _fonts(page)}, key=lambda font: font.name)),
        bookmarks=tuple(str(entry["/Title"]) for entry in reader.outline if not isinstance(entry, list)),
        title=str(about.get("/Title", "")),
        subject=str(about.get("/Subject", "")),
        author=str(about.get("/Author", "")),
        language=str(reader.root_object.get("/Lang", "")),
    )


def _page(page: PageObject) -> PageFacts:
    text = unicodedata.normalize("NFC", page.extract_text())
    return PageFacts(float(page.mediabox.width) * _MM, float(page.mediabox.height) * _MM, text)


def _fonts(page: PageObject) -> Iterator[FontFacts]:
    return _fonts_of(page.get("/Resources", DictionaryObject()), set())


def _fonts_of(resources: Any, seen: set[int]) -> Iterator[FontFacts]:
    """The fonts in a resource dictionary, and in the forms drawn from it, each form once: forms may draw each other."""
    resources = resources.get_object()
    for font in resources.get("/Font", {}).values():
        yield _font(font.get_object())
    for form in resources.get("/XObject", {}).values():
        drawn = form.get_object()
        if "/Resources" in drawn and id(drawn) not in seen:
            seen.add(id(drawn))
            yield from _fonts_of(drawn["/Resources"], seen)


def _font(font: Any) -> FontFacts:
    described = font["/DescendantFonts"][0].get_object() if "/DescendantFonts" in font else font
    descriptor = described.get("/FontDescriptor", {})
    name = str(font.get("/BaseFont", font.get("/Subtype", ""))).removeprefix("/")
    return FontFacts(name.rpartition("+")[2], any(program in descriptor for program in _PROGRAMS))
