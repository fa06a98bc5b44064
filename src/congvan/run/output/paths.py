"""The path of each letter in the output folder: ASCII names that sort in sending order and never collide."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import lru_cache
from itertools import groupby
from typing import Final

from congvan.campaign import Plan, PlannedLetter
from congvan.letter.record.letter_state import first_key, generation
from congvan.run.output.kept_paths import KeptCounts, KeptPath
from congvan.text.unicode_form import slug, without_marks

_MAX_NAME: Final = 40
_MIN_DIGITS: Final = 3
_COPIES: Final = "ban-sao"


def tier_folders(plan: Plan) -> Mapping[str, str]:
    """``1-tinh``, ``2-huyen`` …: the tiers of the campaign numbered in sending order."""
    caps = dict.fromkeys(tier.cap for tier in plan.campaign.cap)
    digits = len(str(len(caps)))  # ten folders and more sort in order, too
    return {cap: f"{index:0{digits}}-{slug(cap)}" for index, cap in enumerate(caps, start=1)}


class Paths:
    """The paths of the letters of ``plan``, the same whether all letters are made or only some.

    Official copies have a folder of their own below their tier's, so that they move no letter. Later rounds count on
    after the letters there, and move none either. With :meth:`keep` a letter that has its number stays where it lies.
    """

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._folders = tier_folders(plan)
        self._digits: dict[tuple[str, ...], int] = {}
        self._before: dict[tuple[str, ...], int] = {}
        self._kept: dict[str, KeptPath] = {}
        self._counts: dict[str, str] = {}
        counts: Counter[tuple[str, ...]] = Counter()
        # Positions run through the whole plan, the numbers in file names through one folder.
        for round_key, letters in groupby(plan.whole, key=_round_key):
            items = list(letters)
            folder = _folder_key(items[0])
            self._before[round_key] = items[0].position - 1 - counts[folder]
            counts[folder] += len(items)
            self._digits[round_key] = max(_MIN_DIGITS, len(str(counts[folder])))

    def keep(self, paths: Mapping[str, str]) -> None:
        """Leave letters that have a number at these ``paths``, by key and without ending; new ones take free places.

        A letter that a list gained between 015 and 016 is 015a.
        """
        planned = {letter.key for letter in self._plan.whole}
        first_keys = {*map(first_key, planned)}
        folders = {folder: KeptCounts() for folder in {*map(self._folder_of, self._plan.whole)}}
        for key, path in paths.items():
            kept = KeptPath.of(path, folders)
            # One that was replaced or void leaves its place to the letter that follows it.
            if kept and (key in planned or first_key(key) not in first_keys):
                self._kept[key] = kept
                folders[kept.of_folder].add(kept)
        self._counts = {} if not self._kept else dict(self._counted(folders))

    def of(self, letter: PlannedLetter) -> str:
        """The path of ``letter``, which has its number, inside the folder and without its ending."""
        if kept := self._kept.get(letter.key):
            return f"{kept.folder}/{kept.written}_{_number(letter)}"
        count = self._counts.get(letter.key) or self._count(letter)
        return "/".join((self._folder_of(letter), *_unit_folders(letter), f"{count}_{_number(letter)}"))

    def _folder_of(self, letter: PlannedLetter) -> str:
        tier, *copies = _folder_key(letter)
        return "/".join((self._folders[tier], *copies))

    def _count(self, letter: PlannedLetter) -> str:
        key = _round_key(letter)
        return f"{letter.position - self._before[key]:0{self._digits[key]}}"

    def _counted(self, folders: Mapping[str, KeptCounts]) -> Iterator[tuple[str, str]]:
        """The counts of the letters that are not kept, each after the letter before it."""
        for letter in self._plan.whole:
            counts = folders[self._folder_of(letter)]
            if kept := self._kept.get(letter.key):
                counts.pass_by(kept)
            else:
                yield letter.key, counts.take_next(self._digits[_round_key(letter)])


def _round_key(letter: PlannedLetter) -> tuple[str, ...]:
    """The letters of one round of a tier follow one another, and so do their copies."""
    return (letter.tier.dot_gui or "", *_folder_key(letter))


def _folder_key(letter: PlannedLetter) -> tuple[str, ...]:
    """The letters of a tier are counted through, over all its rounds, and so are its copies."""
    return (letter.cap, _COPIES) if letter.letter.ban_sao else (letter.cap,)


def _number(letter: PlannedLetter) -> str:
    """``465-PCTH-KD``; a letter without a number says so, and from the second to one recipient, which it is."""
    document = letter.document
    if document.so is not None:
        return f"{document.so:02}-{_symbol(document.ky_hieu)}"
    which = f"-{generation(letter.key)}" if generation(letter.key) > 1 else ""
    return f"chua-so-{_symbol(document.ky_hieu)}{which}"


@lru_cache(maxsize=1024)
def _symbol(ky_hieu: str) -> str:
    return re.sub(r"[^A-Za-z0-9-]+", "-", without_marks(ky_hieu)).strip("-")[:_MAX_NAME]


def _unit_folders(letter: PlannedLetter) -> Iterator[str]:
    """District and commune of a letter that goes below them; their codes keep names that look alike apart."""
    units = {"xa": ("huyen",), "nguoi_nhan": ("huyen", "xa")}.get(letter.tier.mot_van_ban_cho, ())
    for unit in units:
        if name := letter.unit_name(unit):
            yield _unit_folder(letter.unit_code(unit), name)


@lru_cache(maxsize=1024)
def _unit_folder(code: str | None, name: str) -> str:
    return "-".join([*([slug(code)] if code else []), slug(name)])[: _MAX_NAME + 8].rstrip("-")
