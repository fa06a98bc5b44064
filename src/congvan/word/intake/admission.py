"""Admits a .docx from outside: it is checked and cleaned before anything else reads it.

Harmful or deceptive content is refused, references to the outside are removed with a finding. docxtpl, python-docx and
the PDF engines get a package written anew: exactly the parts that were examined, no two of one name, none hidden.
``docs/reference/an-toan.md`` lists what is refused and what is removed.
"""

from __future__ import annotations

import codecs
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from congvan.errors import TemplateError, UnreadableFileError
from congvan.findings import Finding, Place, Report, finding
from congvan.support.docx_container import unpack
from congvan.support.untrusted_files import MEGABYTE, WORD_LIMIT, read_untrusted
from congvan.word.intake.external_links import check_link, read_links, remove_references, remove_settings
from congvan.word.intake.fetching_fields import remove_fetching_fields
from congvan.word.intake.package_form import MAIN_TYPE, TEMPLATE_TYPE, in_usual_form
from congvan.word.intake.pictures import picture_problem
from congvan.word.package import FAST_LEVEL, pack_parts
from congvan.word.xml_elements import remove_element

if TYPE_CHECKING:
    from lxml.etree import _Element

XML_LIMIT: Final = 32 * MEGABYTE
"""Bytes of one XML part; the text of a book of two thousand pages has about twenty million."""

MAX_STYLES: Final = 100
"""Styles that may be based on one another in a chain; Word itself allows some ten."""

MAX_TAGS: Final = 2_000_000
"""Opening and closing tags of one XML part; a letter has about two thousand."""

