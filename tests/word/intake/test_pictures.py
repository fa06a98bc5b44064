import io
import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from congvan.word.intake.pictures import picture_problem

MAKERS = ["LG", "HP", "Nokia 1234", "", "Máy ảnh"]


def jpeg(mode="RGB", size=(40, 30), **more):
    target = io.BytesIO()
    Image.new(mode, size).save(target, "JPEG", **more)
    return target.getvalue()


def without_first_segment(content):
    """Plain: no JFIF, no Exif."""
    (length,) = struct.unpack_from(">H", content, 4)
    return content[:2] + content[4 + length :]


def with_segment(content, marker, body):
    return content[:2] + bytes([0xFF, marker]) + struct.pack(">H", len(body) + 2) + body + content[2:]


def taken_by(maker):
    exif = Image.Exif()
    exif[271] = maker
    return jpeg(exif=exif)


@pytest.mark.parametrize(
    "content",
    [
        jpeg(),
        jpeg("L"),
        jpeg("CMYK"),
        jpeg(progressive=True),
        jpeg("CMYK", progressive=True),
        without_first_segment(jpeg()),
        with_segment(without_first_segment(jpeg()), 0xEE, b"Adobe\0\x64\0\0\0\0\1"),
        with_segment(jpeg(), 0xFE, "nhận xét".encode()),
        with_segment(jpeg(), 0xED, b"Photoshop 3.0\0" + bytes(300)),
        jpeg()[:2] + b"\xff\xff\xff" + jpeg()[2:],
        *map(taken_by, MAKERS),
    ],
)
def test_a_jpeg_of_any_program_is_let_in(content):
    assert picture_problem(content, None) is None


def test_a_jpeg_of_too_many_dots_is_refused_with_its_size():
    content = jpeg()
    at = content.index(b"\xff\xc0") + 5
    huge = content[:at] + struct.pack(">HH", 60_000, 50_000) + content[at + 4 :]

    assert picture_problem(huge, None) == "50000 × 60000"


@pytest.mark.parametrize("content", [jpeg()[:12], jpeg()[:2] + b"\xff\xd9", b"\xff\xd8\xff" + bytes(50)])
def test_a_jpeg_without_a_picture_is_refused(content):
    assert picture_problem(content, None) == "0 × 0"


@given(st.binary(max_size=60))
def test_a_damaged_jpeg_never_ends_in_an_error(rest):
    assert isinstance(picture_problem(b"\xff\xd8\xff" + rest, None), str | None)


@pytest.mark.parametrize("kind", ["PNG", "GIF", "BMP", "TIFF"])
def test_other_kinds_of_pictures_are_let_in(kind):
    target = io.BytesIO()
    Image.new("RGB", (40, 30)).save(target, kind)

    assert picture_problem(target.getvalue(), None) is None


def test_what_is_no_picture_is_refused():
    assert picture_problem(b"%PDF-1.7", None) == "?"
