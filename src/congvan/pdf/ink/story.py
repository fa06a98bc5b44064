"""The flows of a story of a .docx (its body, a note, a header), read from the markup.

Hidden text, deleted text and the old place of moved text are no part of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from congvan.pdf.ink.allowed import ANY, PAGE, PAGE_FIELD, WORKED_OUT
from congvan.support.ooxml import MC, W
from congvan.word.plain_markup import chosen_form

if TYPE_CHECKING:
    from lxml.etree import _Element

ANYWHERE: Final = -1
"""The row of what may stand beside any row of its table; the group of what may stand anywhere."""

_OFF: Final = frozenset({"0", "false", "off", "none"})
_GONE: Final = frozenset(f"{W}{name}" for name in ("del", "moveFrom"))
_SPACES: Final = frozenset(f"{W}{name}" for name in ("tab", "br", "cr", "ptab"))
_UNKNOWN: Final = frozenset(
    f"{W}{name}"
    for name in ("sym", "footnoteReference", "endnoteReference", "footnoteRef", "endnoteRef", "pgNum", "ruby")
)
_BOXES: Final = frozenset({f"{W}drawing", f"{W}pict", f"{W}object"})
_BOX: Final = f"{W}txbxContent"
_NOTES: Final = (f"{W}footnoteReference", f"{W}endnoteReference")
_P, _R, _T, _TABLE, _ROW, _CELL = (f"{W}{name}" for name in ("p", "r", "t", "tbl", "tr", "tc"))
_FIELD_CHARACTER, _CODE, _SIMPLE_FIELD = f"{W}fldChar", f"{W}instrText", f"{W}fldSimple"


@dataclass(frozen=True, slots=True)
class Flow:
    """Paragraphs in their order.

    Groups come one after another, rows of a group likewise; what has the group :data:`ANYWHERE` may stand anywhere.
    ``is_head``: in a row that is repeated on each page its table goes on to.
    """

    paragraphs: tuple[str, ...]
    group: int
    row: int = ANYWHERE
    is_head: bool = False


@dataclass(frozen=True, slots=True)
class HiddenStyles:
    """The styles that hide text, and those that number paragraphs."""

    hiding: frozenset[str] = frozenset()
    numbering: frozenset[str] = frozenset()

    @classmethod
    def of(cls, styles: _Element | None) -> HiddenStyles:
        """Those of a style sheet."""
        if styles is None:
            return cls()
        own = {style.get(f"{W}styleId", ""): style for style in styles.iter(f"{W}style")}
        return cls(
            frozenset(name for name in own if _is_on(_inherited(name, own, f"{W}rPr/{W}vanish"))),
            frozenset(name for name in own if _inherited(name, own, f"{W}pPr/{W}numPr") is not None),
        )


def _inherited(name: str, styles: Mapping[str, _Element], path: str) -> _Element | None:
    seen: set[str] = set()
    while name in styles and name not in seen:
        seen.add(name)
        found = styles[name].find(path)
        if found is not None:
            return found
        above = styles[name].find(f"{W}basedOn")
        name = above.get(f"{W}val", "") if above is not None else ""
    return None


def _is_on(switch: _Element | None) -> bool:
    return switch is not None and switch.get(f"{W}val", "1").lower() not in _OFF


@dataclass
class Story:
    """Reads stories; ``notes`` are the numbers of the notes they refer to, by the kind of reference."""

    styles: HiddenStyles
    notes: dict[str, list[str]] = field(default_factory=dict)
    _flows: list[Flow] = field(default_factory=list)
    _open: list[str] = field(default_factory=list)
    _group: int = 0
    _rows: int = 0
    _fields: list[list[str | bool]] = field(default_factory=list)

    def flows(self, container: _Element, *, anywhere: bool = False) -> tuple[Flow, ...]:
        """The flows of a body, a note, a header: ``anywhere`` for one that stands outside the running text."""
        self._flows, self._open, self._fields = [], [], []
        self._group, self._rows = (ANYWHERE if anywhere else 0), 0
        self._blocks(container, ANYWHERE, is_head=False)
        self._close(ANYWHERE, is_head=False)
        return tuple(self._flows)

    def _close(self, row: int, *, is_head: bool) -> None:
        """End the flow that is open."""
        if self._open:
            self._flows.append(Flow(tuple(self._open), self._group, row, is_head))
            self._open = []

    def _blocks(self, container: Iterable[_Element], row: int, *, is_head: bool) -> None:
        for block in container:
            if block.tag == _P:
                self._paragraph(block)
            elif block.tag == _TABLE:
                self._close(row, is_head=is_head)
                self._table(block, row, is_head=is_head)
            elif block.tag == f"{MC}AlternateContent":
                self._blocks(chosen_form(block), row, is_head=is_head)
            elif isinstance(block.tag, str) and block.tag not in _GONE:
                self._blocks(block, row, is_head=is_head)

    def _table(self, table: _Element, row: int, *, is_head: bool) -> None:
        """The cells of a table; one within another table is part of that table's row."""
        is_outer = row == ANYWHERE
        outside = self._group
        if is_outer:
            floats = table.find(f"{W}tblPr/{W}tblpPr") is not None
            self._group = ANYWHERE if floats or outside == ANYWHERE else outside + 1
        heading = True
        for own in _children(table, _ROW):
            heading = heading and own.find(f"{W}trPr/{W}tblHeader") is not None
            self._rows += 1
            number = self._rows if is_outer else row
            for cell in _children(own, _CELL):
                self._cell(cell, number, is_head=is_head or heading)
        if is_outer:
            self._group = ANYWHERE if outside == ANYWHERE else outside + 2

    def _cell(self, cell: _Element, row: int, *, is_head: bool) -> None:
        merged = cell.find(f"{W}tcPr/{W}vMerge")
        if merged is not None and merged.get(f"{W}val", "continue") == "continue":
            return  # its text is shown nowhere
        if merged is not None and self._group != ANYWHERE:
            # Beside several rows; within the row it is nested in where it is in another table.
            self._blocks(cell, ANYWHERE - 1, is_head=is_head)
            self._close(ANYWHERE, is_head=is_head)
            return
        self._blocks(cell, row, is_head=is_head)
        self._close(row, is_head=is_head)

    def _paragraph(self, paragraph: _Element) -> None:
        properties = paragraph.find(f"{W}pPr")
        style = _value(properties, "pStyle")
        hidden = style in self.styles.hiding
        said: list[str] = [ANY] if self._has_label(properties, style) else []
        boxes: list[_Element] = []
        self._inline(paragraph, said, boxes, hidden=hidden)
        text = "".join(said)
        if properties is not None and properties.find(f"{W}framePr") is not None:
            self._flows.append(Flow((text,), ANYWHERE))
        elif text.strip():
            self._open.append(text)
        for box in boxes:
            self._flows += self._beside(box)

    def _beside(self, box: _Element) -> tuple[Flow, ...]:
        """The flows of a text box, which stands anywhere."""
        inner = Story(self.styles, self.notes)
        return inner.flows(box, anywhere=True)

    def _has_label(self, properties: _Element | None, style: str) -> bool:
        number = properties.find(f"{W}numPr") if properties is not None else None
        if number is None:
            return style in self.styles.numbering
        return _value(number, "numId") != "0"

    def _inline(self, parent: Iterable[_Element], said: list[str], boxes: list[_Element], *, hidden: bool) -> None:
        for child in parent:
            if child.tag == _R:
                self._run(child, said, boxes, hidden=hidden)
            elif child.tag == _SIMPLE_FIELD:
                self._fields.append([child.get(f"{W}instr", ""), True])
                self._mark_field(said, hidden=hidden)
                self._inline(child, said, boxes, hidden=hidden)
                self._fields.pop()
            elif child.tag == f"{MC}AlternateContent":
                self._inline(chosen_form(child), said, boxes, hidden=hidden)
            elif isinstance(child.tag, str) and child.tag not in _GONE and child.tag != f"{W}pPr":
                self._inline(child, said, boxes, hidden=hidden)

    def _run(self, run: _Element, said: list[str], boxes: list[_Element], *, hidden: bool) -> None:
        properties = run.find(f"{W}rPr")
        own = properties.find(f"{W}vanish") if properties is not None else None
        if own is not None:
            hidden = _is_on(own)
        elif _value(properties, "rStyle") in self.styles.hiding:
            hidden = True
        for piece in run:
            self._piece(piece, said, boxes, hidden=hidden)

    def _piece(self, piece: _Element, said: list[str], boxes: list[_Element], *, hidden: bool) -> None:
        tag = piece.tag
        if tag == f"{MC}AlternateContent":
            for form in chosen_form(piece):
                self._piece(form, said, boxes, hidden=hidden)
        elif tag == _FIELD_CHARACTER:
            self._field_character(piece, said, hidden=hidden)
        elif tag == _CODE and self._fields:
            self._fields[-1][0] = f"{self._fields[-1][0]}{piece.text or ''}"
        elif hidden:
            return
        elif tag in _BOXES:
            boxes += _text_boxes(piece)
        elif not any(_kind(code) or not separated for code, separated in self._fields):
            said.append(self._said(piece))

    def _said(self, piece: _Element) -> str:
        """What a piece of a run says; nothing is said within the code of a field, or a result that is worked out."""
        if piece.tag == _T:
            return piece.text or ""
        if piece.tag in _NOTES:
            self.notes.setdefault(piece.tag, []).append(piece.get(f"{W}id", ""))
        if piece.tag in _UNKNOWN:
            return ANY
        if piece.tag == f"{W}noBreakHyphen":
            return "-"
        return " " if piece.tag in _SPACES else ""

    def _field_character(self, piece: _Element, said: list[str], *, hidden: bool) -> None:
        kind = piece.get(f"{W}fldCharType")
        if kind == "begin":
            self._fields.append(["", False])
        elif kind == "separate" and self._fields:
            self._fields[-1][1] = True
            self._mark_field(said, hidden=hidden)
        elif kind == "end" and self._fields:
            if not self._fields[-1][1]:
                self._mark_field(said, hidden=hidden)
            self._fields.pop()

    def _mark_field(self, said: list[str], *, hidden: bool) -> None:
        """Where a field stands whose result nobody knows beforehand."""
        if not hidden and (mark := _kind(self._fields[-1][0])):
            said.append(mark)


