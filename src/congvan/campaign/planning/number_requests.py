"""The requests for the numbers of letters and of their copies, with the columns of the register (Annex IV)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import chain
from typing import Final

from congvan.campaign.copies import Copies
from congvan.letter import Agency, Letter, NumberRequest
from congvan.letter.agency import first_number
from congvan.letter.number_request import SERIES_OF_MARKED_LETTERS
from congvan.letter.official_copy import ARCHIVE_LINE
from congvan.text import fold

SERIES_OF_COPIES: Final = "sao"
"""Copies of every form share one series a year, apart from that of letters (Decree 30/2020, Art. 25)."""

MOST_RECIPIENTS: Final = 20
"""A line of the book names at most so many recipients; of more it names a few and their number."""

_LISTS: Final = 64
"""Distribution lists in the caches: letters that follow one another mostly share one."""

_NAMES: Final = 1024
_PURPOSE: Final = re.compile(r"\s*\([^()]*\)[\s;.,]*$|[\s;.,]+$")
"""What a distribution list adds to a recipient: ``(để báo cáo)``."""

_FEW: Final = 3
_AS_ABOVE: Final = "như trên"


def number_request(khoa: str, agency: Agency, letters: Sequence[Letter]) -> NumberRequest:
    """The number under the key ``khoa``, which one letter of ``agency`` has for itself or several share."""
    letter, recipients = letters[0], _each_once(chain(*map(named_recipients, letters)))
    written = [one.so_ban for one in letters if one.so_ban]
    return NumberRequest(
        khoa=khoa,
        don_vi=agency.ma,
        nam=letter.ngay.nam or 0,  # open in drafts alone, which take no number
        ngay=letter.ngay.day,
        ky_hieu=letter.ky_hieu,
        loai=letter.loai,
        trich_yeu=letter.trich_yeu,
        chuoi=SERIES_OF_MARKED_LETTERS if letter.do_mat else "",
        bat_dau=agency.first_number(letter.ngay.nam or 0),
        bat_dau_nam_dau=isinstance(agency.so_bat_dau, int),
        nguoi_ky=letter.ky.ho_ten,
        noi_nhan=_listed(recipients),
        don_vi_luu=_keepers(letter.noi_nhan),
        so_ban=max(written, default=len(recipients)),
    )


def copy_number_request(khoa: str, copies: Copies, issuer: Agency, letters: Sequence[Letter]) -> NumberRequest:
    """The number under the key ``khoa`` of the copy of one letter of ``issuer``, or of several that share it."""
    letter = letters[0]
    parts = [one.ban_sao for one in letters if one.ban_sao]
    copy = parts[0]
    about = "V/v " if letter.kind.la_cong_van else ""
    return NumberRequest(
        khoa=khoa,
        don_vi=copies.body(issuer).ma,
        nam=copy.ngay.nam or 0,
        ngay=copy.ngay.day,
        ky_hieu=copy.ky_hieu,
        loai=copy.hinh_thuc,
        trich_yeu=f"{letter.kind.ten} {about}{letter.trich_yeu}",
        chuoi=SERIES_OF_COPIES,
        bat_dau=first_number(copies.so_bat_dau, copy.ngay.nam or 0),
        nguoi_ky=copy.ky.ho_ten,
        noi_nhan=_listed(_each_once(name for part in parts for name in part.nguoi_nhan)),
        don_vi_luu=_keepers(copy.noi_nhan),
        so_ban=sum(len(_each_once(part.nguoi_nhan)) for part in parts),
    )


def named_recipients(letter: Letter) -> tuple[str, ...]:
    """The addressees of the letter, and those its distribution list adds: whom the book says it went to."""
    return letter.nguoi_nhan + _further_recipients(letter.noi_nhan)


def _each_once(names: Iterable[str]) -> list[str]:
    """Each recipient once, however often it is named: as addressee, and as «UBND tỉnh (để báo cáo)» among the rest."""
    every = list(names)
    if len(every) == 1:  # as most letters have
        return every
    once: dict[str, str] = {}
    for name in every:
        once.setdefault(_recipient_key(name), name)
    return [*once.values()]


@lru_cache(_NAMES)
def _recipient_key(name: str) -> str:
    return fold(_PURPOSE.sub("", name)) or name


@lru_cache(_LISTS)
def _further_recipients(noi_nhan: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(line for line in noi_nhan if not line.casefold().startswith((_AS_ABOVE, ARCHIVE_LINE)))


@lru_cache(_LISTS)
def _keepers(noi_nhan: tuple[str, ...]) -> str:
    """``VT, KD`` of the line ``Lưu: VT, KD``."""
    keepers = [line[len(ARCHIVE_LINE) :] for line in noi_nhan if line.casefold().startswith(ARCHIVE_LINE)]
    return "; ".join(line.lstrip(" :").rstrip(" .;") for line in keepers)


def _listed(names: Sequence[str]) -> str:
    if len(names) <= MOST_RECIPIENTS:
        return "; ".join(names)
    return f"{'; '.join(names[:_FEW])} … (tất cả {len(names)} nơi nhận)"
