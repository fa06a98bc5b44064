"""A document's style sheet as the embedded engine needs it, read once for all letters of a template.

Only the styles a letter uses go to the engine, with those they are based on: reading the 164 styles of a document made
with python-docx takes half of the engine's time for a page (12 of 24 ms), those of a built-in template a third.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from lxml import etree

from congvan.pdf.engines.dxpdf.font_families import FontFamilies
from congvan.pdf.engines.dxpdf.simplified_markup import capital_styles
from congvan.pdf.engines.dxpdf.spacing import Spacing, spacing_styles
from congvan.pdf.engines.dxpdf.xml_parts import parse_part, write_part
from congvan.pdf.paragraphs import heading_tags
from congvan.support.ooxml import W

if TYPE_CHECKING:
    from lxml.etree import _Element

_CACHED_TEMPLATES: Final = 8
_STYLE, _STYLE_ID, _VALUE = f"{W}style", f"{W}styleId", f"{W}val"
_REFERENCES: Final = tuple(f"{W}{name}" for name in ("pStyle", "rStyle", "tblStyle", "styleLink", "numStyleLink"))
_PARENTS: Final = (f"{W}basedOn", f"{W}link")
_SIZES: Final = (f"{W}sz", f"{W}szCs")


@dataclass(frozen=True, slots=True, eq=False)
class StyleSheet:
    """All that the preparation needs of styles.xml; ``styles`` are its styles by identifier.

    Nothing in ``root`` may be changed, since letters share it.
    """

    root: _Element
    styles: Mapping[str, _Element]
    capitals: frozenset[str]
    heading_tags: Mapping[str, str]
    spacings: Mapping[str, Spacing]
    families: FontFamilies

    def source(self, parts: Iterable[_Element]) -> bytes:
        """The part with the styles that ``parts`` name, those they are based on, and the default ones."""
        names = {found.get(_VALUE, "") for part in parts for found in part.iter(*_REFERENCES)}
        return _source(self, frozenset(names))


@lru_cache(maxsize=_CACHED_TEMPLATES)
def read_style_sheet(styles: bytes | None, theme: bytes | None) -> StyleSheet:
    """The style sheet of a document, from its styles and theme parts.

    Raises:
        EngineError: when one of them is no XML.
    """
    root = etree.Element(f"{W}styles") if styles is None else parse_part(styles)
    families = FontFamilies(root, None if theme is None else parse_part(theme))
    by_id = {style.get(_STYLE_ID, ""): style for style in root.iter(_STYLE)}
    return StyleSheet(root, by_id, capital_styles(root), heading_tags(root), spacing_styles(root), families)


@lru_cache(maxsize=4 * _CACHED_TEMPLATES)
def _source(sheet: StyleSheet, names: frozenset[str]) -> bytes:
    root = deepcopy(sheet.root)
    styles = list(root.iter(_STYLE))
    needed = _with_parents(names, {style.get(_STYLE_ID, ""): style for style in styles})
    for style in styles:
        if style.get(_STYLE_ID) not in needed:
            root.remove(style)
    for latent in root.findall(f"{W}latentStyles"):  # only for lists of styles in Word
        root.remove(latent)
    _move_default_size_into_styles(root)
    return write_part(root)


def _with_parents(names: Iterable[str], styles: Mapping[str, _Element]) -> set[str]:
    """``names``, the default styles, and all that these are based on or linked with."""
    needed: set[str] = set()
    waiting = [*names, *(name for name, style in styles.items() if style.get(f"{W}default") is not None)]
    while waiting:
        name = waiting.pop()
        if name in styles and name not in needed:
            needed.add(name)
            waiting += [parent.get(_VALUE, "") for parent in styles[name].iterchildren(*_PARENTS)]
    return needed


def _move_default_size_into_styles(root: _Element) -> None:
    """Move the document's default type size into the styles that are based on no other.

    In tables the engine would prefer it to a style's own.
    """
    defaults = root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr")
    sizes = [] if defaults is None else [size for tag in _SIZES if (size := defaults.find(tag)) is not None]
    for style in root.iter(_STYLE):
        if style.get(f"{W}type") == "paragraph" and style.find(f"{W}basedOn") is None:
            _set_size(style, sizes)
    for size in sizes:
        size.getparent().remove(size)


def _set_size(style: _Element, sizes: Sequence[_Element]) -> None:
    own = style.find(f"{W}rPr")
    if own is None:
        own = etree.SubElement(style, f"{W}rPr")
    own.extend(deepcopy(size) for size in sizes if own.find(size.tag) is None)
