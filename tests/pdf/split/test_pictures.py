import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name

from congvan.pdf.split.pictures import PictureObjects, is_archival


@pytest.fixture
def pdf():
    with pikepdf.new() as pdf:
        yield pdf


def picture(pdf, space=Name.DeviceRGB, **more):
    kinds = {"Type": Name.XObject, "Subtype": Name.Image, "Width": 1, "Height": 1, "BitsPerComponent": 8}
    return pdf.make_stream(b"abc", Dictionary(ColorSpace=space, **kinds, **more))


def test_a_picture_and_its_mask_are_objects_of_the_letter_and_asked_twice_there_once(pdf):
    mask = picture(pdf, Name.DeviceGray)
    logo = picture(pdf, SMask=mask, StructParent=7)
    pictures = PictureObjects(50)

    assert pictures.resources({"/Im0": logo}) == b"/XObject<</Im0 50 0 R>>"
    assert pictures.resources({"/Im1": logo}) == b"/XObject<</Im1 50 0 R>>"
    assert sorted(pictures.objects) == [50, 51]
    assert b"/SMask 51 0 R" in pictures.objects[50]
    assert b"StructParent" not in pictures.objects[50]
    assert b"/Length 3>>stream\nabc\nendstream" in pictures.objects[51]


def test_a_page_without_pictures_names_none():
    assert PictureObjects(50).resources({}) == b""


@pytest.mark.parametrize("space", [Name.DeviceRGB, Name.DeviceGray])
def test_dots_in_plain_colours_may_be_archived(pdf, space):
    assert is_archival(picture(pdf, space))
    assert is_archival(picture(pdf, Array([Name.Indexed, space, 1, pikepdf.String("abc")])))


@pytest.mark.parametrize("components", [1, 3])
def test_dots_with_a_profile_may_be_archived(pdf, components):
    assert is_archival(picture(pdf, Array([Name.ICCBased, pdf.make_stream(b"", Dictionary(N=components))])))


@pytest.mark.parametrize(
    "more",
    [
        {"space": Name.DeviceCMYK},
        {"Interpolate": True},
        {"Filter": Name.JPXDecode},
        {"Filter": Array([Name.LZWDecode])},
        {"Alternates": Array([])},
    ],
    ids=["four colours", "smoothed", "JPEG 2000", "LZW", "others in its place"],
)
def test_other_pictures_make_no_claim(pdf, more):
    assert not is_archival(picture(pdf, **more))
    assert not is_archival(picture(pdf, SMask=picture(pdf, **more)))


def test_a_drawing_makes_no_claim(pdf):
    assert not is_archival(pdf.make_stream(b"", Dictionary(Subtype=Name.Form)))
