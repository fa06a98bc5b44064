"""Where each letter goes in the output folder: ASCII names that sort in sending order and never collide."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import PurePosixPath
from typing import Final

from congvan.campaign import Plan, PlannedLetter
from congvan.text.unicode_form import slug, without_marks

_MAX_NAME: Final = 40
_MIN_DIGITS: Final = 3
_COPIES: Final = "ban-sao"


def tier_folders(plan: Plan) -> Mapping[str, str]:
    """``1-tinh``, ``2-huyen`` …: the tiers of the campaign numbered in sending order."""
    return {tier.cap: f"{index}-{slug(tier.cap)}" for index, tier in enumerate(plan.campaign.cap, start=1)}


def places(plan: Plan) -> Mapping[str, PurePosixPath]:
    """The path of each letter of the whole plan without its ending, by the letter's key.

    A letter keeps its place whether all letters are made or only some, and whether or not there are copies of it:
    those have a folder of their own in their tier's.
    """
    folders = tier_folders(plan)
    counts = Counter(map(_kept_with, plan.whole))
    seen: Counter[tuple[str, ...]] = Counter()
    paths: dict[str, PurePosixPath] = {}
    for item in plan.whole:
        tier, *copies = together = _kept_with(item)
        seen[together] += 1
        digits = max(_MIN_DIGITS, len(str(counts[together])))
        folder = PurePosixPath(folders[tier], *copies, *_unit_folders(item))
        paths[item.khoa] = folder / f"{seen[together]:0{digits}}_{_number(item)}"
    return paths


def _kept_with(item: PlannedLetter) -> tuple[str, ...]:
    """A tier's letters are numbered through, and so are its copies."""
    return (item.cap, _COPIES) if item.letter.ban_sao else (item.cap,)


def _number(item: PlannedLetter) -> str:
    """``465-PCTH-KD``; a letter without a number says so."""
    symbol = re.sub(r"[^A-Za-z0-9-]+", "-", without_marks(item.document.ky_hieu)).strip("-")[:_MAX_NAME]
    return f"{'chua-so' if item.document.so is None else f'{item.document.so:02}'}-{symbol}"


def _unit_folders(item: PlannedLetter) -> Iterable[str]:
    """District and commune of a letter that goes below them; their codes keep names that look alike apart."""
    units = {"xa": ("huyen",), "nguoi_nhan": ("huyen", "xa")}.get(item.tier.mot_van_ban_cho, ())
    for unit in units:
        name = item.unit_name(unit)
        if name:
            code = item.unit_code(unit)
            yield "-".join([*([slug(code)] if code else []), slug(name)])[: _MAX_NAME + 8].rstrip("-")
