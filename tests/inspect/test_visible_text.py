import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from congvan.inspect.visible_text import as_read, encoding_of, folded, is_typed_rule, reads_on


@pytest.mark.parametrize(
    ("family", "encoding"), [(".VnTime", "tcvn3"), ("VNI-Times", "vni"), ("Times New Roman", None)]
)
def test_the_name_of_a_font_tells_its_encoding(family, encoding):
    assert encoding_of(family) == encoding


def test_text_in_an_old_font_reads_as_it_is_printed():
    assert as_read("NguyÔn V¨n MÉu", ".VnTime") == "Nguyễn Văn Mẫu"
    assert as_read("Nguyeãn Vaên Maãu", "VNI-Times") == "Nguyễn Văn Mẫu"


def test_an_old_font_of_capitals_shows_capitals():
    assert as_read("Së c«ng nghiÖp", ".VnTimeH") == "SỞ CÔNG NGHIỆP"


def test_unicode_text_in_an_old_font_stays_as_it_is():
    assert as_read("báo cáo", ".VnTime") == "báo cáo"


def test_a_setting_in_capitals_shows_capitals():
    assert as_read("Quyết định", "Times New Roman", capitals=True) == "QUYẾT ĐỊNH"


@given(st.text(max_size=40))
def test_what_is_read_in_a_unicode_font_is_composed_and_otherwise_unchanged(text):
    assert as_read(text, "Times New Roman") == unicodedata.normalize("NFC", text)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Số:", "/UBND-VX"),
        ("Thanh Hóa, ngày", "tháng 4 năm 2026"),
        ("ngày 05 tháng", "năm 2026"),
        ("Kính gửi:", "- UBND"),
    ],
)
def test_room_to_write_by_hand_and_behind_a_list_mark_is_inside_a_text(before, after):
    assert reads_on(before, after)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Số: 12/UBND-VX", "Thanh Hóa, ngày 05 tháng 4 năm 2026"),
        ("Nơi nhận:", "KT. GIÁM ĐỐC"),
        ("07 giờ 00, ngày", "16 giờ 00, ngày"),
        ("SỞ CÔNG THƯƠNG", "Độc lập - Tự do - Hạnh phúc"),
    ],
)
def test_the_space_between_two_columns_is_none(before, after):
    assert not reads_on(before, after)


@pytest.mark.parametrize("text", ["-------", "_______________", "***", "- - - - - - -"])
def test_lines_drawn_on_the_keyboard_are_rules(text):
    assert is_typed_rule(text)


@pytest.mark.parametrize("text", ["", "-", "- UBND tỉnh;", "............", "2 - 3"])
def test_other_texts_are_no_rules(text):
    assert not is_typed_rule(text)


def test_white_space_of_every_kind_is_folded():
    assert folded("  Số:\u00a0\u00a0 \t/PCTH ") == "Số: /PCTH"
