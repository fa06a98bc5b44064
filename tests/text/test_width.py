import pytest
from hypothesis import given
from hypothesis import strategies as st

from congvan.text.width import is_covered, missing_characters, text_width

QUOC_HIEU = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
TIEU_NGU = "Độc lập - Tự do - Hạnh phúc"
MM = 25.4 / 72
VIETNAMESE = "aàáảãạăằắẳẵặâầấẩẫậbcdđeèéẻẽẹêềếểễệghiìíỉĩịklmnoòóỏõọôồốổỗộơờớởỡợpqrstuùúủũụưừứửữựvxyỳýỷỹỵfjwz"


@pytest.mark.parametrize(
    ("text", "size", "millimetres"),
    [(QUOC_HIEU, 12, 88.3), (QUOC_HIEU, 13, 95.7), (TIEU_NGU, 13, 56.1), (TIEU_NGU, 14, 60.5)],
)
def test_the_state_name_and_the_motto_are_as_wide_as_measured_for_the_decree(text, size, millimetres):
    assert text_width(text, size, bold=True) * MM == pytest.approx(millimetres, abs=0.06)


def test_the_four_faces_differ():
    widths = {
        text_width("Kính gửi", 14, bold=bold, italic=italic) for bold in (True, False) for italic in (True, False)
    }

    assert len(widths) == 4


def test_a_digit_is_half_as_wide_as_the_type_size():
    assert text_width("0123456789", 14) == pytest.approx(10 * 7)


def test_nothing_is_zero_wide():
    assert text_width("", 14) == 0


def test_every_vietnamese_letter_is_covered_in_both_cases():
    assert is_covered(VIETNAMESE + VIETNAMESE.upper())


def test_a_character_of_another_script_is_not_covered():
    assert not is_covered("Nguyễn 文")


def test_a_line_end_or_a_tab_needs_no_font():
    assert is_covered("một\n\thai\r\n")


def test_a_non_breaking_hyphen_is_drawn_as_the_plain_one():
    assert is_covered("PCTH\u2011KD")
    assert text_width("\u2011", 14) == text_width("-", 14)


def test_a_character_the_font_lacks_counts_as_an_average_letter():
    assert text_width("文", 14) == text_width("n", 14)


@given(st.text(), st.text())
def test_two_texts_side_by_side_are_as_wide_as_both(left, right):
    assert text_width(left + right, 13) == pytest.approx(text_width(left, 13) + text_width(right, 13))


@given(st.text())
def test_a_text_grows_with_its_size(text):
    assert text_width(text, 28) == pytest.approx(2 * text_width(text, 14))


def test_what_the_font_lacks_is_told_once_and_in_order():
    assert missing_characters("Nguyễn 文 và 王 và 文\x00\t\n".encode()) == ["\x00", "文", "王"]


def test_half_a_character_is_told_too():
    assert missing_characters("một \ud800".encode("utf-8", "surrogatepass")) == ["\ud800"]


@given(st.text())
def test_a_text_lacks_what_is_not_covered_character_by_character(text):
    assert missing_characters(text.encode()) == sorted({letter for letter in text if not is_covered(letter)})
