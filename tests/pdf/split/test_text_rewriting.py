import io
import re

import pikepdf
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pikepdf import Dictionary, Name, Stream

from congvan.pdf.fonts.glyph_numbers import numbers, texts, widths
from congvan.pdf.fonts.glyph_set import glyph_set
from congvan.pdf.paragraphs import LetterText, Paragraph, TextCursor
from congvan.pdf.split.page import page_content
from congvan.pdf.split.text_rewriting import BundleFont, EmbeddedLines, read_bundle_font, rewrite_text

LETTERS = "aăâbcdđeêghiklmnoôơpqrstuưvxyáếộữỵĐ0123456789-/., "
SHOWN = re.compile(rb"/F\d (\S+) Tf\n1 0 0 -1 (\S+) \S+ Tm \[(.*)\] TJ")
STEP = re.compile(rb"<([0-9A-F]*)>|(-?\d+)")


def drawn(font, size, across, height, glyphs):
    """A word as the engine writes it."""
    return f"BT\n/{font} {size} Tf\n1 0 0 -1 {across} {height} Tm\n<{glyphs}> Tj\nET\n".encode()


@pytest.fixture
def fonts():
    """A regular and a bold font in which the bundle happened to need a, b, c and a joiner first."""
    regular = {b"0001": numbers(0)["a"], b"0002": numbers(0)["b"], b"0003": numbers(0)["c"], b"0004": None}
    return EmbeddedLines({b"F4": BundleFont(0, regular), b"F9": BundleFont(1, {b"0001": numbers(1)["a"]})})


def shown(rewritten, place=0):
    """Every letter of a page in one face, read by the face's own numbers, and where it stands, in points."""
    letters = []
    for size, start, array in SHOWN.findall(rewritten.content):
        at, scale = float(start), float(size) / 1000
        for string, back in STEP.findall(array):
            at -= int(back or 0) * scale
            for glyph in (int(string[step : step + 4], 16) for step in range(0, len(string), 4)):
                letters.append((texts(place)[glyph], at))
                at += float(widths(place)[glyph]) * scale
    return letters


def said(rewritten):
    return "".join(letter for letter, _ in shown(rewritten))


def test_words_are_written_in_the_numbers_of_the_face(fonts):
    page = rewrite_text(drawn("F4", 14, "99.2", "83.3", "00010003") + drawn("F4", 14, "130", "83.3", "0002"), fonts)

    assert said(page) == "acb"
    assert page.glyphs == {0: glyph_set(numbers(0)[letter] for letter in "abc")}


def test_words_of_a_line_stand_where_they_stood(fonts):
    page = rewrite_text(drawn("F4", 14, "99.2", "83.3", "0001") + drawn("F4", 14, "130.75", "83.3", "0001"), fonts)

    assert shown(page) == [("a", 99.2), ("a", pytest.approx(130.75, abs=0.01))]


def test_words_that_follow_each_other_closely_are_one_string(fonts):
    end = 99.2 + float(widths(0)[numbers(0)["a"]]) * 14 / 1000
    page = rewrite_text(drawn("F4", 14, "99.2", "83.3", "0001") + drawn("F4", 14, f"{end:.6f}", "83.3", "0002"), fonts)

    assert b"[<%04X%04X>] TJ" % (numbers(0)["a"], numbers(0)["b"]) in page.content


def test_what_holds_words_together_is_no_part_of_the_letter(fonts):
    page = rewrite_text(drawn("F4", 14, "9", "9", "000100040002"), fonts)

    assert said(page) == "ab"


def test_rules_and_colours_stay_and_are_told_apart(fonts):
    page = rewrite_text(b"0 0 0 rg\n" + drawn("F4", 14, "9", "9", "0001") + b"0 9 m 99 9 l S\n", fonts)

    assert page.content.startswith(b"0 0 0 rg\nBT\n")
    assert page.content.endswith(b"ET\n0 9 m 99 9 l S\n")
    assert page.graphics.split() == b"0 0 0 rg 0 9 m 99 9 l S".split()


