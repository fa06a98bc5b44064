import io
import re
import shutil

import pikepdf
import pypdf
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pikepdf import Array, Dictionary, Name

from congvan.inspect.pdf.drawing import MM_PER_PT, read_drawing
from congvan.pdf.engines.available import engine
from congvan.pdf.fonts.glyph_numbers import numbers, texts, widths
from congvan.pdf.fonts.glyph_set import glyph_set
from congvan.pdf.metadata import PdfMetadata
from congvan.pdf.paragraphs import LetterText, Paragraph, TextCursor
from congvan.pdf.split.bundle_splitter import split_bundle
from congvan.pdf.split.letter_pdf import is_text_letter
from congvan.pdf.split.libreoffice_text import OfficeFont, OfficeLines, read_office_font
from congvan.pdf.split.text_rewriting import rewrite_text

INSTALLED = shutil.which("soffice") or shutil.which("libreoffice")
A4 = 841.89
NEAR = 0.1  # points
LETTERS = "aăâbcđeêô ộữỵĐ0123-/."
ARRAY = re.compile(rb"<([0-9A-F]*)>|(-?\d+)")


def shown(steps, *, place="85.2 603.1", colour="0 0 0", font="F1", size=14):
    """Text as LibreOffice writes it."""
    return f"q {colour} rg\nBT\n{place} Td /{font} {size} Tf{steps}\nET\nQ\n".encode()


def cut_of(place, letters, wider=0.0):
    """A font that numbers ``letters`` from 1."""
    own = numbers(place)
    return OfficeFont(place, {b"%02X" % code: (own[letter], wider) for code, letter in enumerate(letters, 1)})


@pytest.fixture
def lines():
    return OfficeLines({b"F1": cut_of(0, "abc"), b"F2": cut_of(1, "a"), b"F5": cut_of(0, "xy")}, A4)


def glyphs_in(array):
    """The face's numbers and the moves to the left in what shows text."""
    return [int(copied) if copied else [int(hexed[at : at + 4], 16) for at in range(0, len(hexed), 4)]
            for hexed, copied in ARRAY.findall(array)]  # fmt: skip


def test_text_gets_the_numbers_of_the_face_and_stays_in_its_place_and_colour(lines):
    page = rewrite_text(shown("[<0103>-13<02>]TJ", colour="0.8 0 0"), lines)

    a, b, c = (numbers(0)[letter] for letter in "abc")
    assert page.content == b"q\nBT\n0.8 0 0 rg\n/F0 14 Tf 1 0 0 1 85.2 603.1 Tm [<%04X%04X>-13<%04X>] TJ\nET\nQ\n" % (
        a,
        c,
        b,
    )
    assert page.glyphs == {0: glyph_set([a, b, c])}


def test_a_line_in_two_cuts_of_a_face_is_one_in_the_face(lines):
    steps = "<01>Tj\n1 0 0 1 92.2 603.1 Tm\n/F5 14 Tf<02>Tj\n1 0 0 1 99 603.1 Tm\n/F2 14 Tf[<01>]TJ"
    page = rewrite_text(shown(steps), lines)

    assert re.findall(rb"(/F\d) 14 Tf 1 0 0 1 (\S+) 603.1", page.content) == [
        (b"/F0", b"85.2"),
        (b"/F0", b"92.2"),
        (b"/F1", b"99"),
    ]
    assert page.glyphs == {0: glyph_set([numbers(0)["a"], numbers(0)["y"]]), 1: glyph_set([numbers(1)["a"]])}


def test_what_is_drawn_between_keeps_its_own_colour(lines):
    rule = b"1 1 0 rg\n172 643 23 16 re f*\n"
    page = rewrite_text(shown("<01>Tj") + rule + shown("<02>Tj", colour="1 0 0"), lines)

    before, after = page.content.split(rule)
    assert before.startswith(b"q\nBT\n")
    assert before.endswith(b"ET\nQ\n")
    assert after.startswith(b"q\nBT\n1 0 0 rg\n")
    assert page.graphics.strip() == rule.strip()


def test_narrow_letters_stay_as_narrow(lines):
    page = rewrite_text(b"q 0 0 0 rg\nBT\n0.8 0 0 1 187.2 675 Tm\n/F1 14 Tf<01>Tj\nET\nQ\n", lines)

    assert b"0.8 0 0 1 187.2 675 Tm [<%04X>] TJ" % numbers(0)["a"] in page.content


@pytest.mark.parametrize(
    "content",
    [
        shown("<04>Tj"),  # a glyph nobody knows
        shown("<01>Tj", font="F9"),
        b"q 0 0 0 RG\n1 1 1 rg\nBT\n2 Tr 0.25 w \n145.3 646 Td /F1 14 Tf<01>Tj\nET\nQ\n",  # outlined
        shown("<01>Tj\n/Span<</ActualText<FEFF1EAD>>>\nBDC\n1 0 0 1 243.6 603.1 Tm\n/F1 14 Tf<02>Tj\nEMC"),
    ],
)
def test_text_of_another_form_or_font_is_left_to_the_general_way(lines, content):
    assert rewrite_text(content, lines) is None


