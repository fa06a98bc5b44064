import re
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from congvan.findings import Place
from congvan.text import Lookalike, fold, is_nfc, lookalikes, nfc, slug, without_marks
from congvan.text.unicode_form import findings

quick = settings(deadline=None)
VIETNAMESE = "aàáảãạăằắẳẵặâầấẩẫậbcdđeèéẻẽẹêềếểễệghiìíỉĩịklmnoòóỏõọôồốổỗộơờớởỡợpqrstuùúủũụưừứửữựvxyỳýỷỹỵ"
names = st.text(VIETNAMESE + VIETNAMESE.upper() + " -0123456789", max_size=40)


def nfd(text):
    return unicodedata.normalize("NFD", text)


def test_composed_and_decomposed_text_are_told_apart():
    assert is_nfc("Hòa")
    assert not is_nfc(nfd("Hòa"))
    assert nfc(nfd("Hòa")) == "Hòa"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Hòa", "Hoà"),
        ("CỘNG HÒA", "CỘNG HOÀ"),
        ("Thủy", "Thuỷ"),
        ("Ủy ban", "Uỷ ban"),
        ("xã Quảng Phú", "XÃ QUẢNG PHÚ"),
        ("Điện lực", "\u00d0iện lực"),
        ("điện lực", "\u00f0iện lực"),
        ("Điện lực", "\u0189iện lực"),
        ("Thanh Hóa", nfd("Thanh Hoá")),
        ("Thanh Hóa", "  Thanh\u00a0\tHóa\n"),
        ("Thanh Hóa", "\ufeffThanh\u200b Hóa"),
        ("khuỷu tay", "khủyu tay"),
    ],
)
def test_texts_a_reader_takes_for_the_same_are_equal(one, other):
    assert fold(one) == fold(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Hòa", "Hóa"),
        ("Hòa", "Hoa"),
        ("Đông", "Dong"),
        ("Đông", "Dông"),
        ("Mỹ", "Mĩ"),
        ("Thôn 2", "Thôn 10"),
        ("Hoa Bình", "Hòa Binh"),
        ("Thanh Hóa", "ThanhHóa"),
        ("Sơn", "Son"),
    ],
)
def test_texts_a_reader_tells_apart_differ(one, other):
    assert fold(one) != fold(other)


@given(names)
@quick
def test_folding_sees_neither_case_nor_form(text):
    assert fold(text) == fold(nfd(text)) == fold(text.upper()) == fold(f" {text.lower()} ")


@given(st.text())
@quick
def test_folding_twice_changes_nothing_more(text):
    assert fold(fold(text)) == fold(text)


def test_vietnamese_letters_become_plain_ones():
    assert without_marks("Đỗ Thị Bưởi, xã Ngọc Lặc (đã ký)") == "Do Thi Buoi, xa Ngoc Lac (da ky)"
    assert without_marks(nfd("Nguyễn")) == "Nguyen"


@given(names)
@quick
def test_no_vietnamese_letter_keeps_a_mark(text):
    assert without_marks(text).isascii()
    assert len(without_marks(text)) == len(text)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Huyện Đông Sơn", "huyen-dong-son"),
        ("465/PCTH-KD", "465-pcth-kd"),
        ("Xã Ea H'leo", "xa-ea-h-leo"),
        ("  Thôn 2 (cũ) ", "thon-2-cu"),
        ("../../etc/passwd", "etc-passwd"),
        ("Cồn", "con_"),
        ("NUL", "nul_"),
        ("COM1", "com1_"),
        ("com¹", "com1_"),
        ("Côn Đảo", "con-dao"),
        ("", "khong-ten"),
        ("???", "khong-ten"),
    ],
)
def test_a_name_becomes_a_file_name(text, name):
    assert slug(text) == name


@pytest.mark.parametrize(
    ("limit", "name"),
    [(14, "huyen-dong-son"), (13, "huyen-dong"), (10, "huyen-dong"), (9, "huyen"), (4, "huye"), (1, "h")],
)
def test_a_file_name_is_cut_after_a_whole_word_where_there_is_one(limit, name):
    assert slug("Huyện Đông Sơn", limit) == name