def _kind(code: str | bool) -> str:
    """What stands for the result of a field; nothing where it is in the .docx."""
    words = str(code).split()
    name = words[0].upper() if words else ""
    if name == PAGE_FIELD:
        return PAGE
    return ANY if name in WORKED_OUT or name.startswith("=") else ""


def _children(parent: Iterable[_Element], tag: str) -> Iterator[_Element]:
    """The rows of a table or the cells of a row, in whatever wraps them."""
    for child in parent:
        if child.tag == tag:
            yield child
        elif child.tag == f"{MC}AlternateContent":
            yield from _children(chosen_form(child), tag)
        elif isinstance(child.tag, str) and child.tag not in _GONE and child.tag not in {_P, _TABLE}:
            yield from _children(child, tag)


def _text_boxes(drawing: _Element) -> list[_Element]:
    """The text boxes of a drawing, those in one another left to the outer one."""
    boxes = [box for box in drawing.iter(_BOX) if next(box.iterancestors(f"{MC}Fallback"), None) is None]
    return [box for box in boxes if not any(above in boxes for above in box.iterancestors(_BOX))]


def _value(parent: _Element | None, name: str) -> str:
    found = parent.find(f"{W}{name}") if parent is not None else None
    return found.get(f"{W}val", "") if found is not None else ""


def section_margins(sections: Sequence[_Element]) -> list[tuple[bool, dict[tuple[str, str], str]]]:
    """For each section whether its first page differs, and its headers and footers: the relation by part and kind."""
    found: list[tuple[bool, dict[tuple[str, str], str]]] = []
    for section in sections:
        own: dict[tuple[str, str], str] = {}
        for part in ("header", "footer"):
            for reference in section.iterchildren(f"{W}{part}Reference"):
                relation = next((value for name, value in reference.attrib.items() if str(name).endswith("}id")), "")
                own[part, reference.get(f"{W}type", "default")] = str(relation)
        found.append((_is_on(section.find(f"{W}titlePg")), own))
    return found
