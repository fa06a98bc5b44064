"""What can be said for certain of dates whose day or month may still be blank."""

from __future__ import annotations

import calendar
from datetime import date

from congvan.letter import IssueDate


def latest(issued: IssueDate) -> date:
    """The last day the date can still become."""
    month = issued.thang or 12
    return date(issued.nam, month, issued.ngay or calendar.monthrange(issued.nam, month)[1])


def surely_before(first: IssueDate, second: IssueDate) -> bool:
    """True when ``first`` is earlier than ``second`` however their blanks are filled in."""
    return latest(first) < second.earliest
