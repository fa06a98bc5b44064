"""Which earlier letter a letter cites (that of an earlier tier which holds for its own unit), and in which words."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from enum import StrEnum
from types import MappingProxyType

from congvan.campaign.campaign import TierPlan
from congvan.campaign.unit_scope import EVERYWHERE, UnitRef
from congvan.campaign.values import cited_values
from congvan.letter import Agency, Letter
from congvan.text.fields.pattern import Values

_Cited = tuple[TierPlan, Agency, str, str, int | None]
"""What :func:`cited_values` makes the words of; most letters are cited by none."""


class NoCitation(StrEnum):
    """Why an earlier tier has no letter to cite."""

    AMBIGUOUS = "ambiguous"
    OUTSIDE = "outside"


class Shelf:
    """One tier's letters, by their place in the plan, under the units they hold for."""

    def __init__(self) -> None:
        self._by_unit: dict[UnitRef, set[int]] = {}
        self._letters: set[int] = set()

    def add(self, letter: int, units: Collection[UnitRef]) -> None:
        """Put a letter under each of the units it holds for."""
        self._letters.add(letter)
        for unit in units:
            self._by_unit.setdefault(unit, set()).add(letter)

    def find(self, units: Sequence[UnitRef]) -> int | NoCitation:
        """The letter for somebody in ``units``, the most exact first; it must be the only one.

        A tier's only letter also holds for somebody of whose unit at that level nothing is known.
        """
        for unit in (*units, EVERYWHERE):
            if found := self._by_unit.get(unit):
                return _only(found)
        if not self._letters or {unit.cap for unit in units} & {unit.cap for unit in self._by_unit}:
            return NoCitation.OUTSIDE
        return _only(self._letters)


def _only(letters: set[int]) -> int | NoCitation:
    return next(iter(letters)) if len(letters) == 1 else NoCitation.AMBIGUOUS


class Citations:
    """What later letters say of earlier ones, by their place in the plan."""

    def __init__(self) -> None:
        self._letters: dict[int, _Cited] = {}
        self._together: dict[tuple[tuple[str, int], ...], Mapping[str, Values]] = {}

    def add(self, place: int, tier: TierPlan, agency: Agency, letter: Letter | None) -> None:
        """Take down the letter at ``place``; one that could not be made is cited by what its tier says."""
        ky_hieu = letter.ky_hieu if letter else tier.symbol(agency)
        trich_yeu = letter.trich_yeu if letter else tier.trich_yeu
        self._letters[place] = tier, agency, ky_hieu, trich_yeu, letter.so if letter else None

    def of(self, places: Mapping[str, int]) -> Mapping[str, Values]:
        """``truoc``: the letters at ``places`` by their tiers; letters that cite the same share it."""
        key = tuple(places.items())
        if key not in self._together:
            cited = Values("truoc", {cap: cited_values(*self._letters[place]) for cap, place in key})
            self._together[key] = MappingProxyType({"truoc": cited})
        return self._together[key]
