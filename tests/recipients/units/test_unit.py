import pytest

from congvan.recipients import Unit
from congvan.recipients.units.unit import name_key, split_name


@pytest.mark.parametrize(
    ("name", "kind", "own_name"),
    [
        ("Huyện Hậu Lộc", "huyện", "Hậu Lộc"),
        ("TP. Thanh Hóa", "thành phố", "Thanh Hóa"),
        ("TP.Thanh Hóa", "thành phố", "Thanh Hóa"),
        ("tx Bỉm Sơn", "thị xã", "Bỉm Sơn"),
        ("TT Nga Sơn", "thị trấn", "Nga Sơn"),
        ("P.5", "phường", "5"),
        ("Q1", "quận", "1"),
        ("Đặc khu Côn Đảo", "đặc khu", "Côn Đảo"),
        ("Hậu Lộc", "", "Hậu Lộc"),
        ("H' Neng", "", "H' Neng"),
        ("Thị Nghè", "", "Thị Nghè"),
    ],
)
def test_a_name_is_split_into_its_kind_and_its_own_name(name, kind, own_name):
    assert split_name(name) == (kind, own_name)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Xã Hòa Lộc", "xã Hoà Lộc"),
        ("Cẩm Thủy", "CẨM THUỶ"),
        ("Ea M'Droh", "Ea M’Droh"),
        ("K' Dang", "K'Dang"),
        ("Bà Rịa - Vũng Tàu", "Bà Rịa-Vũng Tàu"),
        ("Phường 01", "Phường 1"),
        ("Đông  Sơn ", "đông sơn"),
    ],
)
def test_two_spellings_of_one_name_have_one_key(one, other):
    assert name_key(one) == name_key(other)


@pytest.mark.parametrize(("one", "other"), [("Hà Sơn", "Hạ Sơn"), ("Phường 1", "Phường 10"), ("Lê Lợi", "Lê Lai")])
def test_different_names_have_different_keys(one, other):
    assert name_key(one) != name_key(other)


@pytest.mark.parametrize(
    ("name", "in_a_sentence"),
    [
        ("Huyện Hậu Lộc", "huyện Hậu Lộc"),
        ("Thị Trấn Ngọc Lặc", "thị trấn Ngọc Lặc"),
        ("Quận 1", "Quận 1"),
        ("Xã Quang Trung", "Xã Quang Trung"),
        ("Thành phố Hồ Chí Minh", "Thành phố Hồ Chí Minh"),
        ("Tỉnh Thanh Hóa", "tỉnh Thanh Hóa"),
    ],
)
def test_a_kind_word_is_small_in_a_sentence_unless_a_number_or_a_person_follows(name, in_a_sentence):
    assert Unit("", name, "xa").in_sentence == in_a_sentence
