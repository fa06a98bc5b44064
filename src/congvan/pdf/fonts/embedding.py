"""The pinned faces inside a .docx, as Word embeds fonts (ISO/IEC 29500-1, 17.8.1).

An embedded font comes before any of that name on the machine.
"""

from __future__ import annotations

from functools import cache
from typing import Final
from uuid import UUID

from congvan.pdf.fonts import FAMILY, STANDS_FOR, faces

_PLACES: Final = ("embedRegular", "embedBold", "embedItalic", "embedBoldItalic")
_W: Final = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_R: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE: Final = "http://schemas.openxmlformats.org/package/2006/relationships"
_FONT: Final = "application/vnd.openxmlformats-officedocument.obfuscatedFont"
_TABLE: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.fontTable+xml"
_DECLARATION: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
_HIDDEN: Final = 32  # bytes at the start of the file that are hidden under the key

CONTENT_TYPES: Final = "[Content_Types].xml"
_RELATIONSHIPS: Final = "word/_rels/document.xml.rels"
_FONT_TABLE: Final = "word/congvanFonts.xml"


def with_pinned_faces(parts: dict[str, bytes]) -> dict[str, bytes]:
    """The parts of a .docx, with the pinned faces under the names it calls them by and no other embedded font."""
    kept = {name: part for name, part in parts.items() if not name.startswith("word/fonts/")}
    by_own_name = any(FAMILY.encode() in part for name, part in kept.items() if name.endswith(".xml"))
    return {
        **kept,
        **_font_parts((STANDS_FOR, FAMILY) if by_own_name else (STANDS_FOR,)),
        CONTENT_TYPES: _typed(parts[CONTENT_TYPES]),
        _RELATIONSHIPS: _related(parts.get(_RELATIONSHIPS, _no_relationships())),
    }


@cache
def _font_parts(names: tuple[str, ...]) -> dict[str, bytes]:
    """The font table and the files it names; every entry has a file of its own, as the engine wants it."""
    fonts: dict[str, bytes] = {}
    table, links = [], []
    for name in names:
        places = []
        for place, face in zip(_PLACES, faces(), strict=True):
            number = len(fonts) + 1
            key = str(UUID(int=number)).upper()
            fonts[f"word/fonts/pinned{number}.odttf"] = _hidden(face, key)
            places.append(f'<w:{place} r:id="r{number}" w:fontKey="{{{key}}}"/>')
            links.append(f'<Relationship Id="r{number}" Type="{_R}/font" Target="fonts/pinned{number}.odttf"/>')
        table.append(f'<w:font w:name="{name}">{"".join(places)}</w:font>')
    listed = f'{_DECLARATION}<w:fonts xmlns:w="{_W}" xmlns:r="{_R}">{"".join(table)}</w:fonts>'
    related = f'{_DECLARATION}<Relationships xmlns="{_PACKAGE}">{"".join(links)}</Relationships>'
    return {**fonts, _FONT_TABLE: listed.encode(), "word/_rels/congvanFonts.xml.rels": related.encode()}


def _hidden(face: bytes, key: str) -> bytes:
    mask = UUID(key).bytes[::-1]
    head = bytes(byte ^ mask[place % len(mask)] for place, byte in enumerate(face[:_HIDDEN]))
    return head + face[_HIDDEN:]


def _typed(content_types: bytes) -> bytes:
    from lxml import etree

    root = etree.fromstring(content_types)
    space = etree.QName(root).namespace
    for old in [entry for entry in root if _is_font(entry.attrib)]:
        root.remove(old)
    etree.SubElement(root, f"{{{space}}}Default", Extension="odttf", ContentType=_FONT)
    etree.SubElement(root, f"{{{space}}}Override", PartName=f"/{_FONT_TABLE}", ContentType=_TABLE)
    written: bytes = etree.tostring(root, encoding="UTF-8", xml_declaration=True, standalone=True)
    return written


def _related(relationships: bytes) -> bytes:
    from lxml import etree

    root = etree.fromstring(relationships)
    for old in [entry for entry in root if entry.get("Type") == f"{_R}/fontTable"]:
        root.remove(old)
    etree.SubElement(
        root, f"{{{_PACKAGE}}}Relationship", Id="congvanFonts", Type=f"{_R}/fontTable", Target="congvanFonts.xml"
    )
    written: bytes = etree.tostring(root, encoding="UTF-8", xml_declaration=True, standalone=True)
    return written


def _is_font(attributes: object) -> bool:
    return any(str(value) in {_TABLE, "odttf"} for value in dict(attributes).values())  # type: ignore[call-overload]


def _no_relationships() -> bytes:
    return f'{_DECLARATION}<Relationships xmlns="{_PACKAGE}"/>'.encode()
