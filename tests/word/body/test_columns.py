"""How wide the columns of a table are."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from congvan.text.width import text_width
from congvan.word.body.columns import column_widths, grid, refit_table, shared_widths

quick = settings(deadline=None)
CELL = '<w:tc><w:tcPr><w:tcW w:w="7" w:type="dxa"/></w:tcPr><w:p>{}</w:p></w:tc>'
columns = st.lists(st.tuples(st.integers(1, 60), st.integers(0, 4000)), min_size=1, max_size=8)


@pytest.mark.parametrize(
    ("shares", "least", "widths"),
    [((1, 3), (0, 0), [25, 75]), ((1, 9), (30, 10), [30, 70]), ((1, 1, 8), (30, 20, 20), [30, 20, 50])],
)
def test_no_column_is_narrower_than_its_longest_word(shares, least, widths):
    assert shared_widths(100, shares, least) == widths


def test_words_too_long_for_the_table_part_it_and_break_no_other():
    assert shared_widths(100, (1, 3), (80, 80)) == [50, 50]
    assert shared_widths(100, (1, 9, 40), (20, 500, 10)) == [20, 70, 10]


def test_a_column_has_room_for_its_longest_word_and_the_margins_of_its_cells():
    first, second = column_widths(9000, (1, 99), [("STT", "Tên"), ("1", "Lê Văn Mẫu"), ("1.000.000", "Đào")])

    assert first == round((text_width("1.000.000", 13, bold=True) + 12) * 20)
    assert first + second == 9000


def test_words_joined_by_a_non_breaking_space_are_one():
    first, _ = column_widths(9000, (1, 99), [("110\u00a0kV", "Tên")])

    assert first == round((text_width("110\u00a0kV", 13, bold=True) + 12) * 20)


@quick
@given(columns)
def test_columns_fill_the_table_and_are_wide_enough_where_there_is_room(given_columns):
    shares, least = zip(*given_columns, strict=True)
    widths = shared_widths(9071, shares, least)

    assert 0 <= 9071 - sum(widths) < len(widths)  # parts of a twip are dropped
    if sum(least) <= 9071:
        assert all(width >= needed for width, needed in zip(widths, least, strict=True))


def test_line_breaks_and_markup_inside_a_cell_end_words_as_they_print():
    runs = '<w:r><w:t xml:space="preserve">R&amp;</w:t></w:r><w:r><w:t>D</w:t><w:br/><w:t>xa</w:t></w:r>'
    table = f"<w:tbl>{grid([1, 2])}<w:tr>{CELL.format(runs)}{CELL.format('<w:r><w:t>1</w:t></w:r>')}</w:tr></w:tbl>"
    width = round((text_width("R&D", 13, bold=True) + 12) * 20)

    assert f'<w:gridCol w:w="{width}"/>' in refit_table(table, 9000, 1, 999)
    assert re.findall(r'w:tcW w:w="(\d+)"', refit_table(table, 9000, 1, 999)) == [str(width), str(9000 - width)]
