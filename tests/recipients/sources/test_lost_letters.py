import pytest
from hypothesis import given
from hypothesis import strategies as st

from congvan.recipients.sources.lost_letters import lost_letters, misread_utf_8


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("Lê V?n M?u", "V?n"),
        ("Nguy?n", "Nguy?n"),
        ("?ỗ V?n Ba", "?ỗ"),
        ("xã (H?u L?c)", "(H?u"),
        ("UBND x? ?a L?c", "?a"),
    ],
)
def test_a_question_mark_in_place_of_a_letter_is_found(text, word):
    assert lost_letters(text) == word


@pytest.mark.parametrize("text", ["Có gì không? Có", "?", "??", "https://a.vn/x?id=1", "Ai biết?", "Lê Văn Mẫu", ""])
def test_a_question_is_none(text):
    assert lost_letters(text) == ""


@pytest.mark.parametrize("name", ["Nguyễn Văn Nam", "Lê Văn Mẫu", "xã Đa Lộc", "Trần Thị Ánh", "Đỗ Ư"])
@pytest.mark.parametrize("codec", ["cp1252", "latin-1"])
def test_utf_8_taken_for_a_windows_text_is_found_with_what_it_says(name, codec):
    bytes_of_name = name.encode()
    shown = "".join(
        chr(byte) if codec == "latin-1" else bytes([byte]).decode("cp1252", "ignore") or chr(byte)
        for byte in bytes_of_name
    )

    assert misread_utf_8(shown) == name


def test_what_has_lost_bytes_besides_is_found_too():
    assert misread_utf_8("Nguyá» n Vn Nam") == "Nguyá» n Vn Nam"


@pytest.mark.parametrize("text", ["Trưởng thôn «Lá»", "XÃ ĐA LỘC", "“XÃ LÁ”", "MÃ: 12", "thôn Á Đông", "Ông Bá"])
def test_vietnamese_is_not_taken_for_it(text):
    assert misread_utf_8(text) is None


@given(st.text("aáàảãạăắằâấầđeéèêếềiíìoóòôốồơớờuúùưứừyýAÁÀÃÂĐ ,.-", max_size=30))
def test_no_vietnamese_text_is_changed(text):
    assert misread_utf_8(text) is None
    assert lost_letters(text) == ""
