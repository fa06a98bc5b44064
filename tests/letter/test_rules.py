"""What a letter is refused for, and what need not be asked of it again."""

from collections.abc import Mapping
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel

from congvan.errors import LetterError
from congvan.findings import Report
from congvan.letter import Letter, TrinhBay
from congvan.letter.rules import RULES

KY = {"quyen_han": ["KT. GIÁM ĐỐC"], "chuc_vu": "PHÓ GIÁM ĐỐC", "ho_ten": "Lê Văn Mẫu"}
WRONG_KY = {"quyen_han": ["GIÁM ĐỐC"], "chuc_vu": "PHÓ GIÁM ĐỐC", "ho_ten": "Lê Văn Mẫu" * 9}
BAN_SAO = {
    "hinh_thuc": "sao-y",
    "co_quan": "ĐIỆN LỰC HẬU LỘC",
    "ky_hieu": "SY-ĐLHL",
    "dia_danh": "Hậu Lộc",
    "ngay": "2021-04-05",
    "noi_nhan": ["Như trên"],
    "ky": KY,
}
GIAY_MOI = {"toi_du": "họp", "chu_tri": "Lê Văn Mẫu", "thoi_gian": "8 giờ", "dia_diem": "Hội trường"}
KEM_THEO = {"loai": "quy-che", "trich_yeu": "làm việc", "noi_dung": "Điều 1."}

SOUND: Mapping[str, Any] = {
    "co_quan": "CÔNG TY ĐIỆN LỰC THANH HÓA",
    "so": 465,
    "ky_hieu": "PCTH-KD",
    "dia_danh": "Thanh Hóa",
    "ngay": "2021-04-05",
    "trich_yeu": "phối hợp",
    "kinh_gui": ["UBND tỉnh"],
    "noi_dung": "Một.",
    "ky": KY,
    "noi_nhan": ["Như trên", "Lưu: VT"],
}
CHOICES: Mapping[str, tuple[Any, ...]] = {
    "loai": ("cong-van", "giay-moi", "quyet-dinh", "thong-bao", "giay"),
    "kinh_gui": ([], ["UBND tỉnh", "- Sở"], [{"nhom": "Các sở", "gom": ["Sở Công Thương;", " "]}], ["a" * 201]),
    "noi_nhan": ([], ["Như trên."], ["Như trên", "None", "Lưu: VT"]),
    "can_cu": (["Luật Điện lực"], ["Luật Điện lực;"]),
    "noi_dung": (" ",),
    "so": (None, 0),
    "ky_hieu": ("PC TH", ""),
    "ky": (WRONG_KY,),
    "ky_trai": (KY, WRONG_KY),
    "tham_quyen": ("GIÁM ĐỐC", "GIÁM\x00ĐỐC"),
    "do_khan": ("KHẨN", "NHANH"),
    "giay_moi": (GIAY_MOI, {**GIAY_MOI, "toi_du": "họp;"}),
    "van_ban_kem_theo": (KEM_THEO, {**KEM_THEO, "loai": "giay", "noi_dung": ""}),
    "ban_sao": (BAN_SAO, {**BAN_SAO, "so": 0, "ky": WRONG_KY, "noi_nhan": ["Như trên;"]}),
    "trinh_bay": (TrinhBay(le_trai=10),),
    "truong": ({"xa": "xã Hà Bắc"},),
}
PARTS = st.fixed_dictionaries({}, optional={name: st.sampled_from(choice) for name, choice in CHOICES.items()})


def refusal(*like: Letter, **parts: Any) -> Report:
    """Why there is no such letter; nothing where there is one."""
    try:
        Letter(*like, **{**SOUND, **parts})
    except LetterError as error:
        return error.report
    return Report()


def sound(parts: Mapping[str, Any]) -> Letter:
    """A letter with as many of these parts as go together."""
    letter = Letter(**SOUND)
    for name, part in parts.items():
        with suppress(LetterError):
            letter = letter.with_parts(**{name: part})
    return letter


@given(PARTS, PARTS)
def test_a_letter_like_a_sound_one_is_refused_for_the_same_as_any_other(
    others: dict[str, Any], parts: dict[str, Any]
) -> None:
    assert refusal(sound(others), **parts) == refusal(**parts)


@pytest.mark.parametrize("name", CHOICES)
def test_a_letter_like_a_sound_one_is_the_letter_its_own_parts_make(name: str) -> None:
    for choice in CHOICES[name]:
        if not refusal(**{name: choice}):
            assert Letter(Letter(**SOUND), **{**SOUND, name: choice}) == Letter(**{**SOUND, name: choice})


class Asked:
    """Stands for a letter and notes which of its parts are read."""

    def __init__(self, letter: Letter) -> None:
        self.letter = letter
        self.read: set[str] = set()

    def __getattr__(self, name: str) -> Any:
        self.read.add(name)
        return getattr(self.letter, name)


@given(PARTS)
def test_a_rule_reads_no_part_but_those_it_is_known_by(parts: dict[str, Any]) -> None:
    letter = Letter.__new__(Letter)
    BaseModel.__init__(letter, **{**SOUND, **parts})  # of the right types, and nothing else asked of it
    for rule, names in RULES:
        asked: Any = Asked(letter)
        tuple(rule(asked))
        assert asked.read <= names
