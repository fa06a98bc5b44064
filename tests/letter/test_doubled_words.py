"""Words a letter would say twice are found, with the part they stand in."""

from typing import Any

import pytest

import congvan
from congvan.errors import LetterError, LetterWarning
from congvan.letter.doubled_words import repeated_words

GIAY_MOI = {"toi_du": "họp", "chu_tri": "Lê Văn Mẫu", "thoi_gian": "8 giờ", "dia_diem": "Hội trường"}


@pytest.mark.parametrize(
    ("parts", "place"),
    [
        ({"trich_yeu": "V/v họp giao ban"}, "trich_yeu"),
        ({"trich_yeu": "v/v: họp"}, "trich_yeu"),
        ({"trich_yeu": "Về việc họp"}, "trich_yeu"),
        ({"trich_yeu": "Về cho học sinh nghỉ học"}, "trich_yeu"),
        ({"trich_yeu": "Kế hoạch họp", "loai": "ke-hoach", "kinh_gui": []}, "trich_yeu"),
        ({"kinh_gui": "Kính gửi: UBND xã A"}, "kinh_gui[0]"),
        ({"kinh_gui": ["Sở A", "Kính gửi UBND xã A"]}, "kinh_gui[1]"),
        ({"kinh_gui": {"nhom": "Kính gửi: Các sở", "gom": ["A"]}}, "kinh_gui[0].nhom"),
        ({"kinh_gui": "Ông Ông Nguyễn Văn A"}, "kinh_gui[0]"),
        ({"kinh_gui": "UBND xã xã Hậu Lộc"}, "kinh_gui[0]"),
        ({"noi_nhan": ["Nơi nhận: Như trên", "Lưu: VT"]}, "noi_nhan[0]"),
        ({"noi_nhan": ["Nơi nhận"]}, "noi_nhan[0]"),
        ({"noi_dung": "Họp ngày {{ ngay }}."}, "noi_dung"),
        ({"can_cu": ["Căn cứ Căn cứ Luật Điện lực"]}, "can_cu[0]"),
        ({"loai": "giay-moi", "giay_moi": {**GIAY_MOI, "chu_tri": "Chủ trì: Ông A"}}, "giay_moi.chu_tri"),
        ({"loai": "giay-moi", "giay_moi": {**GIAY_MOI, "thoi_gian": "Thời gian: 8 giờ"}}, "giay_moi.thoi_gian"),
        ({"phu_luc": [{"tieu_de": "Phụ lục: danh sách", "noi_dung": "Một."}]}, "phu_luc[0].tieu_de"),
    ],
)
def test_a_word_said_twice_is_found_in_its_part(letter, parts: dict[str, Any], place: str) -> None:
    with pytest.raises(LetterError) as error:
        letter(**parts)

    assert [(found.code, found.place.key) for found in error.value.report] == [("letter-words-doubled", place)]


@pytest.mark.parametrize(
    "parts",
    [
        {"trich_yeu": "về đích nông thôn mới"},
        {"trich_yeu": "Về việc ban hành", "loai": "quyet-dinh", "kinh_gui": []},
        {"noi_dung": "Giá cả dần dần ổn định, luôn luôn xanh xanh, người người thi đua."},
        {"noi_dung": "Trong năm năm 2021-2025, ngày ngày đến từ Từ Sơn, làm từ từ."},
        {"noi_dung": "Họp ngày {{ ngay_ngan }}."},
        {"noi_dung": "Công văn số {{ so_ky_hieu }} ngày {{ truoc.tinh.ngay }}."},
        {"kinh_gui": "Ông Nguyễn Văn Ông"},
        {"noi_nhan": ["Như trên", "Nơi nhận hàng của dự án", "Lưu: VT"]},
    ],
)
def test_what_is_no_double_passes(letter, parts: dict[str, Any]) -> None:
    if parts.get("noi_nhan"):
        parts = {"noi_nhan": ["Như trên", "Lưu: VT"]}
    assert not letter(**parts).cautions


@pytest.mark.parametrize("subject", ["họp giao ban.", "họp giao ban;", "họp giao ban./.", "họp ,"])
def test_a_mark_after_the_subject_is_a_caution(letter, subject: str) -> None:
    assert [found.code for found in letter(trich_yeu=subject).cautions] == ["letter-subject-full-stop"]


@pytest.mark.parametrize("text", ["Họp ngày ngày 05 tháng 3.", "Kính gửi: Kính gửi ông A.", "Ý kiến của của sở."])
def test_words_that_stand_twice_in_the_text_are_a_caution(letter, text: str) -> None:
    assert [found.code for found in letter(noi_dung=text).cautions] == ["letter-text-doubled"]


def test_a_caution_is_said_when_the_letter_is_made_from_python(letter) -> None:
    with pytest.warns(LetterWarning, match="letter-subject-full-stop"):
        congvan.render_docx(letter(trich_yeu="họp giao ban."))


@pytest.mark.parametrize("subject", ["họp giao ban", "mua giấy, mực, v.v.", "họp (lần 2)"])
def test_an_ordinary_subject_passes(letter, subject: str) -> None:
    assert not letter(trich_yeu=subject).cautions


def test_a_part_to_be_kept_stays_as_it_was_typed(letter) -> None:
    kept = letter(
        trich_yeu="V/v họp.", ky={"chuc_vu": "GIÁM ĐỐC", "ho_ten": "LÊ VĂN MẪU"}, giu_nguyen=["trich_yeu", "ky"]
    )

    assert (kept.trich_yeu, kept.ky.ho_ten) == ("V/v họp.", "LÊ VĂN MẪU")
    assert not kept.cautions


def test_each_double_is_told_once() -> None:
    assert repeated_words("ông Ông và ông ông, Bà bà") == ("ông Ông", "ông ông", "Bà bà")
