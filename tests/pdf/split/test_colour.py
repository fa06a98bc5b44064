import io

import pytest
from PIL import Image, ImageCms

from congvan.pdf.split.colour import srgb_profile

SQUARES = [
    (0, 0, 0),
    (255, 255, 255),
    (255, 0, 0),
    (0, 255, 0),
    (0, 0, 255),
    (128, 128, 128),
    (12, 200, 90),
    (3, 7, 10),
]


@pytest.fixture
def profile():
    """The profile as an independent library (Little CMS) reads it."""
    return ImageCms.ImageCmsProfile(io.BytesIO(srgb_profile()))


def test_the_profile_is_one_of_a_screen_in_red_green_and_blue(profile):
    told = profile.profile

    assert (told.device_class, told.xcolor_space.strip(), told.connection_space.strip()) == ("mntr", "RGB", "XYZ")
    assert told.version == pytest.approx(2.1)
    assert told.profile_description == "sRGB"


def test_the_profile_says_its_own_length():
    assert int.from_bytes(srgb_profile()[:4]) == len(srgb_profile())
    assert len(srgb_profile()) % 4 == 0


def test_colours_are_those_of_srgb(profile):
    picture = Image.new("RGB", (len(SQUARES), 1))
    picture.putdata(SQUARES)
    shown = ImageCms.profileToProfile(picture, profile, ImageCms.createProfile("sRGB"))

    for place, wanted in enumerate(SQUARES):
        assert shown.getpixel((place, 0)) == pytest.approx(wanted, abs=1)


def test_the_profile_is_always_the_same_bytes():
    whole = srgb_profile()
    srgb_profile.cache_clear()

    assert srgb_profile() == whole
