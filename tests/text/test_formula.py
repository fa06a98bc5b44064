from hypothesis import given
from hypothesis import strategies as st

from congvan.text.formula import escape_formula, unescape_formula


@given(st.text(alphabet="'=+-@\t\ra1 ＝"))
def test_a_cell_is_read_back_as_it_was_and_never_begins_like_a_formula(cell):
    assert unescape_formula(escape_formula(cell)) == cell
    assert not escape_formula(cell).startswith(("=", "+", "-", "@", "\t", "\r", "＝"))


def test_an_ordinary_cell_is_left_alone():
    assert escape_formula("Nguyễn Văn A") == "Nguyễn Văn A"
    assert escape_formula("'quoted'") == "'quoted'"
