import random
from importlib.resources import files
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from congvan.text import collation_key, fold, person_key

quick = settings(deadline=None)
names = st.text("aAàÀáâÂầđĐdDeêoôơởuưứyỳ 0123456789-'", max_size=12)


def in_order(*texts):
    """True when the texts stand as a Vietnamese list has them."""
    shuffled = random.Random(30).sample(texts, len(texts))
    return sorted(shuffled, key=collation_key) == list(texts)


def test_tones_come_after_letters_and_letters_have_their_own_places():
    assert in_order("An", "Ăn", "Ân", "Ẩn", "Ấn", "Ba", "Bà", "Bả", "Bã", "Bá", "Bạ", "Dao", "Dạo", "Đào")


def test_the_alphabet_has_29_letters_with_foreign_ones_in_between():
    assert in_order(*"aăâbcdđeêfghijklmnoôơpqrstuưvwxyz")


def test_the_five_tones_follow_the_level_one():
    assert in_order("ma", "mà", "mả", "mã", "má", "mạ")
    assert in_order("ươm", "ườm", "ưởm", "ưỡm", "ướm", "ượm")


def test_letters_decide_before_tones_and_tones_before_capitals():
    assert in_order("Bà Rịa", "Ba Tri", "Bà Tri")
    assert in_order("hòa", "Hòa", "HÒA", "hỏa")


def test_the_place_of_the_tone_mark_does_not_matter():
    assert in_order("Xã Hòa Tiến", "Xã Hoả Tiến", "Xã Hóa Tiến")
    assert in_order("Thuỳ", "Thủy", "Thuý", "Thụy")


def test_a_space_comes_before_a_hyphen_before_marks_before_numbers_before_letters():
    assert in_order("Ea", "Ea A", "Ea-A", "Ea'A", "Ea2", "EaA")


def test_numbers_are_ordered_by_value():
    assert in_order("Thôn 1", "Thôn 2", "Thôn 2A", "Thôn 10", "Thôn 100", "Thôn A")
    assert in_order("9", "10", "9" * 5000)


def test_the_look_alike_of_d_is_ordered_as_d_with_stroke():
    assert in_order("Dương", "\u00d0ào", "Đinh", "Em")


def test_other_alphabets_and_loose_marks_come_out_in_some_fixed_order():
    assert in_order("z", "α", "я", "中")
    assert in_order("ga", "g\u0300a", "gb")


def test_people_are_listed_by_given_name_first():
    listed = (
        "Đào Văn An",
        "Nguyễn Văn An",
        "Trần Văn Ánh",
        "Lê Thị Ân",
        "Đỗ Thị Bình",
        "Hoàng Văn Bình",
        "Phạm Thị Dung",
        "Dương Văn Đức",
    )
    assert sorted(set(listed), key=person_key) == list(listed)
    assert sorted(["Bình", "", "An"], key=person_key) == ["", "An", "Bình"]


@given(st.text(), st.text())
@quick
def test_any_two_texts_have_one_order_and_only_equal_ones_share_a_place(one, other):
    first, second = collation_key(one), collation_key(other)
    assert (first < second) + (second < first) + (one == other) == 1


@given(st.lists(names, max_size=8), st.randoms(use_true_random=False))
@quick
def test_a_list_comes_out_the_same_however_it_was_shuffled(texts, chance):
    shuffled = chance.sample(texts, len(texts))
    assert sorted(shuffled, key=collation_key) == sorted(texts, key=collation_key)


@given(names, st.integers(0, 10**30), st.integers(0, 10**30))
@quick
def test_a_smaller_number_comes_first_after_any_beginning(start, one, other):
    keys = collation_key(f"{start} {one}"), collation_key(f"{start} {other}")
    assert (keys[0] < keys[1]) == (one < other)


@given(names, names, names)
@quick
def test_what_follows_never_changes_an_order_that_letters_decide(one, other, rest):
    if (letters := collation_key(one)[0]) < (others := collation_key(other)[0]) and others[: len(letters)] != letters:
        assert collation_key(f"{one} {rest}") < collation_key(f"{other} {rest}")


def test_communes_are_ordered_as_icu_orders_them():
    icu = pytest.importorskip("icu", reason="PyICU, the reference for Vietnamese order, is not installed here")
    collator = icu.Collator.createInstance(icu.Locale("vi"))
    collator.setAttribute(icu.UCollAttribute.NUMERIC_COLLATION, icu.UCollAttributeValue.ON)
    ordered = sorted({fold(name) for name in communes()}, key=collation_key)
    assert len(ordered) > 2000
    assert [(a, b) for a, b in pairwise(ordered) if collator.compare(a, b) > 0] == []


def communes():
    """Every name of the lists of administrative units that come with the package."""
    for source in files("congvan.recipients").joinpath("data").iterdir():
        if source.name.endswith(".csv"):
            for row in source.read_text(encoding="utf-8").splitlines()[1:]:
                yield from (cell for cell in row.split(",") if not cell.isdigit())
