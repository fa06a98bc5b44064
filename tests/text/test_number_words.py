"""Numbers in words: the table of what num2words gets wrong, and two readings written independently."""

from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from congvan.text import TextError, in_words, ordinal_in_words
from congvan.text.number_words import NumberStyle, spell

quick = settings(deadline=None)


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (0, "không"),
        (4, "bốn"),
        (5, "năm"),
        (10, "mười"),
        (14, "mười bốn"),
        (15, "mười lăm"),
        (21, "hai mươi mốt"),
        (24, "hai mươi bốn"),
        (25, "hai mươi lăm"),
        (100, "một trăm"),
        (101, "một trăm linh một"),
        (105, "một trăm linh năm"),
        (110, "một trăm mười"),
        (111, "một trăm mười một"),
        (115, "một trăm mười lăm"),
        (1000, "một nghìn"),
        (1001, "một nghìn không trăm linh một"),
        (1010, "một nghìn không trăm mười"),
        (1015, "một nghìn không trăm mười lăm"),
        (1100, "một nghìn một trăm"),
        (2021, "hai nghìn không trăm hai mươi mốt"),
        (10_005, "mười nghìn không trăm linh năm"),
        (1_000_000, "một triệu"),
        (1_000_001, "một triệu không nghìn không trăm linh một"),
        (1_000_005, "một triệu không nghìn không trăm linh năm"),
        (1_000_500, "một triệu không nghìn năm trăm"),
        (1_500_000, "một triệu năm trăm nghìn"),
        (1_005_000, "một triệu không trăm linh năm nghìn"),
        (10**9, "một tỷ"),
        (10**9 + 1, "một tỷ không triệu không nghìn không trăm linh một"),
        (10**9 + 10**6, "một tỷ không trăm linh một triệu"),
        (10**12, "một nghìn tỷ"),
        (10**15, "một triệu tỷ"),
        (10**18, "một tỷ tỷ"),
        (10**18 + 10**9, "một tỷ không triệu không nghìn không trăm linh một tỷ"),
        (10**27, "một tỷ tỷ tỷ"),
    ],
)
def test_a_whole_number_is_read_group_by_group(number, words):
    assert in_words(number) == words


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (1.5, "một phẩy năm"),
        (0.1, "không phẩy một"),
        (1.05, "một phẩy không năm"),
        (3.14159, "ba phẩy một bốn một năm chín"),
        (Decimal("1.05"), "một phẩy không năm"),
        (Decimal("1.50"), "một phẩy năm"),
        (Decimal("150000.00"), "một trăm năm mươi nghìn"),
        (150000.0, "một trăm năm mươi nghìn"),
        (Decimal("1E+3"), "một nghìn"),
        (1e-7, "không phẩy không không không không không không một"),
        (-0.5, "âm không phẩy năm"),
        (-0.0, "không"),
    ],
)
def test_decimals_are_read_digit_by_digit_and_exactly(number, words):
    assert in_words(number) == words


@pytest.mark.parametrize(
    ("number", "words"), [(-1, "âm một"), (-21, "âm hai mươi mốt"), (-1001, "âm " + in_words(1001))]
)
def test_a_negative_number_says_so_first(number, words):
    assert in_words(number) == words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("12", "mười hai"),
        (" 12 ", "mười hai"),
        ("-21", "âm hai mươi mốt"),
        ("1.500.000", "một triệu năm trăm nghìn"),
        ("1.500", "một nghìn năm trăm"),
        ("1,5", "một phẩy năm"),
        ("1,05", "một phẩy không năm"),
        ("1.05", "một phẩy không năm"),
        ("1.5", "một phẩy năm"),
    ],
)
def test_a_text_is_read_as_vietnamese_and_else_as_programs_write_numbers(text, words):
    assert in_words(text) == words


@pytest.mark.parametrize("value", ["", "mười", "1,500,000", "12 kWh", "١٢", "1_000", "1e5", "nan", None, True, [1]])
def test_what_is_no_number_is_refused_with_its_value(value):
    with pytest.raises(TextError) as refused:
        in_words(value)
    (found,) = refused.value.report
    assert found.code == "text-not-a-number"
    assert f"«{value}»" in found.message


@pytest.mark.parametrize("value", [float("nan"), float("inf"), Decimal("sNaN"), Decimal("1E+2000"), "9" * 5000])
def test_a_number_no_letter_can_hold_is_refused(value):
    with pytest.raises(TextError, match="text-not-a-number"):
        in_words(value)


