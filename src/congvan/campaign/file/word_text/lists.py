"""The labels of Word's automatic lists, as Word would print them: counted, restarted, of several levels."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from congvan.support.ooxml import W

if TYPE_CHECKING:
    from lxml.etree import _Element

_LEVELS: Final = 9
_DASH: Final = "-"  # for the pictures of bullets that symbol fonts draw
_ROMAN: Final = (
    *((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl")),
    *((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")),
)
_LARGEST: Final = 10_000


@dataclass(frozen=True, slots=True)
class _Level:
    form: str
    text: str
    start: int
    is_legal: bool


class ListLabels:
    """Counts the items of every list, in the order of the text."""

    def __init__(self, numbering: _Element | None) -> None:
        self._lists: dict[str, str] = {}
        self._levels: dict[tuple[str, int], _Level] = {}
        self._starts: dict[tuple[str, int], int] = {}
        self._counts: dict[str, dict[int, int]] = {}
        self._seen: set[tuple[str, int]] = set()
        if numbering is not None:
            self._read(numbering)

    def label(self, number: str, level: int) -> str:
        """The label of the next item of list ``number``, empty where the list has none there."""
        definition = self._lists.get(number)
        form = self._levels.get((definition, level)) if definition is not None else None
        if definition is None or form is None:
            return ""
        counts = self._counts.setdefault(definition, {})
        self._count(counts, number, level, form)
        if form.form == "bullet":
            return _bullet(form.text)
        return re.sub(r"%(\d)", lambda found: self._part(definition, counts, int(found[1]) - 1, form), form.text)

    def _count(self, counts: dict[int, int], number: str, level: int, form: _Level) -> None:
        first = self._starts.get((number, level))
        if first is not None and (number, level) not in self._seen:
            counts[level] = first  # this list begins anew
        else:
            counts[level] = counts[level] + 1 if level in counts else form.start
        self._seen.add((number, level))
        for deeper in [one for one in counts if one > level]:
            del counts[deeper]

    def _part(self, definition: str, counts: Mapping[int, int], level: int, shown: _Level) -> str:
        form = self._levels.get((definition, level), shown)
        count = counts.get(level, form.start)
        return _number(count, "decimal" if shown.is_legal else form.form)

    def _read(self, numbering: _Element) -> None:
        for definition in numbering.iter(f"{W}abstractNum"):
            name = definition.get(f"{W}abstractNumId", "")
            for level in definition.iter(f"{W}lvl"):
                self._levels[name, int(level.get(f"{W}ilvl", "0"))] = _level(level)
        for one in numbering.iter(f"{W}num"):
            number = one.get(f"{W}numId", "")
            self._lists[number] = _value(one, "abstractNumId", "")
            for override in one.iter(f"{W}lvlOverride"):
                at = int(override.get(f"{W}ilvl", "0"))
                start = _value(override, "startOverride", "")
                if start:
                    self._starts[number, at] = _whole(start)


def _level(level: _Element) -> _Level:
    return _Level(
        _value(level, "numFmt", "decimal"),
        _value(level, "lvlText", ""),
        _whole(_value(level, "start", "1")),
        level.find(f"{W}isLgl") is not None,
    )


def _value(element: _Element, name: str, usual: str) -> str:
    found = element.find(f"{W}{name}")
    return found.get(f"{W}val", usual) if found is not None else usual


def _whole(text: str) -> int:
    return min(int(text), _LARGEST) if text.isdecimal() else 1


def _bullet(text: str) -> str:
    sign = text.strip()[:1]
    return _DASH if not sign or "\ue000" <= sign <= "\uf8ff" or sign in "o§·" else sign


def _number(count: int, form: str) -> str:
    match form:
        case "lowerLetter" | "upperLetter":
            rounds, place = divmod(count - 1, 26)
            letters = chr(ord("a") + place) * (rounds + 1)
            return letters.upper() if form == "upperLetter" else letters
        case "lowerRoman" | "upperRoman":
            return _roman(count).upper() if form == "upperRoman" else _roman(count)
        case "decimalZero":
            return f"{count:02d}"
        case "none":
            return ""
        case _:
            return str(count)


def _roman(count: int) -> str:
    written = ""
    for value, letters in _ROMAN:
        written += letters * (count // value)
        count %= value
    return written


def list_of(properties: _Element | None) -> tuple[str, int] | None:
    """List and level a paragraph's properties name; None where they name none, ``0`` where they end one."""
    named = properties.find(f"{W}numPr") if properties is not None else None
    if named is None:
        return None
    level = min(_whole(_value(named, "ilvl", "0")) if _value(named, "ilvl", "0") != "0" else 0, _LEVELS - 1)
    number = _value(named, "numId", "")
    return (number, level) if number else None
