import pytest
from hypothesis import given
from hypothesis import strategies as st

from congvan.recipients.person import NEW_PREFIXES, phones_in, read_phone, vacant_note


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
    assert read_phone(text) == (text, ())


@pytest.mark.parametrize(("text", "read"), [("912345678", "0912345678"), ("2373852999", "02373852999")])
def test_a_lost_zero_is_given_back_and_said(text, read):
    found, (odd,) = read_phone(text)

    assert found == read
    assert odd.code == "recipients-zero-restored"
    assert odd.values == {"value": text, "read": read}


@pytest.mark.parametrize("text", ["123", "12345678", "không có", ";", "0912345678x", "84912"])
def test_what_is_no_telephone_number_is_kept_with_a_warning(text):
    found, (odd,) = read_phone(text)

    assert found == text
    assert odd.code == "recipients-phone-unclear"


def test_a_number_of_eleven_digits_is_kept_and_its_new_prefix_told():
    found, (odd,) = read_phone("0168.123.4567; 0912345678")

    assert found == "0168.123.4567; 0912345678"
    assert (odd.code, odd.severity) == ("recipients-phone-old", "warning")
    assert odd.values == {"value": "01681234567", "old": "0168", "new": "038", "read": "0381234567"}


def test_a_number_of_eleven_digits_that_lost_its_zero_is_both():
    found, odd = read_phone("1201234567")

    assert found == "01201234567"
    assert [one.code for one in odd] == ["recipients-zero-restored", "recipients-phone-old"]


def test_every_prefix_of_eleven_digit_numbers_has_its_own_successor():
    assert len(NEW_PREFIXES) == len(set(NEW_PREFIXES.values())) == 21
    assert {NEW_PREFIXES[old] for old in ("0120", "0123", "0169", "0186", "0199")} == {
        "070",
        "083",
        "039",
        "056",
        "059",
    }


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("0912 345 678", ("0912 345 678",)),
        ("0912345678; 0987654321", ("0912345678", "0987654321")),
        ("0912345678 0987654321", ("0912345678", "0987654321")),
        ("0912.345.678/\n(0237) 3852 999", ("0912.345.678", "(0237) 3852 999")),
        ("", ()),
    ],
)
def test_two_numbers_in_a_cell_are_told_apart(text, numbers):
    assert phones_in(text) == numbers


@given(st.from_regex(r"0[35789][0-9]{8}", fullmatch=True))
def test_a_mobile_number_survives_a_spreadsheet(number):
    assert read_phone(str(int(number)))[0] == number


@pytest.mark.parametrize(
    "note",
    [
        "khuyết",
        "Đang khuyết",
        "(khuyết)",
        "chưa bầu",
        "Chưa kiện toàn",
        "hiện khuyết trưởng thôn",
        "trống",
        "vacant",
        "chưa có người",
        "Chưa có trưởng thôn",
        "không có ai",
        "Khuyết chức danh từ tháng 3",
        "chưa bầu lại",
        "Bỏ trống",
    ],
)
def test_a_note_may_say_that_nobody_holds_the_post(note):
    assert vacant_note(None, "Trưởng thôn", note) == 2


@pytest.mark.parametrize(
    "note",
    [
        "thiếu số điện thoại",
        "chưa có số điện thoại",
        "mới bầu",
        "Trống Đồng",
        "khuyết tật",
        "thôn Trống",
        "nhập trùng",
        "khuyết Bí thư Chi bộ",
        "không có gì thay đổi",
        "",
    ],
)
def test_other_notes_say_nothing_of_it(note):
    assert vacant_note(note) is None
