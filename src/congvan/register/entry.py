"""What is asked of the register, and what it answers: requests, series and entries."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from operator import attrgetter
from typing import Any, Final, NamedTuple

from congvan.findings import Finding, Place, finding
from congvan.register.register_errors import raise_errors

LARGEST_START: Final = 999_999_999
"""The highest first number of a series; what follows still fits a database's 32-bit integer."""

MOST_COPIES: Final = 999_999
"""The highest number of copies a book says."""

_ALWAYS: Final = ("ngay", "ky_hieu", "loai", "trich_yeu")
_BESIDE: Final = ("nguoi_ky", "noi_nhan", "don_vi_luu", "so_ban", "ghi_chu")
SAID: Final = (*_ALWAYS, *_BESIDE)
"""The parts of a request that the book says beside the number, in the order of an :class:`Entry`."""

_TEXTS: Final = (
    "khoa", "don_vi", "ky_hieu", "loai", "trich_yeu", "chuoi", "nguoi_ky", "noi_nhan", "don_vi_luu", "ghi_chu"
)  # fmt: skip
_TEXTS_OF: Final = attrgetter(*_TEXTS)


class Series(NamedTuple):
    """One run of numbers: an issuing body's, in one year, perhaps split further by ``chuoi``."""

    don_vi: str
    nam: int
    chuoi: str = ""

    def __str__(self) -> str:
        return "/".join(str(part) for part in self if part != "")


class State(StrEnum):
    """How far a number has gone; it never goes back."""

    RESERVED = "reserved"
    ISSUED = "issued"
    VOID = "void"


@dataclass(frozen=True, slots=True)
class NumberRequest:
    """A letter that needs a number.

    ``khoa`` is what the letter is, ``<campaign>/<tier>/<letter id>``: the same key has the same number for
    ever. ``don_vi`` is the issuing body's code and ``nam`` the year of issue; numbers run per body and year,
    and per ``chuoi`` where the body splits them by kind or secrecy (Decree 30/2020, Art. 15.1c). ``ngay`` is
    the date of issue, None while open. ``ky_hieu``, ``loai`` and ``trich_yeu`` are what the book says beside
    the number. ``bat_dau`` is the first number of the series, used only while the series is empty.

    The rest is what the decree's book also has a column for (Annex IV), as far as the caller knows it: who
    signed, who receives it, who keeps the copy, how many copies, and a note. Left blank, it says nothing:
    what the book already has stays.

    Texts are kept in Unicode form NFC, so that one letter typed in two ways has one key.

    Raises:
        RegisterError: with every finding, for an empty key or body, a text no database can hold, a first
            number or a number of copies that is none.
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
        raise_errors(_flaws(self))

    @property
    def series(self) -> Series:
        """The series this letter's number runs in."""
        return Series(self.don_vi, self.nam, self.chuoi)

    @property
    def place(self) -> Place:
        """Where findings about this letter point."""
        return Place(key=self.khoa)

    @property
    def said(self) -> dict[str, Any]:
        """What the request says beside the number, without what it leaves blank: parts of an :class:`Entry`."""
        always, others = ({name: getattr(self, name) for name in names} for names in (_ALWAYS, _BESIDE))
        return always | {name: value for name, value in others.items() if value not in ("", None)}


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the register. Times are in UTC; ``void_reason`` says why a void number is void."""

    khoa: str
    so: int
    don_vi: str
    nam: int
    chuoi: str
    ngay: date | None
    ky_hieu: str
    loai: str
    trich_yeu: str
    trang_thai: State
    reserved_at: datetime
    issued_at: datetime | None = None
    voided_at: datetime | None = None
    void_reason: str | None = None
    nguoi_ky: str = ""
    noi_nhan: str = ""
    don_vi_luu: str = ""
    so_ban: int | None = None
    ghi_chu: str = ""

    @property
    def series(self) -> Series:
        """The series the number runs in."""
        return Series(self.don_vi, self.nam, self.chuoi)


def is_storable(text: str) -> bool:
    """Whether a database can hold ``text``: one of whole characters, none of them NUL."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return "\0" not in text


@dataclass(frozen=True, slots=True)
class OpenedSeries:
    """The first number of a series, and when it was opened."""

    don_vi: str
    nam: int
    chuoi: str
    bat_dau: int
    opened_at: datetime

    @property
    def series(self) -> Series:
        """The series that was opened."""
        return Series(self.don_vi, self.nam, self.chuoi)


@dataclass(frozen=True, slots=True)
class IssuedNumber:
    """A letter that already has its number, from a book kept before; ``place`` is its line there."""

    so: int
    letter: NumberRequest
    place: Place

    @property
    def ngay(self) -> date | None:
        """The date of issue."""
        return self.letter.ngay

    @property
    def series(self) -> Series:
        """The series the number runs in."""
        return self.letter.series


def _joined(request: NumberRequest) -> str:
    """Every text of ``request``; what is so of all of it is so of each, since nothing joins with a line's end."""
    return "\n".join(_TEXTS_OF(request))


def _flaws(request: NumberRequest) -> Iterator[Finding]:
    """What makes ``request`` impossible, whatever the register holds."""
    for name, text in (("khoa", request.khoa), ("don_vi", request.don_vi)):
        if not text.strip():
            yield finding("register-part-empty", request.place, part=name)
    if not is_storable(_joined(request)):
        for name in _TEXTS:
            if not is_storable(getattr(request, name)):
                yield finding("register-part-unstorable", request.place, part=name)
    if not 1 <= request.bat_dau <= LARGEST_START:
        yield finding("register-start-impossible", request.place, value=request.bat_dau, most=LARGEST_START)
    if request.so_ban is not None and not 0 <= request.so_ban <= MOST_COPIES:
        yield finding("register-copies-impossible", request.place, value=request.so_ban, most=MOST_COPIES)
