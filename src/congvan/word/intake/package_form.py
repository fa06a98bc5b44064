"""Brings a .docx of any program into the one form that the rest of congvan reads.

Word for the web calls its parts otherwise, other programs declare types by default, write targets from the package's
root or use other prefixes, and Word's own «Strict Open XML» has other namespaces. All of these are Word documents.
What is not understood stays as it is, for the checks that follow.
"""

from __future__ import annotations

import codecs
import posixpath
import re
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

from congvan.word.intake.external_links import read_links
from congvan.word.intake.prefixes import needs_usual_prefixes, with_usual_prefixes
from congvan.word.intake.strict_form import from_strict, is_strict, plain_measures

if TYPE_CHECKING:
    from lxml.etree import _Element

Parser = Callable[[bytes], Any]

_TYPES: Final = "[Content_Types].xml"
_ROOT_LINKS: Final = "_rels/.rels"
_MAIN: Final = "word/document.xml"
_TYPE_SPACE: Final = "{http://schemas.openxmlformats.org/package/2006/content-types}"
_WORD: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml."
MAIN_TYPE: Final = f"{_WORD}document.main+xml"
TEMPLATE_TYPE: Final = f"{_WORD}template.main+xml"
_USUAL_NAMES: Final = {
    "styles": "word/styles.xml",
    "numbering": "word/numbering.xml",
    "settings": "word/settings.xml",
    "fonttable": "word/fontTable.xml",
    "theme": "word/theme/theme1.xml",
    "footnotes": "word/footnotes.xml",
    "endnotes": "word/endnotes.xml",
    "comments": "word/comments.xml",
}
_COUNTED_NAMES: Final = {"header": "word/header{}.xml", "footer": "word/footer{}.xml"}
_COUNTED: Final = re.compile(r"word/(?:header|footer)\d*\.xml")
_MARKS: Final = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_XML: Final = (".xml", ".rels")


def in_usual_form(parts: Mapping[str, bytes], parse: Parser) -> dict[str, bytes]:
    """``parts`` of a package in the form Word's own have; ``parse`` reads untrusted XML, or raises ValueError."""
    plain = {name: _plain(name, content, parse) for name, content in parts.items()}
    outline = tuple(
        (name, content if name.endswith(".rels") or name == _TYPES else b"") for name, content in plain.items()
    )
    return plain if _is_usual(outline, parse) else _in_form(plain, parse)


@lru_cache(maxsize=16)  # documents of one template have the same outline
def _is_usual(outline: tuple[tuple[str, bytes], ...], parse: Parser) -> bool:
    """True for a package with the usual names and types, by its names, relationships and types alone."""
    return _in_form(dict(outline), parse) == dict(outline)


def _in_form(parts: dict[str, bytes], parse: Parser) -> dict[str, bytes]:
    package = _Form(parts, parse)
    try:
        package.rename_parts()
        package.declare_types()
    except ValueError:  # the checks that follow say which part cannot be read
        pass
    return package.parts


@lru_cache(maxsize=64)  # documents of one template share most parts
def _plain(name: str, content: bytes, parse: Parser) -> bytes:
    """An XML part in UTF-8, with the usual namespaces, prefixes and measures."""
    if not name.endswith(_XML):
        return content
    plain = _in_utf8(content)
    if is_strict(plain):
        plain = from_strict(plain)
    if name.startswith("word/"):
        plain = plain_measures(plain)
    if not needs_usual_prefixes(plain):
        return plain
    try:
        return with_usual_prefixes(parse(plain))
    except ValueError:
        return plain


def _in_utf8(content: bytes) -> bytes:
    """XML without a byte order mark, in UTF-8 where the mark says what it is in."""
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            if encoding == "utf-8":
                return content.removeprefix(mark)
            try:
                text = content.decode(encoding)
            except UnicodeDecodeError:
                return content
            return re.sub(r"""(<\?xml[^>]*?encoding=)["'][^"']*["']""", r'\1"UTF-8"', text, count=1).encode()
    return content


