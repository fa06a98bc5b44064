import io
import re

import pikepdf
import pytest
from hypothesis import given
from hypothesis import strategies as st

from congvan.pdf.fonts.font_object import GlyphFont, glyphs_of, pinned_font, read_glyph_font, read_unicodes
from congvan.pdf.fonts.glyph_numbers import widths
from congvan.pdf.metadata import PdfMetadata
from congvan.pdf.split.bundle_splitter import split_bundle


@pytest.fixture
def pdf(letter, bundle_of, embedded):
    """A letter that shows two faces."""
    part = split_bundle(embedded.convert(bundle_of([letter()])), [PdfMetadata("a")])[0]
    with pikepdf.open(io.BytesIO(part.pdf)) as opened:
        yield opened


@pytest.fixture
def font(pdf):
    return read_glyph_font(pdf.pages[0].Resources.Font.F0)


def written(font):
    target = pikepdf.new()
    place = font.write(target)
    return target, read_glyph_font(place)


def test_a_font_reads_as_it_was_written(font):
    _, again = written(font)

    assert (again.name, again.widths, again.unicodes) == (font.name, font.widths, font.unicodes)
    assert again.face.program == font.face.program


def test_a_cut_font_knows_width_and_meaning_of_its_own_glyphs_only(font):
    glyphs = frozenset(sorted(font.widths)[10:40:3])
    _, again = written(font.only(glyphs))

    assert again.widths == {glyph: font.widths[glyph] for glyph in glyphs}
    assert again.unicodes == {glyph: font.unicodes[glyph] for glyph in glyphs}


def test_two_cuts_of_one_font_are_joined(font):
    glyphs = sorted(font.widths)
    one, other = font.only(frozenset(glyphs[:20])), font.only(frozenset(glyphs[10:30]))

    joined, both = one.joined(other), font.only(frozenset(glyphs[:30]))
    assert (joined.widths, joined.unicodes) == (both.widths, both.unicodes)
    assert joined.face.program == both.face.program


def test_fonts_in_which_a_number_means_different_letters_are_not_joined(font):
    glyph = min(font.unicodes)
    other = GlyphFont(font.name, font.face, font.widths, {**font.unicodes, glyph: b"0041"}, font.descriptor)

    assert font.joined(other) is None


def test_different_faces_are_not_joined(pdf, font):
    assert font.joined(read_glyph_font(pdf.pages[0].Resources.Font.F1)) is None


def test_the_name_tells_which_glyphs_are_in(font):
    glyphs = sorted(font.widths)
    with pikepdf.new() as target:
        fonts = [font.only(frozenset(part)).write(target) for part in (glyphs[:5], glyphs[:6], glyphs[:5])]
        names = [str(written.BaseFont) for written in fonts]

    assert names[0] == names[2] != names[1]
    assert names[0].endswith("+LiberationSerif")


def test_a_simple_font_is_not_of_the_kind_that_can_be_cut():
    simple = pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.TrueType, BaseFont=pikepdf.Name.Arial)

    assert read_glyph_font(simple) is None


def test_cut_letters_carry_cut_fonts(letter, bundle_of, embedded):
    part = split_bundle(
        embedded.convert(bundle_of([letter(name="Ỷ"), letter(name="a")])), [PdfMetadata("a"), PdfMetadata("b")]
    )[1]

    with pikepdf.open(io.BytesIO(part.pdf)) as opened:
        font = read_glyph_font(opened.pages[0].Resources.Font.F0)
        assert b"1EF6" not in font.unicodes.values()
        assert b"0061" in font.unicodes.values()


@given(st.frozensets(st.integers(1, len(widths(0)) - 1), max_size=40))
def test_a_cut_of_a_pinned_face_is_named_after_the_glyphs_in_it(glyphs):
    font = pinned_font(0, glyphs)

    assert set(font.widths) == glyphs
    assert re.fullmatch(r"[A-Z]{6}\+LiberationSerif", font.tagged_name)
    assert font.tagged_name == pinned_font(0, glyphs).tagged_name


def test_a_map_to_unicode_is_read_in_both_forms():
    cmap = b"""2 beginbfchar
<0001> <0020>
<0016> <0110>
endbfchar
2 beginbfrange
<0003> <0005> <0067>
<0009> <0009> <D83DDE00>
endbfrange"""

    assert read_unicodes(cmap) == {1: b"0020", 0x16: b"0110", 3: b"0067", 4: b"0068", 5: b"0069", 9: b"D83DDE00"}


def test_what_a_font_tells_of_its_glyphs_is_read_again():
    font = pinned_font(1, frozenset(range(30, 400, 7)))

    assert read_unicodes(font.unicode_map) == dict(font.unicodes)
    assert glyphs_of(font.width_array) == frozenset(font.widths)
