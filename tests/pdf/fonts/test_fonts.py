import io
import json
from importlib.resources import files

import pytest
from fontTools.ttLib import TTFont

from congvan.pdf.fonts import FAMILY, faces, is_pinned

VIETNAMESE = "aàáảãạăằắẳẵặâầấẩẫậeèéẻẽẹêềếểễệiìíỉĩịoòóỏõọôồốổỗộơờớởỡợuùúủũụưừứửữựyỳýỷỹỵđ"


@pytest.fixture(params=range(4), ids=["regular", "bold", "italic", "bold italic"])
def face(request):
    return TTFont(io.BytesIO(faces()[request.param]))


def test_each_face_is_liberation_serif_2_1_5(face):
    assert face["name"].getDebugName(1) == FAMILY
    assert face["name"].getDebugName(5) == "Version 2.1.5"


def test_each_face_has_every_vietnamese_letter_in_both_cases(face):
    assert {ord(letter) for letter in VIETNAMESE + VIETNAMESE.upper()} <= set(face.getBestCmap())


def test_each_face_may_be_embedded(face):
    assert face["OS/2"].fsType == 0


def test_the_licence_travels_with_the_fonts():
    licence = (files("congvan.pdf.fonts") / "OFL.txt").read_text(encoding="utf-8")

    assert "SIL OPEN FONT LICENSE" in licence
    assert "Reserved Font Name Liberation" in licence


@pytest.mark.parametrize(("number", "name"), [(0, "regular"), (1, "bold"), (2, "italic"), (3, "bold_italic")])
def test_the_widths_texts_are_measured_with_are_those_of_the_faces(number, name):
    table = json.loads((files("congvan.text") / "widths.json").read_text(encoding="utf-8"))
    font = TTFont(io.BytesIO(faces()[number]))
    codes = [code for first, last in table["ranges"] for code in range(first, last + 1)]

    assert table["em"] == font["head"].unitsPerEm
    assert table["widths"][name] == [font["hmtx"][font.getBestCmap()[code]][0] for code in codes]


@pytest.mark.parametrize(
    ("face_name", "pinned"),
    [
        ("LiberationSerif", True),
        ("ABCDEF+LiberationSerif-BoldItalic", True),
        ("TimesNewRomanPSMT", True),
        ("ABCDEF+TimesNewRomanPS-BoldMT", True),
        ("LiberationSans", False),
        ("DejaVuSerif", False),
        ("Type3", False),
    ],
)
def test_a_face_is_pinned_when_it_is_of_the_family_or_of_the_one_it_stands_for(face_name, pinned):
    assert is_pinned(face_name) is pinned
