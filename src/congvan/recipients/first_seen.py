"""Find repetitions in a list of any length: the row where each key occurs first."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import replace
from typing import Final

from congvan.findings import Place

_SHEETS: Final = 1 << 16


class FirstSeen:
    """The place where each key was seen first.

    Of a key it stores only its hash of 64 bits and the number of its row, so that a list of the whole country fits
    into memory. Two keys with the same hash would be taken for one; among 64,000 rows the odds are 1 in 9,000 million.
    """

    def __init__(self) -> None:
        self._rows: dict[int, int] = {}
        self._sheets: dict[Hashable, int] = {}
        self._places: list[Place] = []

    def add(self, key: Hashable, place: Place) -> Place | None:
        """Add ``key``, seen at ``place``; return where it was seen before, if that is another row."""
        here = (place.row or place.line or 0) * _SHEETS + self._sheet_number(place)
        first = self._rows.setdefault(hash(key), here)
        return None if first == here else self._unpack(first)

    def _sheet_number(self, place: Place) -> int:
        """Number all places that differ from this one only in row, line and column."""
        sheet = (place.file, place.sheet, place.key, place.paragraph, place.row is None, place.line is None)
        if sheet not in self._sheets:
            self._sheets[sheet] = len(self._places)
            self._places.append(replace(place, column=None))
        return self._sheets[sheet]

    def _unpack(self, packed: int) -> Place:
        number, index = divmod(packed, _SHEETS)
        sheet = self._places[index]
        return replace(sheet, row=None if sheet.row is None else number, line=None if sheet.line is None else number)
