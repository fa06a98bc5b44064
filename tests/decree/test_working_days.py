"""The calendar of working days: what was announced, what is only expected, and what an office adds."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from congvan.decree.working_days import (
    Cause,
    OfficeDays,
    day_off,
    known_years,
    working_day_after,
    working_day_before,
    working_days_between,
)

SATURDAY = 5

# Every weekday off and every Saturday worked, as the notices of each year were reported, day and month.
OFFICIAL = {
    2024: ("1/1 8/2 9/2 12/2 13/2 14/2 18/4 29/4 30/4 1/5 2/9 3/9", "4/5"),
    2025: ("1/1 27/1 28/1 29/1 30/1 31/1 7/4 30/4 1/5 2/5 1/9 2/9", "26/4"),
    2026: ("1/1 2/1 16/2 17/2 18/2 19/2 20/2 27/4 30/4 1/5 31/8 1/9 2/9 24/11", "10/1 22/8"),
}

near_days = st.dates(date(2019, 6, 1), date(2031, 6, 30))
some_days = st.frozensets(near_days, max_size=30)
office_days = st.builds(OfficeDays, some_days, some_days)


def in_year(year, texts):
    parts = (text.split("/") for text in texts.split())
    return [date(year, int(month), int(day)) for day, month in parts]


def days_of(year):
    first = date(year, 1, 1)
    return [first + timedelta(days=count) for count in range((date(year + 1, 1, 1) - first).days)]


@pytest.mark.parametrize("year", OFFICIAL)
def test_the_weekdays_off_are_those_that_were_announced(year):
    off, _ = OFFICIAL[year]

    assert [day for day in days_of(year) if day.weekday() < SATURDAY and day_off(day)] == in_year(year, off)


@pytest.mark.parametrize("year", OFFICIAL)
def test_the_saturdays_worked_are_those_that_were_announced(year):
    _, worked = OFFICIAL[year]

    assert [day for day in days_of(year) if day.weekday() >= SATURDAY and not day_off(day)] == in_year(year, worked)


@pytest.mark.parametrize(
    ("day", "cause", "name"),
    [
        (date(2026, 4, 26), Cause.HOLIDAY, "Giỗ Tổ Hùng Vương"),
        (date(2026, 4, 27), Cause.IN_LIEU, "Giỗ Tổ Hùng Vương"),
        (date(2026, 1, 2), Cause.EXCHANGE, "Tết Dương lịch"),
        (date(2026, 4, 25), Cause.WEEKEND, "thứ Bảy"),
        (date(2026, 4, 12), Cause.WEEKEND, "Chủ nhật"),
        (date(2026, 11, 24), Cause.HOLIDAY, "Ngày Văn hóa Việt Nam 24/11"),
    ],
)
def test_a_day_off_tells_why(day, cause, name):
    found = day_off(day)

    assert (found.cause, found.ten) == (cause, name)


def test_a_day_off_in_exchange_names_the_saturday_that_is_worked():
    assert day_off(date(2026, 8, 31)).lam_bu == date(2026, 8, 22)


def test_national_day_was_one_day_before_the_labour_code_of_2019():
    assert [day for day in days_of(2020) if day.month == 9 and day.weekday() < SATURDAY and day_off(day)] == [
        date(2020, 9, 2)
    ]


@pytest.mark.parametrize(("day", "is_estimated"), [
    (date(2026, 2, 17), False),
    (date(2027, 2, 8), True),
    (date(2027, 9, 2), False),
    (date(2027, 9, 3), True),
    (date(2030, 2, 4), True),
    (date(2030, 4, 30), False),
])  # fmt: skip
def test_what_nobody_has_announced_is_estimated_and_what_the_law_fixes_is_not(day, is_estimated):
    assert day_off(day).is_estimated is is_estimated


def test_tet_of_2030_is_that_of_the_vietnamese_calendar():
    # The new moon is at 23:07 in Vietnam on 2 February, and after midnight in China.
    tet = [day for day in days_of(2030) if (found := day_off(day)) and found.ten == "Tết Nguyên đán"]

    assert date(2030, 2, 2) in tet
    assert (tet[0], tet[-1]) == (date(2030, 1, 31), date(2030, 2, 6))


def test_every_year_of_the_calendar_has_its_five_days_of_tet_and_its_fixed_days():
    for year in known_years():
        tet = [
            day
            for day in days_of(year)
            if day.weekday() < SATURDAY and (found := day_off(day)) and "Tết N" in found.ten
        ]
        assert len(tet) == 5, year
        for day in (date(year, 1, 1), date(year, 4, 30), date(year, 5, 1), date(year, 9, 2)):
            assert day_off(day).cause is not Cause.WEEKEND, day


@pytest.mark.parametrize("year", range(2020, 2031))
def test_a_saturday_is_worked_only_where_another_day_is_given_for_it(year):
    worked = [day for day in days_of(year) if day.weekday() >= SATURDAY and not day_off(day)]
    given_for = [found.lam_bu for day in days_of(year) if (found := day_off(day)) and found.lam_bu]

    assert sorted(given_for) == worked


def test_outside_the_known_years_only_the_week_counts():
    assert day_off(date(2031, 1, 1)) is None
    assert day_off(date(2031, 1, 4)).cause is Cause.WEEKEND


@given(near_days, office_days)
def test_a_working_day_is_never_a_day_off(day, additions):
    for found in (working_day_before(day, additions), working_day_after(day, additions)):
        assert day_off(found, additions) is None


@given(near_days, office_days)
def test_the_nearest_working_days_stand_on_both_sides_with_none_between(day, additions):
    before, after = working_day_before(day, additions), working_day_after(day, additions)
    between = set(working_days_between(before, after, additions))

    assert before < day < after
    assert between - {day} == {before, after}
    assert (day in between) == (day_off(day, additions) is None)


@given(near_days, office_days)
def test_what_an_office_adds_wins_over_the_calendar(day, additions):
    found = day_off(day, additions)

    if day in additions.ngay_nghi:
        assert found.cause is Cause.OFFICE
    elif day in additions.ngay_lam_bu:
        assert found is None
    else:
        assert found == day_off(day)


@given(near_days, near_days, office_days)
def test_working_days_between_two_days_are_counted_with_both(first, last, additions):
    assume(first <= last)
    days = working_days_between(first, last, additions)

    assert list(days) == sorted(days)
    assert (first in days, last in days) == (not day_off(first, additions), not day_off(last, additions))


def test_the_ends_of_the_calendar_are_no_error():
    assert working_day_before(date.min) is None
    assert working_day_after(date.max) is None
