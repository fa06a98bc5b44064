import pytest
from hypothesis import given
from hypothesis import strategies as st

from congvan.decree import phrases
from congvan.letter import KINDS


@pytest.mark.parametrize(
    "text", ["Số: 465/PCTH-KD", "Số:        /PCTH-KD", "số 07-CV/ĐLM", "Số: …/QĐ-UBND", "SỐ: 12/TB"]
)
def test_number_and_symbol_are_known_in_every_spelling(text):
    assert phrases.is_number(text)


@pytest.mark.parametrize("text", ["Số điện thoại của Sở", "Sở Công Thương", "Số hóa văn bản"])
def test_other_texts_are_no_number(text):
    assert not phrases.is_number(text)


@pytest.mark.parametrize(
    "text",
    [
        "Thanh Hóa, ngày 05 tháng 4 năm 2026",
        "Hà Nội, ngày      tháng      năm 2026",
        "thanh hoá ngày 5 tháng 04 năm 2026",
    ],
)
def test_place_and_date_are_known_in_every_spelling(text):
    assert phrases.is_place_and_date(text)


@pytest.mark.parametrize(
    "text",
    ["Thời gian bắt đầu: 08 giờ 00, ngày 05 tháng 11 năm 2026", "Căn cứ Luật Điện lực ngày 30 tháng 11 năm 2024;"],
)
def test_a_date_inside_a_sentence_is_not_that_of_the_letter(text):
    assert not phrases.is_place_and_date(text)


@pytest.mark.parametrize("kind", KINDS.values(), ids=lambda kind: kind.ma)
def test_every_kind_is_known_by_its_name(kind):
    assert phrases.kind_named(kind.ten.upper()) == (kind.ma, 1.0)


def test_a_kind_is_known_without_its_marks_too():
    kind, alike = phrases.kind_named("THÔNG BAO")

    assert (kind, alike > phrases.NEARLY) == ("thong-bao", True)


def test_texts_of_very_different_length_are_not_alike():
    assert phrases.likeness("MẬT", "Độc lập - Tự do - Hạnh phúc") == 0


@given(st.text(max_size=30), st.text(max_size=30))
def test_likeness_is_a_share(one, other):
    assert 0 <= phrases.likeness(one, other) <= 1


@given(st.text(alphabet="aăâbcdđeêghi XYZ09", min_size=1, max_size=30).filter(str.strip))
def test_a_text_is_wholly_like_itself_in_other_case_and_spacing(text):
    assert phrases.likeness(text, f"  {text.upper()} ") == 1


@pytest.mark.parametrize("text", ["- Lưu: VT, NVĐP. PL.(300)", "- Lưu: VT, KD. LVM.05."])
def test_the_code_of_the_drafter_is_seen(text):
    assert phrases.has_drafter_code(text)


def test_a_line_without_a_code_has_none():
    assert not phrases.has_drafter_code("- Lưu: VT, KD.")


@pytest.mark.parametrize(
    "text", ["Kính gửi: UBND tỉnh", "KÍNH GỞI", "Chủ tịch UBND tỉnh điện:", "Sở trân trọng kính mời: Ông A"]
)
def test_the_words_that_lead_to_addressees_are_known(text):
    assert phrases.begins_addressees(text)


@pytest.mark.parametrize("text", ["Phụ lục", "PHỤ LỤC II", "Phụ lục số 3", "Phụ lục I."])
def test_the_title_of_an_annex_is_known(text):
    assert phrases.is_annex_title(text)


def test_a_sentence_about_an_annex_is_no_title():
    assert not phrases.is_annex_title("Phụ lục kèm theo Công văn này gồm ba bảng")


def test_a_post_is_no_name():
    assert phrases.names_post("PHÓ GIÁM ĐỐC")
    assert not phrases.names_post("TRẦN THỊ MẪU")