class _Form:
    """The parts of a package while their names and types are made the usual ones."""

    def __init__(self, parts: Mapping[str, bytes], parse: Parser) -> None:
        self.parts = dict(parts)
        self._parse = parse

    def rename_parts(self) -> None:
        """Give the text and what hangs on it the names Word gives them."""
        self._mend_case()
        for text in [link.target for link in self._links(_ROOT_LINKS) if link.kind == "officedocument"][:1]:
            self._rename(text, _MAIN)
        for link in list(self._links("word/_rels/document.xml.rels")):
            if link.is_outside or link.target not in self.parts:
                continue
            if link.kind in _USUAL_NAMES:
                self._rename(link.target, _USUAL_NAMES[link.kind])
            elif link.kind in _COUNTED_NAMES and not _COUNTED.fullmatch(link.target):
                self._rename(link.target, self._free_name(_COUNTED_NAMES[link.kind]))

    def declare_types(self) -> None:
        """Declare the type of the text by its name, where it is declared for all files of an ending."""
        if _TYPES not in self.parts or _MAIN not in self.parts:
            return
        types = self._parse(self.parts[_TYPES])
        named = {(entry.get("PartName") or "").casefold() for entry in types.iter(f"{_TYPE_SPACE}Override")}
        endings = {
            (entry.get("Extension") or "").casefold(): entry.get("ContentType") or ""
            for entry in types.iter(f"{_TYPE_SPACE}Default")
        }
        kind = endings.get("xml", "")
        if f"/{_MAIN}".casefold() in named or not kind.startswith(_WORD):
            return
        for entry in types.iter(f"{_TYPE_SPACE}Default"):
            if (entry.get("Extension") or "").casefold() == "xml":
                entry.set("ContentType", "application/xml")
        _add_type(types, f"/{_MAIN}", kind)
        self._store(_TYPES, types)

    def _links(self, rels: str) -> Iterator[Any]:
        return read_links(rels, self._parse(self.parts[rels])) if rels in self.parts else iter(())

    def _mend_case(self) -> None:
        """Let targets and type declarations name parts as they are written: their case does not count in a package."""
        known = {name.casefold(): name for name in self.parts}
        for rels in [name for name in self.parts if name.endswith(".rels")]:
            root = self._parse(self.parts[rels])
            changed = False
            for link in read_links(rels, root):
                own = known.get(link.target.casefold())
                if not link.is_outside and own is not None and own != link.target:
                    link.element.set("Target", f"/{own}")
                    changed = True
            if changed:
                self._store(rels, root)

    def _rename(self, name: str, usual: str) -> None:
        """Give a part another name, in its own relationships, in those that lead to it, and where its type stands."""
        if name == usual or name not in self.parts or usual in self.parts:
            return
        self.parts = {(usual if part == name else part): content for part, content in self.parts.items()}
        own = _links_of(name)
        if own in self.parts:
            self._move_links(own, _links_of(usual))
        for rels in [part for part in self.parts if part.endswith(".rels")]:
            self._retarget(rels, name, usual)
        self._retype(name, usual)

    def _move_links(self, rels: str, usual: str) -> None:
        root = self._parse(self.parts[rels])
        for link in read_links(rels, root):
            if not link.is_outside and not link.is_within_its_part:
                link.element.set("Target", f"/{link.target}")
        self.parts = {(usual if part == rels else part): content for part, content in self.parts.items()}
        self._store(usual, root)

    def _retarget(self, rels: str, name: str, usual: str) -> None:
        root = self._parse(self.parts[rels])
        leading = [link for link in read_links(rels, root) if link.target == name and not link.is_outside]
        for link in leading:
            link.element.set("Target", usual if rels == _ROOT_LINKS else f"/{usual}")
        if leading:
            self._store(rels, root)

    def _retype(self, name: str, usual: str) -> None:
        if _TYPES not in self.parts:
            return
        types = self._parse(self.parts[_TYPES])
        for entry in types.iter(f"{_TYPE_SPACE}Override"):
            if (entry.get("PartName") or "").casefold() == f"/{name}".casefold():
                entry.set("PartName", f"/{usual}")
                self._store(_TYPES, types)

    def _free_name(self, pattern: str) -> str:
        number = 1
        while pattern.format(number) in self.parts:
            number += 1
        return pattern.format(number)

    def _store(self, name: str, root: _Element) -> None:
        from lxml import etree

        self.parts[name] = etree.tostring(root, encoding="UTF-8", xml_declaration=True, standalone=True)


def _links_of(part: str) -> str:
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels")


def _add_type(types: _Element, part: str, kind: str) -> None:
    entry = types.makeelement(f"{_TYPE_SPACE}Override", {"PartName": part, "ContentType": kind})
    types.append(entry)
