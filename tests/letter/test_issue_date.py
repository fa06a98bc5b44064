from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from congvan.letter import IssueDate


@pytest.mark.parametrize(
    ("given_value", "parts"),
    [
        (date(2021, 4, 5), (2021, 4, 5)),
        ("2021-04-05", (2021, 4, 5)),
        ("2021-4-5", (2021, 4, 5)),
        ("2021-03", (2021, 3, None)),
        ((2021, 3), (2021, 3, None)),
        (2021, (2021, None, None)),
        ("2021", (2021, None, None)),
        ("05/4/2021", (2021, 4, 5)),
        ("21.6.2021", (2021, 6, 21)),
        ("21-6-2021", (2021, 6, 21)),
        ("6/2021", (2021, 6, None)),
    ],
)
def test_a_date_is_read_with_the_blanks_it_has(given_value, parts):
    issued = IssueDate.of(given_value)

    assert (issued.nam, issued.thang, issued.ngay) == parts


@pytest.mark.parametrize(
    "wrong",
    ["2021-13", "2021-02-30", "31/6/2021", "6/21/2021", "13/2021", "5/4/21", "", None, True, 3.5, (2021, None, 5), 12],
)
def test_anything_else_is_refused(wrong):
    with pytest.raises(ValueError, match=r".+"):
        IssueDate.of(wrong)


def test_the_long_form_follows_the_decree():
    assert IssueDate(2021, 3, 5).dai == "ngày 05 tháng 3 năm 2021"
    assert IssueDate(2021, 2, 15).dai == "ngày 15 tháng 02 năm 2021"


def test_a_blank_day_leaves_room_to_write():
    words = IssueDate(2021, 3).dai.split()

    assert words == ["ngày", "tháng", "3", "năm", "2021"]
    assert len(IssueDate(2021, 3).dai) > len("ngày tháng 3 năm 2021") + 3


def test_a_blank_date_knows_no_day_but_its_earliest():
    assert IssueDate(2021, 3).day is None
    assert IssueDate(2021, 3).earliest == date(2021, 3, 1)


@given(st.dates(min_value=date(1945, 9, 2)))
def test_a_full_date_is_read_back_from_its_own_text(day):
    assert IssueDate.of(str(IssueDate.of(day))).day == day
