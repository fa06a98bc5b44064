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

from congvan.support.lengths import Pt
from congvan.support.ooxml import W

if TYPE_CHECKING:
    from lxml.etree import _Element

_P: Final = f"{W}p"
_TWIPS_PER_EIGHTH: Final = 2.5  # Word counts a border's width in eighths of a point
_NO_BORDER: Final = frozenset(["nil", "none"])
# What stands before w:spacing in w:pPr (ISO/IEC 29500-1, CT_PPrBase).
_EARLIER: Final = frozenset(
    f"{W}{name}"
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
    29500-1, 17.3.1.24). ``contextual_style`` is the style's name where paragraphs of one style leave no space between
    them
    (w:contextualSpacing).
    """

    above: int = 0
    below: int = 0
    border_above: int = 0
    border_below: int = 0
    distance_below: int = 0
    borders: bytes = b""
    indents: bytes = b""
    contextual_style: str | None = None
    new_page: bool = False


def spacing_styles(styles: _Element) -> dict[str, Spacing]:
    """The spacing of each paragraph style of ``styles.xml`` by identifier; ``""`` is the default style."""
    found = {style.get(f"{W}styleId", ""): style for style in styles.iter(f"{W}style")}
    base = _update(Spacing(), styles.find(f"{W}docDefaults/{W}pPrDefault/{W}pPr"), "")
    resolved = {name: _resolved(name, found, base) for name in found}
    default = next((name for name, style in found.items() if _is_default(style)), None)
    return {"": resolved[default] if default else base, **resolved}


def fit_spacing(blocks: Sequence[_Element], styles: Mapping[str, Spacing], *, added: bool = False) -> None:
    """Move the space between the paragraphs among ``blocks`` to where the engine treats it as Word does.

    ``added``: between two paragraphs Word leaves the space of both, not the larger one
    (w:doNotUseHTMLParagraphAutoSpacing).
    """
    own = [_spacing_of(block, styles) if block.tag == _P else None for block in blocks]
    above = [spacing.above if spacing else 0 for spacing in own]
    below = [spacing.below if spacing else 0 for spacing in own]
    rooms_above, rooms_below = _border_rooms(own)
    for index, (one, other) in enumerate(pairwise(own)):
        moved = above[index + 1] + rooms_above[index + 1]
        if one and other and moved and not other.new_page and not _ends_section(blocks[index]):
            below[index] = rooms_above[index + 1] + _space_between(one, other, added=added)
            above[index + 1] = rooms_above[index + 1] = 0
    above = [space + room for space, room in zip(above, rooms_above, strict=True)]
    below = [max(0, space + room) for space, room in zip(below, rooms_below, strict=True)]
    for paragraph, spacing, before, after in zip(blocks, own, above, below, strict=True):
        if spacing and (before, after) != (spacing.above, spacing.below):
            _write(paragraph, before, after)


def _space_between(one: Spacing, other: Spacing, *, added: bool) -> int:
    """Space between two paragraphs, borders aside."""
    if one.contextual_style and one.contextual_style == other.contextual_style:
        return 0
    return one.below + other.above if added else max(one.below, other.above)


def _is_default(style: _Element) -> bool:
    return style.get(f"{W}type") == "paragraph" and style.get(f"{W}default") in {"1", "true", "on"}


def _resolved(name: str, styles: Mapping[str, _Element], base: Spacing) -> Spacing:
    chain: list[str] = []
    while name in styles and name not in chain:
        chain.append(name)
        above = styles[name].find(f"{W}basedOn")
        name = above.get(f"{W}val", "") if above is not None else ""
    spacing = base
    for link in reversed(chain):
        spacing = _update(spacing, styles[link].find(f"{W}pPr"), link)
    return spacing


def _spacing_of(paragraph: _Element, styles: Mapping[str, Spacing]) -> Spacing:
    properties = paragraph.find(f"{W}pPr")
    style = properties.find(f"{W}pStyle") if properties is not None else None
    name = style.get(f"{W}val", "") if style is not None else ""
    return _update(styles.get(name, styles[""]), properties, name)


def _update(spacing: Spacing, properties: _Element | None, name: str) -> Spacing:
    """``spacing`` with what ``properties`` (w:pPr) say; ``name`` is the style they belong to or name."""
    if properties is None:
        return spacing
    for child in properties:
        if child.tag == f"{W}spacing":
            above, below = child.get(f"{W}before"), child.get(f"{W}after")
            spacing = replace(spacing, above=_twips(above, spacing.above), below=_twips(below, spacing.below))
        elif child.tag == f"{W}pBdr":
            spacing = _bordered(spacing, child)
        elif child.tag == f"{W}ind":
            spacing = replace(spacing, indents=_canonical(child))
        elif child.tag == f"{W}contextualSpacing":
            spacing = replace(spacing, contextual_style=(name or "default") if _on(child) else None)
        elif child.tag == f"{W}pageBreakBefore":
            spacing = replace(spacing, new_page=_on(child))
    return spacing


def _twips(value: str | None, otherwise: int) -> int:
    return round(float(value)) if value and value.replace(".", "", 1).isdigit() else otherwise


def _on(switch: _Element) -> bool:
    return switch.get(f"{W}val", "true") in {"1", "true", "on"}


def _bordered(spacing: Spacing, borders: _Element) -> Spacing:
    (above, over), (below, under) = (_border_room(borders.find(f"{W}{side}")) for side in ("top", "bottom"))
    rooms = replace(spacing, border_above=above + over, border_below=below + under, distance_below=under)
    return replace(rooms, borders=_canonical(borders))


def _canonical(element: _Element) -> bytes:
    from lxml import etree

    source: bytes = etree.tostring(element, method="c14n")
    return source


def _border_room(border: _Element | None) -> tuple[int, int]:
    """Width and distance from the text."""
    if border is None or border.get(f"{W}val") in _NO_BORDER:
        return 0, 0
    width, space = (int(border.get(f"{W}{name}", "0")) for name in ("sz", "space"))
    return int(width * _TWIPS_PER_EIGHTH), Pt(space).twips


def _border_rooms(own: Sequence[Spacing | None]) -> tuple[list[int], list[int]]:
    """The room for borders above and below each paragraph; none inside a box that neighbours share."""
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
    return paragraph.find(f"{W}pPr/{W}sectPr") is not None


def _write(paragraph: _Element, above: int, below: int) -> None:
    spacing = _spacing_element(paragraph)
    spacing.set(f"{W}before", str(above))
    spacing.set(f"{W}after", str(below))


def _spacing_element(paragraph: _Element) -> _Element:
    properties = paragraph.find(f"{W}pPr")
    if properties is None:
        properties = paragraph.makeelement(f"{W}pPr", {})
        paragraph.insert(0, properties)
    spacing = properties.find(f"{W}spacing")
    if spacing is None:
        spacing = properties.makeelement(f"{W}spacing", {})
        position = max((index for index, child in enumerate(properties, 1) if child.tag in _EARLIER), default=0)
        properties.insert(position, spacing)
    return spacing
