"""Letters a test puts on a page one word at a time; ten points, a letter half as wide, on a page of a hand's width."""

import pytest

from congvan.inspect.model import Font, Rule
from congvan.inspect.pdf.drawing import Glyph
from congvan.inspect.pdf.frames import frames
from congvan.inspect.pdf.lines import distinct_rules, page_lines

WIDE = 10 * 25.4 / 72 / 2
ROMAN, BOLD = Font("Times New Roman", 10), Font("Times New Roman", 10, bold=True)


def word(text, left, base, font=ROMAN):
    return [Glyph(sign, left + at * WIDE, left + (at + 1) * WIDE, base, font) for at, sign in enumerate(text)]


def read(*words):
    return list(page_lines([glyph for each in words for glyph in each], 1))


def test_words_on_one_base_line_are_one_line_from_left_to_right():
    (line,) = read(word("phúc", 38, 30), word("Hạnh", 30, 30.1))

    assert line.text == "Hạnh phúc"
    assert (line.left, line.right) == (30, pytest.approx(38 + 4 * WIDE))


def test_loose_marks_join_their_letters():
    (line,) = read(word("a\u0323", 30, 30))

    assert (line.text, line.raw) == ("ạ", "a\u0323")


def test_a_wide_gap_parts_two_columns():
    assert [line.text for line in read(word("SỞ", 30, 30), word("CỘNG", 50, 30))] == ["SỞ", "CỘNG"]


def test_room_for_a_number_parts_nothing():
    assert [line.text for line in read(word("Số:", 30, 30), word("/SCT", 50, 30))] == ["Số: /SCT"]


def test_the_wide_spaces_of_a_justified_line_part_nothing():
    words = [word("chữ", 30 + at * 10, 30) for at in range(5)]

    assert [line.text for line in read(*words)] == ["chữ chữ chữ chữ chữ"]


def test_a_line_is_measured_from_its_base_line():
    (line,) = read(word("A", 30, 30))

    assert line.base == 30
    assert (line.base - line.top) / (line.bottom - line.base) == pytest.approx(0.891 / 0.216)


def test_stretches_of_one_look_are_kept_apart():
    (line,) = read(word("Điều", 30, 30, BOLD), word("theo", 38, 30))

    assert [(span.text, span.font.bold) for span in line.spans] == [("Điều", True), (" theo", False)]


PAGE = {
    "indented": (40, 30, 90),
    "goes on": (30, 34, 90),
    "ends": (30, 38, 60),
    "next, indented": (40, 42, 90),
    "its end": (30, 46, 50),
}


def test_an_indent_begins_a_paragraph_and_the_edge_goes_on():
    lines = read(*(word("x" * int((right - left) / WIDE), left, base) for left, base, right in PAGE.values()))

    assert [line.paragraph for line in lines] == [1, 1, 1, 2, 2]


def test_short_lines_of_one_length_are_paragraphs_each():
    lines = read(word("x" * 40, 30, 20), word("Như", 30, 30), word("Lưu", 30, 34))

    assert [line.paragraph for line in lines] == [1, 2, 3]


def test_a_dash_begins_a_paragraph():
    lines = read(word("x" * 30, 30, 30), word("-", 30, 34), word("x" * 25, 35, 34))

    assert [line.paragraph for line in lines] == [1, 2]


def rule(left, top, right, bottom):
    return Rule(1, left, right, top, bottom, 0.75)


def test_a_rule_drawn_twice_counts_once():
    assert len(distinct_rules([rule(10, 10, 50, 10.2), rule(10.01, 10, 50, 10.2), rule(10, 20, 50, 20.2)])) == 2


BOX = [rule(10, 10, 40, 10.2), rule(10, 17.8, 40, 18), rule(10, 10, 10.2, 18), rule(39.8, 10, 40, 18)]


def test_four_rules_that_meet_are_a_frame():
    (frame,) = frames(BOX)

    assert (frame.width, frame.height) == (pytest.approx(30), pytest.approx(8))


@pytest.mark.parametrize("missing", range(4))
def test_three_sides_are_no_frame(missing):
    assert list(frames(BOX[:missing] + BOX[missing + 1 :])) == []
