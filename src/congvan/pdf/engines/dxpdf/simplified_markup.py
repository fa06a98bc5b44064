"""Markup the embedded engine does not follow, put into words it does: what is seen stays the same.

Content controls (w:sdt) are taken off what they hold; the engine drops those inside a line with their text. Letters
shown as capitals (w:caps) become capitals. The engine lowers raised text, and raises lowered text (w:position).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from congvan.pdf.engines.dxpdf.xml_parts import is_on
from congvan.support.ooxml import W

if TYPE_CHECKING:
    from lxml.etree import _Element


def simplify_markup(part: _Element, capitals: frozenset[str]) -> None:
    """Put ``part`` into plain markup; ``capitals`` are the styles that show their text in capitals."""
    for control in reversed(list(part.iter(f"{W}sdt"))):
        _unwrap(control)
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


def _unwrap(control: _Element) -> None:
    parent, content = control.getparent(), control.find(f"{W}sdtContent")
    if parent is None:
        return
    index = parent.index(control)
    parent.remove(control)
    for child in reversed(content if content is not None else ()):
        parent.insert(index, child)


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
