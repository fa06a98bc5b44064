"""The style of an office's letters, where the decree leaves it a choice (Decree 30/2020, Annex I, parts I and II)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

from congvan.decree.measures import RANGES, SIGNING_SPACE, TIGHT_SIGNING_SPACE, Measures, Page
from congvan.findings import Finding, Place, finding
from congvan.letter.text_types import Part
from congvan.support.lengths import Mm, Pt
from congvan.text.numbers import format_number

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


def measures_of(style: TrinhBay, *, tight: bool = False) -> Measures:
    """The measures of ``style``; ``tight`` as tight as the decree allows, with less room for the signature."""
    chosen = style.chat if tight else style
    page = Page(top=Mm(chosen.le_tren), bottom=Mm(chosen.le_duoi), left=Mm(chosen.le_trai), right=Mm(chosen.le_phai))
    return Measures(
        page,
        body=Pt(chosen.co_chu),
        first_line=Mm(chosen.thut_dong),
        paragraph_gap=Pt(chosen.cach_doan),
        line_spacing=chosen.gian_dong,
        signing_space=TIGHT_SIGNING_SPACE if tight else SIGNING_SPACE,
    )


def style_findings(style: TrinhBay, place: Callable[[str], Place]) -> Iterator[Finding]:
    """Every choice outside the decree's range; ``place`` returns its place."""
    for name, (least, most) in RANGES.items():
        if not least <= (value := getattr(style, name)) <= most:
            allowed = f"{format_number(least)} - {format_number(most)}"
            yield _refused(name, value, allowed, place)
    if style.thut_dong not in FIRST_LINES:
        yield _refused("thut_dong", style.thut_dong, " / ".join(map(format_number, FIRST_LINES)), place)


def _refused(name: str, value: float, allowed: str, place: Callable[[str], Place]) -> Finding:
    return finding("letter-style-out-of-range", place(name), part=name, value=format_number(value), allowed=allowed)
