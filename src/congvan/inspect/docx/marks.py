"""What colleagues left in a .docx beside its words: comments, tracked changes, marker, hidden text, open fields."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from congvan.inspect.docx.cascade import switched_on, value
from congvan.inspect.model import Mark, MarkKind
from congvan.support.ooxml import W
from congvan.text.unicode_form import nfc

_TRACKED: Final[dict[str, MarkKind]] = {
    f"{W}ins": "insertion",
    f"{W}moveTo": "insertion",
    f"{W}del": "deletion",
    f"{W}moveFrom": "deletion",
}
_RUN: Final = f"{W}r"
_COMMENT: Final = f"{W}commentReference"
_FIELD_CODES: Final = (f"{W}instrText", f"{W}fldSimple")
_PROMPT: Final = f"{W}showingPlcHdr"
_TAGS: Final = (*_TRACKED, _RUN, _COMMENT, *_FIELD_CODES, _PROMPT)


def marks(body: Any) -> Iterator[Mark]:
    """Every mark in ``body``, in order, with the words it is on and the words of its paragraph."""
    for element in body.iter(*_TAGS):
        kind, words = _read(element)
        if kind is not None:
            paragraph = _around(element)
            yield Mark(kind, words or paragraph, paragraph)


def _read(element: Any) -> tuple[MarkKind | None, str]:
    if element.tag in _TRACKED:
        words = _words(element)
        return (_TRACKED[element.tag], words) if words.strip() else (None, "")
    if element.tag == _RUN:
        return _run_mark(element)
    if element.tag == _COMMENT:
        return "comment", ""
    if element.tag == _PROMPT:
        return "prompt", _words(element.getparent().getparent())
    code = value(element, "instr") or element.text or ""
    return ("merge-field", code.split()[1]) if code.split()[:1] == ["MERGEFIELD"] and code.split()[1:] else (None, "")


def _run_mark(run: Any) -> tuple[MarkKind | None, str]:
    properties = run.find(f"{W}rPr")
    if properties is None:
        return None, ""
    words = _words(run)
    if not words.strip():
        return None, ""
    if switched_on(properties.find(f"{W}vanish")):
        return "hidden", words
    if (value(properties.find(f"{W}highlight")) or "none") != "none":
        return "highlight", words
    return None, ""


def _words(element: Any) -> str:
    return nfc("".join(text.text or "" for text in element.iter(f"{W}t", f"{W}delText")))


def _around(element: Any) -> str:
    """The words of the paragraph an element stands in; empty for one between paragraphs."""
    paragraph = next(element.iterancestors(f"{W}p"), None)
    return " ".join(_words(paragraph).split()) if paragraph is not None else ""
