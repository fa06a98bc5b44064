import pytest

from congvan.word import styles
from congvan.word.body.headings import article_number, heading_lines, is_point


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("Phần I. Sự cần thiết", [("Phan", "Phần I"), ("TenPhanChuongMuc", "SỰ CẦN THIẾT")]),
        ("Phần thứ nhất", [("Phan", "Phần thứ nhất")]),
        ("Chương II: Quy định chung", [("Chuong", "Chương II"), ("TenPhanChuongMuc", "QUY ĐỊNH CHUNG")]),
        ("Mục 1. Soạn thảo", [("Muc", "Mục 1"), ("TenPhanChuongMuc", "SOẠN THẢO")]),
        ("Tiểu mục 2 Ký số", [("TieuMuc", "Tiểu mục 2"), ("TenPhanChuongMuc", "KÝ SỐ")]),
        ("Điều 12. Hiệu lực thi hành", [("Dieu", "Điều 12. Hiệu lực thi hành")]),
        ("IV. Tổ chức thực hiện", [("DeMucLaMa", "IV. TỔ CHỨC THỰC HIỆN")]),
        ("2. Về con người", [("DeMucSo", "2. Về con người")]),
        ("Mục tiêu chung", [("TieuDe1", "Mục tiêu chung")]),
    ],
)
def test_a_heading_takes_the_form_of_its_first_words(text, lines):
    assert list(heading_lines(text, 1)) == lines


def test_a_heading_of_no_known_kind_takes_the_form_of_its_level():
    assert [heading_lines("Kết quả", level)[0][0] for level in (1, 2, 3, 6)] == [
        *(styles.TIEU_DE[1], styles.TIEU_DE[2], styles.TIEU_DE[3], styles.TIEU_DE[3]),
    ]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("Điều 3. Hiệu lực", "Điều 3."),
        ("Điều 5a. Bổ sung", "Điều 5a."),
        ("Điều này áp dụng", None),
        ("Tại Điều 3. khoản 1", None),
    ],
)
def test_an_article_begins_with_its_number(text, number):
    assert article_number(text) == number


def test_points_have_the_letters_of_the_vietnamese_alphabet():
    assert is_point("đ) Việc khác")
    assert not is_point("f) x")
    assert not is_point("a, b) x")
