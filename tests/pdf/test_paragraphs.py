import unicodedata
from itertools import pairwise

import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from hypothesis import given
from hypothesis import strategies as st

from congvan.pdf.paragraphs import LetterText, Paragraph, TextCursor, heading_tags, match_key, read_letter_texts

TOP, BOTTOM, INSIDE = 56.7, 785.2, 300.0
SECTION = '<w:sectPr><w:pgSz w:h="16838"/><w:pgMar w:top="1134" w:bottom="1134"/></w:sectPr>'
BORDERS = "<w:tblPr><w:tblBorders><w:top/></w:tblBorders></w:tblPr>"


def paragraph(text, style="", mark="", section=""):
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    marked = f'<w:bookmarkStart w:id="1" w:name="{mark}"/>' if mark else ""
    return f"<w:p><w:pPr>{named}{section}</w:pPr>{marked}<w:r><w:t>{text}</w:t></w:r></w:p>"


def table(*rows, borders=BORDERS, heads=1):
    made = []
    for number, row in enumerate(rows):
        head = "<w:trPr><w:tblHeader/></w:trPr>" if number < heads else ""
        made.append(f"<w:tr>{head}{''.join(f'<w:tc>{paragraph(text)}</w:tc>' for text in row)}</w:tr>")
    return f"<w:tbl>{borders}{''.join(made)}</w:tbl>"


def stories(*blocks, bookmarks=(), kinds=None):
    body = parse_xml(f"<w:body {nsdecls('w')}>{''.join(blocks)}</w:body>")
    return read_letter_texts(body, bookmarks, kinds or {})


def reading_of(*texts):
    return TextCursor(LetterText(tuple(Paragraph("P", match_key(text)) for text in texts), TOP, BOTTOM))


def followed(reading, *words, baseline=INSIDE):
    return [reading.paragraph_of(match_key(word), baseline) for word in words]


# What a letter says


def test_paragraphs_are_read_in_order_and_cells_with_their_place():
    (story,) = stories(paragraph("Kính gửi:"), table(["TT", "Tên"], ["1", "Đào"]), paragraph("./."), SECTION)

    assert [
        (block.text, block.cell and (block.cell.row, block.cell.column, block.cell.head)) for block in story.paragraphs
    ] == [
        ("kínhgửi:", None),
        ("tt", (0, 0, True)),
        ("tên", (0, 1, True)),
        ("1", (1, 0, False)),
        ("đào", (1, 1, False)),
        ("./.", None),
    ]


def test_a_table_without_lines_is_layout():
    (story,) = stories(table(["Nơi nhận:", "GIÁM ĐỐC"], borders=""), SECTION)

    assert [block.cell for block in story.paragraphs] == [None, None]


def test_cells_of_two_tables_are_told_apart():
    (story,) = stories(table(["a"]), paragraph("b"), table(["a"]), SECTION)

    one, _, other = (block.cell for block in story.paragraphs)
    assert one != other


def test_each_letter_of_a_bundle_has_its_own_story():
    first, second = stories(
        *(paragraph("Một", mark="a"), paragraph("", section=SECTION), paragraph("Hai", mark="b"), SECTION),
        bookmarks=("a", "b"),
    )

    assert [[block.text for block in story.paragraphs] for story in (first, second)] == [["một", ""], ["hai"]]


def test_a_bookmark_of_the_letter_s_own_begins_no_other_letter():
    assert len(stories(paragraph("Một"), paragraph("Hai", mark="own"), SECTION, bookmarks=("a",))) == 1


def test_text_stands_between_the_margins():
    (story,) = stories(paragraph("a"), SECTION)

    assert (story.top, story.bottom) == (pytest.approx(TOP, abs=0.1), pytest.approx(BOTTOM, abs=0.1))


def test_the_widest_margins_of_several_sections_count():
    narrow = SECTION.replace('w:top="1134" w:bottom="1134"', 'w:top="567" w:bottom="2268"')
    (story,) = stories(paragraph("a", section=narrow), paragraph("b"), SECTION)

    assert (story.top, story.bottom) == (pytest.approx(TOP / 2, abs=0.1), pytest.approx(BOTTOM, abs=0.1))


