"""The parts of a letter as a text prints them: under the decree's names, numbers and dates in words."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any, Final

from pydantic import BaseModel

from congvan.decree.body_names import in_sentence
from congvan.decree.kinds import KINDS
from congvan.letter.issue_date import IssueDate
from congvan.letter.kind_parts import VanBanKemTheo
from congvan.letter.letter import Letter
from congvan.letter.official_copy import COPIES, BanSao
from congvan.letter.signature import Signature
from congvan.letter.text_types import BLANK_WORDS, Part
from congvan.text.fields.pattern import Values

_NOT_PRINTED: Final = {"truong", "trinh_bay", "siet_trang", "giu_nguyen"}
_UNCHANGED: Final = frozenset({str, int, bool})

PART_NAMES: Final = frozenset(Letter.model_fields) - _NOT_PRINTED | {
    "so_ky_hieu",
    "ten_loai",
    "ngay_ngan",
    "co_quan_ban_hanh",
}
"""Every name :func:`part_values` returns; in a body these names mean the letter's parts, not its own fields."""


def part_values(letter: Letter) -> dict[str, Any]:
    """The letter's parts, ready to print; a part it does not have is an empty text."""
    return {
        **_parts_of(letter),
        "so": "" if letter.so is None else f"{letter.so:02}",
        "so_ky_hieu": letter.so_ky_hieu if letter.has_number else "",
        "dia_danh": letter.dia_danh or BLANK_WORDS,
        "kinh_gui": letter.kinh_gui or ((BLANK_WORDS,) if letter.kind.la_cong_van else ()),
        "noi_nhan": letter.noi_nhan or (() if letter.kind.la_thu else (BLANK_WORDS,)),
        "ten_loai": (letter.ten_loai or letter.kind.ten).upper(),
        "ngay_ngan": letter.ngay.ngan,
        "co_quan_ban_hanh": _running_name(letter),
    }


def _parts_of(whole: BaseModel, owner: str = "") -> dict[str, Any]:
    """The parts of ``whole`` by their names; nearly all are printed as they are."""
    parts = vars(whole)
    printed: dict[str, Any] = {}
    for name in _names(type(whole)):
        part = parts[name]
        printed[name] = part if type(part) in _UNCHANGED else _printed(owner, name, part)
    return printed


@cache
def _names(kind: type[BaseModel]) -> tuple[str, ...]:
    return tuple(name for name in kind.model_fields if name not in _NOT_PRINTED)


def _printed(owner: str, name: str, part: Any) -> Any:
    match part:
        case None:
            return ""
        case IssueDate():
            return part.dai
        case Part():
            full_name = f"{owner}{name}"
            return Values(full_name, _parts_of(part, f"{full_name}.") | _derived(part))
        case (Signature(), *_):
            return tuple(Values(name, _parts_of(signer, f"{name}.")) for signer in part)
        case _:
            return part


def _derived(part: Part) -> dict[str, str]:
    """The names a part prints in addition to its own parts."""
    match part:
        case VanBanKemTheo():
            return {"ten_loai": KINDS[part.loai].ten.upper()}
        case BanSao():
            return {"so_ky_hieu": part.so_ky_hieu, "hinh_thuc": COPIES[part.hinh_thuc]}
        case _:
            return {}


def _running_name(letter: Letter) -> str:
    """The issuer in running text ("Điện lực Hậu Lộc"): as it is known, else as a sentence writes the head's name."""
    agency = letter.truong.get("don_vi")
    name = agency.get("ten_thuong") if isinstance(agency, Mapping) else None
    return str(letter.ten_thuong or name or in_sentence(letter.co_quan))
