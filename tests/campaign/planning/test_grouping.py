"""Which recipients share a letter, who issues it, and in which order letters stand."""

from __future__ import annotations

import pytest


def letters(folder, cap):
    return [(item.ma, item.don_vi.ma, [one.ma for one in item.recipients]) for item in folder.plan(only=[cap]).items]


def test_letters_stand_in_the_order_of_tiers_and_then_of_the_lists(folder):
    assert [(item.position, item.cap, item.ma) for item in folder.plan().items] == [
        (1, "tinh", "tinh"),
        (2, "huyen", "392"),
        (3, "huyen", "400"),
        (4, "thon", "t1"),
        (5, "thon", "t2"),
        (6, "thon", "t3"),
    ]


def test_each_district_is_served_by_its_own_body(folder):
    assert letters(folder, "huyen") == [("392", "dlht", ["ht-ubnd"]), ("400", "dlhl", ["hl-ubnd", "hl-nd"])]


def test_a_district_whose_rows_stand_apart_gets_one_letter(folder):
    folder.add("huyen.csv", "ht-nd,392,Huyện Hà Trung,Hội Nông dân huyện Hà Trung\n")

    assert letters(folder, "huyen")[0] == ("392", "dlht", ["ht-ubnd", "ht-nd"])


def test_one_letter_may_go_to_each_commune(folder):
    folder.change("dot.yaml", "mot_van_ban_cho: nguoi_nhan", "mot_van_ban_cho: xa")
    folder.add("thon.csv", "t4,400,Huyện Hậu Lộc,16012,Thị trấn Hậu Lộc,Khu phố 3,Ông,Vi Văn Ất,5\n")
    folder.write("thon.md", "Báo để {{ xa }}, {{ huyen }} biết.")

    assert letters(folder, "thon") == [
        ("15286", "dlht", ["t1"]),
        ("16012", "dlhl", ["t2", "t4"]),
        ("16015", "dlhl", ["t3"]),
    ]


def test_one_letter_for_the_tier_is_one_for_each_body_that_issues(folder):
    folder.change("dot.yaml", "mot_van_ban_cho: huyen", "mot_van_ban_cho: cap")
    folder.change("dot.yaml", "tuyên truyền tại {{ huyen }}", "tuyên truyền")
    folder.write("thon.md", "Theo {{ truoc.huyen.so_ky_hieu }}.")
    plan = folder.plan()

    assert [(item.key, item.don_vi.ma) for item in plan.items[1:3]] == [
        ("xoa-thu-2021/huyen/dlht", "dlht"),
        ("xoa-thu-2021/huyen/dlhl", "dlhl"),
    ]
    assert [item.cited["huyen"] for item in plan.items[3:]] == [2, 3, 3]


def test_letters_may_stand_in_the_vietnamese_order_of_names(folder):
    folder.change("dot.yaml", "mot_van_ban_cho: nguoi_nhan", "mot_van_ban_cho: nguoi_nhan\n    thu_tu: theo_ten")
    folder.add("thon.csv", "t4,400,Huyện Hậu Lộc,16015,Xã Đồng Lộc,Thôn 2,Ông,Vi Văn Ất,5\n")
    folder.add("thon.csv", "t5,400,Huyện Hậu Lộc,16016,Xã Cầu Lộc,Thôn 1,Ông,Vi Văn Ba,5\n")

    assert [item.ma for item in folder.plan(only=["thon"]).items] == ["t1", "t2", "t5", "t4", "t3"]


def test_a_district_nobody_serves_is_told_once(folder):
    folder.change("don-vi.csv", "Hậu Lộc,400,", "Hậu Lộc,401,")

    assert folder.told() == [
        "campaign-agency-of-no-unit dot.yaml:20",
        "campaign-agency-of-no-unit dot.yaml:30",
    ]
    assert folder.refusals()[0].message == (
        "Cấp «huyen»: chưa có cơ quan ban hành nào phụ trách Huyện Hậu Lộc (mã 400)."
    )


def test_a_district_two_bodies_serve_is_told_where_the_second_stands(folder):
    folder.change("don-vi.csv", "Hà Trung,392,", "Hà Trung,392; 400,")

    assert folder.told()[0] == "campaign-agency-of-one-unit-twice don-vi.csv:4"


def test_a_recipient_without_its_unit_is_told_with_its_row(folder):
    folder.change("huyen.csv", "hl-nd,400,", "hl-nd,,")

    assert folder.told() == ["campaign-unit-missing huyen.csv:4"]


def test_a_letter_a_district_cannot_come_from_the_bodies_of_its_communes(folder):
    folder.change("dot.yaml", "don_vi: theo huyen\n    loai: cong-van", "don_vi: theo  xa\n    loai: cong-van")

    assert folder.told() == ["campaign-group-too-wide dot.yaml:25"]


def test_since_2025_each_communes_own_body_may_issue(folder):
    folder.change("dot.yaml", "don_vi: theo huyen\n    loai: thong-bao", "don_vi: theo xa\n    loai: thong-bao")
    folder.change("don-vi.csv", "Hậu Lộc,400,", "Hậu Lộc,400 16012 16015,")
    folder.change("don-vi.csv", "Hà Trung,392,", "Hà Trung,392 15286,")

    assert [agency for _, agency, _ in letters(folder, "thon")] == ["dlht", "dlhl", "dlhl"]


def test_two_letters_of_one_code_are_refused(folder):
    folder.write("huyen.csv", "ma_huyen,huyen,ten\n392,Hà Trung,UBND\n392,Hà Trung,UBND\n400,Hậu Lộc,UBND\n")
    folder.change("dot.yaml", "mot_van_ban_cho: huyen", "mot_van_ban_cho: nguoi_nhan")

    assert "campaign-letter-twice huyen.csv:3" in folder.told()


