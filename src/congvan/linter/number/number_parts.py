"""The line of number and symbol, taken apart."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from congvan.linter.read_letter import ReadLetter

_LINE: Final = re.compile(
    r"(?P<label>[sS][ốôÔỐ])(?P<colon>\s*[:.]?)(?P<gap>\s*)(?P<number>\d*)(?P<open>[\s.…_]*)"
    r"(?P<slash>\s*/\s*)(?P<symbol>\S.*)?"
)
_YEAR: Final = re.compile(r"(?P<year>(19|20)\d\d)/(?P<rest>.+)")


@dataclass(frozen=True, slots=True)
class NumberParts:
    """The line ``Số: 05/QĐ-BNV`` by its parts, each as written and where it stands."""

    found: re.Match[str]

    @property
    def number(self) -> str:
        """The digits; empty while the number is open."""
        return self.found["number"]

    @property
    def year(self) -> str:
        """A year between number and symbol, as normative texts have it; empty without one."""
        found = _YEAR.fullmatch(self.found["symbol"] or "")
        return found["year"] if found else ""

    @property
    def symbol(self) -> str:
        """The symbol without such a year."""
        written = (self.found["symbol"] or "").strip()
        found = _YEAR.fullmatch(written)
        return found["rest"] if found else written

    @property
    def symbol_span(self) -> tuple[int, int]:
        """Where the symbol stands in the line."""
        end = len(self.found.string.rstrip())
        return end - len(self.symbol), max(end, end - len(self.symbol) + 1)


def number_parts(letter: ReadLetter) -> NumberParts | None:
    """The line of ``letter`` taken apart; None for one that is written otherwise."""
    found = _LINE.fullmatch(letter.parts["so_ky_hieu"].lines[0].text)
    return NumberParts(found) if found else None
