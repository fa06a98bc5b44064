"""The timetable as a calendar file (iCalendar, RFC 5545), for Outlook, Google Calendar and the like."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from congvan.campaign import Campaign
from congvan.campaign.regulation.timetable import TimetableRow
from congvan.office.calendar.extra import require_extra

_DAY = timedelta(days=1)


def calendar_file(rows: Sequence[TimetableRow], campaign: Campaign) -> bytes:
    """The works of ``campaign`` as events of whole days, and each last day as one of its own.

    The same timetable gives the same bytes: an event is known by campaign and work, and is stamped with its own day.

    Raises:
        ReportError: when the library for calendar files is not installed.
    """
    require_extra("icalendar")
    from icalendar import Calendar

    calendar = Calendar()
    calendar.add("prodid", "-//congvan//VN")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", campaign.ten)
    for row in rows:
        if row.tu and row.den:
            of_rules = ", ".join(row.rules)
            calendar.add_component(_event(campaign, row.work.name, row.ten, row.tu, row.den, of_rules))
        if row.limit:
            title = f"Hạn: {row.ten}"
            calendar.add_component(_event(campaign, f"han-{row.work.name}", title, row.limit, row.limit, ""))
    if campaign.first_day:
        calendar.add_component(_event(campaign, "T", campaign.ten, campaign.first_day, campaign.first_day, ""))
    return bytes(calendar.to_ical())


def _event(campaign: Campaign, ma: str, title: str, first: date, last: date, rules: str) -> Any:
    from icalendar import Event

    event = Event()
    event.add("uid", f"{campaign.ma}.{ma}@congvan")
    event.add("dtstamp", datetime.combine(first, time.min, UTC))
    event.add("dtstart", first)
    event.add("dtend", last + _DAY)  # the day after the last (RFC 5545, 3.6.1)
    event.add("summary", title)
    if rules:
        event.add("description", f"Quy tắc: {rules}")
    return event
