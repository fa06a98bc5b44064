"""A number of letters, or of their copies, with what the register's book says beside it (Decree 30/2020, Annex IV)."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from itertools import chain
from typing import Final

from congvan.campaign.copying import CopyPlan
from congvan.letter import Agency, Letter, NumberRequest
from congvan.letter.official_copy import KEPT

SERIES_OF_MARKED_LETTERS: Final = "mat"
"""Letters with a secrecy mark are numbered in a series of their own (Decree 30/2020, Art. 15)."""

SERIES_OF_COPIES: Final = "sao"
"""Copies of every form share one series a year, apart from that of letters (Decree 30/2020, Art. 25)."""

MOST_PLACES: Final = 20
"""So many places a line of the book names; of more it names a few and says how many there are."""

_LISTS: Final = 64
"""So many distribution lists are kept as they were read: letters that follow one another mostly share one."""

_FEW: Final = 3
_AS_ABOVE: Final = "như trên"


def number_request(khoa: str, agency: Agency, letters: Sequence[Letter]) -> NumberRequest:
    """The number under the key ``khoa``, which one letter of ``agency`` has for itself or several share."""
    letter, places = letters[0], [_places(one) for one in letters]
    return NumberRequest(
        khoa=khoa,
        don_vi=agency.ma,
        nam=letter.ngay.nam,
        ngay=letter.ngay.day,
        ky_hieu=letter.ky_hieu,
        loai=letter.loai,
        trich_yeu=letter.trich_yeu,
        chuoi=SERIES_OF_MARKED_LETTERS if letter.do_mat else "",
        bat_dau=agency.so_bat_dau,
        nguoi_ky=letter.ky.ho_ten,
        noi_nhan=_told([*dict.fromkeys(chain(*places))]),
        don_vi_luu=_keepers(letter.noi_nhan),
        so_ban=sum(one.so_ban or len(of_one) for one, of_one in zip(letters, places, strict=True)),
    )


def copy_number_request(khoa: str, plan: CopyPlan, issuer: Agency, letters: Sequence[Letter]) -> NumberRequest:
    """The number under the key ``khoa`` of the copy of one letter of ``issuer``, or of several that share it."""
    letter = letters[0]
    copies = [one.ban_sao for one in letters if one.ban_sao]
    copy, places = copies[0], [place for one in copies for place in one.nguoi_nhan]
    about = "V/v " if letter.kind.la_cong_van else ""
    return NumberRequest(
        khoa=khoa,
        don_vi=plan.body(issuer).ma,
        nam=copy.ngay.nam,
        ngay=copy.ngay.day,
        ky_hieu=copy.ky_hieu,
        loai=copy.hinh_thuc,
        trich_yeu=f"{letter.kind.ten} {about}{letter.trich_yeu}",
        chuoi=SERIES_OF_COPIES,
        bat_dau=plan.so_bat_dau,
        nguoi_ky=copy.ky.ho_ten,
        noi_nhan=_told([*dict.fromkeys(places)]),
        don_vi_luu=_keepers(copy.noi_nhan),
        so_ban=len(places),
    )


def _places(letter: Letter) -> tuple[str, ...]:
    """Whom the letter goes to: its addressees, and whom its distribution list names beside them."""
    return letter.nguoi_nhan + _beside(letter.noi_nhan)


@lru_cache(_LISTS)
def _beside(noi_nhan: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(line for line in noi_nhan if not line.casefold().startswith((_AS_ABOVE, KEPT)))


@lru_cache(_LISTS)
def _keepers(noi_nhan: tuple[str, ...]) -> str:
    """``VT, KD`` of the line ``Lưu: VT, KD``."""
    kept = [line[len(KEPT) :] for line in noi_nhan if line.casefold().startswith(KEPT)]
    return "; ".join(line.lstrip(" :").rstrip(" .;") for line in kept)


def _told(places: Sequence[str]) -> str:
    if len(places) <= MOST_PLACES:
        return "; ".join(places)
    return f"{'; '.join(places[:_FEW])} … (tất cả {len(places)} nơi nhận)"
