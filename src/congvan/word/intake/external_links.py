"""What ties a .docx to the world outside it: relationships to other files, and the elements that use them.

A package lists under ``_rels`` what each of its parts refers to. What lies outside the package, or is a program or
another file inside it, is taken from the list, and so are the elements that asked for it.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from congvan.findings import Finding, Place, finding
from congvan.word.intake.fetching_fields import is_harmless_link, remove_element

if TYPE_CHECKING:
    from lxml.etree import _Element

_RELATIONSHIPS: Final = (
    "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}",
    "{http://purl.oclc.org/ooxml/officeDocument/relationships}",
)
_VML: Final = "{urn:schemas-microsoft-com:vml}"
_URL: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|[\\/]{2}")
_MAX_SHOWN: Final = 80

CONTENT: Final = frozenset({"afchunk", "subdocument"})
"""Kinds of relationship that bring in text; without it the letter would silently be another."""

MACROS: Final = frozenset({"vbaproject", "wordvbadata"})

OBJECTS: Final = frozenset(
    {
        *("activexcontrolbinary", "attachedtoolbars", "control", "extensibility", "frame"),
        *("keymapcustomizations", "oleobject", "package", "taskpane", "usercustomization", "webextension"),
        *("webextensiontaskpanes",),
    }
)
"""Kinds of relationship to programs, objects of other programs and add-ins."""

SETTINGS: Final = frozenset(
    {
        *("attachedSchema", "attachedTemplate", "control", "externalData", "frameset", "mailMerge"),
        *("OLEObject", "saveThroughXslt", "schemaLibrary", "scriptAnchor", "webVideoPr"),
    }
)
"""Elements that open another file, run something, or hold an object of another program."""

_EMPTIED_ELEMENTS: Final = frozenset({"hyperlink", "blip", "imagedata", "fill", "stroke", "background"})


@dataclass(frozen=True, slots=True)
class Link:
    """One relationship of the part ``source``; ``target`` is a part of the package, or a URL where ``is_outside``."""

    source: str
    ma: str
    kind: str
    target: str
    is_outside: bool
    element: _Element

    @property
    def is_within_its_part(self) -> bool:
        """A link to a place in the very part: ``#muc-2``."""
        return (self.element.get("Target") or "").startswith("#")


def source_of(rels: str) -> str:
    """The part whose relationships ``rels`` lists: ``word/_rels/document.xml.rels`` lists those of its document."""
    folder, _, name = rels.rpartition("/")
    return posixpath.join(posixpath.dirname(folder), name.removesuffix(".rels"))


def read_links(rels: str, root: _Element) -> Iterator[Link]:
    """The relationships listed in the part ``rels``."""
    source = source_of(rels)
    for element in root.iter("{*}Relationship"):
        target = (element.get("Target") or "").strip()
        is_outside = element.get("TargetMode") == "External" or bool(_URL.match(target))
        inside = posixpath.normpath(posixpath.join("/", posixpath.dirname(source), target.partition("#")[0]))
        kind = (element.get("Type") or "").rstrip("/").rpartition("/")[2].lower()
        ma, place = element.get("Id") or "", target if is_outside else inside.lstrip("/")
        yield Link(source, ma, kind, place, is_outside, element)


def check_link(link: Link, parts: Collection[str], place: Place) -> Finding | None:
    """Why ``link`` cannot stay; an error when the whole document cannot."""
    source = link.source or "_rels/.rels"
    code: str | None = None
    if link.kind in MACROS:
        code = "intake-macro"
    elif link.kind in CONTENT:
        code = "intake-outside-content"
    elif link.kind in OBJECTS:
        code = "intake-object-removed"
    elif link.is_outside:
        is_allowed = link.kind == "hyperlink" and is_harmless_link(link.target)
        code = None if is_allowed else "intake-link-removed"
    elif link.target not in parts and not link.is_within_its_part:
        code = "intake-link-dangling"
    return finding(code, place, part=source, kind=link.kind, target=shorten(link.target)) if code else None


def remove_references(root: _Element, gone: Collection[str]) -> None:
    """Take out of a part all that used the relationships ``gone``; a hyperlink or a picture keeps its place, empty."""
    for element in list(root.iter("*")):
        used = [name for name, value in element.items() if value in gone and _names_a_relationship(name)]
        if used and element.tag.rpartition("}")[2] not in _EMPTIED_ELEMENTS:
            remove_element(element)
            continue
        for name in used:
            del element.attrib[name]


def remove_settings(root: _Element, part: str, place: Place) -> Iterator[Finding]:
    """Take out of a part what opens or runs something without a relationship."""
    for element in list(root.iter("*")):
        name = element.tag.rpartition("}")[2]
        if name in {"altChunk", "subDoc"}:
            yield finding("intake-outside-content", place, part=part)
        elif name in SETTINGS:
            yield finding("intake-setting-removed", place, part=part, name=name)
            remove_element(element)
        elif element.tag.startswith(_VML):
            yield from _remove_urls(element, part, place)


def shorten(target: str) -> str:
    """A target as a message may show it: short, and without signs that play tricks on a screen."""
    plain = "".join(sign if sign.isprintable() else "?" for sign in target[: _MAX_SHOWN + 1])
    return plain if len(target) <= _MAX_SHOWN else f"{plain[:_MAX_SHOWN]}…"


def _remove_urls(shape: _Element, part: str, place: Place) -> Iterator[Finding]:
    """A shape of Word 97 may name its picture by its place on the web."""
    for name, value in shape.items():
        plain = name.rpartition("}")[2].lower()
        if plain in {"src", "althref"} or (plain == "href" and not is_harmless_link(value)):
            del shape.attrib[name]
            if value:
                yield finding("intake-link-removed", place, part=part, kind="vml", target=shorten(value))


def _names_a_relationship(attribute: str) -> bool:
    return attribute.startswith(_RELATIONSHIPS) or attribute.endswith("}relid")
