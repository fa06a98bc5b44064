"""Features of Word that the embedded engine leaves out, or draws otherwise, without an error: one table of rules."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from congvan.pdf.engines.dxpdf.list_numbers import ListNumbers
from congvan.pdf.engines.dxpdf.xml_parts import is_on
from congvan.support.ooxml import MC, WP, A, W

if TYPE_CHECKING:
    from lxml.etree import _Element

_SHAPES: Final = "http://schemas.microsoft.com/office/word/2010/"
_FALLBACK: Final = f"{MC}Fallback"
_SHAPE: Final = f"{{{_SHAPES}wordprocessingShape}}wsp"
_DRAWN_SHAPES: Final = frozenset({"line", "rect"})
_MARGIN_PARTS: Final = frozenset({f"{W}hdr", f"{W}ftr"})
_MAX_MARGIN_LINES: Final = 40
_MARGIN_LINE: Final = 60
"""Letters in a line of a header or footer, about."""
_PAGE_FIELD: Final = re.compile(r"\s*(?:PAGE|NUMPAGES|SECTIONPAGES|PAGEREF)\b")
_CHANGING_FIELD: Final = re.compile(r"\s*(DATE|TIME|SAVEDATE|PRINTDATE|CREATEDATE|EDITTIME)\b")


@dataclass(frozen=True, slots=True)
class StoryParts:
    """What the rules look at: the parts with text, all styles by identifier, and the lists as they were counted."""

    trees: Sequence[_Element]
    styles: Mapping[str, _Element]
    lists: ListNumbers

    def shown(self, tag: str) -> Iterator[_Element]:
        """The elements of that name, but for those only programs draw that do not know the form beside them."""
        found = (element for tree in self.trees for element in tree.iter(tag))
        return (element for element in found if next(element.iterancestors(_FALLBACK), None) is None)


@dataclass(frozen=True, slots=True)
class Rule:
    """A feature of Word that the engine leaves out or draws otherwise: its name for the user, and how it is found."""

    name: str
    is_in: Callable[[StoryParts], bool]


def unsupported_features(parts: StoryParts) -> Iterator[str]:
    """The names of such features in ``parts``."""
    return (rule.name for rule in RULES if rule.is_in(parts))


def changing_fields(parts: Iterable[_Element]) -> list[str]:
    """Fields that say something else every day: no engine can draw them as they were meant."""
    codes = (code for part in parts for code in field_codes(part))
    return sorted({found[1] for code in codes if (found := _CHANGING_FIELD.match(code))})


def field_codes(part: _Element) -> Iterator[str]:
    """The codes of the fields in ``part``."""
    yield from (code.text or "" for code in part.iter(f"{W}instrText"))
    yield from (field.get(f"{W}instr", "") for field in part.iter(f"{W}fldSimple"))


def _line_count(block: _Element) -> int:
    """The number of lines of a header, a cell or a table, about: of the cells of a row, the highest counts."""
    lines = 0
    for child in block:
        if child.tag == f"{W}p":
            lines += 1 + sum(len(text.text or "") for text in child.iter(f"{W}t")) // _MARGIN_LINE
        elif child.tag == f"{W}tbl":
            lines += sum(max(map(_line_count, row.iter(f"{W}tc")), default=0) for row in child.iterchildren(f"{W}tr"))
    return lines


def _used(parts: StoryParts) -> Iterator[_Element]:
    """The styles that the parts name."""
    tags = (f"{W}pStyle", f"{W}rStyle")
    names = {found.get(f"{W}val", "") for tree in parts.trees for found in tree.iter(*tags)}
    yield from (parts.styles[name] for name in names if name in parts.styles)


def _has(tag: str) -> Callable[[StoryParts], bool]:
    """Finds an element that is shown."""
    return lambda parts: next(parts.shown(tag), None) is not None


def _has_other_shape(parts: StoryParts) -> bool:
    return not all(_is_drawn(shape) for shape in parts.shown(_SHAPE))


def _has_small_capitals(parts: StoryParts) -> bool:
    return any(is_on(switch) for tree in (*parts.trees, *_used(parts)) for switch in tree.iter(f"{W}smallCaps"))


def _has_page_in_text(parts: StoryParts) -> bool:
    texts = (tree for tree in parts.trees if tree.tag == f"{W}document")
    return any(_PAGE_FIELD.match(code) for tree in texts for code in field_codes(tree))


def _has_tall_margin(parts: StoryParts) -> bool:
    return any(tree.tag in _MARGIN_PARTS and _line_count(tree) > _MAX_MARGIN_LINES for tree in parts.trees)


def _has_note_in_table(parts: StoryParts) -> bool:
    around = (f"{W}tc", f"{W}txbxContent")
    return any(next(note.iterancestors(*around), None) is not None for note in parts.shown(f"{W}footnoteReference"))


def _has_own_mark(parts: StoryParts) -> bool:
    own = f"{W}customMarkFollows"
    return any(note.get(own, "0") not in {"0", "false", "off"} for note in parts.shown(f"{W}footnoteReference"))


def _is_drawn(shape: _Element) -> bool:
    """A straight line or a rectangle, text box or not, that stands at a place of its own."""
    form = next(shape.iter(f"{A}prstGeom"), None)
    anchored = next(shape.iterancestors(f"{WP}anchor"), None) is not None
    return anchored and form is not None and form.get("prst") in _DRAWN_SHAPES


RULES: Final = (
    Rule("nhóm hình vẽ (DrawingML group)", _has(f"{{{_SHAPES}wordprocessingGroup}}wgp")),
    Rule("khung vẽ (DrawingML canvas)", _has(f"{{{_SHAPES}wordprocessingCanvas}}wpc")),
    Rule("SmartArt", _has("{http://schemas.openxmlformats.org/drawingml/2006/diagram}relIds")),
    Rule("biểu đồ (chart)", _has("{http://schemas.openxmlformats.org/drawingml/2006/chart}chart")),
    Rule("công thức toán (equation)", _has("{http://schemas.openxmlformats.org/officeDocument/2006/math}oMath")),
    Rule("đường kẻ hoặc khung kiểu cũ (VML)", _has("{urn:schemas-microsoft-com:vml}*")),
    Rule("hình vẽ không phải đường thẳng hay hình chữ nhật (DrawingML shape)", _has_other_shape),
    Rule("ký hiệu của phông ký hiệu không có chữ Unicode tương ứng (w:sym)", _has(f"{W}sym")),
    Rule("chú âm trên chữ (ruby)", _has(f"{W}ruby")),
    Rule("tệp khác ghép vào (altChunk)", _has(f"{W}altChunk")),
    Rule("chữ hoa nhỏ (small caps)", _has_small_capitals),
    Rule("trường số trang trong thân văn bản (PAGE, NUMPAGES, PAGEREF)", _has_page_in_text),
    Rule("đầu trang hoặc chân trang cao hơn trang giấy (header or footer)", _has_tall_margin),
    Rule("chú thích chân trang trong ô của bảng hoặc khung chữ (footnote in a table)", _has_note_in_table),
    Rule("chú thích chân trang có dấu riêng, như «*» (footnote with its own mark)", _has_own_mark),
    Rule("chú thích cuối văn bản (endnote)", _has(f"{W}endnoteReference")),
    Rule(
        "đánh số tự động của Word với dòng đầu thụt vào (chữ sẽ tràn ra ngoài lề phải)",
        lambda parts: parts.lists.has_first_line_with_tab,
    ),
    Rule("đánh số tự động bằng chữ số kiểu khác (number format)", lambda parts: bool(parts.lists.unknown_forms)),
)
"""All that the engine leaves out, or draws otherwise than Word, without an error of its own."""
