"""The document properties of a letter: what Word, archives and search show without opening it."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from congvan.letter import Letter

PART: Final = "docProps/core.xml"
_OPENING: Final = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    "<cp:coreProperties "
    'xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
    'xmlns:dcmitype="http://purl.org/dc/dcmitype/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
)


def core_properties(letter: Letter) -> bytes:
    """Write title (subject of the letter), subject (kind, number and symbol), issuer and language.

    The only date is the letter's own, so that the same letter is the same bytes.
    """
    title, issuer = letter.trich_yeu, letter.co_quan.replace("\n", " ")
    subject = f"{letter.kind.ten} {letter.so_ky_hieu}"
    day = letter.ngay.day
    created = f'<dcterms:created xsi:type="dcterms:W3CDTF">{day}T00:00:00Z</dcterms:created>' if day else ""
    properties = (
        f"<dc:title>{_escaped(title)}</dc:title><dc:subject>{_escaped(subject)}</dc:subject>"
        f"<dc:creator>{_escaped(issuer)}</dc:creator><dc:language>vi-VN</dc:language>{created}</cp:coreProperties>"
    )
    return f"{_OPENING}{properties}".encode()


def _escaped(text: str) -> str:
    return escape(text, quote=False)
