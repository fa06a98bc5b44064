"""The pinned faces inside a .docx, as Word embeds fonts (ISO/IEC 29500-1, 17.8.1).

An embedded font comes before any of that name on the machine. A document first names the faces, and gets their files,
1.5 MB, where it is converted.
"""

from __future__ import annotations

import io
import zipfile
from functools import cache
from typing import Final
from uuid import UUID

from congvan.pdf.fonts import FAMILY, STANDS_FOR, faces
from congvan.support.ooxml import NAMESPACES
from congvan.word.body import symbols

_EMBED_ELEMENTS: Final = ("embedRegular", "embedBold", "embedItalic", "embedBoldItalic")
_W, _R, _PACKAGE = (NAMESPACES[prefix] for prefix in ("w", "r", "pr"))
_FONT: Final = "application/vnd.openxmlformats-officedocument.obfuscatedFont"
_TABLE: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.fontTable+xml"
_DECLARATION: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
_OBFUSCATED: Final = 32  # bytes at the start of the file (ISO/IEC 29500-1, 17.8.1)

CONTENT_TYPES: Final = "[Content_Types].xml"
_RELATIONSHIPS: Final = "word/_rels/document.xml.rels"
_FONT_TABLE: Final = "word/congvanFonts.xml"
_FONT_RELATIONSHIPS: Final = "word/_rels/congvanFonts.xml.rels"


def name_pinned_faces(parts: dict[str, bytes]) -> dict[str, bytes]:
    """The parts of a .docx that names the pinned faces as its embedded fonts, and no others.

    :func:`with_font_files` adds the files.
    """
    others = {name: part for name, part in parts.items() if not name.startswith("word/fonts/")}
    with_symbols = any(symbols.FAMILY.encode() in part for name, part in others.items() if name.endswith(".xml"))
    by_own_name = any(FAMILY.encode() in part for name, part in others.items() if name.endswith(".xml"))
    return {
        **others,
        **_font_table((STANDS_FOR, FAMILY) if by_own_name else (STANDS_FOR,), with_symbols=with_symbols),
        CONTENT_TYPES: _add_content_types(parts[CONTENT_TYPES]),
        _RELATIONSHIPS: _add_relationship(parts.get(_RELATIONSHIPS, _no_relationships())),
    }


def with_font_files(docx: bytes) -> bytes:
    """``docx`` with the font files that its font table names."""
    target = io.BytesIO(docx)
    with zipfile.ZipFile(target, "a", zipfile.ZIP_STORED) as archive:
        relationships = archive.read(_FONT_RELATIONSHIPS)
        if b"fonts/symbols" in relationships:
            archive.writestr(zipfile.ZipInfo("word/fonts/symbols.odttf"), symbols.font_file())
        for number in range(1, relationships.count(b"fonts/pinned") + 1):
            archive.writestr(zipfile.ZipInfo(f"word/fonts/pinned{number}.odttf"), _font_file(number))
    return target.getvalue()


@cache
def _font_file(number: int) -> bytes:
    """The obfuscated file of the font table's entry ``number``, from 1."""
    return _obfuscate(faces()[(number - 1) % len(faces())], _key(number))


def _key(number: int) -> str:
    return str(UUID(int=number)).upper()


@cache
def _font_table(names: tuple[str, ...], *, with_symbols: bool) -> dict[str, bytes]:
    """The font table and its relationships; every entry has a file of its own, as dxpdf wants it."""
    table: list[str] = []
    links: list[str] = []
    for name in names:
        elements = []
        for element in _EMBED_ELEMENTS:
            number = len(links) + 1
            elements.append(f'<w:{element} r:id="r{number}" w:fontKey="{{{_key(number)}}}"/>')
            links.append(f'<Relationship Id="r{number}" Type="{_R}/font" Target="fonts/pinned{number}.odttf"/>')
        table.append(f'<w:font w:name="{name}">{"".join(elements)}</w:font>')
    if with_symbols:
        embedded = f'<w:embedRegular r:id="symbols" w:fontKey="{symbols.KEY}"/>'
        table.append(f'<w:font w:name="{symbols.FAMILY}">{embedded}</w:font>')
        links.append(f'<Relationship Id="symbols" Type="{_R}/font" Target="fonts/symbols.odttf"/>')
    listed = f'{_DECLARATION}<w:fonts xmlns:w="{_W}" xmlns:r="{_R}">{"".join(table)}</w:fonts>'
    related = f'{_DECLARATION}<Relationships xmlns="{_PACKAGE}">{"".join(links)}</Relationships>'
    return {_FONT_TABLE: listed.encode(), _FONT_RELATIONSHIPS: related.encode()}


def _obfuscate(face: bytes, key: str) -> bytes:
    mask = UUID(key).bytes[::-1]
    head = bytes(byte ^ mask[offset % len(mask)] for offset, byte in enumerate(face[:_OBFUSCATED]))
    return head + face[_OBFUSCATED:]


def _add_content_types(content_types: bytes) -> bytes:
    from lxml import etree

    root = etree.fromstring(content_types)
    space = etree.QName(root).namespace
    for old in [entry for entry in root if _is_font(entry.attrib)]:
        root.remove(old)
    etree.SubElement(root, f"{{{space}}}Default", Extension="odttf", ContentType=_FONT)
    etree.SubElement(root, f"{{{space}}}Override", PartName=f"/{_FONT_TABLE}", ContentType=_TABLE)
    written: bytes = etree.tostring(root, encoding="UTF-8", xml_declaration=True, standalone=True)
    return written


def _add_relationship(relationships: bytes) -> bytes:
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
