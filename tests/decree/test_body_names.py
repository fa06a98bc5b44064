"""Names of bodies: broken into lines, and written in a sentence, as a person does."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from congvan.decree.body_names import in_sentence, name_lines
from congvan.support.lengths import Mm
from congvan.text.width import text_width

HEAD = Mm(63.5)
"""The column of the issuer on a page with the usual margins."""

NAMES = [
    tuple(line.split("\t"))
    for line in (Path(__file__).parent / "body_names.tsv").read_text(encoding="utf-8").splitlines()
]
"""Names of real bodies, each with its lines in the head and its form in a sentence, looked at one by one."""


def lines(name: str, width: float = HEAD) -> tuple[str, ...]:
    return name_lines(name, lambda text: text_width(text, 12, bold=True) / Mm(width).pt)


@pytest.mark.parametrize(("broken", "sentence"), NAMES, ids=[broken for broken, _ in NAMES])
def test_a_real_name_is_broken_and_written_as_a_person_does(broken: str, sentence: str) -> None:
    name = broken.replace(" / ", " ")

    assert " / ".join(lines(name)) == broken
    assert in_sentence(name) == sentence


def test_the_list_of_names_is_long() -> None:
    assert len({broken for broken, _ in NAMES}) >= 200


@pytest.mark.parametrize("width", range(36, 100, 4))
@pytest.mark.parametrize("torn", ["THÀNH / PHỐ", "CÔNG / TY", "NHÂN / DÂN", "XÃ / HẬU", "ĐIỆN / LỰC", "HẬU / LỘC"])
def test_a_word_or_a_unit_and_its_name_are_never_torn(width: int, torn: str) -> None:
    names = ("ỦY BAN NHÂN DÂN XÃ HẬU LỘC", "ĐIỆN LỰC THÀNH PHỐ THANH HÓA", "TỔNG CÔNG TY ĐIỆN LỰC MIỀN BẮC")

    assert not any(torn in " / ".join(lines(name, width)) for name in names)


def test_as_few_lines_as_fit() -> None:
    assert lines("ỦY BAN NHÂN DÂN XÃ HẬU LỘC", 90) == ("ỦY BAN NHÂN DÂN XÃ HẬU LỘC",)


@given(st.lists(st.sampled_from([*"ABĐ", "CÔNG TY", "XÃ", "VÀ", "-", "HẬU LỘC,", "ỦY BAN NHÂN DÂN"]), max_size=9))
def test_every_word_stays_in_its_place(words: list[str]) -> None:
    name = " ".join(words)

    assert " ".join(lines(name, 40)) == name


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("Sở Y tế", "Sở Y tế"),
        ("UBND XÃ HẬU LỘC", "UBND xã Hậu Lộc"),
        ("ỦY BAN NHÂN DÂN\nXÃ HẬU LỘC", "Ủy ban nhân dân xã Hậu Lộc"),
        ("UỶ BAN NHÂN DÂN QUẬN 1", "Ủy ban nhân dân Quận 1"),
        ("QUÂN KHU IV", "Quân khu IV"),
        ("SỞ TÀI CHÍNH - SỞ NỘI VỤ", "Sở Tài chính - Sở Nội vụ"),
        ("CÔNG TY TNHH MTV KRÔNG PẮK", "Công ty TNHH MTV Krông Pắk"),
    ],
)
def test_a_name_in_a_sentence(name: str, sentence: str) -> None:
    assert in_sentence(name) == sentence
