"""Where each letter goes in the output folder: ASCII names that sort in sending order and never collide."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import lru_cache
from itertools import accumulate
from typing import Final

from congvan.campaign import Plan, PlannedLetter
from congvan.text.unicode_form import slug, without_marks

_MAX_NAME: Final = 40
_MIN_DIGITS: Final = 3


def tier_folders(plan: Plan) -> Mapping[str, str]:
    """``1-tinh``, ``2-huyen`` …: the tiers of the campaign numbered in sending order."""
    return {tier.cap: f"{index}-{slug(tier.cap)}" for index, tier in enumerate(plan.campaign.cap, start=1)}


class Places:
    """The paths of the letters of ``plan``: each the same whether all letters are made or only some."""

    def __init__(self, plan: Plan) -> None:
        self._folders = tier_folders(plan)
        counts = Counter(item.cap for item in plan.whole)
        self._digits = {cap: max(_MIN_DIGITS, len(str(count))) for cap, count in counts.items()}
        self._before = dict(zip(counts, accumulate(counts.values(), initial=0), strict=False))

    def of(self, item: PlannedLetter) -> str:
        """The path of ``item``, which has its number, inside the folder and without its ending."""
        count = f"{item.thu_tu - self._before[item.cap]:0{self._digits[item.cap]}}"
        return "/".join((self._folders[item.cap], *_unit_folders(item), f"{count}_{_number(item)}"))


def _number(item: PlannedLetter) -> str:
    """``465-PCTH-KD``; a letter without a number says so."""
    return f"{'chua-so' if item.letter.so is None else f'{item.letter.so:02}'}-{_symbol(item.letter.ky_hieu)}"


@lru_cache(maxsize=1024)
def _symbol(ky_hieu: str) -> str:
    return re.sub(r"[^A-Za-z0-9-]+", "-", without_marks(ky_hieu)).strip("-")[:_MAX_NAME]


def _unit_folders(item: PlannedLetter) -> Iterator[str]:
    """District and commune of a letter that goes below them; their codes keep names that look alike apart."""
    units = {"xa": ("huyen",), "nguoi_nhan": ("huyen", "xa")}.get(item.tier.mot_van_ban_cho, ())
    for unit in units:
        if name := item.unit_name(unit):
            yield _unit_folder(item.unit_code(unit), name)


@lru_cache(maxsize=1024)
def _unit_folder(code: str | None, name: str) -> str:
    return "-".join([*([slug(code)] if code else []), slug(name)])[: _MAX_NAME + 8].rstrip("-")
