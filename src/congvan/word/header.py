"""Measures that depend on a letter's text: line breaks of a long issuer or title, length of rules and boxes.

A clerk's template holds plain ``{{ co_quan }}`` and an empty ruled paragraph; both are recognised by their
style when the template is compiled, and get the width of the cell they are in.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from markupsafe import Markup

from congvan.decree.measures import COMPONENTS, MARK_WIDTHS, PAGE, RULE_SHARE, Component
from congvan.support.lengths import Mm, Pt, Twips
from congvan.support.ooxml import W
from congvan.text.width import text_width
from congvan.word import styles

if TYPE_CHECKING:
    from collections.abc import Callable

    from lxml.etree import _Element

_SHARE: Final = (RULE_SHARE.low + RULE_SHARE.high) / 2

_WRAPPED: Final = {styles.CHU_QUAN: "chu_quan", styles.CO_QUAN: "co_quan", styles.QUYEN_HAN: "quyen_han"}
_ABOVE_A_RULE: Final = {styles.CO_QUAN: "co_quan", styles.TRICH_YEU: "trich_yeu", styles.TEN_LOAI: "ten_loai"}
_RULES: Final = {styles.KE_CO_QUAN: "co_quan", styles.KE_TRICH_YEU: "trich_yeu", styles.KE_TEN_LOAI: "ten_loai"}
_BOXES: Final = {styles.DO_MAT: "do_mat", styles.DO_KHAN: "do_khan", styles.LUU_HANH: "luu_hanh"}
_FIELD: Final = re.compile(r"\{\{\s*([a-z_]+(?:\.[a-z_]+)*)\s*\}\}")
_BORDER: Final = Pt(0.75)  # drawn outside the indent
_MARK_MARGIN: Final = Mm(3)  # beside the text of a mark whose box has no prescribed width


def wrap_issuer(text: str, width_pt: float, size_pt: float, *, bold: bool = False) -> str:
    """Wrap ``text`` to lines of at most ``width_pt`` points, the last never a syllable alone.

    "ĐIỆN LỰC THÀNH PHỐ THANH HÓA" then breaks before "THANH HÓA", not inside it. Line ends of the user
    remain.
    """
    return "\n".join(line for part in text.splitlines() for line in _wrap(part, width_pt, size_pt, bold=bold))


@lru_cache(maxsize=4096)
def _wrap(text: str, limit: float, size_pt: float, *, bold: bool) -> tuple[str, ...]:
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
def rule_margin(text: str, width_pt: float, size_pt: float, *, bold: bool = False) -> Twips:
    """The indent left and right of a rule below ``text``: centred, 1/3 to 1/2 of its longest line.

    Decree 30/2020, Annex I, part II, items 2 and 5a.
    """
    lines = wrap_issuer(text, width_pt, size_pt, bold=bold).splitlines() or [""]
    longest = min(width_pt, max(text_width(line, size_pt, bold=bold) for line in lines))
    return Pt((width_pt - longest * _SHARE) / 2).twips


def mark_margin(text: str, width_pt: float, size_pt: float, *, bold: bool = False) -> Twips:
    """The indent left and right of the box around a mark: centred, as wide as the decree says.

    Decree 30/2020, Annex I, part II, item 10b.
    """
    if text in MARK_WIDTHS:
        box: float = MARK_WIDTHS[text].pt
    else:
        box = text_width(text, size_pt, bold=bold) + 2 * _MARK_MARGIN.pt
    return Pt((width_pt - box + 2 * _BORDER) / 2).twips


@lru_cache(maxsize=1024)
def _lines_with_breaks(text: str, width_pt: float, size_pt: float, *, bold: bool = False) -> Markup:
    """The lines of :func:`wrap_issuer` with Word's line break between them."""
    lines = wrap_issuer(text, width_pt, size_pt, bold=bold).splitlines()
    return Markup('</w:t><w:br/><w:t xml:space="preserve">').join(lines)


FILTERS: Final[dict[str, Callable[..., object]]] = {
    "ngat_dong": _lines_with_breaks,
    "le_ke": rule_margin,
    "le_dau": mark_margin,
}


def measure_header(story: _Element, full_width_pt: float) -> None:
    """Insert the filters that wrap issuer and titles and measure rules and boxes, letter by letter, into ``story``.

    ``full_width_pt`` is the width of the text area; a paragraph in a cell is measured by its cell. A rule is measured
    by the field last printed above it in the style it belongs to: the rule below a copy's issuer fits that issuer.
    """
    printed: dict[str, str] = {}
    for paragraph in story.iter(f"{W}p"):
        style = paragraph.find(f"{W}pPr/{W}pStyle")
        name = style.get(f"{W}val") if style is not None else None
        width = _cell_width_pt(paragraph) or full_width_pt
        if name in _ABOVE_A_RULE and (field := _field(paragraph)):
            printed[_ABOVE_A_RULE[name]] = field
        if name in _WRAPPED:
            _break_lines(paragraph, _WRAPPED[name], width)
        elif name in _RULES:
            part = _RULES[name]
            _set_margins(paragraph, _call("le_ke", part, width, printed.get(part, part)))
        elif name in _BOXES:
            _set_margins(paragraph, _call("le_dau", _BOXES[name], width, _BOXES[name]))


def _call(filter_name: str, part: str, width_pt: float, field: str) -> str:
    component: Component = COMPONENTS[part]
    return f"{{{{ {field}|{filter_name}({width_pt:g}, {component.size:g}, bold={component.bold}) }}}}"


def _field(paragraph: _Element) -> str | None:
    """The field a paragraph prints: ``co_quan``, ``ban_sao.co_quan``."""
    text = "".join(text.text or "" for text in paragraph.iter(f"{W}t"))
    found = _FIELD.search(text)
    return found.group(1) if found else None


def _break_lines(paragraph: _Element, part: str, width_pt: float) -> None:
    for text in paragraph.iter(f"{W}t"):
        if text.text:
            text.text = _FIELD.sub(lambda found: _call("ngat_dong", part, width_pt, found.group(1)), text.text)


def _set_margins(paragraph: _Element, value: str) -> None:
    properties = paragraph.find(f"{W}pPr")
    assert properties is not None
    indent = properties.find(f"{W}ind")
    if indent is None:
        indent = properties.makeelement(f"{W}ind", {})
        _insert_in_order(properties, indent)
    for side in ("left", "right"):
        indent.set(f"{W}{side}", value)


def _insert_in_order(properties: _Element, indent: _Element) -> None:
    """The schema wants w:ind after spacing and before jc and what follows it."""
    later = {f"{W}{name}" for name in ("contextualSpacing", "mirrorIndents", "jc", "outlineLvl", "rPr", "sectPr")}
    for index, child in enumerate(properties):
        if child.tag in later:
            properties.insert(index, indent)
            return
    properties.append(indent)


def _cell_width_pt(paragraph: _Element) -> Pt | None:
    for cell in paragraph.iterancestors(f"{W}tc"):
        width = cell.find(f"{W}tcPr/{W}tcW")
        if width is not None and width.get(f"{W}type") == "dxa":
            return Twips(width.get(f"{W}w", "0")).pt
    return None


def full_width(body: _Element) -> Pt:
    """The width of the text area of a document's last section."""
    section = body.find(f"{W}sectPr")
    size = section.find(f"{W}pgSz") if section is not None else None
    margins = section.find(f"{W}pgMar") if section is not None else None
    if size is None or margins is None:
        return PAGE.text_width.pt
    sides = sum(int(margins.get(f"{W}{side}", "0")) for side in ("left", "right"))
    return Twips(int(size.get(f"{W}w", "0")) - sides).pt
