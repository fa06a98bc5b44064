import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from congvan.recipients import ERAS, unit_list
from congvan.text.legacy import _TCVN3, _VNI_LETTERS, _VNI_MARKS, convert_legacy, detect_legacy, vietnamese_share
from congvan.text.unicode_form import TONES

TO_TCVN3 = {letter: code for code, letter in _TCVN3.items()}
TO_VNI_LETTERS = {letter: character for character, letter in _VNI_LETTERS.items()}
TO_VNI_MARKS = {marks: character for character, marks in _VNI_MARKS.items()}


def typed_in_vni(text):
    return "".join(TO_VNI_LETTERS.get(letter) or _vni_pair(letter) for letter in text)


def _vni_pair(letter):
    base, *marks = unicodedata.normalize("NFD", letter)
    if not marks:
        return letter
    if "\u031b" in marks:
        base, marks = TO_VNI_LETTERS[unicodedata.normalize("NFC", f"{base}\u031b")], set(marks) - {"\u031b"}
    character = TO_VNI_MARKS["".join(sorted(marks, key=lambda mark: mark in TONES))]
    return base + (character.upper() if letter.isupper() else character)


@pytest.fixture(scope="module")
def names():
    units = unit_list(ERAS[0])
    return sorted({unit.ten for province in units.provinces for unit in units.communes(province.ma)})


@pytest.mark.parametrize(
    ("typed", "encoding", "meant"),
    [
        ("NguyÔn V¨n An", "tcvn3", "Nguyễn Văn An"),
        ("TrÞnh ThÞ H\u00ad¬ng", "tcvn3", "Trịnh Thị Hương"),
        ("§a Léc", "tcvn3", "Đa Lộc"),
        ("Nguyeãn Vaên An", "vni", "Nguyễn Văn An"),
        ("Ñöôøng Thò Höông", "vni", "Đường Thị Hương"),
        ("NGUYEÃN VAÊN ÑÖÙC", "vni", "NGUYỄN VĂN ĐỨC"),
        ("Lyù Thò Myõ", "vni", "Lý Thị Mỹ"),
    ],
)
def test_a_name_typed_in_an_old_font_is_recognised_and_converted(typed, encoding, meant):
    assert detect_legacy(typed) == encoding
    assert convert_legacy(typed, encoding) == meant


@pytest.mark.parametrize(
    "text", ["", "Le Van An", "Hà Nam", "Nguyễn Văn An", "Krông Nô", "Café «Hoà»", "25 °C", "Ia Púch"]
)
def test_what_is_no_old_font_is_taken_as_it_stands(text):
    assert detect_legacy(text) is None


def test_no_unit_of_the_country_looks_typed_in_an_old_font(names):
    assert [name for name in names if detect_legacy(name)] == []


def test_units_typed_in_tcvn3_are_converted_and_nearly_all_recognised(names):
    typed = {name: name.translate(TO_TCVN3) for name in names}
    possible = {name: text for name, text in typed.items() if max(text) <= "\xff" and not set(text) & set("ÀÁÃÉÍÓÚÝ")}

    assert len(possible) > 7000
    assert [name for name, text in possible.items() if convert_legacy(text, "tcvn3") != name] == []
    assert sum(detect_legacy(text) == "tcvn3" for text in possible.values()) > 0.94 * len(possible)


def test_units_typed_in_vni_are_converted_and_nearly_all_recognised(names):
    typed = {name: typed_in_vni(name) for name in names}

    assert [name for name, text in typed.items() if convert_legacy(text, "vni") != name] == []
    assert sum(detect_legacy(text) == "vni" for text in typed.values()) > 0.94 * len(typed)


def test_the_share_of_vietnamese_words_counts_only_those_beyond_ascii():
    assert vietnamese_share("Nguyễn Krông XYZ 12") == 0.5
    assert vietnamese_share("abc") == 1.0


@given(st.text(), st.sampled_from(["tcvn3", "vni"]))
def test_any_text_is_converted_without_complaint_and_ascii_never_changes(text, encoding):
    assert convert_legacy(text, encoding) == text or not text.isascii()
    assert detect_legacy(text) in {None, "tcvn3", "vni"}
