"""Word's fields that fetch or run something when a document is opened, printed or clicked.

A field is a code and a result: ``INCLUDEPICTURE "http://…"`` and the last picture. The code is removed and the result
stays. A code with tags is removed too, for it may become any other.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from congvan.support.ooxml import STRICT_NAMESPACE, W
from congvan.word.xml_elements import remove_element, replace_element

if TYPE_CHECKING:
    from lxml.etree import _Element

_STRICT_W: Final = f"{{{STRICT_NAMESPACE}}}"

FETCHING: Final = frozenset(
    {
        *("AUTOTEXT", "AUTOTEXTLIST", "DATABASE", "DDE", "DDEAUTO", "EMBED", "GLOSSARY", "IMPORT"),
        *("INCLUDE", "INCLUDEPICTURE", "INCLUDETEXT", "LINK", "MACROBUTTON", "PRINT", "RD"),
    }
)
"""Fields that bring in another file, another program's data or a macro, or send commands to the printer."""

_IN_RUNS: Final = ("fldChar", "instrText", "delInstrText", "t", "delText", "drawing", "pict", "object", "br")
_HARMLESS_LINK: Final = re.compile(r"(?:https?://|mailto:|tel:)[^\s\\]*|#.*", re.IGNORECASE | re.DOTALL)
_KEYWORD: Final = re.compile(r"""\s*([A-Za-z]+)(?![^\s"\\])""")
_TARGET: Final = re.compile(r"""\s*HYPERLINK\s+(?:"([^"]*)"|([^\\\s]\S*))""", re.IGNORECASE)


def is_harmless_link(target: str) -> bool:
    """True for a web page, a mail address, a telephone or a place in the document itself: nothing is run or opened."""
    return bool(_HARMLESS_LINK.fullmatch(target.strip()))


def remove_fetching_fields(root: _Element) -> list[str]:
    """Remove the codes of such fields from ``root`` and return them, shortened to their first word."""
    removed = []
    for found in list(_fields(root)):
        if found.fetches:
            removed.append(found.keyword)
            for mark in found.marks:
                remove_element(mark)
    for simple in _simple_fields(root):
        code = simple.get(f"{_space(simple)}instr") or ""
        if _fetches(code):
            removed.append(_keyword(code))
            replace_element(simple, simple)
    return removed


@dataclass(slots=True)
class _Field:
    """One field: its code, and the elements that are to go if it fetches."""

    marks: list[_Element] = field(default_factory=list)
    code: str = ""
    is_computed: bool = False
    in_code: bool = True

    def read(self, name: str, text: str) -> None:
        """Add ``text`` of an element of this name to the code."""
        if name in {"instrText", "delInstrText"}:
            self.code += text
        elif "{" in text:  # a tag between the parts of the code
            self.is_computed = True

    @property
    def fetches(self) -> bool:
        """True for a field that fetches, and for one whose name is computed: it hides what it does."""
        return self.is_computed or _fetches(self.code)

    @property
    def keyword(self) -> str:
        return _keyword(self.code)


def _fields(root: _Element) -> Iterator[_Field]:
    """Every field, inner ones first; one that is never closed too."""
    stack: list[_Field] = []
    for element in root.iter(*(f"{space}{name}" for space in (W, _STRICT_W) for name in _IN_RUNS)):
        name = element.tag.rpartition("}")[2]
        kind = element.get(f"{_space(element)}fldCharType") if name == "fldChar" else None
        _mark(stack, element, kind)
        if kind == "begin":
            stack.append(_Field([element]))
        elif kind == "separate" and stack:
            stack[-1].in_code = False
        elif kind == "end" and stack:
            yield stack.pop()
        elif stack and stack[-1].in_code:
            stack[-1].read(name, element.text or "")
    yield from reversed(stack)


def _mark(stack: list[_Field], element: _Element, kind: str | None) -> None:
    """Mark the element as part of every field whose code contains it, and of the field it closes."""
    for outer in stack:
        if outer.in_code or (outer is stack[-1] and kind in {"separate", "end"}):
            outer.marks.append(element)
    if kind == "begin" and stack and stack[-1].in_code and not stack[-1].code.strip():
        stack[-1].is_computed = True


def _simple_fields(root: _Element) -> list[_Element]:
    return list(root.iter(f"{W}fldSimple", f"{_STRICT_W}fldSimple"))


def _fetches(code: str) -> bool:
    keyword = _keyword(code)
    if keyword != "HYPERLINK":
        is_formula_or_empty = code.lstrip()[:1] in {"", "="}
        return keyword in FETCHING or "{" in code or not (keyword or is_formula_or_empty)
    if "{" in code:
        return True
    target = _TARGET.match(code)
    return target is not None and not is_harmless_link(target[1] if target[1] is not None else target[2])


def _keyword(code: str) -> str:
    word = _KEYWORD.match(code)
    return word[1].upper() if word else ""


def _space(element: _Element) -> str:
    return f"{element.tag.rpartition('}')[0]}}}"
