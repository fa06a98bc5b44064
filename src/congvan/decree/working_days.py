"""Days off of Vietnamese offices, and the working days between them.

Offices rest on Saturday and Sunday (Labour Code 45/2019/QH14, Art. 111), on public holidays (Art. 112) and on days
the Prime Minister exchanges for a Saturday. Those from 2020 to 2030 are in ``working_days.toml``, each year with its
sources. An office adds days of its own, which win over the calendar.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import cache
from typing import Any, Final

_SATURDAY: Final = 5
_WEEKEND: Final = {_SATURDAY: "thứ Bảy", 6: "Chủ nhật"}


class Cause(StrEnum):
    """Why a day is off: by the week, by law, in lieu of a holiday, in exchange for a Saturday, or by the office."""

    WEEKEND = "weekend"
    HOLIDAY = "holiday"
    IN_LIEU = "in lieu"
    EXCHANGE = "exchange"
    OFFICE = "office"


@dataclass(frozen=True, slots=True)
class DayOff:
    """A day off; ``ten`` is the name of its holiday or weekday (``Giỗ Tổ Hùng Vương``, ``Chủ nhật``).

    ``lam_bu`` is the Saturday worked in exchange for it. ``is_estimated`` is True while nobody has announced it and
    congvan expects it from the shape of earlier years.
    """

    day: date
    cause: Cause
    ten: str
    lam_bu: date | None = None
    is_estimated: bool = False


@dataclass(frozen=True, slots=True)
class OfficeDays:
    """The days an office adds to the calendar: days off (``ngay_nghi``) and days worked (``ngay_lam_bu``).

    A day in both is a day off.
    """

    ngay_nghi: frozenset[date] = frozenset()
    ngay_lam_bu: frozenset[date] = frozenset()


NO_DAYS: Final = OfficeDays()


@dataclass(frozen=True, slots=True)
class _Calendar:
    years: range
    off: Mapping[date, DayOff]
    worked: frozenset[date]


def day_off(day: date, additions: OfficeDays = NO_DAYS) -> DayOff | None:
    """Why ``day`` is off; None for a working day. Outside the known years only the week and ``additions`` count."""
    if day in additions.ngay_nghi:
        return DayOff(day, Cause.OFFICE, "ngày nghỉ của cơ quan")
    if day in additions.ngay_lam_bu:
        return None
    calendar = _calendar()
    if known := calendar.off.get(day):
        return known
    if day.weekday() >= _SATURDAY and day not in calendar.worked:
        return DayOff(day, Cause.WEEKEND, _WEEKEND[day.weekday()])
    return None


def known_years() -> range:
    """The years whose holidays are known or estimated."""
    return _calendar().years


def working_day_before(day: date, additions: OfficeDays = NO_DAYS) -> date | None:
    """The last working day before ``day``; None where the calendar begins."""
    return _first_worked(range(day.toordinal() - 1, 0, -1), additions)


def working_day_after(day: date, additions: OfficeDays = NO_DAYS) -> date | None:
    """The first working day after ``day``; None where the calendar ends."""
    return _first_worked(range(day.toordinal() + 1, date.max.toordinal() + 1), additions)


def working_days_between(first: date, last: date, additions: OfficeDays = NO_DAYS) -> tuple[date, ...]:
    """The working days from ``first`` to ``last``, both included."""
    days = (date.fromordinal(number) for number in range(first.toordinal(), last.toordinal() + 1))
    return tuple(day for day in days if not day_off(day, additions))


def _first_worked(ordinals: range, additions: OfficeDays) -> date | None:
    for ordinal in ordinals:
        if not day_off(day := date.fromordinal(ordinal), additions):
            return day
    return None


@cache
def _calendar() -> _Calendar:
    """The shipped calendar, read once."""
    import tomllib
    from importlib.resources import files

    data = tomllib.loads(files("congvan.decree").joinpath("working_days.toml").read_text(encoding="utf-8"))
    rows = [row for year in data["years"].values() for row in year["off"]]
    off = {one.day: one for row in rows for one in _days_off(row, data["holidays"][row["of"]])}
    worked = frozenset(row["worked"] for row in rows if "worked" in row)
    return _Calendar(range(data["first_year"], data["last_year"] + 1), off, worked)


def _days_off(row: Mapping[str, Any], ten: str) -> Iterator[DayOff]:
    """The days of one row of the file."""
    cause = Cause.IN_LIEU if "for" in row else Cause.EXCHANGE if "worked" in row else Cause.HOLIDAY
    day, last = row["day"], row.get("to", row["day"])
    while day <= last:
        yield DayOff(day, cause, ten, row.get("worked"), row.get("status") == "estimated")
        day += timedelta(days=1)