def test_one_commune_under_two_districts_is_refused_rather_than_joined(folder):
    folder.change("dot.yaml", "mot_van_ban_cho: nguoi_nhan", "mot_van_ban_cho: xa")
    folder.change("thon.csv", "16015,Xã Đồng Lộc", "15286,Xã Hà Bắc")
    folder.write("thon.md", "Báo để {{ xa }} biết.")

    assert folder.told() == ["campaign-letter-twice thon.csv:4"]


@pytest.mark.parametrize(("cap", "names"), [("tinh", (None, None)), ("huyen", ("Huyện Hà Trung", None))])
def test_a_letter_knows_the_units_its_recipients_share(folder, cap, names):
    item = folder.plan(only=[cap]).items[0]

    assert (item.unit_name("huyen"), item.unit_name("xa")) == names


def test_a_letter_to_one_recipient_knows_district_and_commune(folder):
    item = folder.plan(only=["thon"]).items[0]

    assert (item.unit_code("huyen"), item.unit_code("xa"), item.unit_name("xa")) == ("392", "15286", "Xã Hà Bắc")


WITHOUT_CODES = """\
ma,huyen,xa,thon,ong_ba,ho_ten,so_ho
t1,Huyện Hà Trung,Xã Hà Bắc,Thôn Đông Thành,Ông,Lê Văn Minh,120
t2,Huyện Hậu Lộc,Thị trấn Hậu Lộc,Khu phố 2,Bà,Phạm Thị Lan,95
"""


def test_a_list_without_codes_is_told_the_cure_and_never_shown_a_code_made_of_a_name(folder):
    folder.write("thon.csv", WITHOUT_CODES)
    folder.write(
        "huyen.csv", "ma,huyen,ten\n1,Huyện Hậu Lộc,UBND huyện Hậu Lộc\n2,Huyện Hà Trung,UBND huyện Hà Trung\n"
    )

    found = [one for one in folder.refusals() if one.code == "campaign-agency-of-unmatched-unit"]

    assert {one.values["unit"] for one in found} == {"Huyện Hà Trung", "Huyện Hậu Lộc"}
    assert all("don_vi_hanh_chinh" in one.hint for one in found)
    assert not any("hâụ" in text or "lôc̣" in text for one in folder.refusals() for text in (one.message, one.hint))


def test_names_of_units_are_enough_where_the_campaign_names_its_province(folder):
    folder.write("thon.csv", WITHOUT_CODES)
    folder.write(
        "huyen.csv", "ma,huyen,ten\n1,Huyện Hậu Lộc,UBND huyện Hậu Lộc\n2,Huyện Hà Trung,UBND huyện Hà Trung\n"
    )
    folder.change(
        "dot.yaml", "don_vi: don-vi.csv", "don_vi: don-vi.csv\ndon_vi_hanh_chinh: {thoi_ky: 2021, tinh: Thanh Hóa}"
    )

    assert [(one.don_vi.ma, one.unit_code("xa")) for one in folder.plan().items if one.cap == "thon"] == [
        ("dlht", "15280"),
        ("dlhl", "16012"),
    ]


def test_a_body_may_name_the_units_it_serves(folder):
    folder.write("thon.csv", WITHOUT_CODES)
    folder.write("huyen.csv", "ma,huyen,ten\n1,H. Hậu Lộc,UBND huyện Hậu Lộc\n2,Hà Trung,UBND huyện Hà Trung\n")
    folder.change("don-vi.csv", ",Hậu Lộc,400,", ",Hậu Lộc,huyện Hậu Lộc; Nga Sơn,")
    folder.change("don-vi.csv", ",Hà Trung,392,", ",Hà Trung,Hà Trung,")
    folder.change("dot.yaml", "don_vi: don-vi.csv", "don_vi: don-vi.csv\ndon_vi_hanh_chinh: {thoi_ky: 2021, tinh: 38}")

    assert [one.don_vi.ma for one in folder.plan().items if one.cap == "thon"] == ["dlht", "dlhl"]


def test_a_province_nobody_knows_is_told_with_the_nearest(folder):
    folder.change(
        "dot.yaml", "don_vi: don-vi.csv", "don_vi: don-vi.csv\ndon_vi_hanh_chinh: {thoi_ky: 2021, tinh: Thanh Hoa}"
    )

    (found,) = [one for one in folder.refusals() if one.code == "campaign-province-unknown"]

    assert (found.place.line, found.values["near"]) == (7, "Thanh Hóa")


@pytest.mark.parametrize(
    ("words", "printed"), [("xã {{ xa }}", "xã Xã Hà Bắc"), ("Huyện {{huyen}}", "Huyện Huyện Hà Trung")]
)
def test_a_kind_of_unit_before_a_field_that_has_it_is_refused(folder, words, printed):
    folder.write("thon.md", f"Báo để {words} biết.")

    (found,) = [one for one in folder.refusals() if one.code == "campaign-kind-twice"]

    assert (found.values["words"], found.values["printed"]) == (words, printed)
    assert "UBND {{ " in found.hint


def test_a_kind_of_unit_before_a_bare_name_is_right(folder):
    folder.write("thon.md", "Báo để xã {{ xa }} biết.")
    folder.change("thon.csv", "Xã Hà Bắc", "Hà Bắc")
    folder.change("thon.csv", "Thị trấn Hậu Lộc", "Hậu Lộc")
    folder.change("thon.csv", "Xã Đồng Lộc", "Đồng Lộc")

    assert len(folder.plan().items) > 3
