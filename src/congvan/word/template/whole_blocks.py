"""What Word needs to open a file: a paragraph in every cell, header, note and box, a row in every table.

Conditions and loops may leave such a place empty: ``{%p if %}`` in a cell, ``{%tr for %}`` over no rows. Then an empty
paragraph is added, and a row without cells or a table without rows is left out.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final

_STORIES: Final = frozenset({"hdr", "ftr", "footnote", "endnote", "txbxContent"})
_NAMES: Final = "tbl|tr|tc|p|hdr|ftr|footnote|endnote|txbxContent|sdtContent|sdt|body"
_ELEMENT: Final = re.compile(rf"<(?P<close>/?)w:(?P<name>{_NAMES})(?=[\s/>])[^>]*?(?P<empty>/?)>")
_TOKEN: Final = re.compile(rf"{_ELEMENT.pattern}|\{{%-?\s*(?P<tag>\w+)\s*(?P<test>[^%]*)")
_OPENS: Final = frozenset({"if", "for"})
_CLOSES: Final = frozenset({"endif", "endfor"})
_BRANCHES: Final = frozenset({"else", "elif"})
_CONTROLS: Final = frozenset({"sdt", "sdtContent"})
_UNCLEAR: Final = frozenset({"macro", "call", "filter", "with", "endset"})
_PARAGRAPH: Final = "<w:p/>"
_DOUBTFUL: Final = re.compile(
    r"</w:(?:tc(?<!</w:p></w:tc)|tr(?<!</w:tc></w:tr)|tbl(?<!</w:tr></w:tbl)"
    r"|hdr(?<!</w:p></w:hdr)|ftr(?<!</w:p></w:ftr)|footnote(?<!</w:p></w:footnote)|endnote(?<!</w:p></w:endnote)"
    r"|txbxContent(?<!</w:p></w:txbxContent))(?=[\s>])"
    r"|<w:(?:sdt(?=[\s/>])|(?:tc|tr|tbl|hdr|ftr|footnote|endnote|txbxContent)(?:\s[^>]*)?/>)"
)
"""The end of a place, row or table that follows anything but what it needs, an empty one, or a content control."""


@dataclass(slots=True)
class _Open:
    """An element under way: where it begins in what is written, the blocks in it and the last of them.

    ``single`` are the blocks of its conditions without an else, by what they ask: with their opposite they are sure.
    """

    name: str
    at: int = 0
    blocks: set[str] = field(default_factory=set)
    last: str = ""
    single: dict[str, _Open] = field(default_factory=dict)

    def add(self, name: str) -> None:
        self.blocks.add(name)
        self.last = name

    def join(self, inner: _Open) -> None:
        """Take over the blocks of a content control, or those that every branch of a condition leaves."""
        self.blocks |= inner.blocks
        self.last = inner.last or self.last

    @property
    def lacks_paragraph(self) -> bool:
        """True for a cell, header, note or box that does not end in a paragraph."""
        return (self.name == "tc" or self.name in _STORIES) and self.last != "p"

    @property
    def lacks_parts(self) -> bool:
        """True for a table without rows, and a row without cells."""
        return (self.name == "tbl" and "tr" not in self.blocks) or (self.name == "tr" and "tc" not in self.blocks)


@dataclass(slots=True)
class _Condition(_Open):
    """A condition or loop under way, its branches so far, and whether one of them is taken in any case."""

    branches: list[_Open] = field(default_factory=list)
    has_else: bool = False
    test: str = ""

    def turn(self, *, is_else: bool) -> None:
        """End a branch."""
        self.branches.append(_Open(self.name, blocks=self.blocks, last=self.last))
        self.blocks, self.last = set(), ""
        self.has_else = self.has_else or is_else

    def outcome(self) -> _Open:
        """The blocks it leaves whatever its values; a table that may be the last one counts as last."""
        self.turn(is_else=False)
        lasts = {branch.last for branch in self.branches} - {""}
        if "tbl" in lasts:
            return _Open(self.name, last="tbl")
        if not self.has_else:
            return _Open(self.name)
        sure = set.intersection(*(branch.blocks for branch in self.branches))
        return _Open(self.name, blocks=sure, last=lasts.pop() if len(lasts) == 1 and sure & lasts else "")


def may_lack_blocks(source: str) -> bool:
    """True when some filling of this Jinja source may leave a place without its paragraph, row or cell."""
    stack = [_Open("")]
    for token in _TOKEN.finditer(source):
        name = token["name"]
        if token["tag"]:
            if not _turn(stack, token["tag"], token["test"].rstrip(" -")):
                return True
        elif token["empty"]:
            if name != "p":
                return True
            stack[-1].add("p")
        elif not token["close"]:
            stack.append(_Open(name))
        elif not _is_whole(stack, name):
            return True
    return False


def _turn(stack: list[_Open], tag: str, test: str) -> bool:
    """Follow a tag of a condition or loop; False where its course cannot be followed."""
    if tag in _UNCLEAR:
        return False
    if tag in _OPENS:
        stack.append(_Condition(tag, test=test))
    elif tag in _BRANCHES or tag in _CLOSES:
        condition = stack[-1]
        if not isinstance(condition, _Condition):
            return False
        if tag in _BRANCHES:
            condition.turn(is_else=tag == "else")
        else:
            stack.pop()
            stack[-1].join(condition.outcome())
            if len(condition.branches) == 1 and condition.name == "if":
                _join_opposites(stack[-1], condition)
    return True


def _join_opposites(outer: _Open, condition: _Condition) -> None:
    """What ``{% if a %}`` and ``{% if not a %}`` both leave, one after the other, is always there."""
    (branch,) = condition.branches
    opposite = condition.test.removeprefix("not ") if condition.test.startswith("not ") else f"not {condition.test}"
    earlier = outer.single.get(opposite)
    outer.single[condition.test] = branch
    if earlier is not None and earlier.last == branch.last:
        outer.join(_Open("if", blocks=earlier.blocks & branch.blocks, last=branch.last))


def _is_whole(stack: list[_Open], name: str) -> bool:
    """End the element ``name``, and say whether it is surely all that Word needs."""
    done = stack.pop()
    if done.name != name or done.lacks_paragraph or done.lacks_parts:
        return False
    if name in _CONTROLS:
        stack[-1].join(done)
        return bool(done.blocks) or name == "sdt" or _is_in_paragraph(stack)
    stack[-1].add(name)
    return True


def _is_in_paragraph(stack: list[_Open]) -> bool:
    return any(outer.name == "p" for outer in stack[-3:])


def with_whole_blocks(xml: str) -> str:
    """``xml`` with a paragraph wherever Word needs one, and without rows and tables that hold nothing."""
    if not _DOUBTFUL.search(xml):  # most letters: element by element takes 10 % of a letter's time
        return xml
    written: list[str] = []
    stack, position = [_Open("")], 0
    for element in _ELEMENT.finditer(xml):
        written.append(xml[position : element.start()])
        position = element.end()
        if element["empty"]:
            _write_empty(element, stack, written)
        elif not element["close"]:
            stack.append(_Open(element["name"], len(written)))
            written.append(element[0])
        elif stack[-1].name == element["name"]:
            _close(stack, element[0], written)
        else:  # damaged beyond this module
            return xml
    return "".join([*written, xml[position:]])


def _write_empty(element: re.Match[str], stack: list[_Open], written: list[str]) -> None:
    """Write an element that has no content at all, with the paragraph it needs; a row or table has no use."""
    name = element["name"]
    if name in {"tr", "tbl"}:
        return
    if name == "tc" or name in _STORIES or (name == "sdtContent" and not _is_in_paragraph(stack)):
        written.append(f"{element[0].removesuffix('/>').rstrip()}>{_PARAGRAPH}</w:{name}>")
    else:
        written.append(element[0])
    stack[-1].add("p" if name in _CONTROLS else name)


def _close(stack: list[_Open], closing: str, written: list[str]) -> None:
    """End an element: with the paragraph it lacks, or taken back where it holds nothing that Word would show."""
    done = stack.pop()
    is_bare = done.name in _CONTROLS and not done.blocks and not _is_in_paragraph([*stack, done])
    if done.lacks_parts or (is_bare and any(outer.name in {"tbl", "tr"} for outer in stack[-2:])):
        del written[done.at :]
        return
    if done.lacks_paragraph or (is_bare and done.name == "sdtContent"):
        written.append(_PARAGRAPH)
        done.add("p")
    written.append(closing)
    if done.name in _CONTROLS:
        stack[-1].join(done)
    else:
        stack[-1].add(done.name)
