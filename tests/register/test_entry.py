from datetime import date, datetime
from unicodedata import normalize

import pytest

from congvan.errors import RegisterError
from congvan.register import Series


def test_a_series_is_named_by_body_and_year_and_by_its_split_if_it_has_one():
    assert str(Series("pcth", 2021)) == "pcth/2021"
    assert str(Series("pcth", 2021, "mat")) == "pcth/2021/mat"


def test_a_letter_typed_in_two_unicode_forms_is_one_letter(letter):
    composed = "đợt/thôn/Hà Nọi"
    decomposed = normalize("NFD", composed)
    assert composed != decomposed
    assert letter(composed) == letter(decomposed)


def test_a_moment_given_as_the_date_counts_as_its_day(letter):
    assert letter("a", ngay=datetime(2021, 4, 5, 17, 0)).ngay == date(2021, 4, 5)  # noqa: DTZ001  # a date has no zone


def test_everything_wrong_with_a_request_is_said_at_once(letter):
    with pytest.raises(RegisterError) as caught:
        letter(" ", don_vi="", trich_yeu="hỏng\0", bat_dau=0)
    codes = [found.code for found in caught.value.args[0]]
    assert codes == [
        "register-part-empty",
        "register-part-empty",
        "register-part-unstorable",
        "register-start-impossible",
    ]


@pytest.mark.parametrize("start", [-1, 0, 1_000_000_000])
def test_a_series_starts_at_a_number_a_letter_can_have(letter, refused, start):
    assert refused(letter, "a", bat_dau=start) == ["register-start-impossible"]


def test_half_a_character_is_refused_before_it_meets_a_database(letter, refused):
    assert refused(letter, "a", trich_yeu="\ud800") == ["register-part-unstorable"]
