import io

import pytest
from fontTools.ttLib import TTFont
from hypothesis import given
from hypothesis import strategies as st

from congvan.pdf.fonts import faces
from congvan.pdf.fonts.numbering import descriptor, numbers, pinned_place, postscript_name, texts, widths

SOURCES = [TTFont(io.BytesIO(program)) for program in faces()]
PLACES = st.sampled_from(range(4))


@pytest.fixture(params=range(4), ids=["regular", "bold", "italic", "bold italic"])
def place(request):
    return request.param


def scaled(source, value):
    return round(value * 1000 / source["head"].unitsPerEm, 3)


def test_every_character_has_the_glyph_an_independent_library_finds(place):
    source = SOURCES[place]
    known = {chr(code): source.getGlyphID(name) for code, name in source["cmap"].getcmap(3, 1).cmap.items()}

    assert {text: glyph for text, glyph in numbers(place).items() if len(text) == 1} == known


def test_two_letters_drawn_as_one_have_a_glyph_together(place):
    source = SOURCES[place]
    names = source.getBestCmap()

    assert numbers(place)["fi"] == source.getGlyphID(names[0xFB01])
    assert numbers(place)["fl"] == source.getGlyphID(names[0xFB02])
    assert {text for text in numbers(place) if len(text) > 1} == {"fi", "fl"}


def test_every_glyph_is_as_wide_as_an_independent_library_says(place):
    source = SOURCES[place]
    advances = {
        source.getGlyphID(name): scaled(source, advance) for name, (advance, _) in source["hmtx"].metrics.items()
    }

    assert {glyph: float(width) for glyph, width in widths(place).items()} == pytest.approx(advances, abs=0.01)


def test_a_glyph_tells_the_text_it_is_looked_up_by(place):
    for glyph, text in texts(place).items():
        assert numbers(place)[text] == glyph


@given(PLACES, st.sampled_from("aăâbcdđeêghiklmnoôơpqrstuưvxyáếộữỵẰẪĐ0123456789-/.,;: “”"))
def test_a_letter_of_vietnamese_reads_back_as_itself(place, letter):
    assert texts(place)[numbers(place)[letter]] == letter


def test_faces_are_known_by_their_postscript_names(place):
    assert postscript_name(place) == SOURCES[place]["name"].getDebugName(6)
    assert pinned_place(postscript_name(place)) == place


@pytest.mark.parametrize("name", ["", "LiberationSans", "LiberationSerif-Light", "TimesNewRomanPSMT"])
def test_another_face_has_no_place(name):
    assert pinned_place(name) is None


def test_the_descriptor_says_what_the_face_says(place):
    source = SOURCES[place]
    said = descriptor(place).decode()
    box = [scaled(source, getattr(source["head"], side)) for side in ("xMin", "yMin", "xMax", "yMax")]

    assert f"/FontBBox [{' '.join(f'{side:g}' for side in box)}]" in said
    assert f"/ItalicAngle {source['post'].italicAngle:g} " in said
    assert f"/CapHeight {scaled(source, source['OS/2'].sCapHeight):g} " in said
