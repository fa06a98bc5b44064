"""What a letter needs to be measured for: lines of a long issuer or title, rules and boxes of the right length.

A clerk's template holds plain ``{{ co_quan }}`` and an empty ruled paragraph; both are recognised by their
style when the template is compiled, and get their measure from the cell they stand in.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from markupsafe import Markup

from congvan.decree.measures import COMPONENTS, MARK_WIDTHS, PAGE, RULE_SHARE, Component
from congvan.text.width import text_width
from congvan.word import styles

if TYPE_CHECKING:
    from collections.abc import Callable

    from lxml.etree import _Element

_W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_TWIPS: Final = 20  # in a point
_SHARE: Final = (RULE_SHARE.low + RULE_SHARE.high) / 2

_BROKEN: Final = {styles.CHU_QUAN: "chu_quan", styles.CO_QUAN: "co_quan", styles.QUYEN_HAN: "quyen_han"}
_ABOVE_A_RULE: Final = {styles.CO_QUAN: "co_quan", styles.TRICH_YEU: "trich_yeu", styles.TEN_LOAI: "ten_loai"}
_RULED: Final = {styles.KE_CO_QUAN: "co_quan", styles.KE_TRICH_YEU: "trich_yeu", styles.KE_TEN_LOAI: "ten_loai"}
_BOXED: Final = {styles.DO_MAT: "do_mat", styles.DO_KHAN: "do_khan", styles.LUU_HANH: "luu_hanh"}
_POINTS_PER_MM: Final = 72 / 25.4
_FIELD: Final = re.compile(r"\{\{\s*([a-z_]+(?:\.[a-z_]+)*)\s*\}\}")
_BORDER: Final = 0.75  # points; the border stands outside the indent
_MARK_MARGIN: Final = 3.0  # mm beside the text of a mark whose box has no prescribed width


def issuer_lines(text: str, width_pt: float, size_pt: float, *, bold: bool = False) -> str:
    """``text`` in lines of at most ``width_pt`` points, the last never a syllable alone.

    "ĐIỆN LỰC THÀNH PHỐ THANH HÓA" then breaks before "THANH HÓA", not inside it. Line ends the user wrote
    are kept.
    """
    return "\n".join(line for part in text.splitlines() for line in _filled(part, width_pt, size_pt, bold=bold))


@lru_cache(maxsize=4096)
def _filled(text: str, limit: float, size_pt: float, *, bold: bool) -> tuple[str, ...]:
    lines: list[str] = []
    for word in text.split(" "):
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and text_width(longer, size_pt, bold=bold) <= limit:
            lines[-1] = longer
        else:
            lines.append(word)
    if len(lines) > 1 and " " not in lines[-1] and lines[-2].count(" ") > 1:
        lines[-2], moved = lines[-2].rsplit(" ", 1)
        lines[-1] = f"{moved} {lines[-1]}"
    return tuple(lines)


@lru_cache(maxsize=1024)  # letters of a campaign have few issuers
def rule_margin(text: str, width_pt: float, size_pt: float, *, bold: bool = False) -> int:
    """The indent left and right, in twips, of a rule below ``text``: centred, 1/3 to 1/2 of its longest line.

    Decree 30/2020, Annex I, part II, items 2 and 5a.
    """
    lines = issuer_lines(text, width_pt, size_pt, bold=bold).splitlines() or [""]
    longest = min(width_pt, max(text_width(line, size_pt, bold=bold) for line in lines))
    return round((width_pt - longest * _SHARE) / 2 * _TWIPS)


def mark_margin(text: str, width_pt: float, size_pt: float, *, bold: bool = False) -> int:
    """The indent left and right, in twips, of the box around a mark: centred, as wide as the decree says.

    Decree 30/2020, Annex I, part II, item 10b.
    """
    own = text_width(text, size_pt, bold=bold) + 2 * _MARK_MARGIN * _POINTS_PER_MM
    box = MARK_WIDTHS[text] * _POINTS_PER_MM if text in MARK_WIDTHS else own
    return round((width_pt - box + 2 * _BORDER) / 2 * _TWIPS)


@lru_cache(maxsize=1024)
def _broken_lines(text: str, width_pt: float, size_pt: float, *, bold: bool = False) -> Markup:
    """The lines of :func:`issuer_lines` with Word's own line break between them."""
    lines = issuer_lines(text, width_pt, size_pt, bold=bold).splitlines()
    return Markup('</w:t><w:br/><w:t xml:space="preserve">').join(lines)


