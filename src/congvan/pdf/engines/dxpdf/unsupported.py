"""Features of Word that the embedded engine leaves out, or draws otherwise, without an error."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Final

from congvan.pdf.engines.dxpdf.xml_parts import is_on
from congvan.support.ooxml import MC, WP, A, W

if TYPE_CHECKING:
    from lxml.etree import _Element

_SHAPES: Final = "http://schemas.microsoft.com/office/word/2010/"
_FALLBACK: Final = f"{MC}Fallback"
_SHAPE: Final = f"{{{_SHAPES}wordprocessingShape}}wsp"
_DRAWN_SHAPES: Final = frozenset({"line", "rect"})
_LEFT_OUT: Final = {
    f"{{{_SHAPES}wordprocessingGroup}}wgp": "nhóm hình vẽ (DrawingML group)",
    f"{{{_SHAPES}wordprocessingCanvas}}wpc": "khung vẽ (DrawingML canvas)",
    "{http://schemas.openxmlformats.org/drawingml/2006/diagram}relIds": "SmartArt",
    "{http://schemas.openxmlformats.org/drawingml/2006/chart}chart": "biểu đồ (chart)",
    "{http://schemas.openxmlformats.org/officeDocument/2006/math}oMath": "công thức toán (equation)",
    "{urn:schemas-microsoft-com:vml}*": "đường kẻ hoặc khung kiểu cũ (VML)",
    f"{W}sym": "ký hiệu chèn từ phông ký hiệu (w:sym)",
    f"{W}altChunk": "tệp khác ghép vào (altChunk)",
}
_OTHER_SHAPE: Final = "hình vẽ không phải đường thẳng hay hình chữ nhật (DrawingML shape)"
_SMALL_CAPITALS: Final = "chữ hoa nhỏ (small caps)"
_PAGE_IN_TEXT: Final = "trường số trang trong thân văn bản (PAGE, NUMPAGES, PAGEREF)"
_NUMBER_PAST_MARGIN: Final = "đánh số tự động của Word với dòng đầu thụt vào (chữ sẽ tràn ra ngoài lề phải)"
_TALL_MARGIN: Final = "đầu trang hoặc chân trang cao hơn trang giấy (header or footer)"
_MARGIN_PARTS: Final = frozenset({f"{W}hdr", f"{W}ftr"})
_MAX_MARGIN_LINES: Final = 40
_MARGIN_LINE: Final = 60
"""Letters in a line of a header or footer, about."""
_PAGE_FIELD: Final = re.compile(r"\s*(?:PAGE|NUMPAGES|SECTIONPAGES|PAGEREF)\b")
_CHANGING_FIELD: Final = re.compile(r"\s*(DATE|TIME|SAVEDATE|PRINTDATE|CREATEDATE|EDITTIME)\b")


def unsupported_features(
    parts: Iterable[_Element], styles: Mapping[str, _Element], numbering: _Element | None
) -> Iterator[str]:
    """Name such features of ``parts``, in words for the user; ``styles`` are all there are, by identifier."""
    trees = list(parts)
    for tag, what in _LEFT_OUT.items():
        if any(_is_shown(found) for tree in trees for found in tree.iter(tag)):
            yield what
    if any(_is_shown(shape) and not _is_drawn(shape) for tree in trees for shape in tree.iter(_SHAPE)):
        yield _OTHER_SHAPE
    if any(is_on(switch) for tree in (*trees, *_used(trees, styles)) for switch in tree.iter(f"{W}smallCaps")):
        yield _SMALL_CAPITALS
    if any(_PAGE_FIELD.match(code) for tree in trees if tree.tag == f"{W}document" for code in field_codes(tree)):
        yield _PAGE_IN_TEXT
    if any(tree.tag in _MARGIN_PARTS and _line_count(tree) > _MAX_MARGIN_LINES for tree in trees):
        yield _TALL_MARGIN
    if numbering is not None and _numbers_past_margin(trees, styles, numbering):
        yield _NUMBER_PAST_MARGIN


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


def _used(trees: Iterable[_Element], styles: Mapping[str, _Element]) -> Iterator[_Element]:
    """The styles that ``trees`` name."""
    tags = (f"{W}pStyle", f"{W}rStyle")
    names = {found.get(f"{W}val", "") for tree in trees for found in tree.iter(*tags)}
    yield from (styles[name] for name in names if name in styles)


def _is_shown(element: _Element) -> bool:
    """False inside what only programs draw that do not know the form beside it."""
    return next(element.iterancestors(_FALLBACK), None) is None


def _is_drawn(shape: _Element) -> bool:
    """A straight line or a rectangle, text box or not, that stands at a place of its own."""
    form = next(shape.iter(f"{A}prstGeom"), None)
    anchored = next(shape.iterancestors(f"{WP}anchor"), None) is not None
    return anchored and form is not None and form.get("prst") in _DRAWN_SHAPES


def _numbers_past_margin(trees: Iterable[_Element], styles: Mapping[str, _Element], numbering: _Element) -> bool:
    """A tab after the number and a first line further in than the rest: the engine forgets the tab's room."""
    if not any(_has_tab(level) for level in numbering.iter(f"{W}lvl")):
        return False
    in_level = any(_first_line_in(level.find(f"{W}pPr")) for level in numbering.iter(f"{W}lvl"))
    for own in (properties for tree in trees for properties in tree.iter(f"{W}pPr")):
        name = own.find(f"{W}pStyle")
        named = styles.get(name.get(f"{W}val", "")) if name is not None else None
        style = named.find(f"{W}pPr") if named is not None else None
        if not (_is_numbered(own) or _is_numbered(style)):
            continue
        if _first_line_in(own) or (not _has_indent(own) and (_first_line_in(style) or in_level)):
            return True
    return False


def _is_numbered(properties: _Element | None) -> bool:
    return properties is not None and properties.find(f"{W}numPr") is not None


def _has_tab(level: _Element) -> bool:
    after = level.find(f"{W}suff")
    return after is None or after.get(f"{W}val") == "tab"


def _has_indent(properties: _Element | None) -> bool:
    return properties is not None and properties.find(f"{W}ind") is not None


def _first_line_in(properties: _Element | None) -> bool:
    indent = properties.find(f"{W}ind") if properties is not None else None
    return indent is not None and int(indent.get(f"{W}firstLine", "0")) > 0
