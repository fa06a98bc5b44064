"""Tracked changes, comments and hidden text in a template: what colleagues wrote to each other is no part of a letter.

A template with changes nobody has accepted, or with comments, is refused, unless the caller accepts them all: then
insertions stay, deletions and comments go. Hidden text, which never prints, goes in any case.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from congvan.findings import Finding, Place, finding
from congvan.support.ooxml import W
from congvan.word.template.reading.paragraphs import read_story
from congvan.word.xml_elements import remove_element, replace_element

if TYPE_CHECKING:
    from lxml.etree import _Element

COMMENT_PARTS: Final = re.compile(r"word/(?:comments\w*|people)\d*\.xml")
"""The parts that hold comments, and the persons who wrote them."""

_INSERTED: Final = (f"{W}ins", f"{W}moveTo")
_DELETED: Final = (f"{W}del", f"{W}moveFrom")
_CELL_CHANGES: Final = (f"{W}cellIns", f"{W}cellDel", f"{W}cellMerge")
_RANGES: Final = re.compile(r"(?:moveFrom|moveTo|customXml(?:Ins|Del|MoveFrom|MoveTo))Range(?:Start|End)")
_CHANGED_FORMAT: Final = re.compile(r"(?:\w+PrChange|tblPrExChange|tblGridChange|numberingChange|sectPrChange)")
_COMMENT_MARKS: Final = (f"{W}commentRangeStart", f"{W}commentRangeEnd", f"{W}commentReference", f"{W}annotationRef")
_TEXT: Final = (f"{W}t", f"{W}delText")
_OFF: Final = frozenset({"0", "false", "off"})
_LONGEST: Final = 60


def revision_findings(root: _Element, part: str, file: str) -> Iterator[Finding]:
    """The tracked changes of one part, and its comments, each as one finding at the first of them."""
    changes = list(root.iter(*_INSERTED, *_DELETED, *_CELL_CHANGES))
    changes += [element for element in root.iter(f"{W}*") if _CHANGED_FORMAT.fullmatch(_name(element))]
    if changes:
        words = next(filter(None, map(_text, changes)), "")
        yield finding("template-changes", _place(changes[0], root, part, file), count=len(changes), words=words)
    comments = list(root.iter(f"{W}commentReference"))
    if comments:
        yield finding("template-comments", _place(comments[0], root, part, file), count=len(comments))


def accept_changes(root: _Element) -> None:
    """Leave of one part what it says after every change is accepted and every comment deleted."""
    for element in list(root.iter(f"{W}*")):
        if _CHANGED_FORMAT.fullmatch(_name(element)) or _RANGES.fullmatch(_name(element)):
            remove_element(element)
    _remove_comments(root)
    for row in [one for one in root.iter(f"{W}tr") if one.find(f"{W}trPr/{W}del") is not None]:
        remove_element(row)
    for cell in [one for one in root.iter(f"{W}tc") if one.find(f"{W}tcPr/{W}cellDel") is not None]:
        remove_element(cell)
    gone = [one for one in root.iter(f"{W}p") if _mark_is_deleted(one)]
    for element in [one for one in root.iter(*_DELETED) if not _is_mark(one)]:
        remove_element(element)
    for element in list(root.iter(*_INSERTED, *_DELETED, *_CELL_CHANGES)):
        if _is_mark(element) or element.tag in _CELL_CHANGES:
            remove_element(element)
        else:
            replace_element(element, element)
    for paragraph in gone:
        _join_next(paragraph)


def remove_hidden_text(root: _Element, hidden_styles: frozenset[str]) -> bool:
    """Remove what is formatted as hidden, and say whether there was any; tags that somebody hid stay.

    ``hidden_styles`` are the character styles that hide.
    """
    hidden = [run for run in root.iter(f"{W}r") if _is_hidden(run, hidden_styles)]
    removed = False
    for run in hidden:
        texts = [one for one in run.iter(*_TEXT) if one.text]
        if not any(sign in "".join(one.text or "" for one in texts) for sign in "{}%"):
            for text in texts:
                remove_element(text)
                removed = True
    return removed


def hidden_styles(styles: _Element) -> frozenset[str]:
    """The identifiers of the character styles whose text is hidden."""
    found = (one for one in styles.iter(f"{W}style") if one.get(f"{W}type") == "character")
    return frozenset(one.get(f"{W}styleId") or "" for one in found if _is_on(one.find(f"{W}rPr/{W}vanish")))


def _remove_comments(root: _Element) -> None:
    for mark in list(root.iter(*_COMMENT_MARKS)):
        run = mark.getparent()
        remove_element(mark)
        if run is not None and run.tag == f"{W}r" and all(child.tag == f"{W}rPr" for child in run):
            remove_element(run)


def _is_mark(element: _Element) -> bool:
    """True for a change of a paragraph's end or of a row, which stands in its properties."""
    parent = element.getparent()
    return parent is not None and parent.tag in {f"{W}rPr", f"{W}trPr", f"{W}numPr"}


def _mark_is_deleted(paragraph: _Element) -> bool:
    marks = paragraph.find(f"{W}pPr/{W}rPr")
    return marks is not None and any(marks.find(tag) is not None for tag in _DELETED)


def _join_next(paragraph: _Element) -> None:
    """Let a paragraph without its end go on in the next one, whose form it takes; an empty one goes."""
    following = paragraph.getnext()
    rest = [child for child in paragraph if child.tag != f"{W}pPr"]
    if following is None or following.tag != f"{W}p":
        if not rest and following is not None:
            remove_element(paragraph)
        return
    at = 1 if following.find(f"{W}pPr") is not None else 0
    for offset, child in enumerate(rest):
        following.insert(at + offset, child)
    remove_element(paragraph)


def _is_hidden(run: _Element, styles: frozenset[str]) -> bool:
    own = run.find(f"{W}rPr/{W}vanish")
    style = run.find(f"{W}rPr/{W}rStyle")
    if own is not None:
        return _is_on(own)
    return style is not None and style.get(f"{W}val") in styles


def _is_on(mark: _Element | None) -> bool:
    return mark is not None and (mark.get(f"{W}val") or "1") not in _OFF


def _text(element: _Element) -> str:
    return "".join(one.text or "" for one in element.iter(*_TEXT)).strip()[:_LONGEST]


def _name(element: _Element) -> str:
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _place(element: _Element, root: _Element, part: str, file: str) -> Place:
    """The paragraph an element stands in, or the first one in it."""
    inside = element.find(f".//{W}p")
    paragraph = inside if inside is not None else next(element.iterancestors(f"{W}p"), None)
    for one in read_story(root, part, file).paragraphs:
        if one.node is paragraph:
            return one.near()
    return Place(file=file)
