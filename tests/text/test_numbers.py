from contextlib import suppress
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from congvan.text import TextError, format_number, format_percent, number_of, parse_number

quick = settings(deadline=None)
decimals = st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**40), max_value=10**40)


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (0, "0"),
        (999, "999"),
        (1234567.891, "1.234.567,891"),
        (1_500_000, "1.500.000"),
        (-1_500, "-1.500"),
        (Decimal("1.23456789"), "1,23456789"),
        (Decimal("1.50"), "1,5"),
        (1500.0, "1.500"),
        (0.1, "0,1"),
        (Decimal("-0.0"), "0"),
        (10**40 + 1, "10." + "000." * 12 + "001"),
        ("1234,5", "1.234,5"),
        ("1.234,5", "1.234,5"),
        ("1234.5", "1.234,5"),
    ],
)
def test_a_number_groups_thousands_with_dots_and_has_a_decimal_comma(value, written):
    assert format_number(value) == written


@pytest.mark.parametrize(
    ("value", "places", "written"),
    [
        (5, 2, "5,00"),
        (1.005, 2, "1,01"),
        (2.5, 0, "3"),
        (-2.5, 0, "-3"),
        (0.4, 0, "0"),
        (-0.001, 2, "0,00"),
        (1234.5, 1, "1.234,5"),
        (10**40, 1, "10." + "000." * 11 + "000.000,0"),
    ],
)
def test_rounding_is_only_on_request_and_half_up(value, places, written):
    assert format_number(value, places) == written


@pytest.mark.parametrize(
    ("value", "written"),
    [(0.8205, "82,05%"), (1, "100%"), (0, "0%"), (-0.05, "-5%"), (Decimal("0.123456"), "12,3456%"), (12.5, "1.250%")],
)
def test_a_share_of_one_is_written_as_a_percentage(value, written):
    assert format_percent(value) == written


def test_a_percentage_may_be_rounded():
    assert format_percent(Decimal(1) / 3, 1) == "33,3%"
    assert format_percent(Decimal("0.82"), 2) == "82,00%"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1.234.567,89", "1234567.89"),
        ("1234567,89", "1234567.89"),
        ("1.500", "1500"),
        ("1,500", "1.500"),
        ("-5", "-5"),
        ("+1.500", "1500"),
        (" 12\u00a0", "12"),
        ("007", "7"),
        ("0,05", "0.05"),
        ("10." + "000." * 12 + "001", str(10**40 + 1)),
    ],
)
def test_a_vietnamese_text_is_read_to_its_exact_value(text, value):
    assert parse_number(text) == Decimal(value)


@pytest.mark.parametrize(
    "text",
    ["", "1.05", "1.5", "1.50.000", "1500.000", "0.125", "1,500,000", "1.000,5,5", "5,", ",5", "1 500", "--5", "NaN"],
)
def test_a_text_with_misplaced_marks_is_refused_not_guessed(text):
    with pytest.raises(TextError, match="text-not-a-number"):
        parse_number(text)


def test_a_plain_decimal_point_is_understood_where_no_vietnamese_reading_exists():
    assert [number_of(text) for text in ("1.05", "0.125", "1500.25")] == [
        Decimal("1.05"),
        Decimal("0.125"),
        Decimal("1500.25"),
    ]
    assert number_of("1.125") == 1125


@given(decimals)
@quick
def test_what_is_written_reads_back_the_same(number):
    assert parse_number(format_number(number)) == number


@given(decimals)
@quick
def test_a_percentage_reads_back_as_a_hundred_times_the_share(number):
    sign, digits, exponent = number.as_tuple()
    assert parse_number(format_percent(number).removesuffix("%")) == Decimal((sign, digits, exponent + 2))


@given(decimals, st.integers(0, 6))
@quick
def test_rounding_never_moves_a_number_by_more_than_half_a_step(number, places):
    shown = parse_number(format_number(number, places))
    assert abs(shown - number) <= Decimal(5).scaleb(-places - 1)


@given(st.text())
@quick
def test_any_text_is_a_number_or_is_refused(text):
    with suppress(TextError):
        assert number_of(text).is_finite()
