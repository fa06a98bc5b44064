"""Space above and below paragraphs, as Word leaves it.

The embedded engine draws a border over the space its paragraph has, where Word adds the border's own: it leaves only
the distance of a lower border from its text. And it keeps the space above a paragraph that begins a page, where Word
drops it. So it is given a border's room as space, and space above a paragraph as space below the one before, which it
does drop at the end of a page.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from lxml.etree import _Element

_W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_P: Final = f"{_W}p"
_TWIPS: Final = 20  # a point
_EIGHTHS: Final = 8  # of a point: what a border's width is counted in
_NO_BORDER: Final = frozenset(["nil", "none"])
# What stands before w:spacing in w:pPr (ISO/IEC 29500-1, CT_PPrBase).
_EARLIER: Final = frozenset(
    f"{_W}{name}"
    for name in (
        *("pStyle", "keepNext", "keepLines", "pageBreakBefore", "framePr", "widowControl", "numPr", "pBdr", "shd"),
        *("suppressLineNumbers", "tabs", "suppressAutoHyphens", "kinsoku", "wordWrap", "overflowPunct"),
        *("topLinePunct", "autoSpaceDE", "autoSpaceDN", "bidi", "adjustRightInd", "snapToGrid"),
    )
)


@dataclass(frozen=True, slots=True)
class Spacing:
    """Space above and below a paragraph, and what its borders there take, in twips.

    ``distance_below`` is the part of ``border_below`` that the engine leaves by itself, always.
    ``borders`` is the source of the borders, ``indents`` of the indents: neighbours equal in both make one box (ISO/IEC
    29500-1, 17.3.1.24). ``alike`` is the style's name where paragraphs of the same style leave no space between them
    (w:contextualSpacing).
    """

    above: int = 0
    below: int = 0
    border_above: int = 0
    border_below: int = 0
    distance_below: int = 0
    borders: bytes = b""
    indents: bytes = b""
    alike: str | None = None
    new_page: bool = False


def spacing_styles(styles: _Element) -> dict[str, Spacing]:
    """What each paragraph style of ``styles.xml`` leaves, by identifier; ``""`` is the default style."""
    found = {style.get(f"{_W}styleId", ""): style for style in styles.iter(f"{_W}style")}
    base = _changed(Spacing(), styles.find(f"{_W}docDefaults/{_W}pPrDefault/{_W}pPr"), "")
    resolved = {name: _resolved(name, found, base) for name in found}
    default = next((name for name, style in found.items() if _is_default(style)), None)
    return {"": resolved[default] if default else base, **resolved}


def fit_spacing(blocks: Sequence[_Element], styles: Mapping[str, Spacing], *, added: bool = False) -> None:
    """Move the space between the paragraphs among ``blocks`` to where the engine treats it as Word does.

    ``added``: between two paragraphs Word leaves the space of both, not the larger one
    (w:doNotUseHTMLParagraphAutoSpacing).
    """
    own = [_own(block, styles) if block.tag == _P else None for block in blocks]
    above = [spacing.above if spacing else 0 for spacing in own]
    below = [spacing.below if spacing else 0 for spacing in own]
    rooms_above, rooms_below = _border_rooms(own)
    for index, (one, other) in enumerate(pairwise(own)):
        moved = above[index + 1] + rooms_above[index + 1]
        if one and other and moved and not other.new_page and not _ends_section(blocks[index]):
            below[index] = rooms_above[index + 1] + _between(one, other, added=added)
            above[index + 1] = rooms_above[index + 1] = 0
    above = [space + room for space, room in zip(above, rooms_above, strict=True)]
    below = [max(0, space + room) for space, room in zip(below, rooms_below, strict=True)]
    for paragraph, spacing, before, after in zip(blocks, own, above, below, strict=True):
        if spacing and (before, after) != (spacing.above, spacing.below):
            _write(paragraph, before, after)


def _between(one: Spacing, other: Spacing, *, added: bool) -> int:
    """Space between two paragraphs, borders aside."""
    if one.alike and one.alike == other.alike:
        return 0
    return one.below + other.above if added else max(one.below, other.above)


def _is_default(style: _Element) -> bool:
    return style.get(f"{_W}type") == "paragraph" and style.get(f"{_W}default") in {"1", "true", "on"}


def _resolved(name: str, styles: Mapping[str, _Element], base: Spacing) -> Spacing:
    chain: list[str] = []
    while name in styles and name not in chain:
        chain.append(name)
        above = styles[name].find(f"{_W}basedOn")
        name = above.get(f"{_W}val", "") if above is not None else ""
    spacing = base
    for link in reversed(chain):
        spacing = _changed(spacing, styles[link].find(f"{_W}pPr"), link)
    return spacing


def _own(paragraph: _Element, styles: Mapping[str, Spacing]) -> Spacing:
    properties = paragraph.find(f"{_W}pPr")
    style = properties.find(f"{_W}pStyle") if properties is not None else None
    name = style.get(f"{_W}val", "") if style is not None else ""
    return _changed(styles.get(name, styles[""]), properties, name)


def _changed(spacing: Spacing, properties: _Element | None, name: str) -> Spacing:
    """``spacing`` with what ``properties`` (w:pPr) say; ``name`` is the style they belong to or name."""
    if properties is None:
        return spacing
    for child in properties:
        if child.tag == f"{_W}spacing":
            above, below = child.get(f"{_W}before"), child.get(f"{_W}after")
            spacing = replace(spacing, above=_twips(above, spacing.above), below=_twips(below, spacing.below))
        elif child.tag == f"{_W}pBdr":
            spacing = _bordered(spacing, child)
        elif child.tag == f"{_W}ind":
            spacing = replace(spacing, indents=_source(child))
        elif child.tag == f"{_W}contextualSpacing":
            spacing = replace(spacing, alike=(name or "default") if _on(child) else None)
        elif child.tag == f"{_W}pageBreakBefore":
            spacing = replace(spacing, new_page=_on(child))
    return spacing


def _twips(value: str | None, otherwise: int) -> int:
    return round(float(value)) if value and value.replace(".", "", 1).isdigit() else otherwise


def _on(switch: _Element) -> bool:
    return switch.get(f"{_W}val", "true") in {"1", "true", "on"}


def _bordered(spacing: Spacing, borders: _Element) -> Spacing:
    (above, over), (below, under) = (_room(borders.find(f"{_W}{side}")) for side in ("top", "bottom"))
    rooms = replace(spacing, border_above=above + over, border_below=below + under, distance_below=under)
    return replace(rooms, borders=_source(borders))


def _source(element: _Element) -> bytes:
    from lxml import etree

    source: bytes = etree.tostring(element, method="c14n")
    return source


def _room(border: _Element | None) -> tuple[int, int]:
    """Width and distance from the text."""
    if border is None or border.get(f"{_W}val") in _NO_BORDER:
        return 0, 0
    width, space = (int(border.get(f"{_W}{name}", "0")) for name in ("sz", "space"))
    return _TWIPS * width // _EIGHTHS, _TWIPS * space


def _border_rooms(own: Sequence[Spacing | None]) -> tuple[list[int], list[int]]:
    """What the engine is still to leave above and below for borders; inside a box that neighbours share, none."""
    shared = [_same_box(one, other) for one, other in pairwise(own)]
    rooms = list(zip(own, (False, *shared), (*shared, False), strict=False))
    above = [spacing.border_above if spacing and not inside else 0 for spacing, inside, _ in rooms]
    below = [
        (0 if inside else spacing.border_below) - spacing.distance_below if spacing else 0
        for spacing, _, inside in rooms
    ]
    return above, below


def _same_box(one: Spacing | None, other: Spacing | None) -> bool:
    return bool(one and other and one.borders and (one.borders, one.indents) == (other.borders, other.indents))


def _ends_section(paragraph: _Element) -> bool:
    return paragraph.find(f"{_W}pPr/{_W}sectPr") is not None


def _write(paragraph: _Element, above: int, below: int) -> None:
    spacing = _spacing_element(paragraph)
    spacing.set(f"{_W}before", str(above))
    spacing.set(f"{_W}after", str(below))


def _spacing_element(paragraph: _Element) -> _Element:
    properties = paragraph.find(f"{_W}pPr")
    if properties is None:
        properties = paragraph.makeelement(f"{_W}pPr", {})
        paragraph.insert(0, properties)
    spacing = properties.find(f"{_W}spacing")
    if spacing is None:
        spacing = properties.makeelement(f"{_W}spacing", {})
        place = max((index for index, child in enumerate(properties, 1) if child.tag in _EARLIER), default=0)
        properties.insert(place, spacing)
    return spacing
