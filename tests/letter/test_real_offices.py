"""Letters real offices send: capitals, symbols, titles, several signers and issuers, open letters, long addressees."""

from typing import Any

import pytest

from congvan.errors import LetterError
from congvan.letter import Letter
from congvan.letter.part_values import part_values

SIGNERS = [
    {"quyen_han": ["KT. GIÁM ĐỐC SỞ TÀI CHÍNH"], "chuc_vu": "PHÓ GIÁM ĐỐC", "ho_ten": "Trần Thị Mẫu"},
    {"quyen_han": ["KT. GIÁM ĐỐC SỞ NỘI VỤ"], "chuc_vu": "PHÓ GIÁM ĐỐC", "ho_ten": "Lê Văn Mẫu"},
    {"quyen_han": ["TL. GIÁM ĐỐC CÔNG AN TỈNH"], "chuc_vu": "TRƯỞNG PHÒNG", "ho_ten": "Hoàng Văn Mẫu"},
]


def codes(**parts: Any) -> list[str]:
    sound = {
        "co_quan": "SỞ Y TẾ",
        "so": 12,
        "ky_hieu": "SYT-VP",
        "dia_danh": "Thanh Hóa",
        "ngay": "05/3/2026",
        "trich_yeu": "họp",
        "noi_dung": "Một.",
        "noi_nhan": ["Lưu: VT"],
        "ky": {"chuc_vu": "GIÁM ĐỐC", "ho_ten": "Lê Văn Mẫu"},
    }
    try:
        report = Letter(**{**sound, **parts}).cautions
    except LetterError as error:
        report = error.report
    return [found.code for found in report]


@pytest.mark.parametrize("name", ["NGUYỄN VĂN A", "nguyễn văn an", "Nguyễn văn An", "LÊ THỊ BÍCH", "Lê Văn ANH"])
def test_a_signers_name_in_another_form_is_refused_with_the_right_one(letter, name: str) -> None:
    with pytest.raises(LetterError, match=r"letter-name-form") as error:
        letter(ky={"chuc_vu": "GIÁM ĐỐC", "ho_ten": name})

    assert error.value.report.errors[0].values["written"] == name.title()


@pytest.mark.parametrize(
    ("name", "right"),
    [("Thượng tá LÊ VĂN MẪU", "Thượng tá Lê Văn Mẫu"), ("PGS, TS nguyễn văn mẫu", "PGS, TS Nguyễn Văn Mẫu")],
)
def test_a_rank_before_a_name_stays_where_the_name_is_put_right(letter, name: str, right: str) -> None:
    with pytest.raises(LetterError, match=r"letter-name-form") as error:
        letter(ky={"chuc_vu": "GIÁM ĐỐC", "ho_ten": name})

    assert error.value.report.errors[0].values["written"] == right


@pytest.mark.parametrize(
    "name",
    [
        *("Nguyễn Văn A", "A B", "H'Hen Niê", "Y Byă", "Đỗ Thị Ê"),
        *("Thượng tá Lê Văn Mẫu", "Phó Giáo sư, Tiến sĩ Lê Mẫu", "GS.TS. Lê Văn Mẫu", "Bác sĩ Chuyên khoa II Lê Mẫu"),
    ],
)
def test_a_name_as_the_decree_writes_it_passes(name: str) -> None:
    assert codes(ky={"chuc_vu": "GIÁM ĐỐC", "ho_ten": name}) == []


@pytest.mark.parametrize(
    ("loai", "ky_hieu", "fits"),
    [
        ("ke-hoach", "SYT-VP", False),
        ("ke-hoach", "KH-SYT", True),
        ("thong-bao", "SYT", False),
        ("quyet-dinh", "UBND-VX", False),
        ("quyet-dinh", "QĐ-UBND", True),
        ("chuong-trinh", "CT-SYT", False),
        ("chuong-trinh", "CTr-SYT", True),
        ("bao-cao", "BC-SNNMT", True),
        ("huong-dan", "HDLN-STC-SNV", True),
        ("cong-van", "SYT-VP", True),
        ("thu-cong", "SYT", True),
    ],
)
def test_the_symbol_of_a_named_kind_has_its_code(loai: str, ky_hieu: str, fits: bool) -> None:
    needs = {"can_cu": ["Luật A"], "tham_quyen": "GIÁM ĐỐC"} if loai == "quyet-dinh" else {}

    assert codes(loai=loai, ky_hieu=ky_hieu, **needs) == ([] if fits else ["letter-symbol-kind"])


@pytest.mark.parametrize("count", [2, 3])
@pytest.mark.parametrize(
    "loai", ["huong-dan", "ke-hoach", "quy-che", "chuong-trinh", "cong-van", "thong-bao", "giay-moi"]
)
def test_several_bodies_sign_any_kind_with_a_symbol_of_their_own(loai: str, count: int) -> None:
    issuers = ["SỞ TÀI CHÍNH", "SỞ NỘI VỤ", "CÔNG AN TỈNH"][:count]

    assert codes(loai=loai, ky=SIGNERS[:count], co_quan=issuers, ky_hieu="LN-STC-SNV") == []