FILTERS: Final[dict[str, Callable[..., object]]] = {
    "ngat_dong": _broken_lines,
    "le_ke": rule_margin,
    "le_dau": mark_margin,
}


def measure_header(story: _Element, full_width_pt: float) -> None:
    """Give the lines of issuer and titles, the rules and boxes in ``story`` their measures, filled letter by letter.

    ``full_width_pt`` is the width of the text area; what stands in a cell is measured by its cell. A rule is measured
    by the field last printed above it in the style it belongs to: a copy's issuer has a rule as long as its own name.
    """
    printed: dict[str, str] = {}
    for paragraph in story.iter(f"{_W}p"):
        style = paragraph.find(f"{_W}pPr/{_W}pStyle")
        name = style.get(f"{_W}val") if style is not None else None
        width = _cell_width_pt(paragraph) or full_width_pt
        if name in _ABOVE_A_RULE and (field := _field(paragraph)):
            printed[_ABOVE_A_RULE[name]] = field
        if name in _BROKEN:
            _break_lines(paragraph, _BROKEN[name], width)
        elif name in _RULED:
            part = _RULED[name]
            _set_margins(paragraph, _call("le_ke", part, width, printed.get(part, part)))
        elif name in _BOXED:
            _set_margins(paragraph, _call("le_dau", _BOXED[name], width, _BOXED[name]))


def _call(filter_name: str, part: str, width_pt: float, field: str) -> str:
    component: Component = COMPONENTS[part]
    return f"{{{{ {field}|{filter_name}({width_pt:g}, {component.mau:g}, bold={component.bold}) }}}}"


def _field(paragraph: _Element) -> str | None:
    """The field a paragraph prints: ``co_quan``, ``ban_sao.co_quan``."""
    text = "".join(text.text or "" for text in paragraph.iter(f"{_W}t"))
    found = _FIELD.search(text)
    return found.group(1) if found else None


def _break_lines(paragraph: _Element, part: str, width_pt: float) -> None:
    for text in paragraph.iter(f"{_W}t"):
        if text.text:
            text.text = _FIELD.sub(lambda found: _call("ngat_dong", part, width_pt, found.group(1)), text.text)


def _set_margins(paragraph: _Element, value: str) -> None:
    properties = paragraph.find(f"{_W}pPr")
    assert properties is not None
    indent = properties.find(f"{_W}ind")
    if indent is None:
        indent = properties.makeelement(f"{_W}ind", {})
        _insert_in_order(properties, indent)
    for side in ("left", "right"):
        indent.set(f"{_W}{side}", value)


def _insert_in_order(properties: _Element, indent: _Element) -> None:
    """The schema wants w:ind after spacing and before jc and what follows it."""
    later = {f"{_W}{name}" for name in ("contextualSpacing", "mirrorIndents", "jc", "outlineLvl", "rPr", "sectPr")}
    for index, child in enumerate(properties):
        if child.tag in later:
            properties.insert(index, indent)
            return
    properties.append(indent)


def _cell_width_pt(paragraph: _Element) -> float | None:
    for cell in paragraph.iterancestors(f"{_W}tc"):
        width = cell.find(f"{_W}tcPr/{_W}tcW")
        if width is not None and width.get(f"{_W}type") == "dxa":
            return int(width.get(f"{_W}w", "0")) / _TWIPS
    return None


def full_width(body: _Element) -> float:
    """The width of the text area of a document's last section, in points."""
    section = body.find(f"{_W}sectPr")
    size = section.find(f"{_W}pgSz") if section is not None else None
    margins = section.find(f"{_W}pgMar") if section is not None else None
    if size is None or margins is None:
        return PAGE.text_width / 25.4 * 72
    sides = sum(int(margins.get(f"{_W}{side}", "0")) for side in ("left", "right"))
    return (int(size.get(f"{_W}w", "0")) - sides) / _TWIPS
