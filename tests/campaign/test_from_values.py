"""A campaign is built from Python dicts and lists as from a file, and refused for the same."""

from __future__ import annotations

import copy
from collections import namedtuple
from datetime import date
from pathlib import Path

import pytest

import congvan
from congvan.campaign import campaign_from
from congvan.errors import CampaignError
from congvan.findings import Place
from congvan.recipients import Sheet, SheetRow

AGENCIES = [
    {"ma": "pcth", "co_quan": "CÔNG TY", "ten_thuong": "Công ty", "ky_hieu": "PCTH", "dia_danh": "Thanh Hóa", "so_bat_dau": 465},
    {"ma": "dlhl", "chu_quan": "CÔNG TY", "co_quan": "ĐIỆN LỰC HẬU LỘC", "ten_thuong": "Điện lực", "ky_hieu": "ĐLHL",
     "dia_danh": "Hậu Lộc", "pham_vi": "400"},
]  # fmt: skip
PROVINCE = [{"ma": "sct", "ten": "Sở Công Thương"}]
HAMLETS = [
    {"ma": "t2", "ma_huyen": 400, "huyen": "Huyện Hậu Lộc", "xa": "Xã Mẫu", "thon": "Thôn 2", "ho_ten": "Phạm Thị Lan"},
    {"ma": "t3", "ma_huyen": 400, "huyen": "Huyện Hậu Lộc", "xa": "Xã Mẫu", "thon": "Thôn 10", "ho_ten": "Hà Văn Tú"},
]
VALUES = {
    "ma": "thu-2021",
    "ten": "Thử",
    "he_thong_cap": ("tinh", "thon"),
    "du_lieu": {"tong_dai": "1900"},
    "cap": [
        {
            "cap": "tinh",
            "don_vi": "pcth",
            "loai": "cong-van",
            "ngay": date(2021, 4, 5),
            "trich_yeu": "phối hợp",
            "mot_van_ban_cho": "cap",
            "noi_dung": "Đề nghị phối hợp.",
            "noi_nhan": ["Như trên", "Lưu: VT"],
            "ky": {"chuc_vu": "GIÁM ĐỐC", "ho_ten": "Lê Văn Mẫu"},
        },
        {
            "cap": "thon",
            "don_vi": "theo huyen",
            "loai": "thong-bao",
            "ngay": "2021-07-20",
            "trich_yeu": "ngừng thu",
            "mot_van_ban_cho": "nguoi_nhan",
            "noi_dung": "Theo số {{ truoc.tinh.so_ky_hieu }}, báo {{ ho_ten }}\n\ngọi {{ tong_dai }}.",
            "noi_nhan": "Lưu: VT",
            "ky": {"chuc_vu": "GIÁM ĐỐC", "ho_ten": "Cao Thị Thử"},
        },
    ],
}
LISTS = {"tinh": PROVINCE, "thon": HAMLETS}


def built(lists=LISTS, agencies=AGENCIES, **values):
    return campaign_from({**copy.deepcopy(VALUES), **values}, agencies=agencies, recipients=lists)


def tier(number, **keys):
    tiers = copy.deepcopy(VALUES["cap"])
    tiers[number].update(keys)
    return tiers


def refused(**changes):
    with pytest.raises(CampaignError) as error:
        built(**changes)
    return [(one.code, one.place.key or one.place.file, one.place.row) for one in error.value.report.errors]


def test_a_campaign_of_dicts_is_planned_like_one_of_files():
    plan = congvan.plan(built())

    assert [item.key for item in plan.items] == ["thu-2021/tinh/tinh", "thu-2021/thon/t2", "thu-2021/thon/t3"]
    assert [item.letter.ky_hieu for item in plan.items] == ["PCTH", "TB-ĐLHL", "TB-ĐLHL"]
    assert [request.bat_dau for request in plan.number_requests()] == [465, 1, 1]
    numbered = plan.with_numbers({request.khoa: 7 for request in plan.number_requests()})
    assert numbered.letters[1].truong["truoc"]["tinh"]["so_ky_hieu"] == "07/PCTH"


def test_its_letters_can_be_laid_out():
    letter = congvan.plan(built()).letters[1]

    assert congvan.render_docx(letter).startswith(b"PK")


def test_the_callers_values_stay_as_they_are():
    values = copy.deepcopy(VALUES)
    campaign_from(values, agencies=AGENCIES, recipients=LISTS)

    assert values == VALUES


