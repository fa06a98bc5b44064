"""Small pages written by hand, operator by operator; A4, so that the upper edge is at 841.89 points."""

import io

import pikepdf
import pypdf
import pytest

from congvan.inspect.pdf.drawing import read_drawing

MM_PER_PT = 25.4 / 72
TOP = 841.89


def page_of(content, *, rotate=0, box=(0, 0, 595.276, TOP), **resources):
    with pikepdf.new() as pdf:
        page = pdf.add_blank_page(page_size=(100, 100))
        page.obj.MediaBox = pikepdf.Array(list(box))
        page.obj.Rotate = rotate
        times = pikepdf.Dictionary(
            Type=pikepdf.Name.Font,
            Subtype=pikepdf.Name.Type1,
            BaseFont=pikepdf.Name("/Times-Bold"),
            Encoding=pikepdf.Name.WinAnsiEncoding,
        )
        found = {name: make(pdf) for name, make in resources.items()}
        page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F0=times), **found)
        page.Contents = pdf.make_stream(content.encode("latin-1"))
        target = io.BytesIO()
        pdf.save(target)
    return read_drawing(pypdf.PdfReader(io.BytesIO(target.getvalue())).pages[0], 1)


def text_of(page):
    return "".join(glyph.text for glyph in page.glyphs)


def test_a_letter_stands_where_its_matrix_puts_it():
    first = page_of("BT /F0 14 Tf 1 0 0 1 72 769.89 Tm (Do) Tj ET").glyphs[0]

    assert (first.text, first.font.size, first.font.bold) == ("D", 14, True)
    assert (first.left, first.base) == (pytest.approx(25.4), pytest.approx(25.4))
    assert first.right - first.left == pytest.approx(0.722 * 14 * MM_PER_PT, abs=0.01)


def test_a_size_is_what_is_printed_not_what_is_written():
    (glyph,) = page_of("q 0.5 0 0 0.5 0 0 cm BT /F0 1 Tf 26 0 0 26 100 100 Tm (H) Tj ET Q").glyphs

    assert glyph.font.size == 13


def test_lines_follow_each_other_by_their_leading():
    page = page_of("BT /F0 10 Tf 12 TL 100 700 Td (A) Tj T* (B) Tj (C) ' 0 -20 TD (D) Tj 1 2 (E) \" ET")

    assert text_of(page) == "ABCDE"
    heights = [round((TOP - glyph.base / MM_PER_PT), 2) for glyph in page.glyphs]
    assert heights == [700, 688, 676, 656, 636]


def test_distances_and_spaces_move_what_follows():
    plain, apart = (
        page_of(f"BT /F0 10 Tf 0 0 Td {shown} ET") for shown in ("(A B) Tj", "2 Tc 3 Tw [(A) -500 ( B)] TJ")
    )

    moved = apart.glyphs[-1].left - plain.glyphs[-1].left
    assert moved == pytest.approx((2 + 5 + 2 + 3) * MM_PER_PT)


def test_a_line_drawn_is_a_rule_with_its_thickness():
    (rule,) = page_of("q 2 0 0 2 0 0 cm 0.5 w 50 100 m 150 100 l S Q").rules

    assert rule.level
    assert (rule.left, rule.right) == (pytest.approx(100 * MM_PER_PT), pytest.approx(300 * MM_PER_PT))
    assert rule.thickness == pytest.approx(1)
    assert (rule.top + rule.bottom) / 2 == pytest.approx((TOP - 200) * MM_PER_PT)


def test_a_thin_rectangle_filled_is_a_rule_and_a_thick_one_is_none():
    (rule,) = page_of("1 0 0 rg 100 300 200 0.75 re f 100 400 200 50 re f").rules

    assert (rule.length, rule.colour) == (pytest.approx(200 * MM_PER_PT), "FF0000")
    assert rule.thickness == pytest.approx(0.75)


