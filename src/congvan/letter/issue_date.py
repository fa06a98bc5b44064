"""The date of a letter, which may still be open: a clerk fills in the blanks by hand."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date, datetime
from typing import Self

from congvan.text.dates import long_date, parse_date, short_date

_YEARS = range(1945, 10_000)
_PARTS = range(1, 4)
_PATTERN = re.compile(r"(\d{4})(?:-(\d{1,2}))?(?:-(\d{1,2}))?")
_MONTH = re.compile(r"(\d{1,2})[/.-](\d{4})")


@dataclass(frozen=True, slots=True, order=False)
class IssueDate:
    """Day, month and year of issue (Decree 30/2020, Annex I, part II, item 4); any of them may be blank.

    Raises:
        ValueError: for a day without a month, a month without a year, or a date the calendar does not have.
    """

    nam: int | None = None
    thang: int | None = None
    ngay: int | None = None

    def __post_init__(self) -> None:
        if (self.thang is None and self.ngay is not None) or (self.nam is None and self.thang is not None):
            raise ValueError("a day needs its month, and a month its year")
        if self.nam is None:
            return
        if self.nam not in _YEARS:
            raise ValueError(f"no year a letter can carry: {self.nam}")
        date(self.nam, self.thang or 1, self.ngay or 1)

    @classmethod
    def of(cls, value: object) -> Self:
        """An issue date from a date, ``"2021-03-05"``, ``"2021-03"``, ``(2021, 3)`` or ``2021``.

        Also as people write it, the day before the month: ``"5/3/2021"``, ``"5.3.2021"``, ``"5-3-2021"``, ``"3/2021"``.

        Raises:
            ValueError: for anything else.
        """
        if isinstance(value, cls):
            return value
        if isinstance(value, datetime | date):
            return cls(value.year, value.month, value.day)
        if isinstance(value, int) and not isinstance(value, bool):
            return cls(value)
        if isinstance(value, tuple | list) and len(value) in _PARTS and all(type(part) is int for part in value):
            return cls(*value)
        if isinstance(value, str):
            return cls._read(value.strip())
        raise ValueError(f"not a date, year and month, or year: {value!r}")

    @classmethod
    def _read(cls, text: str) -> Self:
        if match := _PATTERN.fullmatch(text):
            return cls(*(int(part) if part else None for part in match.groups()))
        if match := _MONTH.fullmatch(text):
            return cls(int(match[2]), int(match[1]))
        return cls.of(parse_date(text))

    @property
    def day(self) -> date | None:
        """The calendar day, or None while a part is blank."""
        return date(self.nam, self.thang, self.ngay) if self.nam and self.thang and self.ngay else None

    @property
    def earliest(self) -> date:
        """The first day this date can still become."""
        return date(self.nam or _YEARS[0], self.thang or 1, self.ngay or 1)

    @property
    def latest(self) -> date:
        """The last day this date can still become."""
        year, month = self.nam or _YEARS[-1], self.thang or 12
        return date(year, month, self.ngay or calendar.monthrange(year, month)[1])

    def surely_before(self, other: IssueDate) -> bool:
        """True when it is earlier than ``other`` however the blanks of both are filled in."""
        return self.latest < other.earliest

    @property
    def dai(self) -> str:
        """``ngày 05 tháng 3 năm 2021``, with room to write where a part is blank."""
        return long_date(self.nam, self.thang, self.ngay)

    @property
    def ngan(self) -> str:
        """``05/3/2021``, as texts cite it, with room to write where a part is blank."""
        return short_date(self.nam, self.thang, self.ngay)

    def __str__(self) -> str:
        return "-".join(f"{part:02}" for part in (self.nam, self.thang, self.ngay) if part is not None)
