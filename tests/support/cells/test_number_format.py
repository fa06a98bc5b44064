from datetime import date, datetime, time, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from congvan.support.cells.number_format import shown, vietnamese_marks

SEVEN_THIRTY = datetime.combine(date(2021, 3, 5), time(7, 30))


@pytest.mark.parametrize(
    ("value", "code", "text"),
    [
        (38012345678.0, "000000000000", "038012345678"),
        (1234.0, "00000", "01234"),
        (912345678.0, "0000 000 000", "0912 345 678"),
        (912345678.0, r"0000\.000\.000", "0912.345.678"),
        (0.155, "0.0%", "15,5%"),
        (0.125, "0%", "13%"),
        (1234567.0, "#,##0", "1.234.567"),
        (1234567.891, "_-* #,##0.00_-", "1.234.567,89"),
        (1234567.0, '#,##0 "đồng"', "1.234.567 đồng"),
        (1234567.0, "#,##0 [$₫-42A]", "1.234.567 ₫"),
        (1500000.0, '0.0,,"M"', "1,5M"),
        (-5.5, "#,##0.00;(#,##0.00)", "(5,50)"),
        (-5.5, "0.0", "-5,5"),
        (-0.01, "0", "0"),
        (0.0, '#,##0;-#,##0;"-"', "-"),
        (1234.5, "#,##0.##", "1.234,5"),
        (3.0, '0" hộ"', "3 hộ"),
        (3.0, '[Red]0" hộ"', "3 hộ"),
        ("An", '"Ông "@', "Ông An"),
        (date(2021, 9, 1), "mm/yyyy", "09/2021"),
        (date(2021, 9, 1), "mmm-yy", "09/2021"),
        (date(2021, 9, 3), "d-mmm", "03/09"),
        (date(2021, 9, 3), '"tháng "m" năm "yyyy', "tháng 9 năm 2021"),
        (time(7, 30), "hh:mm", "07:30"),
        (time(7, 30, 5), "h:mm:ss", "7:30:05"),
        (time(19, 5), "h:mm AM/PM", "7:05 CH"),
        (timedelta(hours=30), "[h]:mm", "30:00"),
        (timedelta(minutes=90), "[mm]:ss", "90:00"),
    ],
)
def test_a_cell_shows_its_value_under_its_format(value, code, text):
    assert shown(value, code) == text


@pytest.mark.parametrize(
    ("value", "code"),
    [
        (5.0, "General"),
        (5.0, "@"),
        (True, "0"),
        (0.5, "# ?/?"),
        (912345678.0, "0.00E+00"),
        (912345678.0, "[<=9999999]###-####;(###) ###-####"),
        (5.0, ";;;"),  # hidden, but not lost
        (1e300, "0.00"),
        (date(2021, 3, 5), "dd/mm/yyyy"),  # letters write a full date in their own way
        (SEVEN_THIRTY, "dd/mm/yyyy hh:mm"),
        (date(2021, 3, 5), "dddd"),
        ("Lê Văn Thử", "0"),
        (None, "0"),
    ],
)
def test_a_value_stays_where_the_format_says_nothing_or_something_that_is_not_read(value, code):
    assert shown(value, code) == value


def test_a_date_without_its_hour_in_the_format_has_none():
    assert shown(SEVEN_THIRTY, "dd/mm/yyyy") == date(2021, 3, 5)


@given(st.integers(0, 10**15), st.integers(1, 15))
def test_zeros_fill_a_number_up_to_their_width(number, width):
    assert shown(float(number), "0" * width) == str(number).zfill(width)


@given(st.integers(-(10**12), 10**12))
def test_thousands_are_grouped_by_threes(number):
    text = shown(float(number), "#,##0")

    assert text == f"{number:,}".replace(",", ".")


@given(st.decimals(-(10**6), 10**6, places=2))
def test_two_decimals_are_those_of_the_number(number):
    text = shown(float(number), "0.00")

    assert Decimal(text.replace(",", ".")) == number


@given(st.text('0#?.,%;"\\-_*[]ymdhsE+/@ AMP ₫đ', max_size=20), st.floats(allow_nan=False, allow_infinity=False))
def test_no_format_fails(code, number):
    assert shown(number, code) is not None


@pytest.mark.parametrize(
    ("text", "value", "read"),
    [
        ("1,234.5", "1234.5", "1.234,5"),
        ("1.234,5", "1234.5", "1.234,5"),
        ("1,234", "1234", "1.234"),
        ("1.234", "1234", "1.234"),
        ("15.5%", "0.155", "15,5%"),
        ("15,5%", "0.155", "15,5%"),
        ("038012345678", "38012345678", "038012345678"),
        ("1,234 đồng", "1234", "1.234 đồng"),
        ("#N/A", "0", "#N/A"),
        ("12", "abc", "12"),
    ],
)
def test_a_number_shown_by_an_english_program_gets_vietnamese_marks(text, value, read):
    assert vietnamese_marks(text, value) == read
