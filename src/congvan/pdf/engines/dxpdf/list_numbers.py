"""Numbers of lists, counted here and given to the embedded engine as labels that need no counting.

The engine counts other lists than Word does (:mod:`congvan.word.lists`). So each paragraph of a list becomes the only
kind of paragraph in a list of its own, whose bullet is the number; how label and paragraph stand stays as it was.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from copy import deepcopy
from typing import TYPE_CHECKING, Any, Final

from lxml import etree

from congvan.support.ooxml import MC, W
from congvan.word.lists.labels import Label, ListLabels
from congvan.word.lists.number_forms import KNOWN_FORMS
from congvan.word.lists.numbering import Numbering
from congvan.word.lists.symbols import is_symbol_font

if TYPE_CHECKING:
    from lxml.etree import _Element

_FIRST: Final = 100_000
"""The first number of our lists, beyond those styles may name."""

_BEFORE_LIST: Final = frozenset(
    f"{W}{name}" for name in ("pStyle", "keepNext", "keepLines", "pageBreakBefore", "framePr", "widowControl")
)  # where the schema wants w:numPr
_FALLBACK: Final = f"{MC}Fallback"
_FIRST_LINES: Final = ("hanging", "firstLine", "hangingChars", "firstLineChars")


class ListNumbers:
    """Counts the lists of a document and writes their labels."""

    def __init__(self, numbering: _Element | None, styles: Mapping[str, _Element]) -> None:
        self._labels = ListLabels(Numbering(numbering, styles))
        self._lists: dict[tuple[str, str, str], int] = {}
        self._root = etree.Element(f"{W}numbering")
        self._nums: list[_Element] = []
        self.unknown_forms: set[str] = set()
        self.has_first_line_with_tab = False

    @property
    def numbering(self) -> _Element | None:
        """The numbering part the paragraphs now need; None if there is no list."""
        if not self._nums:
            return None
        self._root.extend(self._nums)
        return self._root

    @property
    def text(self) -> str:
        """All that the labels say."""
        return "".join(text for _, text, _ in self._lists)

    def write(self, part: _Element, bookmarks: Sequence[str] = ()) -> None:
        """Give the paragraphs of ``part`` their labels; at each of ``bookmarks`` a letter begins, and counts anew."""
        self._labels.restart()
        for paragraph in _paragraphs(part):
            if bookmarks and any(mark.get(f"{W}name") in bookmarks for mark in paragraph.iter(f"{W}bookmarkStart")):
                self._labels.restart()
            if label := self._labels.next_label(paragraph):
                self._give(paragraph, label)

    def _give(self, paragraph: _Element, label: Label) -> None:
        properties = paragraph.find(f"{W}pPr")
        if properties is None:
            properties = etree.Element(f"{W}pPr")
            paragraph.insert(0, properties)
        indent = _indent(label)
        self._note(label, {**indent, **_attributes(properties)})
        for old in properties.findall(f"{W}numPr"):
            properties.remove(old)
        listed = etree.Element(f"{W}numPr")
        etree.SubElement(listed, f"{W}ilvl").set(f"{W}val", "0")
        etree.SubElement(listed, f"{W}numId").set(f"{W}val", str(self._number(label, indent)))
        properties.insert(sum(child.tag in _BEFORE_LIST for child in properties), listed)

    def _note(self, label: Label, indent: Mapping[str, str]) -> None:
        """Take down what the engine cannot draw."""
        forms = {each.form for each in _levels_shown(label, self._labels.numbering)}
        self.unknown_forms |= forms - KNOWN_FORMS
        if label.level.suffix == "tab" and _is_positive(indent.get("firstLine")):
            self.has_first_line_with_tab = True

    def _number(self, label: Label, indent: Mapping[str, str]) -> int:
        """The list whose bullet is this label, in its place."""
        source = etree.tostring(label.level.element, encoding="unicode")
        key = source, label.text, repr(sorted(indent.items()))
        if key not in self._lists:
            number = self._lists[key] = _FIRST + len(self._lists)
            self._root.append(_definition(number, label, indent))
            listed = etree.Element(f"{W}num")
            listed.set(f"{W}numId", str(number))
            etree.SubElement(listed, f"{W}abstractNumId").set(f"{W}val", str(number))
            self._nums.append(listed)
        return self._lists[key]


def _paragraphs(part: _Element) -> Iterator[_Element]:
    """The paragraphs of a part in order, without those only programs show that do not know the form beside it."""
    for paragraph in part.iter(f"{W}p"):
        if next(paragraph.iterancestors(_FALLBACK), None) is None:
            yield paragraph


def _levels_shown(label: Label, numbering: Numbering) -> Iterator[Any]:
    """The levels whose numbers a label shows."""
    yield label.level
    known = numbering.list_named(label.place.name)
    if known is not None and not label.level.is_legal:
        yield from (level for at, level in known.levels.items() if f"%{at + 1}" in label.level.text)


def _indent(label: Label) -> dict[str, str]:
    """The indents of a paragraph by its level, and by the styles that go before it: those that put it in the list."""
    layers = [label.level.properties, *reversed(label.place.styles)]
    indent: dict[str, str] = {}
    for attributes in map(_attributes, layers):
        if not attributes.keys().isdisjoint(_FIRST_LINES):
            indent = {name: value for name, value in indent.items() if name not in _FIRST_LINES}
        indent |= attributes
    return indent


def _attributes(properties: _Element | None) -> dict[str, str]:
    found = properties.find(f"{W}ind") if properties is not None else None
    return {} if found is None else {name.rpartition("}")[2]: value for name, value in found.attrib.items()}


def _is_positive(length: str | None) -> bool:
    try:
        return float(length or 0) > 0
    except ValueError:
        return False


def _definition(number: int, label: Label, indent: Mapping[str, str]) -> _Element:
    """A list of one level, whose bullet is the label."""
    definition = etree.Element(f"{W}abstractNum")
    definition.set(f"{W}abstractNumId", str(number))
    level = etree.SubElement(definition, f"{W}lvl")
    level.set(f"{W}ilvl", "0")
    values = {"start": "1", "numFmt": "bullet", "suff": label.level.suffix, "lvlText": label.text}
    for name, value in values.items():
        etree.SubElement(level, f"{W}{name}").set(f"{W}val", value)
    source = label.level.element
    level.extend(deepcopy(each) for each in source.findall(f"{W}lvlJc"))
    level.append(_properties(label, indent))
    level.extend(_looks(source.findall(f"{W}rPr")))
    return definition


def _properties(label: Label, indent: Mapping[str, str]) -> _Element:
    """The level's properties with the indents that count."""
    source = label.level.properties
    properties = deepcopy(source) if source is not None else etree.Element(f"{W}pPr")
    for old in properties.findall(f"{W}ind"):
        properties.remove(old)
    if indent:
        own = etree.SubElement(properties, f"{W}ind")
        for name, value in indent.items():
            own.set(f"{W}{name}", value)
    return properties


def _looks(looks: Iterable[_Element]) -> Iterator[_Element]:
    """How a label looks; its signs are Unicode now, in the text's own font."""
    for look in map(deepcopy, looks):
        for fonts in look.findall(f"{W}rFonts"):
            if any(is_symbol_font(name) for name in fonts.attrib.values()):
                look.remove(fonts)
        yield look
