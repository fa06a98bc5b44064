"""A request for a number is sound by itself, whatever the register holds."""

import unicodedata
from datetime import UTC, date, datetime

import pytest

from congvan.errors import RegisterError
from congvan.letter import NumberRequest, Series


def request(**parts):
    sound = {"khoa": "x/tinh/1", "don_vi": "pcth", "nam": 2021, "ngay": None, "ky_hieu": "PC", "loai": "cong-van"}
    return NumberRequest(**{**sound, "trich_yeu": "phối hợp", **parts})


@pytest.mark.parametrize(
    ("parts", "code"),
    [
        ({"khoa": " "}, "register-part-empty"),
        ({"don_vi": ""}, "register-part-empty"),
        ({"trich_yeu": "a\0b"}, "register-part-unstorable"),
        ({"ghi_chu": "\ud800"}, "register-part-unstorable"),
        ({"bat_dau": 0}, "register-start-impossible"),
        ({"so_ban": -1}, "register-copies-impossible"),
    ],
)
def test_an_impossible_request_is_refused(parts, code):
    with pytest.raises(RegisterError) as error:
        request(**parts)

    assert [one.code for one in error.value.report] == [code]


def test_one_letter_typed_in_two_ways_has_one_key():
    assert request(khoa=unicodedata.normalize("NFD", "đợt/hoà")).khoa == "đợt/hoà"


def test_a_date_with_an_hour_is_a_day():
    assert request(ngay=datetime(2021, 4, 5, 8, tzinfo=UTC)).ngay == date(2021, 4, 5)


def test_its_series_is_that_of_body_year_and_split():
    assert request(chuoi="mat").series == Series("pcth", 2021, "mat")


def test_the_book_shows_what_the_request_has_and_never_loses_what_it_leaves_blank():
    assert request(so_ban=0).book_parts == {
        "ngay": None,
        "ky_hieu": "PC",
        "loai": "cong-van",
        "trich_yeu": "phối hợp",
        "so_ban": 0,
    }
