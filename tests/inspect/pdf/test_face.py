import pytest
from pypdf.generic import (
    ArrayObject,
    DecodedStreamObject,
    DictionaryObject,
    FloatObject,
    NameObject,
    NumberObject,
)

from congvan.inspect.pdf.face import read_face


def pdf_value(value):
    match value:
        case dict():
            return DictionaryObject({NameObject(f"/{key}"): pdf_value(each) for key, each in value.items()})
        case list():
            return ArrayObject(map(pdf_value, value))
        case str():
            return NameObject(value)
        case bytes():
            stream = DecodedStreamObject()
            stream.set_data(value)
            return stream
        case int():
            return NumberObject(value)
    return FloatObject(value)


def simple(**entries):
    return read_face(pdf_value({"Subtype": "/TrueType", "BaseFont": "/Arial", **entries}))


def composite(cmap=b"", **described):
    font = {"Subtype": "/Type0", "BaseFont": "/ABCDEF+LiberationSerif", "DescendantFonts": [described]}
    return read_face(pdf_value({**font, "ToUnicode": cmap}))


@pytest.mark.parametrize(
    ("name", "family", "bold", "italic"),
    [
        ("/TimesNewRomanPSMT", "Times New Roman", False, False),
        ("/TimesNewRomanPS-BoldMT", "Times New Roman", True, False),
        ("/ABCDEF+TimesNewRomanPS-BoldItalicMT", "Times New Roman", True, True),
        ("/TimesNewRoman,Bold", "Times New Roman", True, False),
        ("/BAAAAA+LiberationSerif-Italic", "Liberation Serif", False, True),
        ("/Times-Roman", "Times New Roman", False, False),
        ("/.VnTimeH", ".VnTimeH", False, False),
        ("/ArialMT", "Arial", False, False),
    ],
)
def test_a_font_is_called_as_people_call_it(name, family, bold, italic):
    face = simple(BaseFont=name)

    assert (face.family, face.bold, face.italic) == (family, bold, italic)


@pytest.mark.parametrize("descriptor", [{"Flags": 1 << 18}, {"FontWeight": 700}])
def test_weight_is_told_by_the_descriptor_too(descriptor):
    assert simple(FontDescriptor=descriptor).bold


def test_slant_is_told_by_the_descriptor_too():
    assert simple(FontDescriptor={"ItalicAngle": -12}).italic


def test_one_byte_codes_are_letters_of_their_encoding():
    face = simple(Encoding="/WinAnsiEncoding", FirstChar=65, Widths=[722, 667])

    assert [(text, width) for _, text, width in face.glyphs(b"AB")] == [("A", 0.722), ("B", 0.667)]


def test_letters_named_one_by_one_go_before_the_encoding():
    encoding = {"BaseEncoding": "/WinAnsiEncoding", "Differences": [65, "/uni1EA5", "/a", 90, "/comma"]}
    face = simple(Encoding=encoding)

    assert [text for _, text, _ in face.glyphs(b"ABZ")] == ["ấ", "a", ","]


def test_a_standard_font_without_widths_is_measured_as_times():
    assert next(simple(BaseFont="/Times-Roman").glyphs(b"0"))[2] == 0.5


def test_two_byte_codes_are_read_by_their_map():
    cmap = b"2 beginbfchar <0001> <1EA5> <0002> <00660069> endbfchar 2 beginbfrange <0010> <0012> <0061> <0020> <0021> [<0110> <0111>] endbfrange"
    face = composite(cmap)

    assert [text for _, text, _ in face.glyphs(bytes.fromhex("00010002001000120021"))] == ["ấ", "fi", "a", "c", "đ"]


def test_a_code_without_a_letter_is_a_sign_of_its_own():
    assert next(composite().glyphs(b"\0\7"))[1] == "\ufffd"


def test_widths_are_given_one_by_one_or_for_a_range():
    face = composite(W=[1, [500, 250], 10, 12, 722], DW=1000)

    assert [width for *_, width in face.glyphs(bytes.fromhex("000100020005000A000C"))] == [0.5, 0.25, 1, 0.722, 0.722]


def test_a_range_beyond_all_codes_is_cut():
    face = composite(b"1 beginbfrange <0000> <FFFFFFFF> <0041> endbfrange", W=[0, 999999999, 500])

    assert max(face.widths) == 0xFFFF
