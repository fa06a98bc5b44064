"""The primer: a page every bundle starts with, so that a letter's bytes do not depend on its neighbours.

The embedded engine numbers the glyphs of a font in the order in which the bundle uses them. The primer
uses all common characters of all four faces in a fixed order, on a page that is thrown away afterwards;
from then on a glyph has the same number in every bundle, and a letter the same bytes in any company.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final
from xml.sax.saxutils import escape

from congvan.pdf.fonts import STANDS_FOR

_ASCII: Final = "".join(map(chr, range(33, 127)))
_VIETNAMESE: Final = "àáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵ"
_NEIGHBOURS: Final = "ƀčĕñŏŭäåæçëîïöøûüß"  # Ê Đê, Ba Na, Gia Rai, M'Nông; names from abroad
_ABOVE: Final = "\u0306"  # ê̆, ô̆, ơ̆, ư̆ have no code point of their own
_SIGNS: Final = "\u00a0–—‘’“”„…•·°²³¹¼½¾×÷±§©®™«»€₫£¥№†‡‰′″≤≥≠≈−→←↔■□▪●○◊µ¶"

LETTERS: Final = _ASCII + "".join(
    [_VIETNAMESE, _VIETNAMESE.upper(), _NEIGHBOURS, _NEIGHBOURS.upper().replace("SS", ""), _ABOVE, _SIGNS]
)
"""Every character a bundle may use and still be cut into independent letters; the space goes between them."""

SPACE_GLYPH: Final = 2
"""The number the space gets: it follows the first character of :data:`LETTERS`."""

_WORDML: Final = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_FACES: Final = ("", "<w:b/>", "<w:i/>", "<w:b/><w:i/>")
_SPACING: Final = (
    '<w:spacing w:before="0" w:after="0" w:line="240" w:lineRule="auto"/><w:ind w:left="0" w:firstLine="0"/>'
)
_SECTION: Final = (
    '<w:p><w:pPr><w:sectPr><w:pgSz w:w="11906" w:h="16838"/>'
    '<w:pgMar w:top="567" w:right="567" w:bottom="567" w:left="567" w:header="0" w:footer="0" w:gutter="0"/>'
    "</w:sectPr></w:pPr></w:p>"
)


def primer_xml(further: Iterable[str] = ()) -> str:
    """The blocks of the primer: a paragraph a face, all in type so small that one page holds them, and its section.

    ``further`` are characters of the template itself (header, footer, numbering), the same for all its letters.
    """
    text = escape(" ".join([*LETTERS, *further]))
    return f'<w:body xmlns:w="{_WORDML}">{"".join(_paragraph(face, text) for face in _FACES)}{_SECTION}</w:body>'


def _paragraph(face: str, text: str) -> str:
    fonts = " ".join(f'w:{script}="{STANDS_FOR}"' for script in ("ascii", "hAnsi", "eastAsia", "cs"))
    properties = f'<w:rFonts {fonts}/>{face}<w:caps w:val="0"/><w:smallCaps w:val="0"/><w:sz w:val="2"/>'
    return f"<w:p><w:pPr>{_SPACING}</w:pPr><w:r><w:rPr>{properties}</w:rPr><w:t>{text}</w:t></w:r></w:p>"
