r"""Word's own mail merge: MERGEFIELD becomes a field of the template, other fields of a merge are explained.

``{ MERGEFIELD Ho_va_ten \* Upper }`` is read as ``{{ ho_va_ten|upper }}``, in the form of the words it shows.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from copy import deepcopy
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from congvan.findings import Finding, Place, finding
from congvan.support.ooxml import W
from congvan.word.template.reading.paragraphs import read_story
from congvan.word.xml_elements import remove_element

if TYPE_CHECKING:
    from lxml.etree import _Element

Naming = Callable[[str], str]
"""Turns the name of a merge field into that of the column it means."""

_OF_MERGES: Final = frozenset(
    {*("NEXT", "NEXTIF", "SKIPIF", "IF", "ASK", "FILLIN", "SET", "COMPARE"), *("ADDRESSBLOCK", "GREETINGLINE")}
    | {"MERGEREC", "MERGESEQ", "MERGEBARCODE"}
)
"""Fields of a merge that congvan has other means for, each explained in the finding."""

_TOKEN: Final = re.compile(r'"([^"]*)"|“([^”]*)”|(\\[*@#bfmv])|([^\s\\"“]+)')
_FORMATS: Final = {
    "upper": "{}|upper",
    "lower": "{}|lower",
    "caps": "{}|title",
    "mergeformat": "{}",
    "charformat": "{}",
}
_FIRST_CAPITAL: Final = "({0}|string)[:1]|upper }}}}{{{{ ({0}|string)[1:]"
_PLAIN_NUMBER: Final = re.compile(r"[#0]+(?:[.,\s][#0]{3})*")
_SHORT_DATE: Final = re.compile(r"[dM]{1,2}[/.-][dM]{1,2}[/.-]y{2,4}", re.IGNORECASE)


@dataclass(slots=True)
class _Field:
    """One field in runs: its code, the elements it is made of, and the first run that shows its result."""

    begin: _Element
    outer: _Field | None
    code: str = ""
    shows: bool = False
    elements: list[_Element] = field(default_factory=list)
    result: _Element | None = None

    @property
    def keyword(self) -> str:
        """The first word of its code: what kind of field it is."""
        return self.code.split()[0].upper() if self.code.split() else ""


def replace_merge_fields(root: _Element, part: str, file: str, naming: Naming) -> Iterator[Finding]:
    """Write every MERGEFIELD of a part as a tag, and report the fields of a merge that cannot be one."""
    places = {id(one.node): one.near for one in read_story(root, part, file).paragraphs}
    simple = [_Field(element, None, element.get(f"{W}instr") or "") for element in root.iter(f"{W}fldSimple")]
    reported: set[str] = set()
    for one in [*_fields(root), *simple]:
        if _is_within_code(one) and _outermost(one).keyword in _OF_MERGES:
            continue  # reported with the field around it
        tag = _tag(one.code, naming) if one.keyword == "MERGEFIELD" else None
        if flaw := _flaw(one, tag):
            if str(flaw) in reported:
                continue
            reported.add(str(flaw))
            paragraph = next(one.begin.iterancestors(f"{W}p"), None)
            near = places.get(id(paragraph))
            yield finding(flaw[0], near() if near else Place(file=file), **flaw[1])
        elif tag is not None:
            _write(one, tag)


def _flaw(one: _Field, tag: str | None) -> tuple[str, dict[str, str]] | None:
    """The code and the values of the finding about a field, if there is one."""
    if one.keyword in _OF_MERGES:
        return "template-merge-other", {"name": one.keyword}
    if one.keyword != "MERGEFIELD":
        return None
    if _is_within_code(one):
        return "template-merge-nested", {"name": _outermost(one).keyword or "?"}
    return None if tag is not None else ("template-merge-switch", {"instruction": one.code.strip()})


def _fields(root: _Element) -> Iterator[_Field]:
    """Every field in runs that ends, inner ones first."""
    stack: list[_Field] = []
    for element in root.iter(f"{W}*"):
        parent = element.getparent()
        if parent is None or parent.tag != f"{W}r" or element.tag == f"{W}rPr":
            continue
        kind = element.get(f"{W}fldCharType") if element.tag == f"{W}fldChar" else None
        if kind == "begin":
            stack.append(_Field(element, stack[-1] if stack else None))
        for one in stack:
            one.elements.append(element)
        if not stack:
            continue
        if kind == "separate":
            stack[-1].shows = True
        elif kind == "end":
            yield stack.pop()
        elif element.tag == f"{W}instrText" and not stack[-1].shows:
            stack[-1].code += element.text or ""
        elif element.tag == f"{W}t" and stack[-1].shows and stack[-1].result is None:
            stack[-1].result = parent


def _is_within_code(one: _Field) -> bool:
    """True for a field that another one computes with."""
    outer = one.outer
    while outer is not None:
        if not outer.shows or _comes_before_result(one, outer):
            return True
        outer = outer.outer
    return False


def _comes_before_result(one: _Field, outer: _Field) -> bool:
    separators = (each for each in outer.elements if each.get(f"{W}fldCharType") == "separate")
    inner = {id(each) for each in one.elements}
    own = next((each for each in separators if id(each) not in inner), None)
    return own is not None and outer.elements.index(one.begin) < outer.elements.index(own)


def _outermost(one: _Field) -> _Field:
    return one if one.outer is None else _outermost(one.outer)


def _tag(code: str, naming: Naming) -> str | None:
    """The tag that prints what a MERGEFIELD of this ``code`` prints; None if it asks for more than a tag can do."""
    tokens = [(quoted or curled or plain, switch) for quoted, curled, switch, plain in _TOKEN.findall(code)][1:]
    if not tokens or tokens[0][1] or not naming(tokens[0][0]):
        return None
    expression, before, behind = naming(tokens[0][0]), "", ""
    name, at = expression, 1
    while at < len(tokens):
        switch = tokens[at][1]
        argument = tokens[at + 1][0] if at + 1 < len(tokens) and not tokens[at + 1][1] else ""
        if switch in {"\\m", "\\v"}:
            at += 1
            continue
        if switch == "\\b":
            before = argument
        elif switch == "\\f":
            behind = argument
        elif (formatted := _formatted(expression, switch, argument)) is not None:
            expression = formatted
        else:
            return None
        at += 2
    printed = f"{{{{ {expression} }}}}"
    return f"{{% if {name} %}}{before}{printed}{behind}{{% endif %}}" if before or behind else printed


def _formatted(expression: str, switch: str, argument: str) -> str | None:
    if switch == "\\*" and argument.lower() == "firstcap":
        return _FIRST_CAPITAL.format(expression)
    if switch == "\\*" and argument.lower() in _FORMATS:
        return _FORMATS[argument.lower()].format(expression)
    if switch == "\\#" and _PLAIN_NUMBER.fullmatch(argument.strip()):
        return f"{expression}|so" if re.search(r"[.,\s]", argument.strip()) else expression
    if switch == "\\@" and "tháng" in argument.lower():
        return f"{expression}|ngay_dai"
    if switch == "\\@" and _SHORT_DATE.fullmatch(argument.strip()):
        return f"{expression}|ngay_ngan"
    return None


def _write(one: _Field, tag: str) -> None:
    """Put ``tag`` where the field begins, in the form of its result, and remove the field."""
    if one.begin.tag == f"{W}fldSimple":
        _write_simple(one.begin, tag)
        return
    run = one.begin.getparent()
    if run is None:
        return
    text = _text_element(run, tag)
    own = [child for child in run if child.tag != f"{W}rPr"]
    shown = one.result.find(f"{W}rPr") if one.result is not None else None
    if own == [one.begin] and shown is not None and one.result is not run:
        for old in run.findall(f"{W}rPr"):
            run.remove(old)
        run.insert(0, deepcopy(shown))
    run.insert(run.index(one.begin), text)
    for element in one.elements:
        parent = element.getparent()
        remove_element(element)
        if parent is not None and all(child.tag == f"{W}rPr" for child in parent):
            remove_element(parent)


def _write_simple(element: _Element, tag: str) -> None:
    """Put a run that says ``tag`` in place of a field in one element, in the form of its result."""
    parent = element.getparent()
    if parent is None:
        return
    run = element.makeelement(f"{W}r")
    shown = element.find(f"{W}r/{W}rPr")
    if shown is not None:
        run.append(deepcopy(shown))
    run.append(_text_element(element, tag))
    parent.replace(element, run)


def _text_element(node: _Element, text: str) -> _Element:
    element = node.makeelement(f"{W}t")
    element.text = text
    element.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    return element