def test_a_list_may_be_a_source_or_rows_of_an_orm_as_dicts():
    class Staff:
        name = "nhân sự"

        def sheets(self):
            rows = [("ma", "ten"), ("x", "Sở X")]
            return [Sheet(Place(), [SheetRow(Place(), row) for row in rows], has_titles=True)]

    row = namedtuple("row", HAMLETS[0])  # noqa: PYI024  # as SQLAlchemy gives them
    people = (row(**one)._asdict() for one in HAMLETS)
    campaign = built({"tinh": Staff(), "thon": people})

    assert [one.ten for one in campaign.cap[0].nguoi_nhan] == ["Sở X"]
    assert [one.ma for one in campaign.cap[1].nguoi_nhan] == ["t2", "t3"]


def test_a_campaign_of_one_tier_takes_one_list():
    values = {"cap": tier(0)[:1], "he_thong_cap": ["tinh"]}

    assert len(built(PROVINCE, **values).cap[0].nguoi_nhan) == 1


def test_a_list_may_be_a_file_from_the_folder_of_the_caller(tmp_path):
    (tmp_path / "tinh.csv").write_text("ma,ten\nx,Sở X\n", encoding="utf-8")

    assert built({**LISTS, "tinh": tmp_path / "tinh.csv"}).cap[0].nguoi_nhan[0].ten == "Sở X"


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"tem": "x"}, ("campaign-key-unknown", "tem", None)),
        ({"cap": tier(0, trich_yue="x")}, ("campaign-key-unknown", "cap[1].trich_yue", None)),
        ({"cap": tier(1, ngay="hôm nay")}, ("campaign-value-not-date", "cap[2].ngay", None)),
        ({"cap": tier(1, ngay="2021-01-01")}, ("campaign-date-backwards", "cap[2].ngay", None)),
        ({"cap": tier(0, noi_dung="Một {{ hai }.")}, ("field-syntax", "cap[1].noi_dung", None)),
        ({"cap": tier(0, don_vi="pcht")}, ("campaign-agency-unknown", "cap[1].don_vi", None)),
        ({"lists": {"tinh": PROVINCE}}, ("campaign-key-missing", "cap[2].nguoi_nhan", None)),
        ({"lists": {**LISTS, "huyen": []}}, ("campaign-list-of-no-tier", None, None)),
        ({"lists": {**LISTS, "thon": [*HAMLETS, {**HAMLETS[0], "ma": "t9", "thon": ""}]}},
         ("recipients-value-missing", "nguoi_nhan[thon]", 3)),
        ({"agencies": [{**AGENCIES[0], "ky_hieu": None}, AGENCIES[1]]}, ("campaign-agency-cell-empty", "don_vi", 1)),
        ({"nha": {"le_trai": 10}}, ("letter-style-out-of-range", "nha.le_trai", None)),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_with_its_key(changes, told):
    assert told in refused(**changes)


def test_a_field_without_a_value_is_told_with_the_key_and_line_of_its_text():
    text = "Một.\n\nHai {{ khong_co }}."

    with pytest.raises(CampaignError) as error:
        congvan.plan(built(cap=tier(1, noi_dung=text)))

    (found,) = error.value.report.errors
    assert (found.code, found.place.key, found.place.line) == ("campaign-field-unknown", "cap[2].noi_dung", 3)


def test_the_style_of_the_office_is_a_dict():
    campaign = built(nha={"co_chu": 13, "gian_dong": 1.15, "dau_ket_thuc": False})
    letter = congvan.plan(campaign).letters[0]

    assert (letter.trinh_bay.co_chu, letter.trinh_bay.gian_dong, letter.ket_thuc) == (13, 1.15, "")


def test_a_template_is_looked_for_in_the_folder(tmp_path):
    (tmp_path / "mau.docx").write_bytes(b"PK")
    tiers = tier(0, mau="mau.docx")
    campaign = campaign_from({**VALUES, "cap": tiers}, agencies=AGENCIES, recipients=LISTS, folder=tmp_path)

    assert campaign.cap[0].mau == tmp_path / "mau.docx"


def test_the_example_of_the_reference_is_planned():
    page = (Path(__file__).parents[2] / "docs" / "reference" / "tep-dot.md").read_text(encoding="utf-8")
    example = page.partition("from Python, without files")[2].partition("```python\n")[2].partition("```")[0]
    names = {}
    exec(example, names)

    assert [letter.trich_yeu for letter in names["plan"].letters] == ["phối hợp tuyên truyền"]