def test_bodies_that_issue_together_stand_in_one_head(letter) -> None:
    made = letter(co_quan=["SỞ TÀI CHÍNH", "SỞ NỘI VỤ"])

    assert made.co_quan == "SỞ TÀI CHÍNH - SỞ NỘI VỤ"
    assert part_values(made)["co_quan_ban_hanh"] == "Sở Tài chính - Sở Nội vụ"


def test_signers_stand_from_left_to_right(letter) -> None:
    made = letter(ky=SIGNERS)

    assert [signer.ho_ten for signer in made.nguoi_ky] == ["Trần Thị Mẫu", "Lê Văn Mẫu", "Hoàng Văn Mẫu"]
    assert Letter.from_json(made.to_json()) == made


def test_the_issuer_in_a_sentence_is_as_known_or_as_a_sentence_writes_it(letter) -> None:
    def name(**parts: Any) -> str:
        return part_values(letter(**parts))["co_quan_ban_hanh"]

    assert name(co_quan="ỦY BAN NHÂN DÂN\nXÃ HẬU LỘC") == "Ủy ban nhân dân xã Hậu Lộc"
    assert name(co_quan="ĐIỆN LỰC HẬU LỘC", ten_thuong="Đội Hậu Lộc") == "Đội Hậu Lộc"


@pytest.mark.parametrize("part", ["chu_quan", "co_quan", "tham_quyen"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\u2028", "\u000b", "\u0085"])
def test_line_ends_of_the_users_own_stay_in_names_of_bodies(letter, part: str, line_end: str) -> None:
    kind = {"loai": "nghi-quyet", "kinh_gui": []} if part == "tham_quyen" else {}
    made = letter(**{part: f"SỞ Y TẾ {line_end} TỈNH X"}, **kind)

    assert getattr(made, part) == "SỞ Y TẾ\nTỈNH X"


@pytest.mark.parametrize("sign", ["\u2028", "\u2029", "\u000b", "\u0085", "\n"])
@pytest.mark.parametrize("part", ["trich_yeu", "dia_danh", "kinh_gui", "noi_nhan"])
def test_a_line_end_in_any_other_text_is_refused(part: str, sign: str) -> None:
    value = f"Sở{sign}Y tế"

    assert "letter-part-control-characters" in codes(**{part: [value] if part in ("kinh_gui", "noi_nhan") else value})


@pytest.mark.parametrize("sign", ["\u2028", "\u2029", "\u000b", "\u0085", "\u000c"])
def test_line_ends_of_other_programs_in_a_body_are_plain_ones(letter, sign: str) -> None:
    assert letter(noi_dung=f"Một.{sign}Hai.").noi_dung == "Một.\nHai."


def test_another_title_stands_above_the_name(letter) -> None:
    made = letter(
        ky={
            "quyen_han": ["TM. BAN CHỈ ĐẠO", "KT. TRƯỞNG BAN"],
            "chuc_vu": "PHÓ TRƯỞNG BAN\nTHƯỜNG TRỰC",
            "chuc_danh_khac": "PHÓ CHỦ TỊCH UBND TỈNH",
            "ho_ten": "Lê Văn Mẫu",
        }
    )

    assert made.ky.chuc_danh_khac == "PHÓ CHỦ TỊCH UBND TỈNH"


def test_an_open_letter_needs_no_number_symbol_or_recipients(letter) -> None:
    bare = {"so": None, "ky_hieu": None, "noi_nhan": []}
    made = letter(loai="thu-cong", ten_loai="Thư ngỏ", **bare, ky={"quyen_han": ["KÍNH THƯ"], "chuc_vu": "CHỦ TỊCH"})
    values = part_values(made)

    assert (values["so_ky_hieu"], values["ten_loai"], values["noi_nhan"]) == ("", "THƯ NGỎ", ())


def test_only_an_open_letter_has_a_heading_of_its_own() -> None:
    assert codes(ten_loai="THƯ NGỎ") == ["letter-kind-part-unforeseen"]


def test_a_line_of_many_addressees_may_be_long() -> None:
    many = "UBND các xã: " + ", ".join(f"Xã thứ {number}" for number in range(60))

    assert len(many) > 600
    assert codes(kinh_gui=[many]) == []
    assert codes(kinh_gui=[f"Sở A; {'a' * 201}"]) == ["letter-part-too-long"]


def test_a_line_with_a_colon_that_yaml_reads_as_a_mapping_is_a_line(letter) -> None:
    made = letter(noi_nhan=["Như trên", {"Lưu": "VT, KD"}], kinh_gui=[{"Các sở": "Y tế, Nội vụ"}])

    assert made.noi_nhan == ("Như trên", "Lưu: VT, KD")
    assert made.kinh_gui == ("Các sở: Y tế, Nội vụ",)
