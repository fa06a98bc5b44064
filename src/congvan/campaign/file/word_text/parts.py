"""The parts of a .docx from outside, opened as strictly as a template: no macros, no traps, no entities."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any, Final

from congvan.support.docx_container import unpack
from congvan.support.ooxml import NAMESPACES, STRICT_NAMESPACE
from congvan.support.untrusted_files import MEGABYTE

if TYPE_CHECKING:
    from lxml.etree import _Element

DOCUMENT: Final = "word/document.xml"
_XML_LIMIT: Final = 32 * MEGABYTE
_MAX_TAGS: Final = 2_000_000
_MACROS: Final = ("vbaproject.bin", "vbadata.xml")
_PR: Final = f"{{{NAMESPACES['pr']}}}"


@dataclass(frozen=True, slots=True)
class Link:
    """A relationship of the text: where it leads to, and whether that is outside the file."""

    target: str
    is_outside: bool


@dataclass(slots=True)
class WordParts:
    """The parts by name; ``document`` is the text, ``links`` its relationships by id."""

    contents: dict[str, bytes]
    document: _Element
    links: dict[str, Link] = field(default_factory=dict)

    def xml(self, name: str) -> _Element | None:
        """The root of the part ``word/name``; None if there is none."""
        content = self.contents.get(f"word/{name}")
        return parsed(content) if content else None

    def picture(self, relation: str) -> bytes | None:
        """The bytes of a picture inside the file; None for one that is elsewhere."""
        link = self.links.get(relation)
        if link is None or link.is_outside:
            return None
        return self.contents.get(str(PurePosixPath("word") / link.target)) or self.contents.get(link.target.lstrip("/"))


def open_parts(source: bytes, name: str) -> WordParts:
    """Open the .docx ``source``; ``name`` is the file in errors.

    Raises:
        UnreadableFileError: when it is no zip, or a damaged one.
        TemplateError: for a trap, as of a template.
        ValueError: for anything else that refuses it; the message says what.
    """
    contents = unpack(source, name)
    if any(part.lower().endswith(_MACROS) for part in contents):
        raise ValueError("macro")
    if DOCUMENT not in contents:
        raise ValueError(DOCUMENT)
    document = parsed(contents[DOCUMENT])
    if STRICT_NAMESPACE in document.tag:
        raise ValueError("Strict Open XML")
    return WordParts(contents, document, _links(contents.get("word/_rels/document.xml.rels", b"")))


def parsed(content: bytes) -> Any:
    """The root of an XML part; nothing is loaded or expanded.

    Raises:
        ValueError: when it is too large or damaged, or declares entities.
    """
    from lxml import etree

    if len(content) > _XML_LIMIT or content.count(b"<") > _MAX_TAGS:
        raise ValueError(f"> {_XML_LIMIT // MEGABYTE} MB")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        raise ValueError(str(error)) from None
    if root.getroottree().docinfo.doctype:
        raise ValueError("DOCTYPE")
    return root


def _links(content: bytes) -> dict[str, Link]:
    if not content:
        return {}
    return {
        entry.get("Id", ""): Link(entry.get("Target", ""), entry.get("TargetMode") == "External")
        for entry in parsed(content).iter(f"{_PR}Relationship")
    }
