"""What is asked of the register, and what it answers: requests, series and entries."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Final

from congvan.findings import Place
from congvan.letter.number_request import BOOK_PARTS, LARGEST_START, NumberRequest, Series, is_storable

__all__ = [
    "BOOK_PARTS",
    "HISTORY",
    "LARGEST_START",
    "Entry",
    "IssuedNumber",
    "NumberRequest",
    "OpenedSeries",
    "Series",
    "State",
    "as_issued",
    "is_storable",
]


HISTORY: Final = "so-cu/"
"""Begins the keys of numbers from a book kept before congvan; no other key does."""


class State(StrEnum):
    """How far a number has gone; it never goes back."""

    RESERVED = "reserved"
    ISSUED = "issued"
    VOID = "void"


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the register. Times are in UTC; ``void_reason`` says why a void number is void.

    ``so_phu`` is what stands behind the number in a book kept before congvan: the ``a`` of ``02a``.
    """

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
    so_phu: str = ""

    @property
    def series(self) -> Series:
        """The series the number runs in."""
        return Series(self.don_vi, self.nam, self.chuoi)

    @property
    def number(self) -> str:
        """The number as on paper: ``02``, ``02a``."""
        return f"{self.so:02}{self.so_phu}"

    @property
    def so_ky_hieu(self) -> str:
        """Number and symbol as on paper: ``02a/ĐLHL``; the number alone where a book kept before has no symbol."""
        return f"{self.number}/{self.ky_hieu}" if self.ky_hieu else self.number


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
    """A letter that already has its number, from a book kept before; ``place`` is its line there.

    ``so_phu`` is what stands behind the number: the ``a`` of ``02a``.
    """

    so: int
    letter: NumberRequest
    place: Place
    so_phu: str = ""

    @property
    def ngay(self) -> date | None:
        """The date of issue."""
        return self.letter.ngay

    @property
    def series(self) -> Series:
        """The series the number runs in."""
        return self.letter.series


def as_issued(entry: Entry) -> IssuedNumber:
    """The number of an entry, to be compared with those of another register; a void one has no date."""
    letter = NumberRequest(
        khoa=entry.khoa,
        **entry.series._asdict(),
        ngay=None if entry.trang_thai is State.VOID else entry.ngay,
        ky_hieu=entry.ky_hieu,
        loai=entry.loai,
        trich_yeu=entry.trich_yeu,
    )
    return IssuedNumber(entry.so, letter, Place(key=entry.khoa), entry.so_phu)