def test_a_cut_never_uncovers_a_reserved_name():
    assert slug("Con đường", 5) == "con_"
    assert slug("Con đường", 3) == "co_"


@given(st.text(), st.integers(1, 80))
@quick
def test_a_file_name_is_safe_everywhere(text, limit):
    name = slug(text, limit)
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*_?|_", name)
    assert len(name) <= limit
    assert not re.fullmatch(r"con|prn|aux|nul|(com|lpt)[0-9]", name)


@given(st.text())
@quick
def test_a_file_name_of_a_file_name_is_itself(text):
    assert slug(slug(text)) == slug(text)


def test_a_file_name_needs_at_least_one_character():
    with pytest.raises(ValueError, match="0"):
        slug("Thanh Hóa", 0)


@pytest.mark.parametrize(
    ("text", "position", "meant"),
    [
        ("\u00d0iện lực", 0, "Đ"),
        ("\u00f0iện lực", 0, "đ"),
        ("\u0189iện lực", 0, "Đ"),
        ("\u0256iện lực", 0, "đ"),
        ("\u01cen", 0, "ă"),
        ("Thanh H\u043eá", 7, "o"),
        ("\u0422hanh Hóa", 0, "T"),
        ("\u039aT. GIÁM ĐỐC", 0, "K"),
        ("UBND\u00a0tỉnh", 4, " "),
        ("UBND\u202ftỉnh", 4, " "),
        ("Thanh\u200b Hóa", 5, ""),
        ("\ufeffThanh Hóa", 0, ""),
        ("Hò\u0300a", 2, ""),
        ("g\u0300", 1, ""),
        ("\uff2bT.", 0, "K"),
    ],
)
def test_a_character_that_is_not_what_it_looks_like_is_seen(text, position, meant):
    assert lookalikes(text) == (Lookalike(position, text[position], meant),)


@pytest.mark.parametrize(
    "text",
    [
        "Cộng hòa xã hội chủ nghĩa Việt Nam",
        "Đặng Ưu Ỷ",
        "Москва",
        "Αθήνα",
        "22 kV, 15 m², 30 °C – “a” … №",
        "R&D <x>",
        "",
    ],
)
def test_right_letters_and_whole_foreign_words_are_left_alone(text):
    assert lookalikes(text) == ()


@given(names)
@quick
def test_vietnamese_text_has_no_lookalikes_in_either_form(text):
    assert lookalikes(text) == lookalikes(nfd(text)) == ()


def test_findings_name_the_character_and_its_words_once():
    found = findings("\u00d0iện lực \u00d0ông Sơn, \u00d0iện lực Nga Sơn", Place(file="thu.docx", paragraph=3))
    assert [one.code for one in found] == ["text-lookalike"]
    assert str(found[0]).startswith("thu.docx, đoạn 3: Ký tự «\u00d0» (U+00D0) trông giống «Đ»")
    assert "«\u00d0iện, \u00d0ông»" in found[0].message


def test_each_kind_of_oddness_has_its_own_finding():
    text = nfd("Hòa") + " g\u0300 a\u00a0b c\u200bd \u0422hanh"
    assert {one.code for one in findings(text)} == {
        "text-not-nfc",
        "text-stray-mark",
        "text-odd-space",
        "text-invisible",
        "text-lookalike",
    }


def test_a_sign_that_turns_the_direction_is_found_and_never_shown():
    (found,) = findings("Lê Văn \u202eufhT")

    assert found.code == "text-direction"
    assert "U+202E" in str(found)
    assert "\u202e" not in str(found)


def test_names_that_differ_in_unseen_signs_only_are_one_to_a_reader():
    assert fold("Lê\u202d Thử\u2069") == fold("Lê Thử\u3164") == fold("Lê Thử")


def test_clean_text_has_no_findings():
    assert findings("Kính gửi: Ủy ban nhân dân tỉnh Thanh Hóa;\n- Sở Công Thương.") == ()
