"""The lists of a document: which list and level a paragraph has, and what the level says (17.9 of ISO/IEC 29500-1).

A paragraph names a list (w:num) by itself or by its style. A list is an instance of a definition (w:abstractNum),
of which others may be instances too: they count together. A definition may stand for that of a list style.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, Final

from congvan.support.ooxml import MC, W
from congvan.word.lists.number_forms import padded_width

MAX_LEVELS: Final = 9
_DEEPEST: Final = 20
"""Styles based on one another, and definitions that stand for one another."""

_OFF: Final = frozenset({"0", "false", "off"})
_CUSTOM: Final = "custom"


@dataclass(frozen=True, slots=True, eq=False)
class Level:
    """A level of a list.

    ``text`` is its label with ``%1`` … ``%9`` for the numbers of levels, ``form`` the name of the form these have,
    ``width`` how many digits they have at least. ``restart`` is the level, from 1, whose paragraphs let it begin
    again; 0 for none, None for all above it.
    """

    form: str = "decimal"
    width: int = 0
    text: str = ""
    start: int = 1
    restart: int | None = None
    is_legal: bool = False
    suffix: str = "tab"
    style: str | None = None
    element: Any = None

    @property
    def properties(self) -> Any:
        """The properties it gives its paragraphs, None for none."""
        return None if self.element is None else self.element.find(f"{W}pPr")

    @property
    def font(self) -> str:
        """The font its label names, "" for none."""
        fonts = None if self.element is None else self.element.find(f"{W}rPr/{W}rFonts")
        return _value(fonts, "ascii") or _value(fonts, "hAnsi") or ""


@dataclass(frozen=True, slots=True, eq=False)
class WordList:
    """A list: the definition it counts with, its levels, and where it begins again when it is first used."""

    definition: str
    levels: Mapping[int, Level]
    restarts: Mapping[int, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, eq=False)
class ListPlace:
    """Where a paragraph stands: a ``level`` from 0 of the list ``name``; ``styles`` gave it its place.

    ``styles`` is empty for a paragraph that names its list itself; otherwise they are the properties of its style and
    of those this is based on, down to the one that names the list, the topmost first.
    """

    name: str
    level: int
    styles: tuple[Any, ...] = ()


class Numbering:
    """The lists of one document, from its ``numbering`` part and its ``styles`` by identifier."""

    def __init__(self, numbering: Any, styles: Mapping[str, Any]) -> None:
        self._styles = styles
        self._default = next((name for name, style in styles.items() if _is_default(style)), None)
        definitions = () if numbering is None else numbering.iterfind(f"{W}abstractNum")
        self._definitions = {_value(each, "abstractNumId") or "": each for each in definitions}
        lists = () if numbering is None else numbering.iterfind(f"{W}num")
        self._lists = {_value(each, "numId") or "": each for each in lists}
        self._read: dict[str, WordList | None] = {}

    def list_named(self, name: str) -> WordList | None:
        """The list (w:num) of that number; None if there is none."""
        if name not in self._read:
            self._read[name] = self._list(name)
        return self._read[name]

    def place_of(self, paragraph: Any) -> ListPlace | None:
        """List and level of a paragraph; None for an ordinary one."""
        layers = list(self._layers(paragraph))
        found = [(index, name) for index, layer in enumerate(layers) if (name := _listed(layer, "numId")) is not None]
        if not found or (known := self.list_named(found[0][1])) is None:
            return None
        index, name = found[0]
        styles = tuple(layers[1 : index + 1])
        level = self._level_by_style(paragraph, known) if index else None
        if level is None or _listed(layers[0], "ilvl") is not None:
            given = (_listed(layer, "ilvl") for layer in layers)
            level = _number(next((each for each in given if each is not None), None), 0)
        return ListPlace(name, level, styles) if level in known.levels else None

    def level_at(self, place: ListPlace) -> Level:
        """What the level of a paragraph's place says."""
        known = self.list_named(place.name)
        assert known is not None
        return known.levels[place.level]

    def is_numbered(self, style: str) -> bool:
        """True for a style that numbers its paragraphs."""
        return any(_listed(layer, "numId") not in {None, "0"} for layer in self._chain(style))

    def _layers(self, paragraph: Any) -> Iterator[Any]:
        """The paragraph's own properties, then those of its style and of the styles this is based on."""
        own = paragraph.find(f"{W}pPr")
        yield own
        yield from self._chain(self._style_of(own))

    def _style_of(self, properties: Any) -> str | None:
        named = properties.find(f"{W}pStyle") if properties is not None else None
        name = _value(named)
        return name if name in self._styles else self._default

    def _chain(self, name: str | None) -> Iterator[Any]:
        for _ in range(_DEEPEST):
            style = self._styles.get(name or "")
            if style is None:
                return
            yield style.find(f"{W}pPr")
            name = _value(style.find(f"{W}basedOn"))

    def _level_by_style(self, paragraph: Any, known: WordList) -> int | None:
        """The level a list keeps for the paragraph's style."""
        style = self._style_of(paragraph.find(f"{W}pPr"))
        return next((level for level, each in known.levels.items() if style is not None and each.style == style), None)

    def _list(self, name: str) -> WordList | None:
        found = self._lists.get(name)
        if found is None:
            return None
        definition = self._definition(_value(found.find(f"{W}abstractNumId")) or "")
        if definition is None:
            return None
        levels = dict(_levels(self._definitions[definition]))
        restarts = {}
        for override in found.iterfind(f"{W}lvlOverride"):
            level = _number(_value(override, "ilvl"), 0)
            levels |= dict(_levels(override))
            if (start := override.find(f"{W}startOverride")) is not None:
                restarts[level] = _number(_value(start), 0)
        return WordList(definition, levels, restarts)

    def _definition(self, name: str) -> str | None:
        """The definition that holds the levels: its own, or that of the list style it stands for."""
        for _ in range(_DEEPEST):
            found = self._definitions.get(name)
            if found is None:
                return None
            style = _value(found.find(f"{W}numStyleLink"))
            if style is None or next(found.iterfind(f"{W}lvl"), None) is not None:
                return name
            name = self._definition_of_style(style) or ""
        return None

    def _definition_of_style(self, style: str) -> str | None:
        for name, definition in self._definitions.items():
            if _value(definition.find(f"{W}styleLink")) == style:
                return name
        listed = (_listed(layer, "numId") for layer in self._chain(style))
        found = self._lists.get(next(filter(None, listed), ""))
        return None if found is None else _value(found.find(f"{W}abstractNumId"))


