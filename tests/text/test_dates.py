import unicodedata
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from congvan.text import (
    BLANK,
    TextError,
    long_date,
    long_date_of,
    month_text,
    months_before,
    parse_date,
    short_date,
    short_date_of,
)

quick = settings(deadline=None)
days = st.dates(date(1945, 9, 2), date(2999, 12, 31))


@dataclass(frozen=True)
class OpenDate:
    nam: int
    thang: int | None = None
    ngay: int | None = None


@pytest.mark.parametrize(
    ("day", "written"),
    [
        ((2021, 3, 5), "ngày 05 tháng 3 năm 2021"),
        ((2021, 1, 2), "ngày 02 tháng 01 năm 2021"),
        ((2021, 2, 15), "ngày 15 tháng 02 năm 2021"),
        ((2020, 6, 29), "ngày 29 tháng 6 năm 2020"),
        ((2021, 10, 9), "ngày 09 tháng 10 năm 2021"),
        ((2021, 12, 31), "ngày 31 tháng 12 năm 2021"),
    ],
)
def test_a_day_below_ten_and_the_first_two_months_have_a_zero(day, written):
    assert long_date(*day) == written


@pytest.mark.parametrize(
    ("day", "written"), [((2021, 3, 5), "05/3/2021"), ((2021, 1, 2), "02/01/2021"), ((2021, 11, 15), "15/11/2021")]
)
def test_a_short_date_follows_the_same_rule(day, written):
    assert short_date(*day) == written


def test_a_missing_day_or_month_leaves_room_to_write():
    assert long_date(2021, 3) == f"ngày {BLANK} tháng 3 năm 2021"
    assert long_date(2021) == f"ngày {BLANK} tháng {BLANK} năm 2021"
    assert short_date(2021, 3) == f"{BLANK}/3/2021"
    assert short_date(2021) == f"{BLANK}/{BLANK}/2021"


def test_the_room_is_no_break_spaces_and_folds_to_one_space():
    assert set(BLANK) == {"\u00a0"}
    assert " ".join(long_date(2021, 3).split()) == "ngày tháng 3 năm 2021"
    assert " ".join(long_date(2021).split()) == "ngày tháng năm 2021"


def test_a_month_alone_has_a_zero_only_in_january_and_february():
    assert month_text(2021, 9) == "tháng 9 năm 2021"
    assert month_text(2021, 1) == "tháng 01 năm 2021"


@pytest.mark.parametrize(
    ("value", "long", "short"),
    [
        (date(2021, 3, 5), "ngày 05 tháng 3 năm 2021", "05/3/2021"),
        (datetime(2021, 3, 5, 8, 30), "ngày 05 tháng 3 năm 2021", "05/3/2021"),  # noqa: DTZ001  # a sheet has no zone
        ("2021-03-05", "ngày 05 tháng 3 năm 2021", "05/3/2021"),
        ("5/3/2021", "ngày 05 tháng 3 năm 2021", "05/3/2021"),
        ("2021-03", f"ngày {BLANK} tháng 3 năm 2021", f"{BLANK}/3/2021"),
        ("2021", f"ngày {BLANK} tháng {BLANK} năm 2021", f"{BLANK}/{BLANK}/2021"),
        (OpenDate(2021, 3, 5), "ngày 05 tháng 3 năm 2021", "05/3/2021"),
        (OpenDate(2021, 3), f"ngày {BLANK} tháng 3 năm 2021", f"{BLANK}/3/2021"),
    ],
)
def test_a_field_may_hold_a_date_in_any_usual_form(value, long, short):
    assert (long_date_of(value), short_date_of(value)) == (long, short)


@pytest.mark.parametrize("value", [None, 2021, 44260.0, ["2021-03-05"], "", "hôm qua"])
def test_a_field_that_holds_no_date_is_refused(value):
    with pytest.raises(TextError, match="text-not-a-date"):
        long_date_of(value)


