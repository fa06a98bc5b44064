from hypothesis import given
from hypothesis import strategies as st

from congvan.word.body.enumeration import dash_lines, point_label, punctuate


def test_lines_end_with_semicolons_and_the_last_with_a_full_stop():
    assert list(dash_lines(["Như trên", "Lưu: VT, KD"])) == ["- Như trên;", "- Lưu: VT, KD."]


def test_points_follow_the_vietnamese_alphabet():
    assert [point_label(index) for index in range(12)] == ["a", "b", "c", "d", "đ", "e", "g", "h", "i", "k", "l", "m"]


def test_no_point_has_a_foreign_letter():
    assert not {"f", "j", "w", "z"} & {point_label(index) for index in range(23)}


@given(st.integers(min_value=0, max_value=500))
def test_points_never_repeat(index):
    assert point_label(index) not in {point_label(other) for other in range(index)}


@given(st.lists(st.text(alphabet="abc", min_size=1), min_size=1))
def test_every_line_is_there_once(lines):
    assert [line[:-1] for line in punctuate(lines)] == lines
