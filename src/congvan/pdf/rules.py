"""Rules and marks, made as long in the PDF as Word draws them.

A rule is an empty paragraph with a border above or below, a mark (KHẨN, MẬT) a few words in a box; their
indents give their length. The embedded engine draws borders 1.5 pt (half a millimetre) past the indent at
both ends, whatever their width, so the indents it is given are that much larger. A longer text in a box is
left alone: its lines would break elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from lxml import etree

if TYPE_CHECKING:
    from lxml.etree import _Element

_W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_OVERHANG: Final = 30  # twips
_LONGEST_MARK: Final = 24  # characters
_SIDES: Final = {"left": ("left", "start"), "right": ("right", "end")}
# What may follow w:ind in w:pPr (ISO/IEC 29500-1, CT_PPrBase): the first of these marks its place.
_LATER: Final = frozenset(
    f"{_W}{name}"
    for name in (
        *("contextualSpacing", "mirrorIndents", "suppressOverlap", "jc", "textDirection", "textAlignment"),
        *("textboxTightWrap", "outlineLvl", "divId", "cnfStyle", "rPr", "sectPr", "pPrChange"),
    )
)


@dataclass(frozen=True, slots=True)
class RuleStyle:
    """A paragraph style with borders: their sides, and its own indents in twips."""

    borders: frozenset[str] = frozenset()
    left: int = 0
    right: int = 0


def rule_styles(styles: _Element) -> dict[str, RuleStyle]:
    """The paragraph styles in ``styles.xml`` that have borders, by identifier."""
    found = {}
    for style in styles.iter(f"{_W}style"):
        properties = style.find(f"{_W}pPr")
        if properties is not None and (borders := _borders(properties)):
            found[style.get(f"{_W}styleId", "")] = RuleStyle(borders, *_indents(properties, RuleStyle()))
    return found


def fit_rules(paragraphs: Iterable[_Element], styles: Mapping[str, RuleStyle]) -> None:
    """Shorten every rule and mark among ``paragraphs`` by what the engine adds."""
    for paragraph in paragraphs:
        properties = paragraph.find(f"{_W}pPr")
        if properties is None:
            continue
        name = properties.find(f"{_W}pStyle")
        style = styles.get(name.get(f"{_W}val", "")) if name is not None else None
        borders = _borders(properties) or (style.borders if style else frozenset())
        if _is_rule(paragraph, borders):
            _indent(properties, *_indents(properties, style or RuleStyle()))


def _borders(properties: _Element) -> frozenset[str]:
    borders = properties.find(f"{_W}pBdr")
    return frozenset() if borders is None else frozenset(etree.QName(side).localname for side in borders)


def _is_rule(paragraph: _Element, borders: frozenset[str]) -> bool:
    text = "".join(run.text or "" for run in paragraph.iter(f"{_W}t"))
    if borders >= {"top", "bottom", "left", "right"}:
        return 0 < len(text) <= _LONGEST_MARK
    return not text and bool(borders & {"top", "bottom"}) and not borders & {"left", "right"}


def _indents(properties: _Element, style: RuleStyle) -> tuple[int, int]:
    indent = properties.find(f"{_W}ind")
    if indent is None:
        return style.left, style.right
    own = {
        side: next((value for name in names if (value := indent.get(f"{_W}{name}"))), None)
        for side, names in _SIDES.items()
    }
    return int(own["left"] or style.left), int(own["right"] or style.right)


def _indent(properties: _Element, left: int, right: int) -> None:
    for old in properties.findall(f"{_W}ind"):
        properties.remove(old)
    place = next((number for number, child in enumerate(properties) if child.tag in _LATER), len(properties))
    values = {f"{_W}left": str(left + _OVERHANG), f"{_W}right": str(right + _OVERHANG)}
    properties.insert(place, properties.makeelement(f"{_W}ind", values))
