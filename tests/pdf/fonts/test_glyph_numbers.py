import io

import pytest
from fontTools.ttLib import TTFont
from hypothesis import given
from hypothesis import strategies as st

from congvan.pdf.fonts import faces
from congvan.pdf.fonts.glyph_numbers import descriptor, face, face_index_of, numbers, postscript_name, texts, widths

SOURCES = [TTFont(io.BytesIO(program)) for program in faces()]
PLACES = st.sampled_from(range(4))


@pytest.fixture(params=range(4), ids=["regular", "bold", "italic", "bold italic"])
def place(request):
    return request.param


def scaled(source, value):
    return round(value * 1000 / source["head"].unitsPerEm, 3)


def drawn(font, glyph):
    """A glyph's contours as an independent library draws them, its parts put together, and its advance."""
    glyphs, name = font["glyf"], font.getGlyphName(glyph)
    coordinates, ends, _ = glyphs[name].getCoordinates(glyphs)
    return list(coordinates), list(ends), font["hmtx"][name]


def test_every_character_is_drawn_as_in_the_font_itself(place):
    source, own = SOURCES[place], TTFont(io.BytesIO(face(place).program), checkChecksums=2)
    known = {chr(code): source.getGlyphID(name) for code, name in source["cmap"].getcmap(3, 1).cmap.items()}

    assert {text for text in numbers(place) if len(text) == 1} == set(known)
    for letter, glyph in known.items():
        assert drawn(own, numbers(place)[letter]) == drawn(source, glyph), letter


def test_what_vietnamese_is_written_with_has_the_first_numbers(place):
    letters = "AaĐđẰằỮữỵ09-/.,;:“”"

    assert max(numbers(place)[letter] for letter in letters) < 350 < len(numbers(place))


def test_two_letters_drawn_as_one_have_a_glyph_together(place):
    assert numbers(place)["fi"] == numbers(place)["\ufb01"]
    assert numbers(place)["fl"] == numbers(place)["\ufb02"]
    assert {text for text in numbers(place) if len(text) > 1} == {"fi", "fl"}


def test_every_character_is_as_wide_as_an_independent_library_says(place):
    source = SOURCES[place]
    metrics = source["hmtx"].metrics

    for code, name in source["cmap"].getcmap(3, 1).cmap.items():
        width = float(widths(place)[numbers(place)[chr(code)]])
        assert width == pytest.approx(scaled(source, metrics[name][0]), abs=0.01)


def test_a_glyph_tells_the_text_it_is_looked_up_by(place):
    for glyph, text in texts(place).items():
        assert numbers(place)[text] == glyph


@given(PLACES, st.sampled_from("aăâbcdđeêghiklmnoôơpqrstuưvxyáếộữỵẰẪĐ0123456789-/.,;: “”"))
def test_a_letter_of_vietnamese_reads_back_as_itself(place, letter):
    assert texts(place)[numbers(place)[letter]] == letter


def test_faces_are_known_by_their_postscript_names(place):
    assert postscript_name(place) == SOURCES[place]["name"].getDebugName(6)
    assert face_index_of(postscript_name(place)) == place


@pytest.mark.parametrize("name", ["", "LiberationSans", "LiberationSerif-Light", "TimesNewRomanPSMT"])
def test_another_face_has_no_place(name):
    assert face_index_of(name) is None


def test_the_descriptor_says_what_the_face_says(place):
    source = SOURCES[place]
    said = descriptor(place).decode()
    box = [scaled(source, getattr(source["head"], side)) for side in ("xMin", "yMin", "xMax", "yMax")]

    assert f"/FontBBox [{' '.join(f'{side:g}' for side in box)}]" in said
    assert f"/ItalicAngle {source['post'].italicAngle:g} " in said
    assert f"/CapHeight {scaled(source, source['OS/2'].sCapHeight):g} " in said
