"""Where something in a list was seen first, kept in so little room that a whole country fits."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import replace
from typing import Final

from congvan.findings import Place

_SHEETS: Final = 1 << 16


class FirstPlaces:
    """The row where each key was seen first.

    Only the key's hash of 64 bits and the row's number are kept. Two different keys with one hash would be taken for
    one; among 64,000 rows the odds of that are one in nine thousand million.
    """

    def __init__(self) -> None:
        self._rows: dict[int, int] = {}
        self._sheets: dict[Hashable, int] = {}
        self._places: list[Place] = []

    def before(self, key: Hashable, place: Place) -> Place | None:
        """Where ``key`` was seen first, if that is another row than ``place``; the first time it is noted, and None."""
        here = (place.row or place.line or 0) * _SHEETS + self._sheet(place)
        first = self._rows.setdefault(hash(key), here)
        return None if first == here else self._unpacked(first)

    def _sheet(self, place: Place) -> int:
        """The number of all places that differ from this one in nothing but row, line and column."""
        sheet = (place.file, place.sheet, place.key, place.paragraph, place.row is None, place.line is None)
        if (number := self._sheets.get(sheet)) is None:
            number = self._sheets[sheet] = len(self._places)
            self._places.append(replace(place, column=None))
        return number

    def _unpacked(self, packed: int) -> Place:
        number, index = divmod(packed, _SHEETS)
        sheet = self._places[index]
        return replace(sheet, row=None if sheet.row is None else number, line=None if sheet.line is None else number)
