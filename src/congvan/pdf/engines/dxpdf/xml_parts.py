"""XML parts of a .docx read into trees and written again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from lxml import etree

from congvan.errors import EngineError
from congvan.pdf.engines.dxpdf import ENGINE
from congvan.support.ooxml import MC, W

if TYPE_CHECKING:
    from lxml.etree import _Element

_IGNORABLE: Final = f"{MC}Ignorable"
_OFF: Final = frozenset({"0", "false", "off"})


def parse_part(part: bytes) -> _Element:
    """A part of the .docx as a tree.

    Raises:
        EngineError: when it is no XML.
    """
    try:
        return etree.fromstring(part, etree.XMLParser(resolve_entities=False, huge_tree=True))
    except etree.XMLSyntaxError as error:
        raise EngineError(ENGINE, f"not a Word document: {error}") from None


def write_part(root: _Element) -> bytes:
    """The source of a tree, without the namespaces nothing in it uses."""
    ignorable = root.attrib.pop(_IGNORABLE, "").split()
    etree.cleanup_namespaces(root, keep_ns_prefixes=["mc"])
    if known := [prefix for prefix in ignorable if prefix in root.nsmap]:
        root.set(_IGNORABLE, " ".join(known))
    source: bytes = etree.tostring(root, encoding="UTF-8", xml_declaration=True, standalone=True)
    return source


def is_on(switch: _Element) -> bool:
    """The value of an on/off property (ISO/IEC 29500-1, 17.17.4)."""
    return switch.get(f"{W}val", "true") not in _OFF
