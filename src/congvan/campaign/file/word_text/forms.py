"""How paragraphs and runs are set: by themselves, or by their styles."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from congvan.campaign.file.word_text.lists import list_of
from congvan.support.ooxml import W

if TYPE_CHECKING:
    from lxml.etree import _Element

_OFF: Final = frozenset({"0", "false", "off", "none"})
_HEADING: Final = re.compile(r"(?:heading|tiêu đề|đầu đề)\s*([1-6])", re.IGNORECASE)
_SWITCHES: Final = {"b": "b", "i": "i", "u": "u"}
_RAISED: Final = {"superscript": "sup", "subscript": "sub"}


class Forms:
    """Reads the form of paragraphs and runs, with the styles of the file."""

    def __init__(self, styles: _Element | None) -> None:
        found = styles.iter(f"{W}style") if styles is not None else ()
        self._styles = {style.get(f"{W}styleId", ""): style for style in found}

    def heading_level(self, properties: _Element | None) -> int:
        """The level of a heading by the name of its style; 0 for any other paragraph."""
        for style in self._chain(properties, "pStyle"):
            name = style.find(f"{W}name")
            if name is not None and (found := _HEADING.fullmatch(name.get(f"{W}val", "").strip())):
                return int(found[1])
        return 0

    def align(self, properties: _Element | None) -> str:
        """``center``, ``right`` … of a paragraph; empty where nothing says so."""
        for own in self._paragraph_properties(properties):
            if (found := own.find(f"{W}jc")) is not None:
                return str(found.get(f"{W}val", ""))
        return ""

    def list_of(self, properties: _Element | None) -> tuple[str, int] | None:
        """List and level of a paragraph; None where it is in none."""
        for own in self._paragraph_properties(properties):
            if found := list_of(own):
                return None if found[0] == "0" else found
        return None

    def begins_page(self, properties: _Element | None) -> bool:
        """Whether a paragraph begins a new page."""
        return any(_is_on(own.find(f"{W}pageBreakBefore")) for own in self._paragraph_properties(properties))

    def of_paragraph(self, properties: _Element | None) -> frozenset[str]:
        """The form the style of a paragraph gives its text; that of a heading is the letter's."""
        if self.heading_level(properties):
            return frozenset()
        forms: frozenset[str] = frozenset()
        for style in reversed([*self._chain(properties, "pStyle")]):
            forms = _changed(forms, style.find(f"{W}rPr"))
        return forms

    def of_run(self, properties: _Element | None, around: frozenset[str]) -> frozenset[str]:
        """The form of a run: the paragraph's, changed by its own style and by itself."""
        forms = around
        for style in reversed([*self._chain(properties, "rStyle")]):
            forms = _changed(forms, style.find(f"{W}rPr"))
        return _changed(forms, properties)

    def is_hidden(self, properties: _Element | None) -> bool:
        """Whether Word does not print a run."""
        return properties is not None and _is_on(properties.find(f"{W}vanish"))

    def _paragraph_properties(self, properties: _Element | None) -> Iterator[_Element]:
        """A paragraph's own properties, then those of its styles, the nearest first."""
        if properties is not None:
            yield properties
        for style in self._chain(properties, "pStyle"):
            if (own := style.find(f"{W}pPr")) is not None:
                yield own

    def _chain(self, properties: _Element | None, kind: str) -> Iterator[_Element]:
        named = properties.find(f"{W}{kind}") if properties is not None else None
        seen: set[str] = set()
        name = named.get(f"{W}val", "") if named is not None else ""
        while name in self._styles and name not in seen:
            seen.add(name)
            yield self._styles[name]
            above = self._styles[name].find(f"{W}basedOn")
            name = above.get(f"{W}val", "") if above is not None else ""


def _changed(forms: frozenset[str], properties: _Element | None) -> frozenset[str]:
    if properties is None:
        return forms
    for tag, name in _SWITCHES.items():
        if (switch := properties.find(f"{W}{tag}")) is not None:
            forms = forms | {name} if _is_on(switch) else forms - {name}
    if (raised := properties.find(f"{W}vertAlign")) is not None:
        forms -= {"sup", "sub"}
        forms |= {_RAISED[value] for value in [raised.get(f"{W}val", "")] if value in _RAISED}
    return forms


def _is_on(switch: _Element | None) -> bool:
    return switch is not None and switch.get(f"{W}val", "1") not in _OFF