def test_a_whole_number_beyond_what_python_prints_is_refused_too():
    with pytest.raises(TextError, match="text-not-a-number"):
        in_words(10**5000)


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (1, "thứ nhất"),
        (2, "thứ hai"),
        (3, "thứ ba"),
        (4, "thứ tư"),
        (5, "thứ năm"),
        (10, "thứ mười"),
        (11, "thứ mười một"),
        (21, "thứ hai mươi mốt"),
        (101, "thứ một trăm linh một"),
        ("4", "thứ tư"),
        (4.0, "thứ tư"),
    ],
)
def test_an_ordinal_says_first_and_fourth_in_its_own_words(number, words):
    assert ordinal_in_words(number) == words


@pytest.mark.parametrize("value", [-1, 1.5, "0,5"])
def test_only_a_whole_number_from_zero_has_a_place(value):
    with pytest.raises(TextError, match="text-not-whole"):
        ordinal_in_words(value)


def test_southern_and_other_wordings_are_options():
    assert in_words(101, linh="lẻ") == "một trăm lẻ một"
    assert in_words(1_001, linh="lẻ", nghin="ngàn") == "một ngàn không trăm lẻ một"
    assert in_words(1_000_001, nghin="ngàn") == "một triệu không ngàn không trăm linh một"
    assert in_words(24, bon="tư") == "hai mươi tư"
    assert in_words(14_004, bon="tư") == "mười bốn nghìn không trăm linh bốn"


def test_a_misspelt_wording_is_refused_with_those_there_are():
    with pytest.raises(TextError, match="linh, lẻ"):
        in_words(101, linh="lẽ")


# --- the second reading: by rewriting the text of digits, instead of computing with the number ---

DIGITS = ["không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín"]


def hundreds_by_rewriting(number, *, inside):
    hundred, ten, one = (DIGITS[int(digit)] for digit in f"{number:03}")
    text = f"{hundred} trăm {ten} mươi {one}"
    text = text.replace("không mươi không", "").replace("không mươi", "linh").replace("một mươi", "mười")
    text = text.replace("mươi một", "mươi mốt").replace("mươi năm", "mươi lăm").replace("mười năm", "mười lăm")
    text = text.replace("mươi không", "mươi").replace("mười không", "mười").strip()
    if not inside:
        text = text.removeprefix("không trăm").strip().removeprefix("linh").strip()
    return text


def test_every_number_up_to_a_million_agrees_with_the_second_reading():
    alone = [hundreds_by_rewriting(number, inside=False) for number in range(1000)]
    inside = [hundreds_by_rewriting(number, inside=True) for number in range(1000)]
    differing = [number for number in range(1, 1000) if spell(number) != alone[number]]
    for thousands in range(1, 1000):
        start = f"{alone[thousands]} nghìn"
        number = thousands * 1000
        if spell(number) != start:
            differing.append(number)
        differing += [number + rest for rest in range(1, 1000) if spell(number + rest) != f"{start} {inside[rest]}"]
    assert differing == []
    assert (spell(0), spell(1_000_000)) == ("không", "một triệu")


# --- and back: what a listener writes down ---

UNDER_TEN = {word: value for value, word in enumerate(DIGITS)} | {"mốt": 1, "lăm": 5, "tư": 4}


def heard(words):
    """The number a listener understands; every word counts, so two numbers never sound alike."""
    billions, spoken, rest = words.rpartition("tỷ")
    value = heard(billions.strip()) * 10**9 if spoken else 0
    for name, unit in (("triệu", 10**6), ("nghìn", 10**3), ("", 1)):
        group, found, after = rest.partition(name) if name else (rest, "yes", "")
        if found:
            value += heard_group(group.split()) * unit
            rest = after
    return value


def heard_group(words):
    value = 0
    for word, following in pairwise([*words, ""]):
        if word == "mười":
            value += 10
        elif word in UNDER_TEN:
            value += UNDER_TEN[word] * {"trăm": 100, "mươi": 10}.get(following, 1)
    return value


@given(st.integers(0, 10**30) | st.integers(0, 30).map(lambda zeros: 10**zeros + 1))
@quick
def test_a_listener_writes_down_the_number_that_was_read(number):
    assert heard(in_words(number)) == number


@given(st.integers(0, 10**12), st.text("0123456789", min_size=1, max_size=40))
@quick
def test_decimals_never_gain_or_lose_a_digit(whole, decimals):
    words = in_words(f"{whole},{decimals}")
    read = "".join(str(UNDER_TEN[word]) for word in words.partition(" phẩy ")[2].split())
    assert read == decimals.rstrip("0")
    assert words.partition(" phẩy ")[0] == spell(whole)


@given(st.floats(allow_nan=False, allow_infinity=False))
@quick
def test_a_float_reads_as_the_decimal_it_prints_as(number):
    assert in_words(number) == in_words(Decimal(repr(number)))


def test_wordings_are_values():
    assert NumberStyle() == NumberStyle("linh", "bốn", "nghìn")