def test_another_face_is_called_by_its_own_name(fonts):
    page = rewrite_text(drawn("F4", 14, "9", "9", "0001") + drawn("F9", 12, "20", "9", "0001"), fonts)

    assert re.findall(rb"/F\d [\d.]+ Tf", page.content) == [b"/F0 14 Tf", b"/F1 12 Tf"]
    assert set(page.glyphs) == {0, 1}


@pytest.mark.parametrize(
    "content",
    [
        b"BT /F4 9 Tf 9 9 Td (abc) Tj ET",
        drawn("F4", 9, "9", "9", "0001") + b"BT /F4 9 Tf <0001> Tj ET",
        b"BT /F4 9 Tf [<0001>] TJ ET",
        drawn("F7", 9, "9", "9", "0001"),
        drawn("F4", 9, "9", "9", "00010099"),
        drawn("F4", 9, "9", "9", "0001").replace(b"> Tj", b"> Tj 9 0 Td <0001> Tj"),
        drawn("F4", 9, "9", "9", "0001") + drawn("F4", 9, "20", "9", "0001").replace(b" Tf", b" Tf 2 Tr"),
    ],
    ids=[
        *("letters", "another form", "spread", "another font", "a glyph of no known character"),
        *("more than a string", "letters in outline"),
    ],
)
def test_text_of_another_form_is_not_written_anew(fonts, content):
    assert rewrite_text(content, fonts) is None


def test_a_page_without_text_stays_as_it_is():
    assert rewrite_text(b"0 9 m 99 9 l S", EmbeddedLines({})).content == b"0 9 m 99 9 l S"


@given(st.lists(st.text(LETTERS, min_size=1, max_size=8), min_size=1, max_size=12), st.permutations(sorted(LETTERS)))
def test_a_page_does_not_depend_on_how_the_bundle_numbered_its_glyphs(words, order):
    def page(letters):
        own = {letter: f"{number:04X}" for number, letter in enumerate(letters, 1)}
        font = BundleFont(0, {number.encode(): numbers(0)[letter] for letter, number in own.items()})
        lines = (drawn("F4", 14, 30 * at, 80, "".join(own[letter] for letter in word)) for at, word in enumerate(words))
        return rewrite_text(b"".join(lines), EmbeddedLines({b"F4": font}))

    assert page(order) == page(sorted(LETTERS))
    letters = iter(shown(page(order)))
    for at, word in enumerate(words):
        assert next(letters) == (word[0], pytest.approx(30 * at, abs=0.01))
        assert "".join(next(letters)[0] for _ in word[1:]) == word[1:]


def test_every_word_is_marked_with_its_paragraph_and_all_else_as_an_artifact(fonts):
    story = LetterText((Paragraph("P", "aa"), Paragraph("P", "b")), top=50, bottom=800)
    words = [("10", "20", "0003"), ("10", "90", "0001"), ("40", "90", "0001"), ("10", "120", "0002")]
    content = b"".join(drawn("F4", 14, *word) for word in words) + b"0 9 m 99 9 l S\n"
    page = rewrite_text(content, fonts, TextCursor(story))

    assert page.marked == (0, 1)
    marks = re.findall(rb"/Artifact BMC|/P<</MCID (\d)>>BDC|(EMC)", page.content)
    assert marks == [(b"", b""), (b"", b"EMC"), (b"0", b""), (b"", b"EMC"), (b"1", b""), (b"", b"EMC"), *marks[:2]]


def test_the_marks_the_engine_itself_puts_about_headings_do_not_cross_ours(fonts):
    reading = TextCursor(LetterText((Paragraph("H1", "a"), Paragraph("P", "bc")), 0, 800))
    heading = b"/H1 <</MCID 0 >>BDC\n" + drawn("F4", 14, "9", "9", "0001") + b"EMC\n"
    page = rewrite_text(b"0 0 0 rg\n" + heading + drawn("F4", 14, "9", "30", "00020003"), fonts, reading)

    assert re.findall(rb"/Artifact BMC|MCID \d+|EMC", page.content) == [
        *(b"/Artifact BMC", b"EMC", b"MCID 0", b"EMC", b"MCID 1", b"EMC"),
    ]
    assert page.marked == (0, 1)


