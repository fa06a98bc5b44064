"""Paper and margins of a section of a .docx (w:sectPr, 17.6 of ISO/IEC 29500-1).

Read without python-docx, which takes whole numbers only: Google's programs write decimals.
"""

from __future__ import annotations

from typing import Any, Final

from congvan.inspect.docx.cascade import MM_PER_TWIP, number, switched_on, value
from congvan.inspect.docx.paragraph_lines import Area
from congvan.inspect.model import Margins, Sheet
from congvan.support.ooxml import W

_LETTER: Final = (12_240.0, 15_840.0)  # twips; the paper Word takes where a section names none
_INCH: Final = 1_440.0
_HALF_INCH: Final = 720.0
_MOST_COLUMNS: Final = 45
"""Columns Word sets at most."""


def sheet_of(section: Any, sheet_number: int) -> Sheet:
    """The sheet a section sets up; what it does not say is Word's own, and the sheet is ``assumed``."""
    size, margins = section.find(f"{W}pgSz"), section.find(f"{W}pgMar")
    first = number(section.find(f"{W}pgNumType"), "start")
    return Sheet(
        number=sheet_number,
        width=_mm(size, "w", _LETTER[0]),
        height=_mm(size, "h", _LETTER[1]),
        margins=_margins(margins),
        header=_mm(margins, "header", _HALF_INCH),
        first_number=int(first) if first is not None else None,
        number_on_first=not switched_on(section.find(f"{W}titlePg")),
        assumed=size is None or margins is None,
        continuous=sheet_number > 1 and value(section.find(f"{W}type")) == "continuous",
    )


def columns_of(section: Any, sheet: Sheet) -> list[Area]:
    """The columns the text of a section is set in, from the left (17.6.4); one as wide as the text for most."""
    margins = sheet.margins or _margins(None)
    text = Area(margins.left, sheet.width - margins.right)
    columns = section.find(f"{W}cols")
    own = [(_mm(column, "w", 0), _mm(column, "space", 0)) for column in section.iterfind(f"{W}cols/{W}col")]
    if not own or value(columns, "equalWidth") in {"1", "true", "on"}:
        count, space = int(number(columns, "num") or 1), _mm(columns, "space", _HALF_INCH)
        own = [((text.width - space * (count - 1)) / max(count, 1), space)] * max(count, 1)
    places: list[Area] = []
    left = text.left
    for width, space in own[:_MOST_COLUMNS]:
        places.append(Area(left, left + width))
        left += width + space
    return places


def _margins(element: Any) -> Margins:
    left, top, right, bottom = (_mm(element, side, _INCH) for side in ("left", "top", "right", "bottom"))
    gutter = _mm(element, "gutter", 0)
    return Margins(left + gutter, abs(top), right, abs(bottom))  # a negative one holds against a tall header


def _mm(element: Any, name: str, usual: float) -> float:
    found = number(element, name)
    return (usual if found is None else found) * MM_PER_TWIP
