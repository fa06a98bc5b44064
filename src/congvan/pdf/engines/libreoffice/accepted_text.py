"""What LibreOffice would draw otherwise than Word, put right before it reads a document.

It draws deleted text, and computes references anew: one to a bookmark that is not there becomes «Error: Reference
source not found», where Word keeps what it said last. Of rows taller than a page it may lose a line
(:mod:`congvan.pdf.engines.libreoffice.tall_rows`).
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from congvan.pdf.engines.libreoffice.tall_rows import let_tall_rows_split
from congvan.support.ooxml import W
from congvan.support.untrusted_files import ARCHIVE_ERRORS
from congvan.word.tracked_changes import accept_changes

if TYPE_CHECKING:
    from lxml.etree import _Element

_STORY: Final = re.compile(r"word/(document|header\d*|footer\d*|footnotes|endnotes)\.xml")
_SIGNS: Final = re.compile(rb"<\w+:(?:del|ins|moveFrom|moveTo|\w+Change|cellDel|cantSplit)\b|\bREF\b")
_REFERENCE: Final = re.compile(r"\s*(?:REF|PAGEREF|NOTEREF)\s+(\S+)")


def with_accepted_text(docx: bytes) -> bytes:
    """``docx`` without tracked changes and lost references, tall rows split; as it is if it cannot be read."""
    from lxml import etree

    try:
        with zipfile.ZipFile(io.BytesIO(docx)) as archive:
            parts = {name: archive.read(name) for name in archive.namelist()}
        changed = {name: part for name, part in parts.items() if _STORY.fullmatch(name) and _SIGNS.search(part)}
        if not changed:
            return docx
        written = {name: _accepted(part) for name, part in changed.items()}
    except (*ARCHIVE_ERRORS, etree.XMLSyntaxError):
        return docx  # the program says what is wrong with it
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as archive:
        for name, content in {**parts, **written}.items():
            archive.writestr(zipfile.ZipInfo(name), content)
    return target.getvalue()


def _accepted(part: bytes) -> bytes:
    from lxml import etree

    root = etree.fromstring(part, etree.XMLParser(resolve_entities=False, huge_tree=True))
    accept_changes(root)
    let_tall_rows_split(root)
    bookmarks = {mark.get(f"{W}name") for mark in root.iter(f"{W}bookmarkStart")}
    _keep_results(root, bookmarks)
    source: bytes = etree.tostring(root, encoding="UTF-8", xml_declaration=True, standalone=True)
    return source


def _keep_results(root: _Element, bookmarks: set[str | None]) -> None:
    """Take the codes off references to bookmarks that are not there; what they said last stays."""
    for simple in reversed(list(root.iter(f"{W}fldSimple"))):
        if _is_lost(simple.get(f"{W}instr", ""), bookmarks):
            parent = simple.getparent()
            place = parent.index(simple)
            parent.remove(simple)
            for child in reversed(list(simple)):
                parent.insert(place, child)
    for code, marks in _fields(root):
        if _is_lost(code, bookmarks):
            for mark in marks:
                if (parent := mark.getparent()) is not None:
                    parent.remove(mark)


def _is_lost(code: str, bookmarks: set[str | None]) -> bool:
    found = _REFERENCE.match(code)
    return found is not None and found[1] not in bookmarks


def _fields(root: _Element) -> Iterator[tuple[str, list[_Element]]]:
    """The fields, inner ones first: their code, and the elements that mark it."""
    stack: list[tuple[list[str], list[_Element]]] = []
    for element in root.iter(f"{W}fldChar", f"{W}instrText"):
        kind = element.get(f"{W}fldCharType")
        if kind == "begin":
            stack.append(([], [element]))
        elif not stack:
            continue
        elif kind is None:
            stack[-1][0].append(element.text or "")
            stack[-1][1].append(element)
        else:
            stack[-1][1].append(element)
            if kind == "end":
                code, marks = stack.pop()
                yield "".join(code), marks
