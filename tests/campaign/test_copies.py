"""Official copies in a campaign file: their part below the letter, their numbers in a series of their own."""

from __future__ import annotations

from datetime import date

import pytest

import congvan
from congvan.campaign import list_fields, load_campaign
from congvan.letter.number_request import BLANK_NUMBER

COPIES = """\
    ban_sao:
      hinh_thuc: sao-y
      ngay: 2021-04-12
      noi_nhan: [Các phòng, "Các đội của {{ don_vi.ten_thuong }}", "Lưu: VT, KD"]
      ky: {quyen_han: [TL. GIÁM ĐỐC], chuc_vu: CHÁNH VĂN PHÒNG, ho_ten: Vũ Văn Mẫu}
"""

GROUPS = """\
ma,ten,nhom
ubnd,UBND tỉnh Thanh Hóa,
sct,Sở Công Thương,Các sở
hnd,Hội Nông dân tỉnh,"Các hội, đoàn thể"
sxd,Sở Xây dựng,Các sở
tn,Tỉnh đoàn,"Các hội, đoàn thể"
"""


@pytest.fixture
def copied(folder):
    """The campaign, with copies of the company's letter to the province."""
    folder.change("dot.yaml", "    mot_van_ban_cho: cap\n", f"    mot_van_ban_cho: cap\n{COPIES}")
    return folder


def copies_in(plan):
    return [letter for letter in plan.letters if letter.ban_sao]


def copy_of(folder):
    (letter,) = copies_in(folder.plan(only=["tinh"]))
    return letter.ban_sao


def of_copies(plan):
    return [wanted for wanted in plan.number_requests() if wanted.chuoi == "sao"]


def test_copies_follow_the_letters_of_their_tier(copied):
    items = copied.plan().items

    assert [(item.position, item.key.removeprefix("xoa-thu-2021/"), item.loai) for item in items][:3] == [
        (1, "tinh/tinh", "cong-van"), (2, "tinh/tinh/sao-y", "sao-y"), (3, "huyen/392", "cong-van"),
    ]  # fmt: skip
    assert [item.letter.ban_sao is None for item in items] == [True, False, True, True, True, True, True]
    assert items[1].letter.with_parts(ban_sao=None) == items[0].letter


def test_of_the_first_letters_the_copies_are_made_too(folder):
    copies = COPIES.replace("04-12", "07-20")
    folder.change("dot.yaml", "nguoi_nhan: thon.csv\n", f"nguoi_nhan: thon.csv\n{copies}")

    assert [item.ma for item in folder.plan(only=["thon"], limit=2).items] == ["t1", "t2", "t1/sao-y", "t2/sao-y"]


def test_a_letter_is_copied_by_its_own_issuer(copied):
    copy = copy_of(copied)

    assert (copy.hinh_thuc, copy.chu_quan, copy.co_quan, copy.dia_danh) == (
        "sao-y", "TỔNG CÔNG TY ĐIỆN LỰC MIỀN BẮC", "CÔNG TY ĐIỆN LỰC THANH HÓA", "Thanh Hóa",
    )  # fmt: skip
    assert (copy.so_ky_hieu, copy.ngay.ngan) == (f"{BLANK_NUMBER}/SY-PCTH", "12/4/2021")
    assert copy.noi_nhan == ("Các phòng", "Các đội của Công ty Điện lực Thanh Hóa", "Lưu: VT, KD")
    assert (copy.ky.quyen_han, copy.ky.ho_ten) == (("TL. GIÁM ĐỐC",), "Vũ Văn Mẫu")


@pytest.mark.parametrize(("form", "symbol"), [("sao-y", "SY-ĐLHL"), ("sao-luc", "SL-ĐLHL"), ("trich-sao", "TrS-ĐLHL")])
def test_another_body_may_copy_and_the_symbol_is_of_its_form_and_body(copied, form, symbol):
    copied.change("dot.yaml", "hinh_thuc: sao-y", f"hinh_thuc: {form}\n      don_vi: dlhl")
    copy = copy_of(copied)
    (wanted,) = of_copies(copied.plan())

    assert (copy.co_quan, copy.dia_danh, copy.ky_hieu) == ("ĐIỆN LỰC HẬU LỘC", "Hậu Lộc", symbol)
    assert (wanted.don_vi, wanted.khoa) == ("dlhl", f"xoa-thu-2021/tinh/tinh/{form}")


