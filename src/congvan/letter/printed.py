"""The parts of a letter as a text prints them: under the decree's names, numbers and dates in words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from congvan.letter.letter import Letter
from congvan.text.fields import Values

PART_NAMES: Final = frozenset(Letter.model_fields) - {"truong"} | {
    "so_ky_hieu",
    "ten_loai",
    "ngay_ngan",
    "co_quan_ban_hanh",
}
"""Every name :func:`printed_parts` gives; a body reads them from the letter itself, whatever its own fields say."""


def printed_parts(letter: Letter) -> dict[str, Any]:
    """The letter's parts, ready to print; a part it does not have is an empty text."""
    names = type(letter).model_fields.keys() - {"truong"}
    plain = {name: "" if (part := getattr(letter, name)) is None else part for name in names}
    return {
        **plain,
        "so": "" if letter.so is None else f"{letter.so:02}",
        "so_ky_hieu": letter.so_ky_hieu,
        "ten_loai": letter.kind.ten.upper(),
        "ngay": letter.ngay.dai,
        "ngay_ngan": letter.ngay.ngan,
        "ky": Values("ky", letter.ky.model_dump()),
        "co_quan_ban_hanh": _running_name(letter),
    }


def _running_name(letter: Letter) -> str:
    """The issuer as a sentence says it ("Điện lực Hậu Lộc") where the campaign knows it, else as its head says."""
    agency = letter.truong.get("don_vi")
    name = agency.get("ten_thuong") if isinstance(agency, Mapping) else None
    return str(name or letter.co_quan).replace("\n", " ")
