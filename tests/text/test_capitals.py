import unicodedata

import pytest

from congvan.text import capitalize_first, upper


@pytest.mark.parametrize(
    ("text", "capital"),
    [
        ("một trăm đồng", "Một trăm đồng"),
        ("điện lực Thanh Hóa", "Điện lực Thanh Hóa"),
        ("ủy ban", "Ủy ban"),
        ("uBND xã", "UBND xã"),
        ("«một", "«Một"),
        ("  ông", "  Ông"),
        ("5 ngày", "5 ngày"),
        ("", ""),
        ("…", "…"),
    ],
)
def test_only_the_first_letter_becomes_a_capital(text, capital):
    assert capitalize_first(text) == capital


def test_every_vietnamese_letter_has_its_capital():
    assert upper("cộng hòa xã hội chủ nghĩa việt nam, đặng ưu ỷ") == "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM, ĐẶNG ƯU Ỷ"


def test_capitals_are_composed():
    assert upper(unicodedata.normalize("NFD", "điện lực")) == "ĐIỆN LỰC"
    assert capitalize_first(unicodedata.normalize("NFD", "ấp")).startswith("A")
