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
_COPIES: Final = "ban-sao"


def tier_folders(plan: Plan) -> Mapping[str, str]:
    """``1-tinh``, ``2-huyen`` …: the tiers of the campaign numbered in sending order."""
    return {tier.cap: f"{index}-{slug(tier.cap)}" for index, tier in enumerate(plan.campaign.cap, start=1)}


class Places:
    """The paths of the letters of ``plan``: each the same whether all letters are made or only some.

    A letter's is also the same whether or not there are copies of it: those have a folder of their own in their tier's.
    """

    def __init__(self, plan: Plan) -> None:
        self._folders = tier_folders(plan)
        counts = Counter(map(_kept_with, plan.whole))
        self._digits = {kept: max(_MIN_DIGITS, len(str(count))) for kept, count in counts.items()}
        self._before = dict(zip(counts, accumulate(counts.values(), initial=0), strict=False))

    def of(self, item: PlannedLetter) -> str:
        """The path of ``item``, which has its number, inside the folder and without its ending."""
        tier, *copies = kept = _kept_with(item)
        count = f"{item.position - self._before[kept]:0{self._digits[kept]}}"
        return "/".join((self._folders[tier], *copies, *_unit_folders(item), f"{count}_{_number(item)}"))


def _kept_with(item: PlannedLetter) -> tuple[str, ...]:
    """A tier's letters are numbered through, and so are its copies."""
    return (item.cap, _COPIES) if item.letter.ban_sao else (item.cap,)


def _number(item: PlannedLetter) -> str:
    """``465-PCTH-KD``; a letter without a number says so."""
    document = item.document
    return f"{'chua-so' if document.so is None else f'{document.so:02}'}-{_symbol(document.ky_hieu)}"


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