def test_words_are_found_in_the_letters_story(lines):
    story = LetterText((Paragraph("P", "ab"), Paragraph("P", "c")), top=50, bottom=800)
    content = shown("<0102>Tj") + shown("<03>Tj", place="85 587") + shown("<01>Tj", place="300 820")
    page = rewrite_text(content, lines, TextCursor(story))

    assert page.marked == (0, 1)
    assert page.content.count(b"/Artifact BMC") == 1  # above the text: the number of the page


@given(st.lists(st.tuples(st.sampled_from(LETTERS), st.integers(-60, 20), st.booleans()), min_size=1, max_size=120))
def test_no_glyph_leaves_its_place_however_widths_were_rounded(line):
    own, advances = numbers(0), widths(0)
    places = {letter: code for code, letter in enumerate(LETTERS, 1)}
    given_widths = {letter: int(float(advances[own[letter]])) for letter in LETTERS}  # LibreOffice cuts fractions off
    glyphs = {b"%02X" % places[x]: (own[x], float(advances[own[x]]) - given_widths[x]) for x in LETTERS}
    line[-1] = (line[-1][0], 0, False)  # the last is followed by nothing
    steps = "".join(f"<{places[letter]:02X}>{copied if moves else ''}" for letter, copied, moves in line)
    page = rewrite_text(shown(f"[{steps.replace('><', '')}]TJ"), OfficeLines({b"F1": OfficeFont(0, glyphs)}, A4))

    expected, at = [], 0.0
    for letter, copied, moves in line:
        expected.append((letter, at))
        at += given_widths[letter] - (copied if moves else 0)
    found, at = [], 0.0
    for step in glyphs_in(page.content[page.content.index(b"[") :]):
        if isinstance(step, int):
            at -= step
            continue
        for glyph in step:
            found.append((texts(0)[glyph], at))
            at += float(advances[glyph])
    assert [letter for letter, _ in found] == [letter for letter, _ in expected]
    assert all(abs(one - other) * 14 / 1000 <= NEAR / 2 for (_, one), (_, other) in zip(found, expected, strict=True))


def font_of(pdf, letters, given_widths, *, name="BAAAAA+LiberationSerif", **entries):
    mapped = "\n".join(f"<{code:02X}> <{ord(letter):04X}>" for code, letter in enumerate(letters, 1))
    source = f"1 begincodespacerange\n<00> <FF>\nendcodespacerange\n{len(letters)} beginbfchar\n{mapped}\nendbfchar\n"
    return Dictionary(
        Type=Name.Font,
        Subtype=Name.TrueType,
        BaseFont=Name(f"/{name}"),
        FirstChar=0,
        Widths=Array([0, *given_widths]),
        ToUnicode=pdf.make_stream(source.encode()),
        **entries,
    )


def test_a_font_is_a_cut_of_the_face_as_far_as_its_glyphs_are_the_faces_own():
    own = numbers(0)
    with pikepdf.new() as pdf:
        font = read_office_font(font_of(pdf, "aộb--c", [443, 500, 700, 333, 333, 443]))

    assert font.face_index == 0
    assert {code: glyph for code, (glyph, _) in font.glyphs.items()} == {  # b is too wide; which of two hyphens?
        b"01": own["a"],
        b"02": own["ộ"],
        b"06": own["c"],
    }


def test_another_font_is_none_of_ours():
    with pikepdf.new() as pdf:
        assert read_office_font(font_of(pdf, "a", [443], name="BAAAAA+TimesNewRomanPSMT")) is None
        assert read_office_font(font_of(pdf, "a", [443], Encoding=Name.WinAnsiEncoding)) is None
        assert read_office_font(Dictionary(Type=Name.Font, BaseFont=Name.LiberationSerif)) is None


@pytest.mark.skipif(not INSTALLED, reason="LibreOffice is not installed on this machine")
def test_every_glyph_of_a_cut_letter_stands_where_libreoffice_set_it(letter, bundle_of):
    every = "".join(sorted(set("".join(texts(0).values()))))[:300]  # more than one of LibreOffice's fonts holds
    names = ("Ông Quách Xuân Khoát", "Bà Triệu Thị Ngọc Ỷ")
    letters = [letter(name=names[0], paragraphs=18), letter(name=names[1], texts=(every,), rule=(300, 300))]
    converted = engine("libreoffice").convert(bundle_of(letters))
    parts = split_bundle(converted, [PdfMetadata(name) for name in names])
    bundle = pypdf.PdfReader(io.BytesIO(converted.pdf)).pages

    assert all(is_text_letter(part.pdf) for part in parts)
    for pages, part in zip(converted.page_ranges, parts, strict=True):
        for number, page in zip(pages, pypdf.PdfReader(io.BytesIO(part.pdf)).pages, strict=True):
            expected, found = read_drawing(bundle[number], 1), read_drawing(page, 1)
            assert [glyph.text for glyph in found.glyphs] == [glyph.text for glyph in expected.glyphs]
            assert [glyph.font for glyph in found.glyphs] == [glyph.font for glyph in expected.glyphs]
            assert len(found.rules) == len(expected.rules)
            for one, other in zip(found.glyphs, expected.glyphs, strict=True):
                assert abs(one.left - other.left) <= NEAR * MM_PER_PT
                assert abs(one.base - other.base) <= NEAR * MM_PER_PT
