"""Page numbers in the middle of the margin, as Word centres them.

The embedded engine centres a line before it knows the number, with room for two digits; a letter's second
to ninth page then have theirs half a digit too far left. The line it is given starts a digit further in.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from lxml.etree import _Element

_W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_PAGE_FIELD: Final = re.compile(r"\s*PAGE\b")
_DIGIT: Final = 0.5  # of the type size, in every face
_DEFAULT_HALF_POINTS: Final = 20
_TWIPS_PER_HALF_POINT: Final = 10


@dataclass(frozen=True, slots=True)
class LineStyle:
    """What a paragraph style says of its line: where it stands, and its size in half points."""

    align: str = ""
    half_points: int = _DEFAULT_HALF_POINTS


def line_styles(styles: _Element) -> dict[str, LineStyle]:
    """The paragraph styles in ``styles.xml``, by identifier."""
    default = _size(styles.find(f"{_W}docDefaults/{_W}rPrDefault/{_W}rPr"), _DEFAULT_HALF_POINTS)
    return {
        style.get(f"{_W}styleId", ""): LineStyle(_align(style), _size(style.find(f"{_W}rPr"), default))
        for style in styles.iter(f"{_W}style")
    }


def centre_page_numbers(paragraphs: Iterable[_Element], styles: Mapping[str, LineStyle]) -> None:
    """Move every centred line that is nothing but a page number half a digit to the right."""
    for paragraph in paragraphs:
        if not _is_page_number(paragraph):
            continue
        named = paragraph.find(f"{_W}pPr/{_W}pStyle")
        style = styles.get(named.get(f"{_W}val", ""), LineStyle()) if named is not None else LineStyle()
        if (_align(paragraph) or style.align) == "center":
            _indent(paragraph, round(style.half_points * _TWIPS_PER_HALF_POINT * _DIGIT))


def _is_page_number(paragraph: _Element) -> bool:
    codes = [code.text or "" for code in paragraph.iter(f"{_W}instrText")]
    codes += [field.get(f"{_W}instr", "") for field in paragraph.iter(f"{_W}fldSimple")]
    text = "".join(run.text or "" for run in paragraph.iter(f"{_W}t"))
    return len(codes) == 1 and bool(_PAGE_FIELD.match(codes[0])) and (not text or text.isdecimal())


def _align(element: _Element) -> str:
    align = element.find(f"{_W}pPr/{_W}jc")
    return "" if align is None else align.get(f"{_W}val", "")


def _size(properties: _Element | None, default: int) -> int:
    size = None if properties is None else properties.find(f"{_W}sz")
    return default if size is None else int(size.get(f"{_W}val", default))


def _indent(paragraph: _Element, left: int) -> None:
    """An indent of the paragraph's own; one that is already there is a choice of the template, and stays."""
    properties = paragraph.find(f"{_W}pPr")
    if properties is None:
        properties = paragraph.makeelement(f"{_W}pPr", {})
        paragraph.insert(0, properties)
    if properties.find(f"{_W}ind") is None:
        later = {f"{_W}{name}" for name in ("jc", "outlineLvl", "rPr", "sectPr")}
        place = next((number for number, child in enumerate(properties) if child.tag in later), len(properties))
        properties.insert(place, properties.makeelement(f"{_W}ind", {f"{_W}left": str(left)}))
