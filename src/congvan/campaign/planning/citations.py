"""Finds the earlier letter a letter cites, that of an earlier tier for its own unit, and its words."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from enum import StrEnum

from congvan.campaign.area.unit_scope import EVERYWHERE, UnitRef
from congvan.campaign.model import CampaignTier
from congvan.campaign.planning.text_values import cited_values
from congvan.letter import Agency, IssueDate, Kind, Letter
from congvan.letter.frozen_fields import FrozenFields
from congvan.text.fields.pattern import Values

_Cited = tuple[str, Kind, IssueDate, Agency, str, str, int | None]
"""The arguments of :func:`cited_values`, which is called late: most letters are cited by none."""


class NoCitation(StrEnum):
    """Why an earlier tier has no letter to cite."""

    AMBIGUOUS = "ambiguous"
    OUTSIDE = "outside"


class CitationIndex:
    """One tier's letters, by their position in the plan, under the units they hold for.

    A later round of the tier is cited where no earlier one has a letter for the unit.
    """

    def __init__(self) -> None:
        self._by_unit: dict[UnitRef, set[int]] = {}
        self._letters: set[int] = set()
        self._of_earlier_rounds: frozenset[UnitRef] = frozenset()

    def begin_round(self) -> None:
        """What is added from here on is of the next round."""
        self._of_earlier_rounds = frozenset(self._by_unit)

    def add(self, letter: int, units: Collection[UnitRef]) -> None:
        """Put a letter under each of the units it holds for."""
        if new := [unit for unit in units if unit not in self._of_earlier_rounds]:
            self._letters.add(letter)
        for unit in new:
            self._by_unit.setdefault(unit, set()).add(letter)

    def find(self, units: Sequence[UnitRef]) -> int | NoCitation:
        """The letter for a recipient in ``units``, the most exact first; it must be the only one.

        A tier's only letter also holds for a recipient whose unit at that level is not known.
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
    """The fields that later letters cite earlier ones by, by position in the plan."""

    def __init__(self) -> None:
        self._letters: dict[int, _Cited] = {}
        self._together: dict[tuple[tuple[str, int], ...], FrozenFields] = {}

    def add(self, position: int, tier: CampaignTier, agency: Agency, letter: Letter | None) -> None:
        """Add the letter at ``position``; one that could not be made is cited with the texts of its tier."""
        ky_hieu = letter.ky_hieu if letter else tier.symbol(agency)
        trich_yeu = letter.trich_yeu if letter else tier.trich_yeu
        kind, ngay = (letter.kind, letter.ngay) if letter else (tier.kind, tier.ngay)
        self._letters[position] = tier.cap, kind, ngay, agency, ky_hieu, trich_yeu, letter.so if letter else None

    def of(self, positions: Mapping[str, int]) -> FrozenFields:
        """``truoc``: the letters at ``positions`` by their tiers; letters that cite the same share it."""
        key = tuple(positions.items())
        if key not in self._together:
            cited = Values("truoc", {cap: cited_values(*self._letters[position]) for cap, position in key})
            self._together[key] = FrozenFields({"truoc": cited})
        return self._together[key]
