"""The parts of a letter as a text prints them: under the decree's names, numbers and dates in words."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any, Final

from pydantic import BaseModel

from congvan.decree.kinds import KINDS
from congvan.letter.issue_date import IssueDate
from congvan.letter.kind_parts import VanBanKemTheo
from congvan.letter.letter import Letter
from congvan.letter.official_copy import COPIES, BanSao
from congvan.letter.signature import Signature
from congvan.letter.text_types import Part
from congvan.text.fields.pattern import Values

_NOT_PRINTED: Final = {"truong", "trinh_bay", "siet_trang"}
_AS_IT_IS: Final = frozenset({str, int, bool, tuple})

PART_NAMES: Final = frozenset(Letter.model_fields) - _NOT_PRINTED | {
    "so_ky_hieu",
    "ten_loai",
    "ngay_ngan",
    "co_quan_ban_hanh",
}
"""Every name :func:`printed_parts` gives; a body reads them from the letter itself, whatever its own fields say."""


def printed_parts(letter: Letter) -> dict[str, Any]:
    """The letter's parts, ready to print; a part it does not have is an empty text."""
    return {
        **_inside(letter),
        "so": "" if letter.so is None else f"{letter.so:02}",
        "so_ky_hieu": letter.so_ky_hieu,
        "ten_loai": letter.kind.ten.upper(),
        "ngay_ngan": letter.ngay.ngan,
        "co_quan_ban_hanh": _running_name(letter),
    }


def _inside(whole: BaseModel, owner: str = "") -> dict[str, Any]:
    """The parts of ``whole`` by their names; nearly all are printed as they are."""
    given = vars(whole)
    return {
        name: part if (part := given[name]).__class__ in _AS_IT_IS else _printed(owner, name, part)
        for name in _names(type(whole))
    }


@cache
def _names(kind: type[BaseModel]) -> tuple[str, ...]:
    return tuple(name for name in kind.model_fields if name not in _NOT_PRINTED)


def _printed(owner: str, name: str, part: Any) -> Any:
    match part:
        case None:
            return ""
        case IssueDate():
            return part.dai
        case Part() | Signature():
            full_name = f"{owner}{name}"
            return Values(full_name, _inside(part, f"{full_name}.") | _derived(part))
        case _:
            return part


def _derived(part: Part | Signature) -> dict[str, str]:
    """What a part prints beside what it was given."""
    match part:
        case VanBanKemTheo():
            return {"ten_loai": KINDS[part.loai].ten.upper()}
        case BanSao():
            return {"so_ky_hieu": part.so_ky_hieu, "hinh_thuc": COPIES[part.hinh_thuc]}
        case _:
            return {}


def _running_name(letter: Letter) -> str:
    """The issuer as a sentence says it ("Điện lực Hậu Lộc") where it is known, else as the letter's head says it."""
    agency = letter.truong.get("don_vi")
    name = agency.get("ten_thuong") if isinstance(agency, Mapping) else None
    return str(letter.ten_thuong or name or letter.co_quan).replace("\n", " ")
