"""References of a .docx to the outside: relationships to other files, and the elements that use them.

A package lists under ``_rels`` the references of each of its parts. Those to files outside the package, to programs
and to embedded files are removed, with the elements that use them.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from congvan.findings import Finding, Place, finding
from congvan.support.ooxml import qn
from congvan.word.intake.fetching_fields import is_harmless_link
from congvan.word.xml_elements import remove_element

if TYPE_CHECKING:
    from lxml.etree import _Element

_RELATIONSHIPS: Final = (
    qn("r:"),
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

_BRINGS_IN_TEXT: Final = frozenset({"altChunk", "subDoc"})
_OPENING_TAGS: Final = (*(f"{{*}}{name}" for name in sorted(SETTINGS | _BRINGS_IN_TEXT)), f"{_VML}*")

_EMPTIED_ELEMENTS: Final = frozenset({"hyperlink", "blip", "imagedata", "fill", "stroke", "background"})


@dataclass(frozen=True, slots=True)
class Link:
    """One relationship of the part ``source``; ``target`` is a part of the package, or a URL where ``is_outside``."""

    source: str
    relation_id: str
    kind: str
    target: str
    is_outside: bool
    element: _Element

    @property
    def is_within_its_part(self) -> bool:
        """True for a link to a bookmark of the same part: ``#muc-2``."""
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
        relation_id = element.get("Id") or ""
        yield Link(source, relation_id, kind, target if is_outside else inside.lstrip("/"), is_outside, element)


def check_link(link: Link, parts: Collection[str], place: Place) -> Finding | None:
    """The reason to remove ``link``, None to leave it; an error refuses the whole document."""
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
    """Remove from a part the elements that used the relationships ``gone``; a hyperlink or a picture stays, emptied."""
    for element in list(root.iter("*")):
        used = [name for name, value in element.items() if value in gone and _names_a_relationship(name)]
        if used and element.tag.rpartition("}")[2] not in _EMPTIED_ELEMENTS:
            remove_element(element)
            continue
        for name in used:
            del element.attrib[name]


def remove_settings(root: _Element, part: str, place: Place) -> Iterator[Finding]:
    """Remove from a part the elements that open or run something without a relationship."""
    for element in list(root.iter(*_OPENING_TAGS)):
        name = element.tag.rpartition("}")[2]
        if name in _BRINGS_IN_TEXT:
            yield finding("intake-outside-content", place, part=part)
        elif name in SETTINGS:
            yield finding("intake-setting-removed", place, part=part, name=name)
            remove_element(element)
        else:
            yield from _remove_urls(element, part, place)


def shorten(target: str) -> str:
    """Shorten a target for a message and replace characters that cannot be printed."""
    plain = "".join(character if character.isprintable() else "?" for character in target[: _MAX_SHOWN + 1])
    return plain if len(target) <= _MAX_SHOWN else f"{plain[:_MAX_SHOWN]}…"


def _remove_urls(shape: _Element, part: str, place: Place) -> Iterator[Finding]:
    """Remove the URLs by which a shape of Word 97 may name its picture."""
    for name, value in shape.items():
        plain = name.rpartition("}")[2].lower()
        if plain in {"src", "althref"} or (plain == "href" and not is_harmless_link(value)):
            del shape.attrib[name]
            if value:
                yield finding("intake-link-removed", place, part=part, kind="vml", target=shorten(value))


def _names_a_relationship(attribute: str) -> bool:
    return attribute.startswith(_RELATIONSHIPS) or attribute.endswith("}relid")
