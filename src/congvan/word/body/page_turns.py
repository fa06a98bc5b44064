"""Landscape pages: the section they are in, made from the one of the letter."""

from __future__ import annotations

import re
from typing import Final

_SIZE: Final = re.compile(r"<w:pgSz\b[^>]*/>")
_SIDE: Final = re.compile(r'w:(w|h)="(\d+)"')
_FIRST_PAGE: Final = re.compile(r"<w:titlePg\b[^>]*/>")
_NUMBERS_FROM: Final = re.compile(r"<w:pgNumType\b[^>]*/>")
_UPRIGHT: Final = '<w:pgSz w:w="11906" w:h="16838"/>'
_WHOLE: Final = re.compile(
    r"(?:\s|<!--.*?-->)*\{kho-ngang\}[ \t]*\n(?:(?!\{kho-(?:ngang|doc)\}).)*(?:\{kho-doc\}\s*)?\Z", re.DOTALL
)
LANDSCAPE: Final = 'w:orient="landscape"'


def turn_paragraph(section: str, style: str, *, ends_wide: bool, is_first: bool) -> str:
    """The paragraph that ends a section: landscape pages where it ``ends_wide``, else upright ones.

    ``section`` is that of the letter; its first page and the start of its page numbers stay with what comes first.
    """
    whole = section if is_first else following_section(section, is_wide=ends_wide)
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    spacing = '<w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/>'
    return f"<w:p><w:pPr>{named}{spacing}{whole or '<w:sectPr/>'}</w:pPr></w:p>"


def following_section(section: str, *, is_wide: bool) -> str:
    """``section`` for pages that follow others of the same text: page numbers go on, no first page of its own."""
    going_on = _NUMBERS_FROM.sub("", _FIRST_PAGE.sub("", section))
    return in_landscape(going_on) if is_wide else going_on


def in_landscape(section: str) -> str:
    """``section`` with its paper in landscape."""
    return _SIZE.sub(lambda found: turned_size(found.group()), section, count=1)


def turned_size(size: str) -> str:
    """The paper size ``<w:pgSz …/>`` with its sides exchanged."""
    sides = dict(_SIDE.findall(size or _UPRIGHT))
    return f'<w:pgSz w:w="{sides.get("h", "16838")}" w:h="{sides.get("w", "11906")}" {LANDSCAPE}/>'


def is_in_landscape(markdown: str) -> bool:
    """Whether all pages of a text are in landscape: it begins with ``{kho-ngang}`` and does not turn before its end."""
    return bool(_WHOLE.match(markdown))
