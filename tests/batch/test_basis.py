"""What a letter's files are made from: the same as long as they are, another as soon as they may be."""

import pickle
from datetime import date

import pytest

from congvan.batch.basis import bases
from congvan.batch.task import Task, TemplateSource
from congvan.letter import Letter, Signature


@pytest.fixture
def basis(letter):
    """The basis of a letter with these parts, as Word alone."""
    return lambda **parts: bases(Task((letter(**parts),), TemplateSource(), None), ("docx",))[0]


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
    "truong": {"gio": "8 giờ"},
}


@pytest.mark.parametrize("part", OTHER_PARTS)
def test_every_part_of_a_letter_is_in_it(basis, part):
    assert basis(**{part: OTHER_PARTS[part]}) != basis()


def test_parts_that_change_places_are_not_taken_for_each_other(basis):
    assert basis(chu_quan="TỔNG CÔNG TY", ten_thuong="Công ty") != basis(chu_quan="Công ty", ten_thuong="TỔNG CÔNG TY")


def test_it_is_the_same_whoever_stands_beside_the_letter(letter):
    letters = tuple(letter(so=number, truong={"gio": f"{number} giờ"}) for number in (7, 8, 9))
    together = bases(Task(letters, TemplateSource(), None), ("docx",))

    assert together == tuple(bases(Task((one,), TemplateSource(), None), ("docx",))[0] for one in letters)
    assert len(set(together)) == 3


def test_it_is_the_same_in_another_process(letter):
    task = Task((letter(truong={"gio": "8 giờ", "ngay": date(2021, 4, 5)}), letter(so=9)), TemplateSource(), None)

    assert bases(pickle.loads(pickle.dumps(task)), ("docx",)) == bases(task, ("docx",))


def test_kinds_of_file_and_template_are_in_it(letter):
    task = Task((letter(),), TemplateSource(), None)
    own = Task((letter(),), TemplateSource(b"PK", "mau.docx"), None)

    assert len({bases(task, ("docx",)), bases(task, ("docx", "pdf")), bases(own, ("docx",))}) == 3


@pytest.mark.parametrize(
    "value", ["\ud800", {"ten": "\ud800"}, object], ids=["half a sign", "inside", "no plain value"]
)
def test_a_value_that_json_does_not_know_counts_too(basis, value):
    assert basis(truong={"gio": value}) != basis(truong={"gio": "8 giờ"})


def test_half_a_sign_in_a_part_counts_too(letter):
    halves = [Letter.model_construct(**{**vars(letter()), "trich_yeu": half}) for half in ("\ud800", "\ud801")]

    assert len(set(bases(Task(tuple(halves), TemplateSource(), None), ("docx",)))) == 2