@pytest.mark.parametrize(
    "text",
    [
        "ngày 5 tháng 03 năm 2021",
        "ngày 05 tháng 3 năm 2021",
        "Ngày 05 tháng 03 năm 2021",
        "NGÀY 5 THÁNG 3 NĂM 2021",
        unicodedata.normalize("NFD", "ngày 5 tháng 3 năm 2021"),
        "ngày\u00a005\u00a0tháng\u00a03\u00a0năm\u00a02021",
        " ngày  05 tháng 3\nnăm 2021 ",
        "5 tháng 3, 2021",
        "ngày 5 tháng 3/2021",
        "05/3/2021",
        "5/03/2021",
        "ngày 05/3/2021",
        "5-3-2021",
        "05 - 3 - 2021",
        "5.3.2021",
        "2021-03-05",
        "2021-3-5",
        "2021/03/05",
        "2021-03-05 00:00:00",
        "2021-03-05T00:00",
    ],
)
def test_letters_and_spreadsheets_write_the_fifth_of_march_in_many_ways(text):
    assert parse_date(text) == date(2021, 3, 5)


def test_the_day_stands_before_the_month():
    assert parse_date("15.3.2021") == date(2021, 3, 15)
    assert parse_date("10/11/2021") == date(2021, 11, 10)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "5/3/21",
        "5/3-2021",
        "05/3",
        "tháng 3 năm 2021",
        "Thanh Hóa, ngày 5 tháng 3 năm 2021",
        "44260",
        "2021-03-05 08:30",
    ],
)
def test_what_does_not_name_one_whole_day_is_refused(text):
    with pytest.raises(TextError, match="text-not-a-date"):
        parse_date(text)


@pytest.mark.parametrize("text", ["31/2/2021", "3/15/2021", "ngày 0 tháng 3 năm 2021", "29/02/2021", "1/1/0000"])
def test_a_day_the_calendar_does_not_have_is_refused(text):
    with pytest.raises(TextError, match="text-date-impossible"):
        parse_date(text)


@pytest.mark.parametrize(
    "write",
    [
        lambda: long_date(2021, 2, 30),
        lambda: short_date(2021, 13, 1),
        lambda: month_text(2021, 0),
        lambda: long_date_of("2021-13"),
        lambda: long_date_of(OpenDate(2021, 4, 31)),
        lambda: long_date(10**10, 1, 1),
    ],
)
def test_an_impossible_day_is_never_written(write):
    with pytest.raises(TextError, match="text-date-impossible"):
        write()


@pytest.mark.parametrize(
    ("day", "months", "earlier"),
    [
        (date(2021, 9, 1), 5, date(2021, 4, 1)),
        (date(2021, 3, 31), 1, date(2021, 2, 28)),
        (date(2024, 3, 31), 1, date(2024, 2, 29)),
        (date(2021, 1, 15), 1, date(2020, 12, 15)),
        (date(2021, 1, 15), 13, date(2019, 12, 15)),
        (date(2021, 5, 31), 0, date(2021, 5, 31)),
        (date(2021, 1, 31), -1, date(2021, 2, 28)),
    ],
)
def test_months_are_counted_back_by_the_calendar(day, months, earlier):
    assert months_before(day, months) == earlier


def test_months_before_the_calendar_begins_are_refused():
    with pytest.raises(TextError, match="text-date-impossible"):
        months_before(date(1, 1, 31), 1)


@given(days)
@quick
def test_every_written_date_reads_back(day):
    parts = (day.year, day.month, day.day)
    assert parse_date(long_date(*parts)) == parse_date(short_date(*parts)) == parse_date(day.isoformat()) == day
    assert parse_date(f"{day.day}/{day.month}/{day.year}") == parse_date(day.strftime("%d-%m-%Y")) == day


@given(days, st.integers(0, 500))
@quick
def test_counting_back_reaches_the_month_wanted_and_never_a_later_day(day, months):
    earlier = months_before(day, months)
    assert (day.year - earlier.year) * 12 + day.month - earlier.month == months
    assert earlier.day <= day.day
    assert earlier.day == day.day or (earlier.replace(day=28) < earlier or earlier.day == 28)


@given(st.text())
@quick
def test_any_text_is_a_date_or_is_refused(text):
    with suppress(TextError):
        assert isinstance(parse_date(text), date)
