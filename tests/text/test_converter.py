"""num2words' own interface over the repaired words."""

import num2words
import pytest

from congvan.text import TextError
from congvan.text.converter import VietnameseConverter
from congvan.text.number_words import NumberStyle


@pytest.fixture
def registered(monkeypatch):
    """num2words with the repaired converter in its registry."""
    monkeypatch.setitem(num2words.CONVERTER_CLASSES, "vi", VietnameseConverter())
    return num2words.num2words


@pytest.mark.parametrize(
    ("number", "options", "words"),
    [
        (1001, {}, "một nghìn không trăm linh một"),
        (-1, {}, "âm một"),
        (-21, {}, "âm hai mươi mốt"),
        (10**15, {}, "một triệu tỷ"),
        (1.05, {}, "một phẩy không năm"),
        ("12", {}, "mười hai"),
        (4, {"ordinal": True}, "thứ tư"),
        (21, {"to": "ordinal"}, "thứ hai mươi mốt"),
        (21, {"to": "ordinal_num"}, "thứ 21"),
        (2021, {"to": "year"}, "hai nghìn không trăm hai mươi mốt"),
        (-111, {"to": "year"}, "một trăm mười một trước Công nguyên"),
        (150_000, {"to": "currency"}, "một trăm năm mươi nghìn đồng"),
        (150_000, {"to": "currency", "currency": "VND"}, "một trăm năm mươi nghìn đồng"),
    ],
)
def test_num2words_speaks_vietnamese_rightly_once_the_converter_is_registered(registered, number, options, words):
    assert registered(number, lang="vi", **options) == words


def test_a_converter_keeps_its_wording_for_every_kind_of_number():
    southern = VietnameseConverter(NumberStyle("lẻ", "tư", "ngàn"))
    assert southern.to_cardinal(1024) == "một ngàn không trăm hai mươi tư"
    assert southern.to_ordinal(101) == "thứ một trăm lẻ một"
    assert southern.to_currency(4_001) == "bốn ngàn không trăm lẻ một đồng"


def test_another_currency_is_refused_as_num2words_refuses_one():
    with pytest.raises(NotImplementedError, match="USD"):
        VietnameseConverter().to_currency(5, currency="USD")


def test_a_place_below_zero_is_refused():
    with pytest.raises(TextError, match="text-not-whole"):
        VietnameseConverter().to_ordinal_num(-1)


def test_more_digits_than_python_computes_with_by_default_are_all_read():
    number = -(10**40 + 1)
    assert VietnameseConverter().to_cardinal(number).endswith("linh một")
    assert VietnameseConverter().to_year(number).endswith("linh một trước Công nguyên")
