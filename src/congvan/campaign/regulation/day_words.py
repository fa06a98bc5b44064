"""Days as rules write them: ``T - 1 tháng``, ``ngay_cat - 7 ngày``, ``T - 5 ngày làm việc``, ``xay_ra + 24 giờ``."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Final, Self

from congvan.decree.working_days import NO_DAYS, OfficeDays, working_day_after, working_day_before
from congvan.text.dates import months_before
from congvan.text.unicode_form import nfc

T: Final = "T"
"""The first day of the month a campaign takes effect in."""


class DayUnit(StrEnum):
    """What a distance is counted in; a week is 7 days, a month a month of the calendar."""

    DAY = "ngày"
    WORKING_DAY = "ngày làm việc"
    WEEK = "tuần"
    MONTH = "tháng"
    HOUR = "giờ"


_UNITS: Final = "|".join(sorted(DayUnit, key=len, reverse=True))
_WORDS: Final = re.compile(
    rf"(?P<anchor>T|[a-z][a-z0-9_]*)(?: ?(?P<sign>[-−–+]) ?(?P<count>[0-9]{{1,4}}) ?(?P<unit>{_UNITS}))?"
)


@dataclass(frozen=True, slots=True)
class DayWords:
    """A day counted from another: from T, or from ``anchor``, a column of dates of the recipients.

    ``count`` is negative before the anchor.
    """

    anchor: str
    count: int = 0
    unit: DayUnit = DayUnit.DAY

    @classmethod
    def read(cls, text: str) -> Self:
        """The day that ``text`` writes.

        Raises:
            ValueError: for other words.
        """
        match = _WORDS.fullmatch(" ".join(nfc(text).split()))
        if match is None:
            raise ValueError(f"not a day counted from T or from a column: {text!r}")
        if match["count"] is None:
            return cls(match["anchor"])
        count = int(match["count"]) * (1 if match["sign"] == "+" else -1)
        return cls(match["anchor"], count, DayUnit(match["unit"]))

    @property
    def is_of_campaign(self) -> bool:
        """Whether it is one day for the whole campaign; else each recipient has a day of its own."""
        return self.anchor == T

    def moment(self, anchor: datetime, additions: OfficeDays = NO_DAYS) -> datetime:
        """The last moment of it, ``anchor`` being the moment of its anchor: the end of the day, or the hour itself.

        Raises:
            TextError: when the calendar does not reach so far.
        """
        if self.unit is DayUnit.HOUR:
            return anchor + timedelta(hours=self.count)
        return datetime.combine(self.day(anchor.date(), additions), time.max)

    def day(self, anchor: date, additions: OfficeDays = NO_DAYS) -> date:
        """The day of it, counted from the day ``anchor``; working days skip those off in ``additions``.

        Raises:
            TextError: when the calendar does not reach so far.
        """
        match self.unit:
            case DayUnit.MONTH:
                return months_before(anchor, -self.count)
            case DayUnit.WEEK:
                return anchor + timedelta(weeks=self.count)
            case DayUnit.WORKING_DAY:
                return _working_days_from(anchor, self.count, additions)
            case DayUnit.HOUR:
                return (datetime.combine(anchor, time.min) + timedelta(hours=self.count)).date()
            case DayUnit.DAY:
                return anchor + timedelta(days=self.count)

    def __str__(self) -> str:
        if not self.count:
            return self.anchor
        return f"{self.anchor} {'+' if self.count > 0 else '-'} {abs(self.count)} {self.unit}"


def _working_days_from(day: date, count: int, additions: OfficeDays) -> date:
    step = working_day_after if count > 0 else working_day_before
    for _ in range(abs(count)):
        day = step(day, additions) or day
    return day
