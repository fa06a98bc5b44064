"""Ink in the margins of a printed page: text nearer to the paper's edge than the least margin."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from congvan.decree.measures import MARGINS
from congvan.findings import Finding, finding
from congvan.inspect.model import Line, Sheet
from congvan.linter.measured import millimetres, side_name
from congvan.linter.read_letter import ReadLetter
from congvan.linter.rule import Rule

_SLACK: Final = 1.0
"""Millimetres that letters may hang over their line's end, and that a marked box is wider than its words."""
_OUTSIDE: Final = frozenset({"lien_he", "luu_hanh", "do_mat", "do_khan", "so_trang", "ban_sao", "hinh_thuc_sao"})
"""Components that may stand in a margin (Annex I, part II, 11 and 13)."""


def find(letter: ReadLetter) -> Iterator[Finding]:
    """The first line on each side of a page that stands in its margin."""
    free = {id(line) for part in letter.parts if part.name in _OUTSIDE for line in part.lines}
    for sheet in letter.facts.sheets:
        if sheet.width > sheet.height:
            continue
        said: set[str] = set()
        for line in letter.facts.on_page(sheet.number):
            if line.region != "body" or id(line) in free:
                continue
            for side, distance, least in _too_near(line, sheet):
                if side not in said:
                    said.add(side)
                    yield finding(
                        "lint-off-margin", letter.place(line), side=side_name(side), distance=distance, least=least
                    )


def _too_near(line: Line, sheet: Sheet) -> Iterator[tuple[str, str, float]]:
    distances = {
        "left": (line.left, MARGINS["left"].low),
        "right": (sheet.width - line.right, MARGINS["right"].low),
        "top": (line.top, MARGINS["top"].low),
        "bottom": (None if line.bottom is None else sheet.height - line.bottom, MARGINS["bottom"].low),
    }
    for side, (distance, least) in distances.items():
        if distance is not None and distance < least - _SLACK:
            yield side, millimetres(distance), least


OFF_MARGIN = Rule("lint-off-margin", find, source="pdf")
