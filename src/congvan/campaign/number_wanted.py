"""A number of letters, or of their copies, with what the register's book says beside it (Decree 30/2020, Annex IV)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from congvan.campaign.copying import CopyPlan
from congvan.letter import Agency, Letter
from congvan.letter.official_copy import KEPT

SERIES_OF_MARKED_LETTERS: Final = "mat"
"""Letters with a secrecy mark are numbered in a series of their own (Decree 30/2020, Art. 15)."""

SERIES_OF_COPIES: Final = "sao"
"""Copies of every form share one series a year, apart from that of letters (Decree 30/2020, Art. 25)."""

MOST_PLACES: Final = 20
"""So many places a line of the book names; of more it names a few and says how many there are."""

_FEW: Final = 3
_AS_ABOVE: Final = "như trên"


@dataclass(frozen=True, slots=True)
class NumberWanted:
    """A number a plan needs: what it is for (``khoa``), whose series it comes from, and what the book says beside it.

    ``ngay`` is None while the date is open; ``bat_dau`` is the first number of an empty series. ``nguoi_ky`` is who
    signs, ``noi_nhan`` who receives it, ``don_vi_luu`` who keeps a copy, and ``so_ban`` how many copies go out: as
    the letter says, or else one to each that receives it.
    """

    khoa: str
    don_vi: str
    nam: int
    ngay: date | None
    ky_hieu: str
    loai: str
    trich_yeu: str
    chuoi: str
    bat_dau: int
    nguoi_ky: str
    noi_nhan: str
    don_vi_luu: str
    so_ban: int


def number_wanted(khoa: str, agency: Agency, letters: Sequence[Letter]) -> NumberWanted:
    """The number under the key ``khoa``, which one letter of ``agency`` has for itself or several share."""
    letter = letters[0]
    places = list(dict.fromkeys(place for one in letters for place in _places(one)))
    return NumberWanted(
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
        noi_nhan=_told(places),
        don_vi_luu="; ".join(_keepers(letter.noi_nhan)),
        so_ban=sum(one.so_ban or len(list(_places(one))) for one in letters),
    )


def copy_number_wanted(khoa: str, plan: CopyPlan, issuer: Agency, letters: Sequence[Letter]) -> NumberWanted:
    """The number under the key ``khoa`` of the copy of one letter of ``issuer``, or of several that share it."""
    letter = letters[0]
    copies = [one.ban_sao for one in letters if one.ban_sao]
    copy, places = copies[0], [place for one in copies for place in one.nguoi_nhan]
    about = "V/v " if letter.kind.la_cong_van else ""
    return NumberWanted(
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
        noi_nhan=_told(list(dict.fromkeys(places))),
        don_vi_luu="; ".join(_keepers(copy.noi_nhan)),
        so_ban=len(places),
    )


def _places(letter: Letter) -> Iterator[str]:
    """Whom the letter goes to: its addressees, and whom its distribution list names beside them."""
    yield from letter.nguoi_nhan
    yield from (line for line in letter.noi_nhan if not line.casefold().startswith((_AS_ABOVE, KEPT)))


def _keepers(noi_nhan: Sequence[str]) -> Iterator[str]:
    """``VT, KD`` of the line ``Lưu: VT, KD``."""
    for line in noi_nhan:
        if line.casefold().startswith(KEPT):
            yield line[len(KEPT) :].lstrip(" :").rstrip(" .;")


def _told(places: Sequence[str]) -> str:
    if len(places) <= MOST_PLACES:
        return "; ".join(places)
    return f"{'; '.join(places[:_FEW])} … (tất cả {len(places)} nơi nhận)"
