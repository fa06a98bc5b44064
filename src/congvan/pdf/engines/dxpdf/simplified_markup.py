"""Markup the embedded engine does not follow, put into words it does: what is seen stays the same.

What is around text is taken off (:mod:`congvan.word.plain_markup`); the engine drops much of it with the text. Letters
shown as capitals (w:caps) become capitals, signs of symbol fonts Unicode characters of the text's own font. The
engine lowers raised text, and raises lowered text (w:position).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from congvan.pdf.engines.dxpdf.xml_parts import is_on
from congvan.support.ooxml import W
from congvan.word.lists.symbols import is_symbol_font, symbol
from congvan.word.plain_markup import remove_wrappers

if TYPE_CHECKING:
    from lxml.etree import _Element


def simplify_markup(part: _Element, capitals: frozenset[str]) -> None:
    """Put ``part`` into plain markup; ``capitals`` are the styles that show their text in capitals."""
    remove_wrappers(part)
    _write_symbols(part)
    _write_capitals(part, capitals)
    for raised in part.iter(f"{W}position"):
        raised.set(f"{W}val", _opposite(raised.get(f"{W}val", "0")))


def capital_styles(styles: _Element) -> frozenset[str]:
    """The identifiers of the styles that show text in capitals, by themselves or by what they are based on."""
    found = {style.get(f"{W}styleId", ""): style for style in styles.iter(f"{W}style")}
    return frozenset(name for name in found if _shows_capitals(name, found))


def _shows_capitals(name: str, styles: dict[str, _Element]) -> bool:
    seen: set[str] = set()
    while name in styles and name not in seen:
        seen.add(name)
        own = styles[name].find(f"{W}rPr/{W}caps")
        if own is not None:
            return is_on(own)
        above = styles[name].find(f"{W}basedOn")
        name = above.get(f"{W}val", "") if above is not None else ""
    return False


def _write_symbols(part: _Element) -> None:
    """Write signs of symbol fonts that have a Unicode character of their own; others stay, and are found later."""
    for sign in list(part.iter(f"{W}sym")):
        shown = symbol(_code(sign.get(f"{W}char", "")), sign.get(f"{W}font", ""))
        if shown is not None:
            sign.tag, sign.text = f"{W}t", shown
            sign.attrib.clear()
    for fonts in list(part.iter(f"{W}rFonts")):
        family, run = fonts.get(f"{W}ascii", ""), fonts.getparent().getparent()
        if is_symbol_font(family) and run is not None and run.tag == f"{W}r":
            texts = list(run.iter(f"{W}t"))
            shown_texts = [[symbol(ord(sign), family) for sign in text.text or ""] for text in texts]
            if all(sign is not None for shown in shown_texts for sign in shown):
                for text, signs in zip(texts, shown_texts, strict=True):
                    text.text = "".join(filter(None, signs))
                fonts.getparent().remove(fonts)


def _code(text: str) -> int:
    try:
        return int(text, 16)
    except ValueError:
        return 0


def _opposite(height: str) -> str:
    return height[1:] if height.startswith("-") else f"-{height}"


def _write_capitals(part: _Element, capitals: frozenset[str]) -> None:
    if not capitals and next(part.iter(f"{W}caps"), None) is None:
        return
    for paragraph in part.iter(f"{W}p"):
        around = _style(paragraph, "pPr/pStyle") in capitals
        for run in paragraph.iter(f"{W}r"):
            own = run.find(f"{W}rPr/{W}caps")
            if is_on(own) if own is not None else around or _style(run, "rPr/rStyle") in capitals:
                for text in run.iter(f"{W}t"):
                    text.text = (text.text or "").upper()


def _style(element: _Element, path: str) -> str | None:
    name = element.find("/".join(f"{W}{step}" for step in path.split("/")))
    return name.get(f"{W}val") if name is not None else None
