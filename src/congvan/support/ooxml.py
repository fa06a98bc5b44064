"""The XML namespaces of Office Open XML (ISO/IEC 29500), each written once.

``qn("w:p")`` is the name lxml knows a paragraph by. A module that asks for names in a loop keeps them in constants, or
uses the prefix form: ``f"{W}p"``.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import Final

NAMESPACES: Final = MappingProxyType(
    {
        "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
        "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
        "pic": "http://schemas.openxmlformats.org/drawingml/2006/picture",
        "pr": "http://schemas.openxmlformats.org/package/2006/relationships",
        "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
        "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "w14": "http://schemas.microsoft.com/office/word/2010/wordml",
        "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
        "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
    }
)
"""The namespaces by the prefix everybody gives them."""

STRICT_NAMESPACE: Final = "http://purl.oclc.org/ooxml/wordprocessingml/main"
"""The main namespace of the strict form of the standard, which few programs write."""

A: Final = f"{{{NAMESPACES['a']}}}"
MC: Final = f"{{{NAMESPACES['mc']}}}"
W: Final = f"{{{NAMESPACES['w']}}}"
WP: Final = f"{{{NAMESPACES['wp']}}}"


def qn(name: str) -> str:
    """The qualified name of ``prefix:name`` as lxml writes it, ``{namespace}name``."""
    prefix, _, local = name.partition(":")
    return f"{{{NAMESPACES[prefix]}}}{local}"
