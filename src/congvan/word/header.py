"""Measures that depend on a letter's text: line breaks of a long issuer or title, length of rules and boxes.

A clerk's template holds plain ``{{ co_quan }}`` and an empty ruled paragraph; both are recognised by their
style when the template is compiled, and get the width of the cell they are in.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple

from markupsafe import Markup

from congvan.decree.body_names import name_lines
from congvan.decree.measures import (
    COMPONENTS,
    HEAD_SLACK,
    MARK_WIDTHS,
    MOST_OF_HEAD,
    PAGE,
    RULE_SHARE,
    TIEU_NGU_TEXT,
    Component,
)
from congvan.support.lengths import Mm, Pt, Twips
from congvan.support.ooxml import W
from congvan.text.capitals import upper
from congvan.text.width import text_width
from congvan.word import styles

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from lxml.etree import _Element

_SIDES: Final = 2
_SHARE: Final = (RULE_SHARE.low + RULE_SHARE.high) / 2

_WRAPPED: Final = {
    styles.CHU_QUAN: "chu_quan",
    styles.CO_QUAN: "co_quan",
    styles.THAM_QUYEN: "tham_quyen",
    styles.QUYEN_HAN: "quyen_han",
    styles.CHUC_DANH_KHAC: "quyen_han",
}
_ABOVE_A_RULE: Final = {styles.CO_QUAN: "co_quan", styles.TRICH_YEU: "trich_yeu", styles.TEN_LOAI: "ten_loai"}
_RULES: Final = {styles.KE_CO_QUAN: "co_quan", styles.KE_TRICH_YEU: "trich_yeu", styles.KE_TEN_LOAI: "ten_loai"}
_OTHER_RULE_FILTERS: Final = {"co_quan": "le_ke_co_quan"}
_BOXES: Final = {styles.DO_MAT: "do_mat", styles.DO_KHAN: "do_khan", styles.LUU_HANH: "luu_hanh"}
_FIELD: Final = re.compile(r"\{\{\s*([a-z_]+(?:\.[a-z_]+)*)\s*\}\}")
_PLAIN: Final = re.compile(r"[^'\"<>&{}\\]*")
_BORDER: Final = Pt(0.75)  # drawn outside the indent
_MARK_MARGIN: Final = Mm(3)  # beside the text of a mark whose box has no prescribed width


def wrap_issuer(text: str, width_pt: float, size_pt: float, *, bold: bool = False) -> str:
    """The name of a body, or a title, in capitals and in lines of at most ``width_pt`` points, broken by their sense.

    "ỦY BAN NHÂN DÂN / XÃ HẬU LỘC", never inside a word. Line ends of the user remain.
    """
    return "\n".join(line for part in text.splitlines() for line in _wrap(upper(part), width_pt, size_pt, bold=bold))


@lru_cache(maxsize=4096)
def _wrap(text: str, limit: float, size_pt: float, *, bold: bool) -> tuple[str, ...]:
    return name_lines(text, lambda line: text_width(line, size_pt, bold=bold) / limit)


class HeadColumns(NamedTuple):
    """The widths of a head's columns, the issuer's left, that of quốc hiệu right: in twips, and the same in points."""

    left: Twips
    right: Twips
    left_pt: Pt
    right_pt: Pt


@lru_cache(maxsize=1024)  # letters of a campaign have few places and days
def head_columns(place_and_date: str, whole_pt: float, usual_pt: float, size_pt: float) -> HeadColumns:
    """The columns of a head ``whole_pt`` wide: the right one is ``usual_pt``, or what place and date need on one line.

    Decree 30/2020, Annex I, part II, items 1 and 4: place and date stand under quốc hiệu, on the line of the number.
    """
    needed = text_width(place_and_date, size_pt, italic=True) + HEAD_SLACK
    right = Pt(min(max(usual_pt, needed), whole_pt * MOST_OF_HEAD))
    left = Pt(whole_pt - right)
    return HeadColumns(left.twips, right.twips, left, right)


@lru_cache(maxsize=1024)
def motto_rule_margin(width_pt: float) -> Twips:
    """The indent left and right of the rule below the motto: centred, as long as the motto (item 1)."""
    motto = COMPONENTS["tieu_ngu"]
    return Pt((width_pt - text_width(TIEU_NGU_TEXT, motto.size, bold=motto.bold)) / 2).twips


@lru_cache(maxsize=1024)  # letters of a campaign have few issuers
def issuer_rule_margin(text: str, width_pt: float, size_pt: float, *, bold: bool = False) -> Twips:
    """The indent left and right of the rule below an issuer: centred, 1/3 to 1/2 of its longest line.

    Decree 30/2020, Annex I, part II, item 2.
    """
    return _rule_margin(wrap_issuer(text, width_pt, size_pt, bold=bold).splitlines(), width_pt, size_pt, bold=bold)


@lru_cache(maxsize=1024)
def rule_margin(text: str, width_pt: float, size_pt: float, *, bold: bool = False) -> Twips:
    """The indent left and right of the rule below a subject or kind, which Word wraps (item 5a)."""
    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and text_width(longer, size_pt, bold=bold) <= width_pt:
            lines[-1] = longer
        else:
            lines.append(word)
    return _rule_margin(lines, width_pt, size_pt, bold=bold)


def _rule_margin(lines: Sequence[str], width_pt: float, size_pt: float, *, bold: bool) -> Twips:
    longest = max((text_width(line, size_pt, bold=bold) for line in lines), default=0.0)
    return Pt((width_pt - min(width_pt, longest) * _SHARE) / 2).twips


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
    "le_ke_co_quan": issuer_rule_margin,
    "le_ke_tieu_ngu": motto_rule_margin,
    "le_dau": mark_margin,
    "cot": head_columns,
}


def measure_header(story: _Element, full_width_pt: float) -> None:
    """Insert the filters that wrap issuer and titles and measure columns, rules and boxes, letter by letter.

    ``full_width_pt`` is the width of the text area of ``story``; a paragraph in a cell is measured by its cell. A rule
    is measured by the field last printed above it in the style it belongs to: the rule below a copy's issuer fits that
    issuer.
    """
    columns = _measured_columns(story)
    printed: dict[str, str] = {}
    for paragraph in story.iter(f"{W}p"):
        name = _style(paragraph)
        width = _width(paragraph, columns, full_width_pt)
        if name in _ABOVE_A_RULE and (field := _field(paragraph)):
            printed[_ABOVE_A_RULE[name]] = field
        if name in _WRAPPED:
            _break_lines(paragraph, _WRAPPED[name], width)
        elif name in _RULES:
            part = _RULES[name]
            _set_margins(paragraph, _call(_OTHER_RULE_FILTERS.get(part, "le_ke"), part, width, printed.get(part, part)))
        elif name in _BOXES:
            _set_margins(paragraph, _call("le_dau", _BOXES[name], width, _BOXES[name]))
        elif name == styles.KE_TIEU_NGU and not width.replace(".", "").isdigit():
            _set_margins(paragraph, f"{{{{ {width}|le_ke_tieu_ngu }}}}")


def _style(paragraph: _Element) -> str | None:
    style = paragraph.find(f"{W}pPr/{W}pStyle")
    return style.get(f"{W}val") if style is not None else None


def _width(paragraph: _Element, columns: Mapping[_Element, str], full_width_pt: float) -> str:
    """The width of the text around ``paragraph`` in points: a number, or an expression that measures the letter."""
    for cell in paragraph.iterancestors(f"{W}tc"):
        if cell in columns:
            return columns[cell]
        width = cell.find(f"{W}tcPr/{W}tcW")
        if width is not None and width.get(f"{W}type") == "dxa":
            return f"{Twips(width.get(f'{W}w', '0')).pt:g}"
    return f"{full_width_pt:g}"


def _measured_columns(story: _Element) -> dict[_Element, str]:
    """Make the two columns of each head follow place and date; the widths of its cells, as expressions in points."""
    columns: dict[_Element, str] = {}
    for table in story.iter(f"{W}tbl"):
        grid = table.findall(f"{W}tblGrid/{W}gridCol")
        place = _place_and_date(table)
        if place is None or len(grid) != _SIDES or not _is_without_padding(table):
            continue
        usual = [Twips(column.get(f"{W}w", "0")) for column in grid]
        arguments = f"{Twips(sum(usual)).pt:g}, {usual[1].pt:g}, {COMPONENTS['dia_danh_ngay'].size:g}"
        names = [f"cot_{len(columns)}_{name}" for name in HeadColumns._fields]
        measured = f"{{% set {', '.join(names)} = ({place})|cot({arguments}) %}}"  # once, for all that follows
        for column, name, first in zip(grid, names, (measured, ""), strict=False):
            column.set(f"{W}w", f"{first}{{{{ {name} }}}}")
        for row in table.findall(f"{W}tr"):
            for cell, name, width in zip(row.findall(f"{W}tc"), names, names[_SIDES:], strict=False):
                columns[cell] = width
                _set_width(cell, f"{{{{ {name} }}}}")
    return columns


def _place_and_date(table: _Element) -> str | None:
    """The expression that prints place and date in ``table``: ``dia_danh ~ ', ' ~ ngay``; None without one."""
    for paragraph in table.iter(f"{W}p"):
        if _style(paragraph) == styles.DIA_DANH_NGAY and _field(paragraph):
            text = "".join(text.text or "" for text in paragraph.iter(f"{W}t"))
            words = _FIELD.split(text)
            if all(_PLAIN.fullmatch(plain) for plain in words[::2]):
                parts = [f"'{word}'" if index % 2 == 0 else word for index, word in enumerate(words) if word]
                return " ~ ".join(parts)
    return None


def _is_without_padding(table: _Element) -> bool:
    margins = [table.find(f"{W}tblPr/{W}tblCellMar/{W}{side}") for side in ("left", "right")]
    return all(margin is not None and margin.get(f"{W}w") == "0" for margin in margins)


def _set_width(cell: _Element, value: str) -> None:
    width = cell.find(f"{W}tcPr/{W}tcW")
    if width is not None:
        width.set(f"{W}w", value)


def _call(filter_name: str, part: str, width_pt: str, field: str) -> str:
    component: Component = COMPONENTS[part]
    return f"{{{{ {field}|{filter_name}({width_pt}, {component.size:g}, bold={component.bold}) }}}}"


def _field(paragraph: _Element) -> str | None:
    """The field a paragraph prints: ``co_quan``, ``ban_sao.co_quan``."""
    text = "".join(text.text or "" for text in paragraph.iter(f"{W}t"))
    found = _FIELD.search(text)
    return found.group(1) if found else None


def _break_lines(paragraph: _Element, part: str, width_pt: str) -> None:
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


def full_width(body: _Element) -> Pt:
    """The width of the text area of a document's last section."""
    section = body.find(f"{W}sectPr")
    size = section.find(f"{W}pgSz") if section is not None else None
    margins = section.find(f"{W}pgMar") if section is not None else None
    if size is None or margins is None:
        return PAGE.text_width.pt
    sides = sum(int(margins.get(f"{W}{side}", "0")) for side in ("left", "right"))
    return Twips(int(size.get(f"{W}w", "0")) - sides).pt
