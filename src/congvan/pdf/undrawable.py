"""What the embedded engine leaves out of the page, or draws otherwise than Word, and says nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from lxml.etree import _Element

_W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK: Final = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_VML: Final = "{urn:schemas-microsoft-com:vml}*"
_LEFT_OUT: Final = {
    "{http://schemas.openxmlformats.org/drawingml/2006/diagram}relIds": "SmartArt",
    _VML: "đường kẻ hoặc khung kiểu cũ (VML)",
}
_NUMBER_PAST_MARGIN: Final = "đánh số tự động của Word với dòng đầu thụt vào (chữ sẽ tràn ra ngoài lề phải)"


def undrawable(stories: Iterable[_Element], styles: _Element, numbering: _Element | None) -> Iterator[str]:
    """What there is of it in ``stories``, in words for the user."""
    trees = list(stories)
    for tag, what in _LEFT_OUT.items():
        if any(_is_shown(found) for tree in trees for found in tree.iter(tag)):
            yield what
    if numbering is not None and _numbers_past_margin(trees, styles, numbering):
        yield _NUMBER_PAST_MARGIN


def _is_shown(element: _Element) -> bool:
    """False inside what only programs draw that do not know the form beside it."""
    return next(element.iterancestors(_FALLBACK), None) is None


def _numbers_past_margin(trees: Iterable[_Element], styles: _Element, numbering: _Element) -> bool:
    """A tab after the number and a first line further in than the rest: the engine forgets the tab's room."""
    if not any(_has_tab(level) for level in numbering.iter(f"{_W}lvl")):
        return False
    in_level = any(_first_line_in(level.find(f"{_W}pPr")) for level in numbering.iter(f"{_W}lvl"))
    named = {style.get(f"{_W}styleId"): style.find(f"{_W}pPr") for style in styles.iter(f"{_W}style")}
    for own in (properties for tree in trees for properties in tree.iter(f"{_W}pPr")):
        name = own.find(f"{_W}pStyle")
        style = named.get(name.get(f"{_W}val")) if name is not None else None
        if not (_is_numbered(own) or _is_numbered(style)):
            continue
        if _first_line_in(own) or (not _has_indent(own) and (_first_line_in(style) or in_level)):
            return True
    return False


def _is_numbered(properties: _Element | None) -> bool:
    return properties is not None and properties.find(f"{_W}numPr") is not None


def _has_tab(level: _Element) -> bool:
    after = level.find(f"{_W}suff")
    return after is None or after.get(f"{_W}val") == "tab"


def _has_indent(properties: _Element | None) -> bool:
    return properties is not None and properties.find(f"{_W}ind") is not None


def _first_line_in(properties: _Element | None) -> bool:
    indent = properties.find(f"{_W}ind") if properties is not None else None
    return indent is not None and int(indent.get(f"{_W}firstLine", "0")) > 0
