"""Who stands after "Kính gửi": in groups or one by one, each once, in the order of the list."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from congvan.campaign.planning.addressees import AddresseeLine, Addressees, addressee
from congvan.letter import NhomKinhGui
from congvan.recipients import Recipient, group_key, read_directory

BODIES = """\
ma,ten,nhom
ubnd,UBND tỉnh Thanh Hóa,
sct,Sở Công Thương,Các sở
hnd,Hội Nông dân tỉnh,"Các hội, đoàn thể:"
sxd,Sở Xây dựng,CÁC SỞ
ca,Công an tỉnh,
tn,Tỉnh đoàn,"Các hội, đoàn thể"
"""


def group(nhom, *gom):
    return NhomKinhGui(nhom=nhom, gom=gom)


def recipient(ten, nhom=None):
    return Recipient("tinh", ten, ten, {"ten": ten, **({"nhom": nhom} if nhom else {})})


def addressees(*pairs):
    people = [recipient(ten, nhom) for ten, nhom in pairs]
    return people, Addressees(AddresseeLine(one.ten, one, one.nhom) for one in people)


def test_those_of_a_group_stand_together_where_the_first_of_them_stands(folder):
    folder.write("tinh.csv", BODIES)
    plan = folder.plan(only=["tinh"])

    assert plan.letters[0].kinh_gui == (
        "UBND tỉnh Thanh Hóa",
        group("Các sở", "Sở Công Thương", "Sở Xây dựng"),
        group("Các hội, đoàn thể", "Hội Nông dân tỉnh", "Tỉnh đoàn"),
        "Công an tỉnh",
    )
    assert [one.ma for one in plan.items[0].recipients] == ["ubnd", "sct", "hnd", "sxd", "ca", "tn"]
    assert [one.code for one in plan.report if "group" in one.code] == []


def test_inside_a_group_the_order_of_the_tier_holds(folder):
    folder.write("tinh.csv", "ma,ten,nhom\na,Sở Xây dựng,Các sở\nb,Sở Công Thương,Các sở\nc,Công an tỉnh,\n")
    folder.change("dot.yaml", "nguoi_nhan: tinh.csv", "nguoi_nhan: tinh.csv\n    thu_tu: theo_ten")

    assert folder.plan().letters[0].kinh_gui == ("Công an tỉnh", group("Các sở", "Sở Công Thương", "Sở Xây dựng"))


def test_the_register_names_the_members_of_groups_one_by_one(folder):
    folder.write("tinh.csv", BODIES)

    assert folder.plan().number_requests()[0].noi_nhan == (
        "UBND tỉnh Thanh Hóa; Sở Công Thương; Sở Xây dựng; Hội Nông dân tỉnh; Tỉnh đoàn; Công an tỉnh"
    )


def test_one_alone_of_its_group_stands_without_the_heading_and_that_is_told(folder):
    folder.add("huyen.csv", "hl-hpn,400,Huyện Hậu Lộc,Hội Phụ nữ huyện\n")
    folder.change("huyen.csv", "ma,ma_huyen,huyen,ten", "ma,ma_huyen,huyen,ten,nhom")
    folder.change("huyen.csv", "Hội Nông dân huyện Hậu Lộc", "Hội Nông dân huyện Hậu Lộc,Các hội")
    plan = folder.plan(only=["huyen"])

    assert plan.letters[1].kinh_gui == ("UBND huyện Hậu Lộc", "Hội Nông dân huyện Hậu Lộc", "Hội Phụ nữ huyện")
    told = {one.code: one for one in plan.report}
    assert (told["campaign-group-of-one"].values["count"], told["recipients-group-of-one"].place.row) == ("1", 4)


def test_a_letter_to_one_recipient_has_no_heading(folder):
    folder.write("tinh.csv", BODIES)
    folder.change("dot.yaml", "mot_van_ban_cho: cap", "mot_van_ban_cho: nguoi_nhan")
    folder.write("huyen.md", "Đề nghị phối hợp.")
    plan = folder.plan(only=["tinh"])

    assert [letter.kinh_gui for letter in plan.letters][1:3] == [("Sở Công Thương",), ("Hội Nông dân tỉnh",)]
    assert [one.code for one in plan.report if "group" in one.code] == []


def test_a_kind_without_kinh_gui_names_them_one_by_one_in_the_order_of_the_list(folder):
    folder.write("tinh.csv", BODIES)
    folder.change("dot.yaml", "loai: cong-van\n    bo_phan: KD", "loai: thong-bao")
    letter = folder.plan(only=["tinh"]).letters[0]

    assert letter.kinh_gui == ()
    assert letter.noi_nhan[:4] == ("UBND tỉnh Thanh Hóa", "Sở Công Thương", "Hội Nông dân tỉnh", "Sở Xây dựng")


def test_the_campaign_file_may_write_a_group_out_itself(folder):
    folder.change("dot.yaml", "nguoi_nhan: tinh.csv", """nguoi_nhan: tinh.csv
    kinh_gui:
      - "{{ ten }}"
      - nhom: "Các phòng của {{ don_vi.ten_thuong }}:"
        gom: [Phòng Kinh doanh, "Phòng {{ dot.ma }}"]
      - {nhom: Các đội, gom: Đội 1}""")  # fmt: skip

    assert folder.plan().letters[0].kinh_gui == (
        "UBND tỉnh Thanh Hóa",
        group("Các phòng của Công ty Điện lực Thanh Hóa", "Phòng Kinh doanh", "Phòng xoa-thu-2021"),
        group("Các đội", "Đội 1"),
        "Sở Công Thương",
    )


def test_a_line_of_the_file_that_names_no_recipient_is_in_nobodys_group(folder):
    folder.write("tinh.csv", "ma,ten,nhom\na,Sở A,Các sở\nb,Sở B,Các sở\n")
    folder.change("dot.yaml", "nguoi_nhan: tinh.csv", 'nguoi_nhan: tinh.csv\n    kinh_gui: ["{{ ten }}", Công an tỉnh]')

    assert folder.plan().letters[0].kinh_gui == (group("Các sở", "Sở A", "Sở B"), "Công an tỉnh")


def test_a_group_that_is_wrong_is_told_with_its_line(folder):
    folder.change("dot.yaml", "nguoi_nhan: tinh.csv", """nguoi_nhan: tinh.csv
    kinh_gui:
      - {nhom: Các sở, gom: []}
      - {nhom: Các hội, goom: [A]}
      - 5
      - {nhom: Các ban, gom: [A, 7]}""")  # fmt: skip

    assert folder.told() == [
        "campaign-value-empty dot.yaml:16",
        "campaign-key-missing dot.yaml:17",
        "campaign-key-unknown dot.yaml:17",
        "campaign-value-not-text dot.yaml:18",
        "campaign-value-not-text dot.yaml:19",
    ]


def test_a_member_no_letter_can_name_is_told_at_its_own_row(folder):
    folder.write("tinh.csv", BODIES.replace("Sở Xây dựng", "Sở Xây dựng;"))
    (found,) = folder.refusals()

    assert (found.code, found.place.row, found.place.key) == ("letter-list-marks", 5, "tinh.kinh_gui[1].gom[1]")


def test_so_it_is_where_a_kind_names_them_in_noi_nhan(folder):
    folder.write("tinh.csv", BODIES.replace("Sở Xây dựng", "Sở Xây dựng;"))
    folder.change("dot.yaml", "loai: cong-van\n    bo_phan: KD", "loai: thong-bao")
    (found,) = folder.refusals()

    assert (found.code, found.place.row, found.place.key) == ("letter-list-marks", 5, "tinh.noi_nhan[3]")


def test_a_line_left_out_as_a_repetition_moves_no_objection_to_another_row(folder):
    folder.change("dot.yaml", "nguoi_nhan: huyen.csv", 'nguoi_nhan: huyen.csv\n    kinh_gui: [Như nhau, "{{ ten }}"]')
    folder.change("huyen.csv", "Hội Nông dân huyện Hậu Lộc", "Hội Nông dân huyện Hậu Lộc;")
    (found,) = folder.refusals()

    assert (found.code, found.place.row, found.place.key) == ("letter-list-marks", 4, "huyen.kinh_gui[2]")


NAMES = st.lists(st.sampled_from("ABCDEFGHIJKLMNOP"), unique=True, min_size=1).map(
    lambda names: [*map("Sở {}".format, names)]
)
GROUPS = st.sampled_from([None, "Các sở", "CÁC SỞ", "Các hội", "Ủy ban nhân dân các xã"])


@settings(deadline=None)
@given(st.data(), NAMES)
def test_every_recipient_stands_once_and_in_its_order_whatever_the_groups(data, names):
    people, named = addressees(*((name, data.draw(GROUPS)) for name in names))
    blocks = [[one] if isinstance(one, str) else list(one.gom) for one in named.kinh_gui]
    headings = [group_key(one.nhom) for one in named.kinh_gui if isinstance(one, NhomKinhGui)]
    place = {one.ten: at for at, one in enumerate(people)}

    assert sorted(name for block in blocks for name in block) == sorted(names)
    assert list(named.lines) == names
    assert all([place[name] for name in block] == sorted(place[name] for name in block) for block in blocks)
    assert [place[block[0]] for block in blocks] == sorted(place[block[0]] for block in blocks)
    assert len(set(headings)) == len(headings)
    for at, block in enumerate(blocks):
        part = f"kinh_gui[{at}]"
        parts = [part] if isinstance(named.kinh_gui[at], str) else [f"{part}.gom[{m}]" for m in range(len(block))]
        assert [named.recipient_of(one).ten for one in parts] == block


def head(tmp_path, **cells):
    row = {"ong_ba": "Ông", "ho_ten": "Lê Văn Minh", "huyen": "Huyện Hà Trung", "xa": "Xã Hà Bắc", **cells}
    text = f"{','.join(row)}\n{','.join(row.values())}\n"
    (tmp_path / "thon.csv").write_text(text, encoding="utf-8")
    (recipient,) = read_directory(tmp_path / "thon.csv", "thon")
    return addressee(recipient)


def test_a_body_is_named_by_its_name():
    assert addressee(Recipient("tinh", "sct", "Sở Công Thương", {"ten": "Sở Công Thương"})) == "Sở Công Thương"


@pytest.mark.parametrize(
    ("cells", "line"),
    [
        ({"thon": "Thôn Đông Thành"}, "Ông Lê Văn Minh, Trưởng thôn Đông Thành, xã Hà Bắc, huyện Hà Trung"),
        ({"thon": "Thôn 3"}, "Ông Lê Văn Minh, Trưởng Thôn 3, xã Hà Bắc, huyện Hà Trung"),
        ({"thon": "Đông Thành", "loai": "thôn"}, "Ông Lê Văn Minh, Trưởng thôn Đông Thành, xã Hà Bắc, huyện Hà Trung"),
        ({"thon": "TDP 5"}, "Ông Lê Văn Minh, Tổ trưởng Tổ dân phố 5, xã Hà Bắc, huyện Hà Trung"),
        ({"thon": "Bản Lát", "ong_ba": ""}, "Lê Văn Minh, Trưởng bản Lát, xã Hà Bắc, huyện Hà Trung"),
        (
            {"thon": "Thôn Trung", "chuc_danh": "Bí thư kiêm Trưởng thôn"},
            "Ông Lê Văn Minh, Bí thư kiêm Trưởng thôn Trung, xã Hà Bắc, huyện Hà Trung",
        ),
        (
            {"thon": "Thôn Trung", "chuc_danh": "Bí thư Chi bộ"},
            "Ông Lê Văn Minh, Bí thư Chi bộ thôn Trung, xã Hà Bắc, huyện Hà Trung",
        ),
        ({"thon": "Đồi Chè"}, "Ông Lê Văn Minh, Đồi Chè, xã Hà Bắc, huyện Hà Trung"),
        (
            {"thon": "Khu phố 2", "xa": "Phường 1", "huyen": "TP. Thanh Hóa"},
            "Ông Lê Văn Minh, Trưởng Khu phố 2, Phường 1, thành phố Thanh Hóa",
        ),
        (
            {"thon": "Thôn Trung", "huyen": "", "tinh": "Tỉnh Thanh Hóa"},
            "Ông Lê Văn Minh, Trưởng thôn Trung, xã Hà Bắc, tỉnh Thanh Hóa",
        ),
    ],
)
def test_a_hamlet_head_is_named_by_person_title_hamlet_and_units(tmp_path, cells, line):
    assert head(tmp_path, **cells) == line
