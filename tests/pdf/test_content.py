import pytest
from hypothesis import given
from hypothesis import strategies as st

from congvan.pdf.content import glyphs_used, names_used, objects_drawn, renamed_objects


def literal(code):
    escaped = {0x28: rb"\(", 0x29: rb"\)", 0x5C: rb"\\", 0x0A: rb"\n"}
    return b"(" + b"".join(escaped.get(byte, bytes([byte])) for byte in code) + b")"


def octal(code):
    return b"(" + b"".join(b"\\%03o" % byte for byte in code) + b")"


def hexadecimal(code):
    return b"<" + code.hex().encode() + b">"


def test_names_are_found_by_what_is_done_with_them():
    content = b"q /GS1 gs /F0 12 Tf [(a)] TJ /Im3 Do /CS0 cs /P1 scn /Sh0 sh /Layer /OC1 BDC EMC Q"

    assert names_used(content) == {
        "/ExtGState": {"/GS1"},
        "/Font": {"/F0"},
        "/XObject": {"/Im3"},
        "/ColorSpace": {"/CS0"},
        "/Pattern": {"/P1"},
        "/Shading": {"/Sh0"},
        "/Properties": {"/OC1"},
    }


def test_a_tag_with_properties_of_its_own_uses_no_resource():
    assert names_used(b"/P << /MCID 0 >> BDC EMC") == {}


@given(
    st.lists(st.integers(0, 0xFFFF), min_size=1), st.sampled_from([literal, octal, hexadecimal]), st.integers(-900, 900)
)
def test_every_glyph_shown_is_found_however_it_is_written(glyphs, write, kerning):
    strings = b" ".join(write(glyph.to_bytes(2)) + b" %d" % kerning for glyph in glyphs)

    assert glyphs_used(b"BT\n/F0 14 Tf\n[" + strings + b"] TJ\nET") == {"/F0": frozenset(glyphs)}


def test_glyphs_are_told_apart_by_font():
    content = b"BT /F0 12 Tf (\\000\\001) Tj ET BT /F1 12 Tf <00020003> Tj /F0 9 Tf <0004> Tj ET"

    assert glyphs_used(content) == {"/F0": frozenset({1, 4}), "/F1": frozenset({2, 3})}


def test_nothing_is_known_of_text_that_does_not_name_its_font():
    assert glyphs_used(b"q /F0 12 Tf Q BT 1 0 0 1 9 9 Tm <0001> Tj ET") is None


@pytest.mark.parametrize(
    ("content", "drawn"), [(b"/Im7_1 Do q /Im7_0 Do Q /Im7_1 Do", ("/Im7_1", "/Im7_0")), (b"BT ET", ())]
)
def test_pictures_are_listed_in_the_order_they_are_drawn(content, drawn):
    assert objects_drawn(content) == drawn


def test_pictures_can_be_given_other_names():
    renamed = renamed_objects(b"q /Im7_1 Do Q /Im7_0 Do /Im7_1 gs", {"/Im7_1": "/Im0", "/Im7_0": "/Im1"})

    assert renamed == b"q /Im0 Do Q /Im1 Do /Im7_1 gs"