def test_the_sides_of_a_rectangle_stroked_are_four_rules():
    rules = page_of("1 w 100 300 50 30 re S").rules

    assert [rule.level for rule in rules] == [True, False, True, False]


def test_slanted_lines_and_curves_are_no_rules():
    assert page_of("0 0 m 100 100 l S 0 0 m 10 10 20 10 30 0 c S").rules == ()


@pytest.mark.parametrize(
    ("set_colour", "colour"), [("0.5 g", "808080"), ("0 0 1 rg", "0000FF"), ("0 1 1 0 k", "FF0000")]
)
def test_colours_are_told_in_red_green_and_blue(set_colour, colour):
    (glyph,) = page_of(f"{set_colour} BT /F0 10 Tf (A) Tj ET").glyphs

    assert glyph.font.colour == colour


def test_what_is_saved_comes_back():
    page = page_of("q 1 0 0 rg BT /F0 10 Tf (A) Tj ET Q BT /F0 10 Tf (B) Tj ET Q Q")

    assert [glyph.font.colour for glyph in page.glyphs] == ["FF0000", "000000"]


def test_a_page_turned_to_landscape_is_measured_as_it_is_read():
    page = page_of("BT /F0 10 Tf 0 1 -1 0 100 200 Tm (A) Tj ET", rotate=90)

    assert (round(page.width), round(page.height)) == (297, 210)
    assert (page.glyphs[0].left, page.glyphs[0].base) == (
        pytest.approx(200 * MM_PER_PT),
        pytest.approx(100 * MM_PER_PT),
    )


def test_a_page_is_measured_from_its_own_corner():
    page = page_of("BT /F0 10 Tf 1 0 0 1 110 120 Tm (A) Tj ET", box=(100, 100, 200, 300))

    assert (page.glyphs[0].left, page.glyphs[0].base) == (pytest.approx(10 * MM_PER_PT), pytest.approx(180 * MM_PER_PT))


def test_text_across_the_page_such_as_a_watermark_is_left_out():
    assert page_of("BT /F0 40 Tf 0.7 0.7 -0.7 0.7 100 100 Tm (MAU) Tj ET").glyphs == ()


def test_text_a_scanner_hides_is_not_visible():
    (glyph,) = page_of("BT 3 Tr /F0 10 Tf (A) Tj ET").glyphs

    assert not glyph.visible


def a_form(content):
    def make(pdf):
        form = pdf.make_stream(content.encode())
        form.Type, form.Subtype = pikepdf.Name.XObject, pikepdf.Name.Form
        form.BBox, form.Matrix = pikepdf.Array([0, 0, 500, 500]), pikepdf.Array([1, 0, 0, 1, 30, 40])
        return pikepdf.Dictionary(X0=pdf.make_indirect(form))

    return make


def test_what_a_form_draws_stands_where_the_form_is_put():
    page = page_of("q 1 0 0 1 100 200 cm /X0 Do Q", XObject=a_form("1 w 0 0 m 50 0 l S"))

    assert page.rules[0].left == pytest.approx(130 * MM_PER_PT)
    assert (page.rules[0].top + page.rules[0].bottom) / 2 == pytest.approx((TOP - 240) * MM_PER_PT)


def test_a_form_that_draws_itself_comes_to_an_end():
    page = page_of("/X0 Do", XObject=a_form("1 w 0 0 m 50 0 l S /X0 Do /X0 Do"))

    assert 0 < len(page.rules) <= 1001


def test_a_picture_has_its_place_and_size():
    def make(pdf):
        picture = pdf.make_stream(b"\0", Subtype=pikepdf.Name.Image, Width=1, Height=1, BitsPerComponent=8)
        return pikepdf.Dictionary(X0=pdf.make_indirect(picture))

    (picture,) = page_of("q 144 0 0 72 72 697.89 cm /X0 Do Q", XObject=make).pictures

    measured = (picture.left, picture.top, picture.width, picture.height)
    assert measured == tuple(pytest.approx(value) for value in (25.4, 25.4, 50.8, 25.4))
