"""The numbers and bullets Word adds to list paragraphs by itself, which stand nowhere in the text."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import Any, Final

from congvan.inspect.docx.cascade import Cascade, number, value
from congvan.support.ooxml import W

_ROMAN: Final = ((100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))
_BULLET: Final = "•"
_PRIVATE: Final = range(0xE000, 0xF900)  # where Symbol and Wingdings keep their bullets


class ListLabels:
    """Counts the list paragraphs of one document, asked for in reading order."""

    def __init__(self, cascade: Cascade, numbering: Any = None) -> None:
        self._cascade = cascade
        self._levels: dict[str, dict[int, Any]] = {}
        self._abstract: dict[str, str] = {}
        self._counts: dict[str, dict[int, int]] = defaultdict(dict)
        if numbering is not None:
            self._read(numbering)

    def _read(self, numbering: Any) -> None:
        kinds = {value(kind, "abstractNumId") or "": kind for kind in numbering.iterfind(f"{W}abstractNum")}
        for num in numbering.iterfind(f"{W}num"):
            ma, kind = value(num, "numId") or "", value(num.find(f"{W}abstractNumId")) or ""
            self._abstract[ma] = kind
            levels = kinds[kind].iterfind(f"{W}lvl") if kind in kinds else ()
            self._levels[ma] = {int(number(level, "ilvl") or 0): level for level in levels}

    def level_of(self, paragraph: Any) -> tuple[str, int] | None:
        """List and level (from 0) of a paragraph, named by itself or by its style; None for an ordinary one."""
        for properties in self._cascade.paragraph_layers(paragraph):
            listed = properties.find(f"{W}numPr")
            ma = value(listed.find(f"{W}numId")) if listed is not None else None
            if ma is not None:
                level = int(number(listed.find(f"{W}ilvl")) or 0)
                return (ma, level) if level in self._levels.get(ma, {}) else None
        return None

    def properties(self, paragraph: Any) -> Any:
        """The paragraph properties (indents) its list level brings along."""
        if (where := self.level_of(paragraph)) is None:
            return None
        return self._levels[where[0]][where[1]].find(f"{W}pPr")

    def next_label(self, paragraph: Any) -> str:
        """The label of the next paragraph in order, "" for one that is in no list."""
        if (where := self.level_of(paragraph)) is None:
            return ""
        ma, level = where
        counts = self._counts[self._abstract[ma]]
        counts[level] = counts.get(level, int(number(self._levels[ma][level].find(f"{W}start")) or 1) - 1) + 1
        for deeper in [each for each in counts if each > level]:
            del counts[deeper]
        return self._label(ma, level, counts)

    def _label(self, ma: str, level: int, counts: dict[int, int]) -> str:
        levels = self._levels[ma]
        text = value(levels[level].find(f"{W}lvlText")) or ""
        if value(levels[level].find(f"{W}numFmt")) == "bullet":
            return "".join(_BULLET if ord(sign) in _PRIVATE else sign for sign in text)
        return re.sub(r"%(\d)", lambda place: self._counted(levels, int(place[1]) - 1, counts), text)

    @staticmethod
    def _counted(levels: dict[int, Any], level: int, counts: dict[int, int]) -> str:
        form = value(levels[level].find(f"{W}numFmt")) if level in levels else None
        return _in_form(counts.get(level, 1), form or "decimal")


def _in_form(count: int, form: str) -> str:
    match form:
        case "lowerRoman" | "upperRoman":
            text = _roman(count)
        case "lowerLetter" | "upperLetter":
            text = chr(ord("a") + (count - 1) % 26) * ((count - 1) // 26 + 1)
        case "decimalZero":
            text = f"{count:02}"
        case "none":
            text = ""
        case _:
            text = str(count)
    return text.upper() if form.startswith("upper") else text


def _roman(count: int) -> str:
    text = ""
    for worth, sign in _ROMAN:
        times, count = divmod(count, worth)
        text += sign * times
    return text