def test_each_units_own_body_copies_its_letters_and_the_symbol_may_be_written(copied):
    copied.change("dot.yaml", "mot_van_ban_cho: huyen\n", "mot_van_ban_cho: huyen\n" + COPIES.replace("04-12", "06-20"))
    copied.change("dot.yaml", "ngay: 2021-06-20\n", "ngay: 2021-06-20\n      ky_hieu: SY-{{ don_vi.ma }}\n")

    assert [letter.ban_sao.ky_hieu for letter in copies_in(copied.plan(only=["huyen"]))] == ["SY-dlht", "SY-dlhl"]


def test_the_register_is_asked_for_the_copys_number_in_the_series_of_copies(copied):
    copied.change("dot.yaml", "hinh_thuc: sao-y", "hinh_thuc: sao-y\n      so_bat_dau: 31")
    (wanted,) = of_copies(copied.plan())

    assert (wanted.don_vi, wanted.nam, wanted.ngay, wanted.bat_dau) == ("pcth", 2021, date(2021, 4, 12), 31)
    assert (wanted.khoa, wanted.ky_hieu, wanted.loai) == ("xoa-thu-2021/tinh/tinh/sao-y", "SY-PCTH", "sao-y")
    assert wanted.trich_yeu == "công văn V/v phối hợp tuyên truyền"
    assert (wanted.noi_nhan, wanted.don_vi_luu, wanted.so_ban, wanted.nguoi_ky) == (
        "Các phòng; Các đội của Công ty Điện lực Thanh Hóa", "VT, KD", 2, "Vũ Văn Mẫu",
    )  # fmt: skip
    assert wanted == of_copies(copied.plan(only=["tinh"]))[0]
    assert of_copies(copied.plan(only=["huyen"])) == []


def test_a_copy_carries_the_number_of_its_letter_and_its_own(copied):
    plan = copied.plan()
    numbers = {wanted.khoa: at for at, wanted in enumerate(plan.number_requests(), start=5)}
    letter, copy, *_ = plan.with_numbers(numbers).letters

    assert letter.so_ky_hieu == copy.so_ky_hieu == "05/PCTH-KD"
    assert copy.ban_sao.so_ky_hieu == "06/SY-PCTH"


def test_the_copy_of_a_letter_that_cites_cites_the_same(copied):
    copied.change("dot.yaml", "mot_van_ban_cho: huyen\n", "mot_van_ban_cho: huyen\n" + COPIES.replace("04-12", "06-20"))
    copied.change("dot.yaml", '[Như trên, "Lưu: VT"]', '[Như trên, "Theo {{ truoc.tinh.so_ky_hieu }}", "Lưu: VT"]')
    plan = copied.plan()
    numbers = {wanted.khoa: at for at, wanted in enumerate(plan.number_requests(), start=1)}
    original, copy = (
        item for item in plan.with_numbers(numbers).items if item.key.startswith("xoa-thu-2021/huyen/392")
    )

    assert original.letter.noi_nhan == copy.letter.noi_nhan == ("Như trên", "Theo 01/PCTH-KD", "Lưu: VT")
    assert (original.letter.so, copy.letter.so) == (numbers["xoa-thu-2021/huyen/392"],) * 2
    assert copy.letter.ban_sao.so == numbers["xoa-thu-2021/huyen/392/sao-y"]


@pytest.mark.parametrize(
    ("keys", "printed"),
    [("so: 7", "07"), ("danh_so: de_trong", BLANK_NUMBER), ("so: 7\n      danh_so: moi_van_ban", "07")],
)
def test_a_number_of_the_file_and_a_blank_one_take_none_of_the_register(copied, keys, printed):
    copied.change("dot.yaml", "hinh_thuc: sao-y", f"hinh_thuc: sao-y\n      {keys}")
    plan = copied.plan()
    numbered = plan.with_numbers({wanted.khoa: 99 for wanted in plan.number_requests()})

    assert of_copies(plan) == []
    assert copies_in(numbered)[0].ban_sao.so_ky_hieu == f"{printed}/SY-PCTH"