def test_the_cells_of_a_row_on_one_baseline_are_told_apart(fonts):
    story = LetterText((Paragraph("P", "a"), Paragraph("P", "bc"), Paragraph("P", "a")), top=50, bottom=800)
    words = [("10", "90", "0001"), ("40", "90", "0002"), ("60", "90", "0003"), ("90", "90", "0001")]
    page = rewrite_text(b"".join(drawn("F4", 14, *word) for word in words), fonts, TextCursor(story))

    assert page.marked == (0, 1, 2)
    assert re.findall(rb"MCID (\d).*?Tm \[<(\w+)>", page.content, re.DOTALL) == [
        (str(block).encode(), b"%04X" % numbers(0)[letter]) for block, letter in enumerate("aba")
    ]


def test_the_words_of_a_cell_are_set_together(fonts):
    story = LetterText((Paragraph("P", "ab"), Paragraph("P", "ca")), top=50, bottom=800)
    words = [("10", "90", "0001"), ("40", "90", "0002"), ("60", "90", "0003"), ("90", "90", "0001")]
    page = rewrite_text(b"".join(drawn("F4", 14, *word) for word in words), fonts, TextCursor(story))

    assert page.content.count(b"TJ") == len(page.marked) == 2
    assert [place for _, place in shown(page)] == [pytest.approx(place, abs=0.01) for place in (10, 40, 60, 90)]


def test_a_blank_between_cells_stays_with_the_one_before_it():
    font = {b"0001": numbers(0)["a"], b"0002": numbers(0)["b"], b"0003": numbers(0)[" "]}
    story = LetterText((Paragraph("P", "a"), Paragraph("P", "b")), top=50, bottom=800)
    words = [("5", "90", "0003"), ("10", "90", "0001"), ("40", "90", "0003"), ("60", "90", "0002")]
    content = b"".join(drawn("F4", 14, *word) for word in words)
    page = rewrite_text(content, EmbeddedLines({b"F4": BundleFont(0, font)}), TextCursor(story))

    assert page.marked == (0, 1)
    assert [letter for letter, _ in shown(page)] == [" ", "a", " ", "b"]
    assert page.content.index(b"TJ") < page.content.index(b"MCID 0")


def test_a_font_of_the_bundle_is_read_by_its_map_to_unicode(letter, bundle_of, embedded):
    converted = embedded.convert(bundle_of([letter()]))
    with pikepdf.open(io.BytesIO(converted.pdf)) as pdf:
        page = pdf.pages[0]
        fonts = {name[1:].encode(): read_bundle_font(font) for name, font in page.resources.Font.items()}
        letters = rewrite_text(page_content(page), EmbeddedLines(fonts))

    assert sorted(font.face_index for font in fonts.values()) == [0, 1, 2, 3]
    assert "Thực " in said(letters)


@pytest.mark.parametrize(
    "changed",
    [{"BaseFont": Name("/AAAAAA+Arial")}, {"Encoding": Name.WinAnsiEncoding}, {"ToUnicode": None}],
    ids=["another face", "letters by code", "no map"],
)
def test_a_font_that_is_no_pinned_face_with_numbered_glyphs_is_left_alone(changed):
    with pikepdf.new() as pdf:
        sound = {
            "BaseFont": Name("/AAAAAA+LiberationSerif"),
            "Encoding": Name("/Identity-H"),
            "ToUnicode": Stream(pdf, b"1 beginbfchar\n<0001> <0061>\nendbfchar"),
        }
        assert read_bundle_font(Dictionary(**sound))[b"0001"].glyphs == glyph_set([numbers(0)["a"]])
        parts = {name: value for name, value in {**sound, **changed}.items() if value is not None}

        assert read_bundle_font(Dictionary(**parts)) is None
