from hypothesis import given
from hypothesis import strategies as st

from congvan.pdf.fonts.glyph_set import glyph_set, glyphs_in

GLYPHS = st.frozensets(st.integers(0, 2000))


@given(GLYPHS, GLYPHS)
def test_sets_are_joined_and_read_again(one, other):
    assert glyphs_in(glyph_set(one) | glyph_set(other)) == one | other
