"""A word across every page of a PDF, behind its text: the mark of a draft."""

from __future__ import annotations

from io import BytesIO
from math import cos, radians, sin
from typing import Final

from pikepdf import Name, Page, Pdf

from congvan.pdf.fonts.font_object import pinned_font
from congvan.pdf.fonts.glyph_numbers import numbers, widths
from congvan.pdf.split.page import page_size, save_pdf

_FACE: Final = 0
"""The upright face of the pinned font."""

_SLOPE: Final = radians(45)
_SHARE: Final = 0.65
"""The part of the page's width that the word takes."""

_CAPITALS: Final = 0.66
"""Height of capitals in ems."""

_GREY: Final = 0.88
_NAME: Final = Name("/DraftMark")


def mark_pages(pdf: bytes, text: str) -> bytes:
    """``pdf`` with ``text`` in light grey from corner to corner behind the text of every page."""
    glyphs = [numbers(_FACE)[character] for character in text]
    width = sum(float(widths(_FACE)[glyph]) for glyph in glyphs) / 1000
    with Pdf.open(BytesIO(pdf)) as document:
        font = pinned_font(_FACE, frozenset(glyphs)).write(document)
        for page in document.pages:
            name = page.add_resource(font, Name.Font, _NAME, replace_existing=False)
            page.contents_add(_content(page, str(name), text, width), prepend=True)
        marked = BytesIO()
        save_pdf(document, marked)
    return marked.getvalue()


def _content(page: Page, font: str, text: str, width: float) -> bytes:
    """The word about the middle of the page; an artifact, which readers for the blind pass over.

    It also carries its whole text (/ActualText), since programs read slanted text letter by letter.
    """
    left, bottom, right, top = (float(side) for side in page_size(page).strip(b"[] ").split())
    size = _SHARE * (right - left) / (width * cos(_SLOPE))
    along, across = -width * size / 2, -_CAPITALS * size / 2
    x = (left + right) / 2 + along * cos(_SLOPE) - across * sin(_SLOPE)
    y = (bottom + top) / 2 + along * sin(_SLOPE) + across * cos(_SLOPE)
    matrix = f"{cos(_SLOPE):.4f} {sin(_SLOPE):.4f} {-sin(_SLOPE):.4f} {cos(_SLOPE):.4f} {x:.2f} {y:.2f} Tm"
    shown = "".join(f"{numbers(_FACE)[character]:04X}" for character in text)
    whole = f"/Span << /ActualText <FEFF{text.encode('utf-16-be').hex()}> >> BDC"
    drawn = f"q {_GREY} g BT {font} {size:.2f} Tf {matrix} <{shown}> Tj ET Q"
    return f"/Artifact BMC {whole} {drawn} EMC EMC\n".encode()
