"""What a letter's files are made from: the same as long as they are, another as soon as they may be."""

import pickle
from datetime import date

import pytest

from congvan.letter import Letter, Signature
from congvan.run.batches import Batch, TemplateSource
from congvan.run.fingerprint import fingerprints

BUILT_IN = TemplateSource()


def builds(letters, template=BUILT_IN, formats=("docx",), engine=None):
    return tuple(one.build for one in fingerprints(Batch(tuple(letters), template, formats, engine)))


@pytest.fixture
def build(letter):
    """The build fingerprint of a letter with these parts, as Word alone."""
    return lambda **parts: builds([letter(**parts)])[0]


OTHER_PARTS = {
    "so": 466,
    "ngay": "2021-04-06",
    "dia_danh": "Huế",
    "trich_yeu": "mời họp lại",
    "kinh_gui": "Bà Trịnh Thị Quế",
    "noi_dung": "Kính mời ông đến họp.",
    "noi_nhan": ("Như trên", "Lưu: VT"),
    "ky": Signature(chuc_vu="PHÓ GIÁM ĐỐC", ho_ten="Trần Thị Mẫu"),
    "do_khan": "KHẨN",
    "siet_trang": True,
    "in_dia_chi": True,
    "truong": {"gio": "8 giờ"},
}


@pytest.mark.parametrize("part", OTHER_PARTS)
def test_every_part_of_a_letter_is_in_it(build, part):
    assert build(**{part: OTHER_PARTS[part]}) != build()


def test_parts_that_change_places_are_not_taken_for_each_other(build):
    assert build(chu_quan="TỔNG CÔNG TY", ten_thuong="Công ty") != build(chu_quan="Công ty", ten_thuong="TỔNG CÔNG TY")


def test_it_is_the_same_whoever_stands_beside_the_letter(letter):
    letters = tuple(letter(so=number, truong={"gio": f"{number} giờ"}) for number in (7, 8, 9))
    together = builds(letters)

    assert together == tuple(builds([one])[0] for one in letters)
    assert len(set(together)) == 3


def test_it_is_the_same_in_another_process(letter):
    letters = letter(truong={"gio": "8 giờ", "ngay": date(2021, 4, 5)}), letter(so=9)

    assert builds(pickle.loads(pickle.dumps(letters))) == builds(letters)


def test_kinds_of_file_and_template_are_in_it(letter):
    own = TemplateSource(b"PK", "mau.docx")

    assert len({builds([letter()]), builds([letter()], formats=("docx", "pdf")), builds([letter()], own)}) == 3


def test_another_engine_or_version_changes_the_build_and_not_the_content(letter, monkeypatch):
    batch = Batch((letter(),), TemplateSource(), ("docx", "pdf"), "dxpdf")
    (before,) = fingerprints(batch)
    monkeypatch.setattr("congvan.run.fingerprint.VERSION", "99")
    (after,) = fingerprints(batch)

    assert (after.content, after.build != before.build) == (before.content, True)


@pytest.mark.parametrize(
    "value", ["\ud800", {"ten": "\ud800"}, object], ids=["half a sign", "inside", "no plain value"]
)
def test_a_value_that_json_does_not_know_counts_too(build, value):
    assert build(truong={"gio": value}) != build(truong={"gio": "8 giờ"})


def test_half_a_sign_in_a_part_counts_too(letter):
    halves = [Letter.model_construct(**{**vars(letter()), "trich_yeu": half}) for half in ("\ud800", "\ud801")]

    assert len(set(builds(halves))) == 2
