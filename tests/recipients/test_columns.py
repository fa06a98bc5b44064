import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from congvan.recipients.columns import KNOWN_COLUMNS, column_name, field_name
from congvan.text.unicode_form import without_marks

SPELLINGS = [(written, name) for name, spellings in KNOWN_COLUMNS.items() for written in (name, *spellings)]


@pytest.mark.parametrize(
    ("header", "name"),
    [
        ("Họ và tên", "ho_ten"),
        ("ho_ten", "ho_ten"),
        ("HỌ TÊN", "ho_ten"),
        ("Xã/phường", "xa"),
        ("Thôn/TDP", "thon"),
        ("Ông (Bà)", "ong_ba"),
        ("Điện thoại (di động)", "dien_thoai"),
        ("Số hộ\n(hộ)", "so_ho"),
        ("Mã xã", "ma_xa"),
        ("Mã trạm", "ma_tram"),
        ("Số công tơ (chiếc)", "so_cong_to_chiec"),
        ("2021", "cot_2021"),
        ("Con", "con"),
        ("№", ""),
        ("", ""),
    ],
)
def test_a_header_names_a_column(header, name):
    assert column_name(header) == name


@given(st.sampled_from(SPELLINGS), st.data())
@settings(deadline=None)
def test_a_known_header_is_known_in_any_case_with_or_without_marks_and_with_other_gaps(spelling, data):
    written, name = spelling
    shape = data.draw(st.sampled_from([str.upper, str.lower, str.title, without_marks]))
    form = data.draw(st.sampled_from(["NFC", "NFD"]))
    gap = data.draw(st.sampled_from([" ", "  ", "_", "\n", "\u00a0", " / "]))

    assert column_name(unicodedata.normalize(form, shape(written).replace(" ", gap))) == name


def test_no_two_columns_share_a_header():
    names = [name for written, name in SPELLINGS if column_name(written) != name]

    assert names == []


@given(st.text(max_size=40))
@settings(deadline=None)
def test_a_field_name_is_one_a_template_can_use(header):
    name = field_name(header)

    assert not name or (name.isidentifier() and name.isascii() and name == name.lower())
