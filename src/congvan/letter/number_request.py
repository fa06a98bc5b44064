"""A letter that needs a number, and the series its number comes from."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from operator import attrgetter
from typing import Any, Final, NamedTuple

from congvan.errors import RegisterError
from congvan.findings import Finding, Place, Report, finding

BLANK_NUMBER: Final = "\u00a0" * 8
"""Room to write a number by hand; no-break spaces, so that the line never breaks in the gap."""

LARGEST_START: Final = 999_999_999
"""The highest first number of a series; what follows still fits a database's 32-bit integer."""

MOST_COPIES: Final = 999_999
"""The highest number of copies the book has room for."""

SERIES_OF_MARKED_LETTERS: Final = "mat"
"""Letters with a secrecy mark are numbered in a series of their own (Decree 30/2020, Art. 15)."""

_ALWAYS: Final = ("ngay", "ky_hieu", "loai", "trich_yeu")
_IF_KNOWN: Final = ("nguoi_ky", "noi_nhan", "don_vi_luu", "so_ban", "ghi_chu")
BOOK_PARTS: Final = (*_ALWAYS, *_IF_KNOWN)
"""The parts of a request that the register's book shows beside the number, in the order of its columns."""

_TEXTS: Final = (
    *("khoa", "don_vi", "ky_hieu", "loai", "trich_yeu", "chuoi"),
    *("nguoi_ky", "noi_nhan", "don_vi_luu", "ghi_chu"),
)
_texts_of: Final = attrgetter(*_TEXTS)


class Series(NamedTuple):
    """One run of numbers: an issuing body's, in one year, perhaps split further by ``chuoi``."""

    don_vi: str
    nam: int
    chuoi: str = ""

    def __str__(self) -> str:
        return "/".join(str(part) for part in self if part != "")


@dataclass(frozen=True, slots=True)
class NumberRequest:
    """A letter that needs a number, or several letters that share one.

    ``khoa`` is what the letter is, ``<campaign>/<tier>/<letter id>``: the same key has the same number for
    ever. ``don_vi`` is the issuing body's code and ``nam`` the year of issue; numbers run per body and year,
    and per ``chuoi`` where the body splits them by kind or secrecy (Decree 30/2020, Art. 15.1c). ``ngay`` is
    the date of issue, None while open. ``ky_hieu``, ``loai`` and ``trich_yeu`` are what the book shows beside
    the number. ``bat_dau`` is the first number of the series, used only while the series is empty; with
    ``bat_dau_nam_dau`` only in the first year the register has numbers of the body in, and every other year starts
    at 1.

    The rest is what the decree's book also has a column for (Annex IV), as far as the caller knows it: who
    signed, who receives it, who keeps the copy, how many copies, and a note. A blank one changes nothing
    in the book.

    Texts are stored in Unicode form NFC, so that one letter typed in two ways has one key.

    Raises:
        RegisterError: with every finding, for an empty key or body, a text no database can hold, an impossible first
            number or number of copies.
    """

    khoa: str
    don_vi: str
    nam: int
    ngay: date | None
    ky_hieu: str
    loai: str
    trich_yeu: str
    chuoi: str = ""
    bat_dau: int = 1
    bat_dau_nam_dau: bool = False
    nguoi_ky: str = ""
    noi_nhan: str = ""
    don_vi_luu: str = ""
    so_ban: int | None = None
    ghi_chu: str = ""

    def __post_init__(self) -> None:
        if not unicodedata.is_normalized("NFC", _joined(self)):
            for name in _TEXTS:
                object.__setattr__(self, name, unicodedata.normalize("NFC", getattr(self, name)))
        if isinstance(self.ngay, datetime):
            object.__setattr__(self, "ngay", self.ngay.date())
        Report.of(_flaws(self)).raise_errors(RegisterError)

    @property
    def series(self) -> Series:
        """The series this letter's number runs in."""
        return Series(self.don_vi, self.nam, self.chuoi)

    @property
    def place(self) -> Place:
        """Where findings about this letter point."""
        return Place(key=self.khoa)

    @property
    def book_parts(self) -> dict[str, Any]:
        """What the book shows beside the number, by :data:`BOOK_PARTS`, without what the request leaves blank."""
        parts = {name: getattr(self, name) for name in BOOK_PARTS}
        return {name: value for name, value in parts.items() if name in _ALWAYS or value not in ("", None)}


def so_ky_hieu(so: int | None, ky_hieu: str) -> str:
    """``465/PCTH-KD``; a number below 10 has a leading zero; an open number or symbol is blank."""
    return f"{BLANK_NUMBER if so is None else f'{so:02}'}/{ky_hieu or BLANK_NUMBER}"


def is_storable(text: str) -> bool:
    """Whether a database can hold ``text``: whole characters only, none of them NUL."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return "\0" not in text


def _joined(request: NumberRequest) -> str:
    """Every text of ``request`` in one, so that a request is examined at once; no character joins with a line feed."""
    return "\n".join(_texts_of(request))


def _flaws(request: NumberRequest) -> Iterator[Finding]:
    """Everything that makes ``request`` impossible in any register."""
    for name in ("khoa", "don_vi"):
        if not getattr(request, name).strip():
            yield finding("register-part-empty", request.place, part=name)
    if not is_storable(_joined(request)):
        for name in _TEXTS:
            if not is_storable(getattr(request, name)):
                yield finding("register-part-unstorable", request.place, part=name)
    if not 1 <= request.bat_dau <= LARGEST_START:
        yield finding("register-start-impossible", request.place, value=request.bat_dau, most=LARGEST_START)
    if request.so_ban is not None and not 0 <= request.so_ban <= MOST_COPIES:
        yield finding("register-copies-impossible", request.place, value=request.so_ban, most=MOST_COPIES)