@lru_cache(maxsize=8)
def numbered_styles(styles: bytes) -> frozenset[str]:
    """The paragraph styles of a style sheet that number their paragraphs, by themselves or by what they are based on.

    The default style may be among them, which paragraphs need not name.
    """
    from lxml import etree

    if not styles:
        return frozenset()
    found = etree.fromstring(styles, etree.XMLParser(resolve_entities=False)).iter(f"{W}style")
    by_id = {_value(style, "styleId") or "": style for style in found}
    lists = Numbering(None, by_id)
    return frozenset(name for name in by_id if lists.is_numbered(name))


def _levels(parent: Any) -> Iterator[tuple[int, Level]]:
    for element in parent.iterfind(f"{W}lvl"):
        number = _number(_value(element, "ilvl"), 0)
        if 0 <= number < MAX_LEVELS:
            yield number, _level(element)


def _level(element: Any) -> Level:
    form, width = _form(element)
    restart, legal = element.find(f"{W}lvlRestart"), element.find(f"{W}isLgl")
    return Level(
        form=form,
        width=width,
        text=_value(element.find(f"{W}lvlText")) or "",
        start=_number(_value(element.find(f"{W}start")), 0 if form == "none" else 1),
        restart=None if restart is None else _number(_value(restart), 0),
        is_legal=legal is not None and (_value(legal) or "1") not in _OFF,
        suffix=_value(element.find(f"{W}suff")) or "tab",
        style=_value(element.find(f"{W}pStyle")),
        element=element,
    )


def _form(element: Any) -> tuple[str, int]:
    """The form of the numbers and how many digits they have; Word 2010 writes its own beside one for others."""
    own = element.find(f"{MC}AlternateContent/{MC}Choice/{W}numFmt")
    found = own if own is not None else element.find(f"{W}numFmt")
    form = _value(found) or "decimal"
    if form == _CUSTOM:
        width = padded_width(_value(found, "format") or "")
        return ("decimal", width) if width else (_CUSTOM, 0)
    return form, 0


def _is_default(style: Any) -> bool:
    return _value(style, "type") == "paragraph" and _value(style, "default") in {"1", "true", "on"}


def _listed(properties: Any, name: str) -> str | None:
    """``w:numId`` or ``w:ilvl`` of paragraph properties."""
    listed = properties.find(f"{W}numPr/{W}{name}") if properties is not None else None
    return _value(listed)


def _value(element: Any, name: str = "val") -> str | None:
    found: str | None = None if element is None else element.get(W + name)
    return found


def _number(text: str | None, otherwise: int) -> int:
    try:
        return int(text) if text is not None else otherwise
    except ValueError:
        return otherwise
