"""The font families a document's text asks for, as Word settles them (ISO/IEC 29500-1, 17.3.2.26 and 17.7.2).

The embedded engine draws text of any family in the pinned one, and would say nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Final

from congvan.support.ooxml import A, W

if TYPE_CHECKING:
    from lxml.etree import _Element

_WORD_DEFAULT: Final = "Times New Roman"  # what Word takes where nothing names a font


class FontFamilies:
    """Tells which font families text asks for, by a document's styles and theme."""

    def __init__(self, styles: _Element, theme: _Element | None) -> None:
        self._themed = _theme_families(theme)
        self._styles = {style.get(f"{W}styleId", ""): style for style in styles.iter(f"{W}style")}
        self._default = self._named(styles.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr")) or _WORD_DEFAULT
        self._body = next((name for name, style in self._styles.items() if _is_default(style)), "")

    def used_in(self, parts: Iterable[_Element]) -> set[str]:
        """The families of all visible text in ``parts``."""
        return {family for part in parts for family in self._used_in(part)}

    def _used_in(self, part: _Element) -> Iterator[str]:
        for paragraph in part.iter(f"{W}p"):
            name = paragraph.find(f"{W}pPr/{W}pStyle")
            around = self._of_style(name.get(f"{W}val", "") if name is not None else self._body) or self._default
            for run in paragraph.iter(f"{W}r"):
                if any((text.text or "").strip() for text in run.iter(f"{W}t")):
                    yield self._of_run(run) or around

    def _of_run(self, run: _Element) -> str | None:
        own = run.find(f"{W}rPr")
        if own is None:
            return None
        style = own.find(f"{W}rStyle")
        return self._named(own) or (self._of_style(style.get(f"{W}val", "")) if style is not None else None)

    def _of_style(self, name: str) -> str | None:
        seen: set[str] = set()
        while name in self._styles and name not in seen:
            seen.add(name)
            style = self._styles[name]
            if family := self._named(style.find(f"{W}rPr")):
                return family
            above = style.find(f"{W}basedOn")
            name = above.get(f"{W}val", "") if above is not None else ""
        return None

    def _named(self, properties: _Element | None) -> str | None:
        fonts = properties.find(f"{W}rFonts") if properties is not None else None
        if fonts is None:
            return None
        theme = fonts.get(f"{W}asciiTheme") or fonts.get(f"{W}hAnsiTheme")
        return (self._themed.get(theme[:5]) if theme else None) or fonts.get(f"{W}ascii") or fonts.get(f"{W}hAnsi")


def _is_default(style: _Element) -> bool:
    return style.get(f"{W}type") == "paragraph" and style.get(f"{W}default") in {"1", "true", "on"}


def _theme_families(theme: _Element | None) -> dict[str, str]:
    """The families a theme gives headings (``major…``) and text (``minor…``), by the first five letters."""
    if theme is None:
        return {}
    kinds = {"major": "majorFont", "minor": "minorFont"}
    latin = {kind: next(theme.iter(f"{A}{tag}"), None) for kind, tag in kinds.items()}
    faces = {kind: fonts.find(f"{A}latin") for kind, fonts in latin.items() if fonts is not None}
    return {kind: face.get("typeface", "") for kind, face in faces.items() if face is not None}
