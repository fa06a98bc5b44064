import pytest
from hypothesis import given
from hypothesis import strategies as st

from congvan.recipients.phone import read_phone


@pytest.mark.parametrize(
    "text",
    [
        "0912345678",
        "0912 345 678",
        "0912.345.678",
        "(0237) 3852 999",
        "+84 912 345 678",
        "0912345678; 0987654321",
        "0912345678 - 0987654321",
        "0912345678/0987654321",
        "19001006",
    ],
)
def test_a_telephone_number_stays_as_it_is_written(text):
    assert read_phone(text) == (text, None)


@pytest.mark.parametrize(("text", "read"), [("912345678", "0912345678"), ("2373852999", "02373852999")])
def test_a_lost_zero_is_given_back_and_said(text, read):
    found, odd = read_phone(text)

    assert found == read
    assert odd is not None
    assert odd.code == "recipients-zero-restored"
    assert odd.values == {"value": text, "read": read}


@pytest.mark.parametrize("text", ["123", "12345678", "không có", "01681234567", "0912345678x", "84912"])
def test_what_is_no_telephone_number_is_kept_with_a_warning(text):
    found, odd = read_phone(text)

    assert found == text
    assert odd is not None
    assert odd.code == "recipients-phone-unclear"


@given(st.from_regex(r"0[35789][0-9]{8}", fullmatch=True))
def test_a_mobile_number_survives_a_spreadsheet(number):
    assert read_phone(str(int(number)))[0] == number
