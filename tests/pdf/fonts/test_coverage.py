import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from congvan.findings import Place
from congvan.pdf.fonts.coverage import coverage_findings, uncovered


def test_vietnamese_text_is_covered_composed_or_not():
    text = "Nguyễn Thị Quỳnh Ỷ, thôn Đoàn Kết – “Gò Mu”; 100.000 ₫"

    assert uncovered(text) == set()
    assert uncovered(unicodedata.normalize("NFD", text)) == set()


def test_each_lacking_character_is_named_once():
    assert uncovered("王 và 王 và 文") == {"王", "文"}


def test_a_finding_names_all_lacking_characters_and_the_place():
    (found,) = coverage_findings("王 và 文\u2060", Place(file="thon.csv", row=7))

    assert found.code == "pdf-uncovered"
    assert found.place.row == 7
    assert found.values["letters"] == "WORD JOINER (U+2060), 文 (U+6587), 王 (U+738B)"


@pytest.mark.parametrize("text", ["", "Kính gửi: Sở Công Thương\n\tThanh Hóa"])
def test_ordinary_text_has_no_finding(text):
    assert coverage_findings(text) == []


@given(st.text())
def test_what_is_lacking_is_part_of_the_text(text):
    assert uncovered(text) <= set(text)
