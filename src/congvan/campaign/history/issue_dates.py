"""Letters that cannot be issued yet: dated on a day that has not come."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date

from congvan.campaign.planning.plan import PlannedLetter
from congvan.decree.working_days import NO_DAYS, OfficeDays, day_off, working_day_before
from congvan.findings import Finding, Place, finding
from congvan.letter import IssueDate


def issue_date_findings(
    letters: Iterable[PlannedLetter], today: date, additions: OfficeDays = NO_DAYS
) -> Iterator[Finding]:
    """Letters and copies dated after ``today``, one finding for each date of a tier, with the nearest right day.

    A date with blanks is one only where no day it can become has come.
    """
    future: Counter[tuple[str, IssueDate, Place]] = Counter()
    for item in letters:
        ngay = item.document.ngay
        if ngay.earliest > today:
            future[item.cap, ngay, item.tier.place_of("ban_sao" if item.letter.ban_sao else "ngay")] += 1
    for (cap, ngay, place), count in future.items():
        values = {"cap": cap, "ngay": ngay.ngan, "hom_nay": IssueDate.of(today).ngan, "count": count}
        yield finding("campaign-date-in-future", place, **values, gan_nhat=_nearest_right(today, additions))


def _nearest_right(today: date, additions: OfficeDays) -> str:
    """Today, or the last working day before it."""
    day = working_day_before(today, additions) if day_off(today, additions) else today
    return IssueDate.of(day or today).ngan