def test_a_style_with_an_outline_level_is_a_heading():
    levels = {"Dieu": "4", "Than": "9", "Khoan": None}
    levelled = "".join(
        f'<w:style w:styleId="{name}"><w:pPr>{f"<w:outlineLvl w:val={chr(34)}{level}{chr(34)}/>" if level else ""}</w:pPr></w:style>'
        for name, level in levels.items()
    )
    kinds = heading_tags(parse_xml(f"<w:styles {nsdecls('w')}>{levelled}</w:styles>"))
    (story,) = stories(*(paragraph("a", style) for style in levels), SECTION, kinds=kinds)

    assert kinds == {"Dieu": "H5"}
    assert [block.kind for block in story.paragraphs] == ["H5", "P", "P"]


@given(st.text(alphabet="aáạbốưđ ĐÂ12/-\u00ad\u200b\u200d\u2011", max_size=20))
def test_a_word_is_the_same_however_it_is_spaced_capitalised_and_composed(text):
    hidden = unicodedata.normalize("NFD", "\u200d".join(text)).upper()

    assert match_key(f" {hidden}\u00ad") == match_key(text)
    assert match_key(match_key(text)) == match_key(text)


# The words of its pages, followed


def test_words_are_followed_through_paragraphs_and_over_pages():
    reading = reading_of("Kính gửi: Sở", "", "Một đoạn", "Hết.")

    assert followed(reading, "Kính", "gửi:", "Sở", "Một") == [0, 0, 0, 2]
    assert followed(reading, "2", baseline=30.0) == [None]  # the number of the next page
    assert not reading.is_at_end
    assert followed(reading, "đoạn", "Hết.") == [2, 3]
    assert reading.is_at_end


def test_words_in_capitals_or_with_hidden_characters_are_found():
    reading = reading_of("Về việc 3197/UBND-CN", "công tác")

    assert followed(reading, "VỀ", "VIỆC", "3197/\u200dUBND-\u200dCN", "CÔNG", "TÁC") == [0, 0, 0, 1, 1]


def test_the_head_of_a_table_repeated_on_a_new_page_is_no_text():
    reading = reading_of("TT", "Tên đơn vị", "1", "Sở A", "2", "Sở B")

    assert followed(reading, "TT", "Tên", "đơn", "vị", "1", "Sở", "A") == [0, 1, 1, 1, 2, 3, 3]
    assert followed(reading, "TT", "Tên", "đơn", "vị") == [None] * 4
    assert followed(reading, "2", "Sở", "B") == [4, 5, 5]
    assert reading.is_at_end


def test_a_line_of_two_paragraphs_is_of_neither():
    reading = reading_of("1", "Sở A")

    assert followed(reading, "1 Sở A", "1", "Sở A") == [None, 0, 1]


def test_what_stands_in_the_margins_is_no_text():
    reading = reading_of("2", "Hết.")

    assert followed(reading, "2", baseline=TOP - 1) == followed(reading, "2", baseline=BOTTOM + 1) == [None]
    assert followed(reading, "2") == [0]


def test_a_word_that_is_not_the_letter_s_leaves_it_incomplete():
    reading = reading_of("Một hai ba")

    assert followed(reading, "Một", "bốn", "ba") == [0, None, None]
    assert not reading.is_at_end


def test_after_its_last_word_a_letter_has_no_more():
    reading = reading_of("Hết.")

    assert followed(reading, "Hết.", "Hết.", "a") == [0, None, None]
    assert reading.is_at_end


def test_a_letter_without_text_is_complete_at_once():
    assert reading_of().is_at_end
    assert reading_of("", "").is_at_end


WORDS = st.text(alphabet="aáạbốưđĐÂ12/", min_size=1, max_size=4)


@given(st.lists(st.lists(WORDS, max_size=5), max_size=5))
def test_every_word_drawn_in_order_is_found_in_its_own_paragraph(paragraphs):
    reading = reading_of(*(" ".join(words) for words in paragraphs))
    places = [place for place, words in enumerate(paragraphs) for _ in words]

    assert followed(reading, *(word for words in paragraphs for word in words)) == places
    assert all(one <= other for one, other in pairwise(places))
    assert reading.is_at_end


@given(st.lists(st.lists(WORDS, min_size=1, max_size=5), min_size=1, max_size=4), st.data())
def test_a_letter_of_which_a_word_is_missing_is_never_complete(paragraphs, data):
    reading = reading_of(*(" ".join(words) for words in paragraphs))
    words = [word for words in paragraphs for word in words]
    words.pop(data.draw(st.integers(0, len(words) - 1)))
    followed(reading, *words)

    assert not reading.is_at_end