def test_copies_number_as_the_letters_do_unless_they_say_otherwise(folder):
    copies = COPIES.replace("04-12", "07-20")
    folder.change("dot.yaml", "nguoi_nhan: thon.csv\n", f"nguoi_nhan: thon.csv\n    danh_so: mot_so\n{copies}")
    shared = of_copies(folder.plan())

    assert [one.khoa for one in shared] == ["xoa-thu-2021/thon/dlht/sao-y", "xoa-thu-2021/thon/dlhl/sao-y"]
    assert [one.so_ban for one in shared] == [2, 4]
    folder.change("dot.yaml", "hinh_thuc: sao-y", "hinh_thuc: sao-y\n      danh_so: moi_van_ban\n      ma: dot-2")
    assert [one.khoa for one in of_copies(folder.plan())] == [f"xoa-thu-2021/thon/t{n}/dot-2" for n in (1, 2, 3)]


def test_an_open_day_is_of_the_letters_year(copied):
    copied.change("dot.yaml", "ngay: 2021-04-12", "ngay: null")
    (wanted,) = of_copies(copied.plan())

    assert (wanted.nam, wanted.ngay) == (2021, None)
    assert copy_of(copied).ngay.day is None


def test_the_campaign_may_say_it_for_all_tiers_and_a_tier_keep_out(folder):
    of_all = COPIES.replace("\n    ", "\n").removeprefix("    ").replace("04-12", "08-01")
    folder.change("dot.yaml", "don_vi: don-vi.csv\n", f"don_vi: don-vi.csv\n{of_all}")
    folder.change("dot.yaml", "nguoi_nhan: huyen.csv\n", "nguoi_nhan: huyen.csv\n    ban_sao: null\n")
    plan = folder.plan()

    assert [letter.ban_sao.ky_hieu for letter in copies_in(plan)] == ["SY-PCTH", "SY-ĐLHTr", "SY-ĐLHL", "SY-ĐLHL"]
    assert len(plan.letters) == 6 + 4
    folder.change("dot.yaml", "ngay: 2021-08-01", "ngay: 2021-04-30")
    assert folder.told() == ["campaign-copy-before-letter dot.yaml:9"]


@pytest.mark.parametrize(("written", "starts"), [("{2021: 31}", 31), ("{2020: 31, 2022: 5}", 1)])
def test_the_first_number_of_copies_may_be_written_by_year(copied, written, starts):
    copied.change("dot.yaml", "hinh_thuc: sao-y", f"hinh_thuc: sao-y\n      so_bat_dau: {written}")

    assert [wanted.bat_dau for wanted in of_copies(copied.plan())] == [starts]


@pytest.mark.parametrize("written", ["{}", "{2021: 0}", "{21: 3}", "[31]", "-1", "true", "{2021: {1: 2}}"])
def test_a_first_number_of_copies_that_is_none_is_told(copied, written):
    copied.change("dot.yaml", "hinh_thuc: sao-y", f"hinh_thuc: sao-y\n      so_bat_dau: {written}")
    (found,) = copied.refusals()

    assert (found.code, found.place.key) == ("campaign-value-not-number", "cap[1].ban_sao.so_bat_dau")


def test_everything_wrong_with_the_copies_is_told_with_its_line(copied):
    copied.change("dot.yaml", "hinh_thuc: sao-y", "hinh_thuc: sao\n      so: 0\n      so_bat_dau: abc\n      noi: A")
    copied.change("dot.yaml", "      ngay: 2021-04-12\n", "")

    assert sorted(copied.told()) == [
        "campaign-key-missing dot.yaml:16",
        "campaign-key-unknown dot.yaml:20",
        "campaign-value-not-choice dot.yaml:17",
        "campaign-value-not-number dot.yaml:18",
        "campaign-value-not-number dot.yaml:19",
    ]


