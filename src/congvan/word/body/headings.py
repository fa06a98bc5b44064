"""Headings inside a text, recognised by how they begin (Decree 30/2020, Annex I, part II, item 6).

``Phần``, ``Chương``, ``Mục`` and ``Tiểu mục`` stand on a line of their own, centred, their title below in capitals;
``Điều`` is indented with its title; the other scheme of the decree, ``I.`` in capitals and ``1.``, is indented too.
A heading that begins otherwise takes the form of its Markdown level.
"""

from __future__ import annotations

import re
from types import MappingProxyType
from typing import Final

from congvan.word import styles
from congvan.word.body.enumeration import POINT_LETTERS

_UNIT: Final = re.compile(
    r"(?P<unit>Phần|Chương|Mục|Tiểu mục)\s+(?P<number>thứ\s+\w+|[IVXLCDM]+|\d+)\b[.:]?\s*(?P<title>.*)", re.DOTALL
)
_UNIT_STYLES: Final = MappingProxyType(
    {"Phần": styles.PHAN, "Chương": styles.CHUONG, "Mục": styles.MUC, "Tiểu mục": styles.TIEU_MUC}
)
_ARTICLE: Final = re.compile(r"Điều\s+\d+[a-zđ]?\s*\.")
_ROMAN: Final = re.compile(r"[IVXLC]+\.\s")
_NUMBER: Final = re.compile(r"\d+(?:\.\d+)*\.\s")
_POINT: Final = re.compile(rf"[{POINT_LETTERS}]{{1,2}}\)\s")


def heading_lines(text: str, level: int) -> tuple[tuple[str, str], ...]:
    """The lines a heading is set in, each with its style: ``Chương I`` above ``QUY ĐỊNH CHUNG``."""
    if unit := _UNIT.fullmatch(text):
        title = ((styles.TEN_PHAN, unit["title"].upper()),) if unit["title"] else ()
        return ((_UNIT_STYLES[unit["unit"]], f"{unit['unit']} {unit['number']}"), *title)
    if _ARTICLE.match(text):
        return ((styles.DIEU, text),)
    if _ROMAN.match(text):
        return ((styles.DE_MUC_LA_MA, text.upper()),)
    if _NUMBER.match(text):
        return ((styles.DE_MUC_SO, text),)
    return ((styles.TIEU_DE[min(level, max(styles.TIEU_DE))], text),)


def article_number(text: str) -> str | None:
    """``Điều 3.`` of a paragraph that begins an article, which is set bold; None for any other."""
    found = _ARTICLE.match(text)
    return found.group() if found else None


def is_point(text: str) -> bool:
    """True for a paragraph that begins with the letter of a point: ``a) …``, ``đ) …``."""
    return bool(_POINT.match(text))
