import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from congvan.pdf.split.plain_words import plain_words

PLACED = re.compile(rb"BT\n(/\S+ \S+ Tf)\n(\S+) 0 0 -1 (\S+) (\S+) Tm\n(<\w+>) Tj\nET\n")
steps = st.lists(st.tuples(st.integers(-900, 900), st.integers(-90, 90)), max_size=8)


def text(shown, *, x="10", y="20", size="14"):
    """A text object as the embedded engine writes it."""
    return f"BT\n/F4 {size} Tf\n1 0 0 -1 {x} {y} Tm\n{shown}\nET\n".encode()


def test_words_in_one_piece_stay_as_they_are():
    content = b"0 0 0 rg\n" + text("<00010002> Tj") + b"1 0 0 RG\n"

    assert plain_words(content) is content


def test_each_glyph_of_a_superscript_becomes_a_word_in_its_place():
    content = text("<0001> Tj\n4.5 0 Td <0002> Tj\n2.25 1 Td <0003> Tj", size="8.12")

    assert [(float(x), float(y), shown) for _, _, x, y, shown in PLACED.findall(plain_words(content))] == [
        (10, 20, b"<0001>"),
        (14.5, 20, b"<0002>"),
        (16.75, 19, b"<0003>"),
    ]


def test_a_scale_goes_into_the_matrix_of_the_words_behind_it():
    content = text("<01> Tj") + b"80 Tz\n" + text("<02> Tj") + text("<03> Tj") + b"100 Tz\n" + text("<04> Tj")
    plain = plain_words(content)

    assert [scale for _, scale, *_ in PLACED.findall(plain)] == [b"1", b"0.8", b"0.8", b"1"]
    assert b"Tz" not in plain


def test_a_scale_ends_with_the_state_it_was_set_in():
    content = b"q\n80 Tz\n" + text("<01> Tj") + b"Q\n" + text("<02> Tj")

    assert [scale for _, scale, *_ in PLACED.findall(plain_words(content))] == [b"0.8", b"1"]


def test_text_of_a_form_that_is_not_known_keeps_its_scale():
    slanted = b"BT\n/F4 14 Tf\n1 0 0.2 -1 10 20 Tm\n<01> Tj\nET\n"

    assert plain_words(b"80 Tz\n" + slanted + text("<02> Tj")) == (
        b"80 Tz\n" + slanted + b"100 Tz\n" + text("<02> Tj").replace(b"\n1 0 0 -1", b"\n0.8 0 0 -1")
    )


@given(steps)
def test_glyphs_stand_where_the_steps_lead_to(moves):
    shown = "<0001> Tj" + "".join(f"\n{across / 8} {up / 8} Td <0001> Tj" for across, up in moves)
    placed = [(float(x), float(y)) for _, _, x, y, _ in PLACED.findall(plain_words(text(shown, x="0", y="0")))]

    assert placed[-1] == pytest.approx((sum(a for a, _ in moves) / 8, -sum(u for _, u in moves) / 8))
    assert len(placed) == len(moves) + 1