def test_a_copy_is_not_older_than_its_letter_and_its_body_is_known(copied):
    copied.change("dot.yaml", "ngay: 2021-04-12", "ngay: 2021-04-04\n      don_vi: dlhk")

    assert copied.told() == ["campaign-copy-before-letter dot.yaml:18", "campaign-copying-body-unknown dot.yaml:19"]


def test_fields_and_texts_of_copies_are_held_against_the_list_and_the_decree(copied):
    copied.change("dot.yaml", "[Các phòng,", '["Phòng {{ phong }}", "- Các tổ",')
    assert copied.told() == ["campaign-field-unknown dot.yaml:16"]
    assert "phong" in list_fields(copied.path / "dot.yaml", ["tinh"])[0].fields

    copied.change("dot.yaml", "Phòng {{ phong }}", "Các phòng")
    (found,) = copied.refusals()
    assert (found.code, found.place.key) == ("letter-list-marks", "tinh.ban_sao.noi_nhan[1]")


def test_an_extract_has_a_text_of_its_own(copied):
    copied.write("trich.md", "Trích: kính gửi {{ co_quan }}, {{ dot.ma }}.")
    copied.change("dot.yaml", "hinh_thuc: sao-y", "hinh_thuc: trich-sao\n      noi_dung: trich.md")
    original, extract, *_ = copied.plan().letters

    assert (original.noi_dung == extract.noi_dung, extract.noi_dung) == (
        False, "Trích: kính gửi {{ co_quan }}, {{ dot.ma }}.",
    )  # fmt: skip
    copied.write("trich.md", "{{ phong }}")
    assert copied.told() == ["campaign-field-unknown dot.yaml:16"]
    (copied.path / "trich.md").unlink()
    assert copied.told() == ["campaign-file-missing dot.yaml:18"]


def test_a_text_that_stands_in_a_template_has_no_extract(copied):
    copied.write("trich.md", "Trích.")
    copied.write("mau.docx", "")
    copied.change("dot.yaml", "hinh_thuc: sao-y", "hinh_thuc: trich-sao\n      noi_dung: trich.md")
    copied.change("dot.yaml", "noi_dung: tinh.md", "mau: mau.docx")

    assert copied.told() == ["campaign-extract-of-template dot.yaml:18"]


def test_a_copy_of_the_whole_has_no_text_of_its_own(copied):
    copied.write("trich.md", "Trích.")
    copied.change("dot.yaml", "hinh_thuc: sao-y", "hinh_thuc: sao-y\n      noi_dung: trich.md")

    assert copied.told() == ["campaign-copy-of-a-part dot.yaml:18"]


def test_a_letter_with_groups_and_its_copy_are_read_back_from_word(copied, tmp_path):
    copied.write("tinh.csv", GROUPS)
    plan = copied.plan(only=["tinh"])
    (letter,) = copies_in(plan.with_numbers({wanted.khoa: 5 for wanted in plan.number_requests()}))
    path = tmp_path / "tinh.docx"
    path.write_bytes(congvan.render_docx(letter))
    parts = {part.name: [line.text for line in part.lines] for part in congvan.components(congvan.facts(path))}

    assert parts["kinh_gui"] == [
        "Kính gửi:",
        "- UBND tỉnh Thanh Hóa;",
        "- Các sở:",
        "+ Sở Công Thương;",
        "+ Sở Xây dựng;",
        "- Các hội, đoàn thể:",
        "+ Hội Nông dân tỉnh;",
        "+ Tỉnh đoàn.",
    ]
    assert parts["hinh_thuc_sao"] == ["SAO Y"]
    copy = parts["ban_sao"]
    assert "CÔNG TY ĐIỆN LỰC THANH HÓA" in " ".join(copy)
    assert {"Số: 05/SY-PCTH", "Thanh Hóa, ngày 12 tháng 4 năm 2021", "TL. GIÁM ĐỐC", "Vũ Văn Mẫu"} <= set(copy)
    assert {"- Các phòng;", "- Các đội của Công ty Điện lực Thanh Hóa;", "- Lưu: VT, KD."} <= set(copy)


def test_a_campaign_without_copies_has_none(folder):
    assert {tier.ban_sao for tier in load_campaign(folder.path / "dot.yaml").cap} == {None}
    assert of_copies(folder.plan()) == []
