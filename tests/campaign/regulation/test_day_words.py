"""Days as rules write them, counted from T or from a column."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from congvan.campaign.regulation.day_words import DayUnit, DayWords
from congvan.decree.working_days import OfficeDays

SEPTEMBER = date(2021, 9, 1)


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("T", date(2021, 9, 1)),
        ("T - 1 tháng", date(2021, 8, 1)),
        ("T − 2 tháng", date(2021, 7, 1)),
        ("T - 14 ngày", date(2021, 8, 18)),
        ("T-2 tuần", date(2021, 8, 18)),
        ("T + 3 ngày", date(2021, 9, 4)),
        ("T - 1 ngày làm việc", date(2021, 8, 31)),
        ("T - 3 ngày làm việc", date(2021, 8, 27)),  # 28 and 29 August are a weekend
    ],
)
def test_a_day_is_counted_from_t(words, day):
    assert DayWords.read(words).day(SEPTEMBER) == day


def test_a_month_before_the_31st_of_march_is_the_last_of_february():
    assert DayWords.read("ngay_cat - 1 tháng").day(date(2021, 3, 31)) == date(2021, 2, 28)


def test_working_days_skip_the_offices_own_days_off():
    words = DayWords.read("T - 1 ngày làm việc")

    assert words.day(SEPTEMBER, OfficeDays(frozenset({date(2021, 8, 31)}))) == date(2021, 8, 30)


def test_hours_count_from_the_hour_and_days_end_with_the_day():
    fault = datetime.fromisoformat("2026-07-14T09:30")

    assert DayWords.read("xay_ra + 24 giờ").moment(fault) == datetime.fromisoformat("2026-07-15T09:30")
    assert DayWords.read("xay_ra + 1 ngày").moment(fault).hour == 23


def test_only_t_is_the_same_day_for_everybody():
    assert DayWords.read("T - 1 tháng").is_of_campaign
    assert not DayWords.read("ngay_cat - 1 tuần").is_of_campaign


@pytest.mark.parametrize(
    "words", ["", "T -", "T - một tháng", "T - 1 năm", "một tháng", "T - 1.5 ngày", "Ngày - 1 ngày"]
)
def test_other_words_are_refused(words):
    with pytest.raises(ValueError, match="not a day"):
        DayWords.read(words)


@given(st.integers(-400, 400), st.sampled_from(DayUnit))
def test_what_is_written_out_reads_as_the_same_day(count, unit):
    words = DayWords("T", count, unit if count else DayUnit.DAY)

    assert DayWords.read(str(words)) == words
