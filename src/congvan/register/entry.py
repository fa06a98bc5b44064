"""What is asked of the register, and what it answers: requests, series and entries."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from congvan.findings import Place
from congvan.letter.number_request import BOOK_PARTS, LARGEST_START, NumberRequest, Series, is_storable

__all__ = [
    "BOOK_PARTS",
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


class State(StrEnum):
    """How far a number has gone; it never goes back."""

    RESERVED = "reserved"
    ISSUED = "issued"
    VOID = "void"


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
    return IssuedNumber(entry.so, letter, Place(key=entry.khoa))
