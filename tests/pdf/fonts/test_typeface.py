import io
from dataclasses import replace

import pytest
from fontTools.ttLib import TTFont
from hypothesis import given
from hypothesis import strategies as st

from congvan.pdf.fonts import faces
from congvan.pdf.fonts.typeface import Typeface

WHOLE = Typeface.read(faces()[0])
SOURCE = TTFont(io.BytesIO(faces()[0]))
GLYPHS = st.frozensets(st.integers(0, WHOLE.glyph_count - 1), max_size=60)


def outline_of(font, number):
    """A glyph's contours as an independent library draws them, its parts put together."""
    glyphs = font["glyf"]
    coordinates, ends, flags = glyphs[glyphs.getGlyphName(number)].getCoordinates(glyphs)
    return list(coordinates), list(ends), list(flags)


def read(program):
    return TTFont(io.BytesIO(program), checkChecksums=2)


@given(GLYPHS)
def test_a_cut_face_draws_its_glyphs_as_the_whole_one_does(glyphs):
    cut = read(WHOLE.only(glyphs).program)

    assert cut["maxp"].numGlyphs == max(WHOLE.only(glyphs).outlines.keys() | glyphs | {0}) + 1
    for number in glyphs:
        assert outline_of(cut, number) == outline_of(SOURCE, number)
        assert cut["hmtx"][cut.getGlyphName(number)] == SOURCE["hmtx"][SOURCE.getGlyphName(number)]


def test_a_glyph_that_was_not_asked_for_is_empty():
    simple = SOURCE.getGlyphID("A")

    assert set(WHOLE.only({simple}).outlines) - {0} == {simple}


def test_a_composed_letter_keeps_its_parts():
    composed = [SOURCE.getBestCmap()[ord(letter)] for letter in "áếỗựỲ"]
    composed = [name for name in composed if SOURCE["glyf"][name].isComposite()]

    assert composed
    for name in composed:
        parts = {SOURCE.getGlyphID(part) for part in SOURCE["glyf"][name].getComponentNames(SOURCE["glyf"])}
        assert parts <= set(WHOLE.only({SOURCE.getGlyphID(name)}).outlines)


@given(GLYPHS, GLYPHS)
def test_two_cuts_joined_are_the_cut_of_both(one, other):
    joined = WHOLE.only(one).joined(WHOLE.only(other))

    assert joined is not None
    assert joined.program == WHOLE.only(one | other).program


@given(GLYPHS)
def test_a_cut_face_reads_as_what_was_written(glyphs):
    cut = WHOLE.only(glyphs)

    assert Typeface.read(cut.program).program == cut.program


@given(st.permutations(range(40)))
def test_a_face_numbered_anew_draws_the_same_under_other_numbers(order):
    parts = [part for glyph in order for part in WHOLE.parts(glyph) if part not in order]
    renumbered = read(WHOLE.renumbered([*order, *parts]).program)

    for number, glyph in enumerate(order):
        assert outline_of(renumbered, number) == outline_of(SOURCE, glyph)


def test_a_glyph_that_is_said_to_be_part_of_itself_ends_nobody():
    composed = next(glyph for glyph in range(WHOLE.glyph_count) if WHOLE.parts(glyph))
    part = WHOLE.parts(composed)[0]
    circular = replace(WHOLE, outlines={**WHOLE.outlines, part: WHOLE.outlines[composed]})

    assert part in circular.parts(part)
    assert {part, composed} <= set(circular.only({composed}).outlines)


def test_a_face_carries_no_hints():
    whole = read(WHOLE.program)

    assert {"cvt ", "fpgm", "prep"}.isdisjoint(whole.keys())
    assert whole["maxp"].maxSizeOfInstructions == 0
    for letter in "Aáệ":
        glyph = whole["glyf"][whole.getGlyphName(SOURCE.getGlyphID(SOURCE.getBestCmap()[ord(letter)]))]
        glyph.expand(whole["glyf"])
        assert not getattr(glyph, "program", None)


def test_cuts_of_different_faces_cannot_be_joined():
    assert WHOLE.joined(Typeface.read(faces()[1])) is None


def test_a_whole_program_stays_sound():
    whole = read(WHOLE.program)

    assert whole["maxp"].numGlyphs == SOURCE["maxp"].numGlyphs
    assert WHOLE.program[:4] == b"\0\1\0\0"


@given(st.binary(max_size=400))
def test_what_is_no_truetype_program_is_a_value_error(content):
    with pytest.raises(ValueError, match="TrueType"):
        Typeface.read(content)