_TYPES: Final = "[Content_Types].xml"
_MAIN: Final = "word/document.xml"
_ROOT_LINKS: Final = "_rels/.rels"
_MARKS: Final = (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_DECLARATION: Final = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


@dataclass(frozen=True)
class AdmittedDocx:
    """An admitted document: its parts by name, and a report of what was removed."""

    parts: Mapping[str, bytes]
    report: Report

    @cached_property
    def docx(self) -> bytes:
        """The document, written anew."""
        return pack_parts(self.parts, FAST_LEVEL)


def read_docx(path: Path) -> bytes:
    """Read the bytes of a .docx; they are not admitted yet.

    Raises:
        UnreadableFileError: when there is no such file, or it is too large.
    """
    try:
        return read_untrusted(path, WORD_LIMIT)
    except OSError as error:
        raise UnreadableFileError(path, error.strerror or str(error)) from None


@lru_cache(maxsize=16)
def admit(source: bytes, name: str) -> AdmittedDocx:
    """Check and clean the .docx ``source``; ``name`` is the file in errors and findings.

    Raises:
        UnreadableFileError: when it is no zip, or a damaged one.
        TemplateError: with every reason it is refused for, and everything that would have been removed.
    """
    document = _Document(in_usual_form(unpack(source, name), _parsed), Place(file=name))
    findings = [*document.clean()]
    report = Report.of(findings)
    report.raise_errors(TemplateError)
    return AdmittedDocx(document.contents(), report)


class _Document:
    """The parts of a document during admission; XML parts are parsed once and written back if they change."""

    def __init__(self, contents: Mapping[str, bytes], place: Place) -> None:
        self._contents = dict(contents)
        self._place = place
        self._roots: dict[str, _Element] = {}
        self._changed: set[str] = set()

    def clean(self) -> Iterator[Finding]:
        """Check and clean the parts, reporting everything wrong or removed; iterate once, to the end."""
        unsound = [*self._parse()]
        yield from unsound
        if unsound:
            return
        yield from self._macros()
        yield from self._main_part()
        yield from self._links()
        yield from self._pictures()
        for part, root in self._roots.items():
            yield from self._fetching(part, root)
        yield from self._unused()

    def contents(self) -> dict[str, bytes]:
        """The parts after cleaning."""
        from lxml import etree

        written = {part: _DECLARATION + etree.tostring(self._roots[part], encoding="UTF-8") for part in self._changed}
        return {part: written.get(part, content) for part, content in self._contents.items()}

    def _parse(self) -> Iterator[Finding]:
        for part, content in self._contents.items():
            if _is_xml(part, content) and not (_is_shared(part, content) and _is_harmless(content)):
                try:
                    root = _parsed(content)
                except ValueError as error:
                    yield finding("intake-xml", self._place, part=part, why=error)
                    continue
                self._roots[part] = root
                if (root.getroottree().docinfo.encoding or "UTF-8").upper() != "UTF-8":
                    self._changed.add(part)

    def _macros(self) -> Iterator[Finding]:
        types = self._roots.get(_TYPES)
        declared = [entry.get("ContentType") or "" for entry in types] if types is not None else []
        named = (part.lower().endswith(("vbaproject.bin", "vbadata.xml")) for part in self._contents)
        if any(named) or any("macroenabled" in kind.lower() or "vba" in kind.lower() for kind in declared):
            yield finding("intake-macro", self._place)

    def _main_part(self) -> Iterator[Finding]:
        """Make sure that all readers take the same part for the text."""
        types, root = self._roots.get(_TYPES), self._roots.get(_ROOT_LINKS)
        entries = list(types) if types is not None else []
        kinds = [entry.get("ContentType") for entry in entries if entry.get("PartName") == f"/{_MAIN}"]
        root_links = read_links(_ROOT_LINKS, root) if root is not None else ()
        texts = [link.target for link in root_links if link.kind == "officedocument"]
        if _MAIN not in self._roots or texts != [_MAIN] or kinds not in ([MAIN_TYPE], [TEMPLATE_TYPE]):
            yield finding("intake-main-part", self._place)
        elif kinds == [TEMPLATE_TYPE]:
            yield finding("intake-word-template", self._place)
            for entry in entries:
                if entry.get("ContentType") == TEMPLATE_TYPE:
                    entry.set("ContentType", MAIN_TYPE)
            self._changed.add(_TYPES)

    def _links(self) -> Iterator[Finding]:
        gone: dict[str, set[str]] = defaultdict(set)
        for rels in [part for part in self._roots if part.endswith(".rels")]:
            for link in [*read_links(rels, self._roots[rels])]:
                if found := check_link(link, self._contents.keys(), self._place):
                    yield found
                    remove_element(link.element)
                    self._changed.add(rels)
                    gone[link.source].add(link.relation_id)
        for source, ids in gone.items():
            if source in self._contents and _is_xml(source, self._contents[source]):
                root = self._roots.setdefault(source, _parsed(self._contents[source]))
                remove_references(root, ids)
                self._changed.add(source)

    def _pictures(self) -> Iterator[Finding]:
        for rels, root in self._roots.items():
            for link in read_links(rels, root) if rels.endswith(".rels") else ():
                if link.kind == "image" and not link.is_outside:
                    content = self._contents.get(link.target, b"")
                    if why := picture_problem(content, self._roots.get(link.target)):
                        yield finding("intake-picture", self._place, part=link.target, why=why)

    def _fetching(self, part: str, root: _Element) -> Iterator[Finding]:
        if part.endswith(".rels") or part == _TYPES:
            return
        removed = [*remove_settings(root, part, self._place)]
        removed += [
            finding("intake-field-removed", self._place, part=part, name=keyword or "?")
            for keyword in remove_fetching_fields(root)
        ]
        if removed:
            self._changed.add(part)
        yield from removed

    def _unused(self) -> Iterator[Finding]:
        """Remove parts nothing refers to: no program reads them, and they may be anything."""
        used = {_TYPES, *self._reachable("")}
        unused = [part for part in self._contents if part not in used]
        for part in unused:
            del self._contents[part]
            self._roots.pop(part, None)
            self._changed.discard(part)
        if unused:
            yield finding("intake-parts-unused", self._place, count=len(unused), parts=", ".join(unused[:5]))
            self._forget_types(unused)

    def _forget_types(self, unused: Collection[str]) -> None:
        for entry in list(self._roots.get(_TYPES, ())):
            if (entry.get("PartName") or "").removeprefix("/") in unused:
                remove_element(entry)
                self._changed.add(_TYPES)

    def _reachable(self, first: str) -> set[str]:
        reached, waiting = set[str](), [first]
        while waiting:
            source = waiting.pop()
            folder, _, base = source.rpartition("/")
            rels = f"{folder}/_rels/{base}.rels".lstrip("/")
            if rels in reached or rels not in self._roots:
                continue
            reached.add(rels)
            targets = {link.target for link in read_links(rels, self._roots[rels]) if not link.is_outside}
            waiting += targets - reached
            reached |= targets & self._contents.keys()
        return reached


def _is_shared(part: str, content: bytes) -> bool:
    """True for parts that documents of one template mostly share, as styles, headers and settings."""
    return part.endswith(".xml") and part not in {_MAIN, _TYPES} and len(content) < MEGABYTE


@lru_cache(maxsize=32)  # looking at the shared parts is half of the time to admit a letter
def _is_harmless(content: bytes) -> bool:
    """True for an XML part in UTF-8 that neither opens nor fetches anything."""
    try:
        root = _parsed(content)
    except ValueError:
        return False
    if (root.getroottree().docinfo.encoding or "UTF-8").upper() != "UTF-8":
        return False
    return not [*remove_settings(root, "", Place()), *remove_fetching_fields(root)]


def _is_xml(part: str, content: bytes) -> bool:
    """By its name, or because it looks like XML in whatever encoding."""
    start = content[:64]
    for mark in _MARKS:
        start = start.removeprefix(mark)
    return part.endswith((".xml", ".rels", ".vml", ".svg")) or start.replace(b"\0", b"").lstrip().startswith(b"<")


def _parsed(content: bytes) -> Any:
    """The root of an XML part; nothing is loaded or expanded.

    Raises:
        ValueError: when it is too large or damaged, or declares entities.
    """
    from lxml import etree

    if len(content) > XML_LIMIT or content.count(b"<") > MAX_TAGS:
        raise ValueError(finding("intake-too-large", limit=XML_LIMIT // MEGABYTE).message)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        raise ValueError(str(error)) from None
    if root.getroottree().docinfo.doctype:
        raise ValueError("DOCTYPE")
    if str(root.tag).endswith("}styles") and _deepest_style(root) > MAX_STYLES:
        raise ValueError(finding("intake-styles-deep", limit=MAX_STYLES).message)
    return root


def _deepest_style(styles: Any) -> int:
    """The most styles that are based on one another in a chain, or in a circle."""
    parents: dict[str, str] = {}
    for style in styles.iterchildren("{*}style"):
        below = style.find("{*}basedOn")
        if below is not None:
            parents[_attribute(style, "styleId")] = _attribute(below, "val")
    depths: dict[str, int] = {}
    for style in parents:
        chain: dict[str, None] = {}
        above = style
        while above in parents and above not in depths and above not in chain:
            chain[above] = None
            above = parents[above]
        known = depths.get(above, 0)
        depths.update({one: known + number for number, one in enumerate(reversed(chain), 1)})
    return max(depths.values(), default=0)


def _attribute(element: Any, name: str) -> str:
    """The attribute by its name without namespace."""
    return next((str(value) for key, value in element.attrib.items() if key.rpartition("}")[2] == name), "")
