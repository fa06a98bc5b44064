"""What a letter is refused for."""

from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from congvan.errors import LetterError
from congvan.findings import Finding
from congvan.letter import Letter, TrinhBay
from congvan.letter.parts import LetterParts

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
BY_ITSELF = {
    "letter-part-empty",
    "letter-part-too-long",
    "letter-list-marks",
    "letter-number-impossible",
    "letter-authority-unknown",
    "letter-mark-unknown",
    "letter-style-out-of-range",
}
PARTS = st.fixed_dictionaries({}, optional={name: st.sampled_from(choice) for name, choice in CHOICES.items()})


def refusal(**parts: Any) -> list[Finding]:
    """Why there is no such letter; nothing where there is one."""
    try:
        Letter(**{**SOUND, **parts})
    except LetterError as error:
        return list(error.report)
    return []


@given(PARTS)
def test_a_part_that_is_wrong_by_itself_is_refused_whatever_the_other_parts_are(parts: dict[str, Any]) -> None:
    together = refusal(loai="cong-van", **{name: part for name, part in parts.items() if name != "loai"})

    for name, part in parts.items():
        by_itself = [found for found in refusal(**{name: part}) if found.code in BY_ITSELF]
        assert name == "loai" or all(found in together for found in by_itself)


@pytest.mark.parametrize("name", LetterParts.model_fields)
def test_a_text_in_any_part_but_a_body_or_a_mark_must_not_be_empty(name: str) -> None:
    blank = {
        "ky": {**KY, "quyen_han": [" "]},
        "ban_sao": {**BAN_SAO, "co_quan": " "},
        "giay_moi": {**GIAY_MOI, "toi_du": " "},
    }
    texts = {
        "chu_quan",
        "ten_thuong",
        "dia_danh",
        "trich_yeu",
        "can_cu",
        "noi_nhan",
        "lien_he",
        "kinh_gui",
        "nguoi_soan",
    }
    if name in blank or name in texts:
        codes = [found.code for found in refusal(**{name: blank.get(name, " ")})]
        assert "letter-part-empty" in codes
