import pytest

from congvan.text import TextError, money, money_in_words


@pytest.mark.parametrize(
    ("sum_", "written"),
    [(1_500_000, "1.500.000 đồng"), ("1.500.000", "1.500.000 đồng"), (0, "0 đồng"), (1234.5, "1.234,5 đồng")],
)
def test_a_sum_is_grouped_and_followed_by_dong(sum_, written):
    assert money(sum_) == written


def test_a_sum_in_words_ends_with_dong():
    assert money_in_words(150_000) == "một trăm năm mươi nghìn đồng"
    assert money_in_words("1.000.005") == "một triệu không nghìn không trăm linh năm đồng"


def test_after_bang_chu_a_sum_begins_with_a_capital():
    assert money_in_words(150_000, sentence=True) == "Một trăm năm mươi nghìn đồng"
    assert money_in_words(-5, sentence=True) == "Âm năm đồng"


@pytest.mark.parametrize("write", [money, money_in_words])
def test_a_sum_that_is_no_number_is_refused(write):
    with pytest.raises(TextError, match="«năm trăm» không phải là số"):
        write("năm trăm")
