"""Prefixes of namespaces: a part that calls them otherwise is written anew with the usual ones.

To XML ``<ns0:p>`` and ``<w:p>`` are the same. Templates are read as text, where they are not.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from congvan.support.ooxml import MC, NAMESPACES

if TYPE_CHECKING:
    from lxml.etree import _Element

_USUAL: Final = {
    **{uri: prefix for prefix, uri in NAMESPACES.items() if prefix != "pr"},
    "http://schemas.openxmlformats.org/officeDocument/2006/math": "m",
    "http://schemas.microsoft.com/office/word/2010/wordml": "w14",
    "http://schemas.microsoft.com/office/word/2012/wordml": "w15",
    "http://schemas.microsoft.com/office/word/2010/wordprocessingDrawing": "wp14",
    "http://schemas.microsoft.com/office/word/2010/wordprocessingGroup": "wpg",
    "http://schemas.microsoft.com/office/word/2010/wordprocessingCanvas": "wpc",
    "urn:schemas-microsoft-com:vml": "v",
    "urn:schemas-microsoft-com:office:office": "o",
    "urn:schemas-microsoft-com:office:word": "w10",
    "http://schemas.openxmlformats.org/package/2006/metadata/core-properties": "cp",
    "http://purl.org/dc/elements/1.1/": "dc",
    "http://purl.org/dc/terms/": "dcterms",
    "http://schemas.openxmlformats.org/package/2006/relationships": "",  # some programs read no prefix there
    "http://schemas.openxmlformats.org/package/2006/content-types": "",
}
_PREFIXES: Final = frozenset(_USUAL.values())
_XML_SPACE: Final = "http://www.w3.org/XML/1998/namespace"
_DECLARED: Final = re.compile(rb"""xmlns(?::([\w.-]+))?\s*=\s*["']([^"']*)["']""")
_LISTS: Final = tuple(f"{MC}{name}" for name in ("Ignorable", "MustUnderstand", "ProcessContent", "PreserveElements"))
_NEEDS: Final = "Requires"


def needs_usual_prefixes(part: bytes) -> bool:
    """True for a part that has another prefix for a namespace of Word's, or Word's prefix for another."""
    for prefix, uri in _DECLARED.findall(part):
        usual = _USUAL.get(uri.decode("utf-8", "replace"))
        if usual is not None and usual.encode() != prefix:
            return True
    return False


def with_usual_prefixes(root: _Element) -> bytes:
    """The part of ``root`` with the usual prefixes, all declared at its beginning."""
    from lxml import etree

    spaces = _spaces(root)
    renamed = etree.Element(root.tag, nsmap={prefix or None: uri for uri, prefix in spaces.items()})
    waiting = [(root, renamed)]
    while waiting:
        old, new = waiting.pop()
        new.text = old.text
        for name, value in old.attrib.items():
            new.set(name, _renamed(name, value, old, spaces))
        for child in old:
            if isinstance(child.tag, str):
                copy = etree.SubElement(new, child.tag)
                copy.tail = child.tail
                waiting.append((child, copy))
            elif len(new):
                new[-1].tail = (new[-1].tail or "") + (child.tail or "")
            else:
                new.text = (new.text or "") + (child.tail or "")
    source: bytes = etree.tostring(renamed, encoding="UTF-8", xml_declaration=True, standalone=True)
    return source


def _spaces(root: _Element) -> dict[str, str]:
    """The prefix of each namespace of a part: the usual one, its own, or a new one."""
    found: dict[str, str] = {}
    for element in root.iter("*"):
        for prefix, uri in element.nsmap.items():
            if uri in found or uri == _XML_SPACE:
                continue
            own = _USUAL.get(uri, prefix or "")
            taken = own in found.values() or (own in _PREFIXES and uri not in _USUAL)
            found[uri] = f"k{len(found)}" if taken else own
    return found


def _renamed(name: str, value: str, element: _Element, spaces: dict[str, str]) -> str:
    """An attribute's value, its prefixes the new ones where it lists some; those nobody declared are left out."""
    if name not in _LISTS and name != _NEEDS:
        return value
    uris = (element.nsmap.get(prefix) for prefix in value.split())
    return " ".join(spaces[uri] for uri in uris if uri in spaces)
