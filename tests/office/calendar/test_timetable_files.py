"""The timetable as a calendar file and as a chart."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from congvan.campaign import load_campaign
from congvan.campaign.regulation.timetable import timetable
from congvan.errors import ReportError
from congvan.office.calendar import extra
from congvan.office.calendar.calendar_file import calendar_file
from congvan.office.calendar.gantt_chart import gantt_chart

ROOT = Path(__file__).parents[3]


@pytest.fixture(scope="module")
def campaign():
    return load_campaign(ROOT / "examples" / "tron-dot" / "campaign.yaml")


@pytest.fixture(scope="module")
def rows(campaign):
    return timetable(campaign)


def test_works_stand_in_the_order_of_their_days_with_limits_and_days_to_spare(rows):
    days = [row.tu for row in rows]

    assert days == sorted(days)
    broadcasts = next(row for row in rows if row.work.name == "phat_thanh")
    assert (broadcasts.tu, broadcasts.den) == (date(2021, 7, 12), date(2021, 7, 21))
    assert (broadcasts.limit, broadcasts.spare, broadcasts.rules) == (date(2021, 8, 1), 11, ("M3",))
    assert (broadcasts.left(date(2021, 7, 1)), broadcasts.left(date(2021, 7, 13))) == (11, -1)


def test_the_calendar_has_every_work_and_every_limit_and_reads_back(campaign, rows):
    from icalendar import Calendar

    events = {str(event["uid"]): event for event in Calendar.from_ical(calendar_file(rows, campaign)).walk("VEVENT")}

    broadcasts = events["tron-dot-2021.phat_thanh@congvan"]
    assert str(broadcasts["summary"]) == "thông báo trên đài truyền thanh"
    assert (broadcasts["dtstart"].dt, broadcasts["dtend"].dt) == (date(2021, 7, 12), date(2021, 7, 22))
    assert events["tron-dot-2021.han-phat_thanh@congvan"]["dtstart"].dt == date(2021, 8, 1)
    assert events["tron-dot-2021.T@congvan"]["dtstart"].dt == date(2021, 9, 1)
    assert {f"tron-dot-2021.{row.work.name}@congvan" for row in rows} <= events.keys()


def test_the_chart_names_every_work(campaign, rows):
    svg = gantt_chart(rows, campaign, "svg")
    words = " ".join(ET.fromstring(svg).itertext())  # written a moment ago

    assert [row.ten for row in rows if row.ten not in words] == []
    assert gantt_chart(rows, campaign, "png").startswith(b"\x89PNG")


def test_the_same_timetable_gives_the_same_bytes(campaign, rows):
    assert calendar_file(rows, campaign) == calendar_file(rows, campaign)
    assert gantt_chart(rows, campaign, "svg") == gantt_chart(rows, campaign, "svg")


def test_without_the_extra_the_command_that_installs_it_is_said(campaign, rows, monkeypatch):
    monkeypatch.setattr(extra, "find_spec", lambda _: None)

    with pytest.raises(ReportError, match=r"congvan\[calendar\]"):
        calendar_file(rows, campaign)
