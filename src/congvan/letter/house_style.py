"""How an office sets its letters, where the decree leaves it a choice (Decree 30/2020, Annex I, parts I and II)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from typing import Final

from congvan.findings import Finding, Place, finding
from congvan.letter.wording import Part
from congvan.text.numbers import format_number

RANGES: Final[Mapping[str, tuple[float, float]]] = MappingProxyType(
    {
        "le_tren": (20, 25),
        "le_duoi": (20, 25),
        "le_trai": (30, 35),
        "le_phai": (15, 20),
        "co_chu": (13, 14),
        "gian_dong": (1, 1.5),
        "cach_doan": (6, 24),
    }
)
"""Least and most of each choice: margins in mm, type size and distance between paragraphs in pt, line spacing in
lines. The decree sets no most for the distance between paragraphs; 24 pt is congvan's."""

FIRST_LINES: Final = (10.0, 12.7)
"""First-line indents of the text in mm: 1 cm or 1.27 cm, nothing between."""


class TrinhBay(Part):
    """An office's choices; the defaults are congvan's, inside the decree's ranges.

    ``le_tren`` … ``le_phai`` are the margins in mm, ``co_chu`` the type size of the text in pt, ``thut_dong`` its
    first-line indent in mm, ``gian_dong`` its line spacing in lines, ``cach_doan`` the space between paragraphs in pt.
    """

    le_tren: float = 20
    le_duoi: float = 20
    le_trai: float = 30
    le_phai: float = 20
    co_chu: float = 14
    thut_dong: float = 10
    gian_dong: float = 1
    cach_doan: float = 6

    @property
    def chat(self) -> TrinhBay:
        """As tight as the decree allows: how a letter that runs a few lines over is brought back to its page."""
        return self.model_copy(update={name: least for name, (least, _) in RANGES.items()})


def style_findings(style: TrinhBay, place: Callable[[str], Place]) -> Iterator[Finding]:
    """Every choice outside the decree's range; ``place`` tells where it stands."""
    for name, (least, most) in RANGES.items():
        if not least <= (value := getattr(style, name)) <= most:
            allowed = f"{format_number(least)} - {format_number(most)}"
            yield _refused(name, value, allowed, place)
    if style.thut_dong not in FIRST_LINES:
        yield _refused("thut_dong", style.thut_dong, " / ".join(map(format_number, FIRST_LINES)), place)


def _refused(name: str, value: float, allowed: str, place: Callable[[str], Place]) -> Finding:
    return finding("letter-style-out-of-range", place(name), part=name, value=format_number(value), allowed=allowed)
