"""What a Word template sees: the parts of a letter under the decree's names, ready to print."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from congvan.letter import Letter
from congvan.text.fields import Values
from congvan.word.enumeration import roman

OPTIONAL_PARTS: Final = ("do_mat", "do_khan", "luu_hanh", "nguoi_soan", "so_ban", "lien_he", "phu_luc", "can_cu")
"""Parts a template may leave out, as long as no letter brings them."""


def letter_values(letter: Letter) -> dict[str, Any]:
    """The values a template fills in; the letter's own fields first, the decree's parts above them."""
    return {**letter.truong, **_parts(letter)}


def _parts(letter: Letter) -> dict[str, Any]:
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
        "phu_luc": _annexes(letter),
        "co_quan_ban_hanh": _running_name(letter),
    }


def _annexes(letter: Letter) -> list[Values]:
    """Annexes are numbered when there are several (Decree 30/2020, Annex I); their titles are in capitals."""
    several = len(letter.phu_luc) > 1
    return [
        Values("phan", {"so": roman(number) if several else "", "tieu_de": annex.tieu_de.upper()})
        for number, annex in enumerate(letter.phu_luc, start=1)
    ]


def _running_name(letter: Letter) -> str:
    """The issuer as a sentence says it ("Điện lực Hậu Lộc") where the campaign knows it, else as its head says."""
    agency = letter.truong.get("don_vi")
    name = agency.get("ten_thuong") if isinstance(agency, Mapping) else None
    return str(name or letter.co_quan).replace("\n", " ")


PART_NAMES: Final = frozenset(Letter.model_fields) - {"truong"} | {
    "so_ky_hieu",
    "ten_loai",
    "ngay_ngan",
    "co_quan_ban_hanh",
}
"""Every name :func:`letter_values` gives beside the letter's own fields."""
