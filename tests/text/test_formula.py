from hypothesis import given
from hypothesis import strategies as st

from congvan.text.formula import guarded, unguarded


@given(st.text(alphabet="'=+-@\t\ra1 ＝"))
def test_a_cell_is_read_back_as_it_was_and_never_begins_like_a_formula(cell):
    assert unguarded(guarded(cell)) == cell
    assert not guarded(cell).startswith(("=", "+", "-", "@", "\t", "\r", "＝"))


def test_an_ordinary_cell_is_left_alone():
    assert guarded("Nguyễn Văn A") == "Nguyễn Văn A"
    assert guarded("'quoted'") == "'quoted'"
