"""Dates as the decree writes them and as real letters and spreadsheets do.

Day below 10 and months 1 and 2 have a leading zero, other months have none (Decree 30/2020, Annex I,
part II, item 4). Writing is strict; reading takes both spellings, as real letters use both.
"""

from __future__ import annotations

import calendar
import re
from datetime import date, datetime
from functools import lru_cache
from typing import Final, Protocol, runtime_checkable

from congvan.text.text_error import text_error
from congvan.text.unicode_form import nfc

BLANK: Final = "\u00a0" * 6
"""Room to write a day or a month by hand: no-break spaces, so that the line never breaks in the gap."""

_MONTHS_WITH_ZERO: Final = (1, 2)

_ISO_PART: Final = re.compile(r"([0-9]{4})(?:-([0-9]{1,2}))?")
_SPELLINGS: Final = tuple(
    re.compile(pattern)
    for pattern in (
        # ngày 5 tháng 03 năm 2021; 5 tháng 3, 2021; ngày 5 tháng 3/2021
        r"(?:ngày )?(?P<day>[0-9]{1,2}) ?tháng ?(?P<month>[0-9]{1,2}) ?(?:năm ?|[,/] ?| )(?P<year>[0-9]{4})",
        # 05/3/2021; 5-3-2021; 15.3.2021
        r"(?:ngày )?(?P<day>[0-9]{1,2}) ?(?P<mark>[/.-]) ?(?P<month>[0-9]{1,2}) ?(?P=mark) ?(?P<year>[0-9]{4})",
        # 2021-03-05; 2021-03-05 00:00:00, as spreadsheets print a day
        r"(?P<year>[0-9]{4})(?P<mark>[/.-])(?P<month>[0-9]{1,2})(?P=mark)(?P<day>[0-9]{1,2})(?:[t ]00:00(?::00)?)?",
    )
)


@runtime_checkable
class PartialDate(Protocol):
    """A date that may have blanks, such as :class:`congvan.letter.IssueDate`."""

    @property
    def nam(self) -> int | None: ...
    @property
    def thang(self) -> int | None: ...
    @property
    def ngay(self) -> int | None: ...


@lru_cache(maxsize=256)  # letters of a run have few dates
def long_date(year: int | None, month: int | None = None, day: int | None = None) -> str:
    """``ngày 05 tháng 3 năm 2021``; what is missing is :data:`BLANK` (Annex I, part II, item 4).

    Raises:
        TextError: for a day the calendar does not have.
    """
    _calendar_day(year or 1, month or 1, day or 1)
    return f"ngày {_day(day)} tháng {_month(month)} năm {BLANK if year is None else year}"


@lru_cache(maxsize=256)
def short_date(year: int | None, month: int | None = None, day: int | None = None) -> str:
    """``05/3/2021``, as texts cite a date; what is missing is :data:`BLANK`.

    Raises:
        TextError: for a day the calendar does not have.
    """
    _calendar_day(year or 1, month or 1, day or 1)
    return f"{_day(day)}/{_month(month)}/{BLANK if year is None else year}"


def month_text(year: int, month: int) -> str:
    """``tháng 9 năm 2021``; months 1 and 2 with a zero.

    Raises:
        TextError: for a month the calendar does not have.
    """
    _calendar_day(year, month, 1)
    return f"tháng {_month(month)} năm {year}"


def long_date_of(value: object) -> str:
    """:func:`long_date` of a date, a date with blanks, ``"2021-03"``, ``"2021"`` or any text :func:`parse_date` reads.

    Raises:
        TextError: for anything else.
    """
    return long_date(*_parts(value))


def short_date_of(value: object) -> str:
    """:func:`short_date` of whatever :func:`long_date_of` takes.

    Raises:
        TextError: for anything else.
    """
    return short_date(*_parts(value))


def parse_date(text: str) -> date:
    """The day a text names: day before month, the year in four digits, or the ISO form.

    Reads ``ngày 5 tháng 03 năm 2021``, ``05/3/2021``, ``5-3-2021``, ``15.3.2021``, ``2021-03-05``, with or
    without the zeros of the decree. No other text may precede or follow the date.

    Raises:
        TextError: for another text, or a day the calendar does not have.
    """
    plain = " ".join(nfc(text).lower().split())
    for spelling in _SPELLINGS:
        if match := spelling.fullmatch(plain):
            return _calendar_day(*(int(match[part]) for part in ("year", "month", "day")))
    raise text_error("text-not-a-date", value=text)


def months_before(day: date, months: int) -> date:
    """The same day of the month, ``months`` calendar months earlier; the last day where the month is shorter.

    31 March less one month is 28 or 29 February. A negative count goes forward.

    Raises:
        TextError: when the calendar does not reach so far.
    """
    year, index = divmod(day.year * 12 + day.month - 1 - months, 12)
    first = _calendar_day(year, index + 1, 1)
    return first.replace(day=min(day.day, calendar.monthrange(first.year, first.month)[1]))


def _day(day: int | None) -> str:
    return BLANK if day is None else f"{day:02}"


def _month(month: int | None) -> str:
    if month is None:
        return BLANK
    return f"{month:02}" if month in _MONTHS_WITH_ZERO else str(month)


def _calendar_day(year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except (ValueError, OverflowError):
        raise text_error("text-date-impossible", value=f"{day}/{month}/{year}") from None


def _parts(value: object) -> tuple[int | None, int | None, int | None]:
    match value:
        case datetime() | date():
            return value.year, value.month, value.day
        case PartialDate():
            return value.nam, value.thang, value.ngay
        case str() if match := _ISO_PART.fullmatch(value.strip()):
            return int(match[1]), int(match[2]) if match[2] else None, None
        case str():
            day = parse_date(value)
            return day.year, day.month, day.day
        case _:
            raise text_error("text-not-a-date", value=value)
