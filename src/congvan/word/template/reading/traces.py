"""What Word notes of the persons who worked on a file: it stays out of the letters made from it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from congvan.support.ooxml import W
from congvan.word.xml_elements import remove_element

if TYPE_CHECKING:
    from lxml.etree import _Element

APP: Final = "docProps/app.xml"
"""The part that names the program that wrote the file."""

CORE: Final = "docProps/core.xml"

_PERSONS: Final = ("lastModifiedBy", "creator", "revision", "created", "modified", "lastPrinted")
_RSID: Final = re.compile(rf"{re.escape(W)}rsid\w*")
_WORD_PART: Final = re.compile(r"word/(?!theme/|media/|embeddings/|fonts/)[^/]+\.xml")
_DECLARATION: Final = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'

APP_XML: Final = _DECLARATION + (
    b'<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
    b"<Application>congvan</Application></Properties>"
)
"""The part that names congvan; without a version, so that another one makes the same bytes."""


def without_traces(parts: Mapping[str, bytes]) -> dict[str, bytes]:
    """``parts`` without authors, last editors and times of work; fields of the template in them stay."""
    from lxml import etree

    changed: dict[str, bytes] = {}
    for name, content in parts.items():
        if name == APP:
            changed[name] = APP_XML
        elif name == CORE or (_WORD_PART.fullmatch(name) and b"rsid" in content):
            root = etree.fromstring(content)
            _remove_persons(root) if name == CORE else _remove_rsids(root)
            changed[name] = _DECLARATION + etree.tostring(root, encoding="UTF-8")
    return {**parts, **changed}


def _remove_persons(core: _Element) -> None:
    for name in _PERSONS:
        for element in list(core.iter(f"{{*}}{name}")):
            if "{" not in (element.text or ""):
                remove_element(element)


def _remove_rsids(root: _Element) -> None:
    for settings in list(root.iter(f"{W}rsids", f"{W}rsid", f"{W}rsidRoot")):
        remove_element(settings)
    for element in root.iter(f"{W}*"):
        for name in [name for name in element.attrib if _RSID.fullmatch(str(name))]:
            del element.attrib[name]
