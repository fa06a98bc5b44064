import zlib

import pikepdf
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pikepdf import Name, Stream

from congvan.pdf.split.content_stream import decoded, names_used, neutral_names, rename_resources


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


@pytest.mark.parametrize(
    ("content", "names"),
    [
        (b"/Im7_1 Do q /Im7_0 Do Q /Im7_1 Do", {"/Im7_1": "/Im0", "/Im7_0": "/Im1"}),
        (b"/G9 gs /Im7 Do /G3 gs /CS1 cs /F4 9 Tf", {"/G9": "/Gs0", "/Im7": "/Im0", "/G3": "/Gs1"}),
        (b"BT ET", {}),
    ],
)
def test_other_names_are_given_in_the_order_of_their_first_use(content, names):
    assert list(neutral_names(content).items()) == list(names.items())


def test_pictures_and_graphics_states_can_be_given_other_names():
    content = rename_resources(
        b"q /Im7_1 Do Q /Im7_0 Do /G7 gs /F7 9 Tf", {"/Im7_1": "/Im0", "/Im7_0": "/Im1", "/G7": "/Gs0"}
    )

    assert content == b"q /Im0 Do Q /Im1 Do /Gs0 gs /F7 9 Tf"


def test_names_may_be_exchanged():
    assert rename_resources(b"/A Do /B Do", {"/A": "/B", "/B": "/A"}) == b"/B Do /A Do"


@given(st.binary())
def test_a_stream_reads_as_what_was_written_packed_or_not(content):
    with pikepdf.new() as pdf:
        assert decoded(Stream(pdf, content)) == content
        assert decoded(Stream(pdf, zlib.compress(content), Filter=Name.FlateDecode)) == content


def test_a_stream_packed_in_two_ways_is_unpacked_by_the_library():
    packed = zlib.compress(b"q Q").hex().encode() + b">"
    with pikepdf.new() as pdf:
        stream = Stream(pdf, packed, Filter=pikepdf.Array([Name.ASCIIHexDecode, Name.FlateDecode]))

        assert decoded(stream) == b"q Q"
