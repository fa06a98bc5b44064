"""The fields letters are filled with, and what is told when one has no value."""

from __future__ import annotations

import re

import pytest

from congvan.letter.number_request import BLANK_NUMBER


def body(folder, cap, text):
    """What a body of the tier would read, filled as it is when the letter is laid out."""
    from congvan.text.fields.pattern import fill

    folder.write(f"{cap}.md", text)
    letter = folder.plan(only=[cap]).letters[0]
    assert letter.noi_dung == text
    return fill(letter.noi_dung, letter.truong)


def test_a_letter_to_one_recipient_has_all_its_columns(folder):
    assert body(folder, "thon", "{{ ong_ba }} {{ ho_ten }}, {{ thon }}, {{ so_ho }} hộ") == (
        "Ông Lê Văn Minh, Thôn Đông Thành, 120 hộ"
    )


def test_a_letter_to_several_has_the_columns_of_their_unit(folder):
    folder.change("huyen.csv", "ht-ubnd,392", "ht-nd,392,Huyện Hà Trung,Hội Nông dân\nht-ubnd,392")

    assert body(folder, "huyen", "{{ huyen }} {{ ma_huyen }}") == "Huyện Hà Trung 392"


def test_the_agency_is_a_group_of_fields_with_its_own_columns(folder):
    assert body(folder, "huyen", "{{ don_vi.ten_thuong }}, {{ don_vi.ky_hieu }}, {{ don_vi.giam_doc }}") == (
        "Điện lực Hà Trung, ĐLHTr, Mai Văn Kiên"
    )


def test_the_campaign_is_a_group_of_fields(folder):
    text = "{{ dot.ten }}, {{ dot.thang_thuc_hien }}: {{ dot.chap_thuan.so_ky_hieu }} {{ dot.chap_thuan.ngay }}"

    assert body(folder, "tinh", f"{text} {{{{ dot.chap_thuan.co_quan }}}}") == (
        "Xóa thu tiền điện tại nhà, tháng 9 năm 2021: 3197/UBND-CN 15/3/2021 UBND tỉnh Thanh Hóa"
    )


def test_fields_of_the_file_stand_at_the_top_and_a_tiers_own_before_the_campaigns(folder):
    folder.change("dot.yaml", "cap:\n  - cap: tinh", "du_lieu: {gia: 1.500, tu: a, bo: null}\ncap:\n  - cap: tinh")
    folder.change("dot.yaml", "noi_dung: tinh.md", "noi_dung: tinh.md\n    du_lieu: {tu: b, hop: {gio: 7h00}}")

    assert body(folder, "tinh", "{{ gia }} {{ tu }} {{ hop.gio }} {{ bo|default('-') }}") == "1.500 b 7h00 -"


def test_earlier_letters_are_groups_of_fields(folder):
    text = "{{ truoc.tinh.loai }} {{ truoc.tinh.so_ky_hieu }} {{ truoc.tinh.ngay }} {{ truoc.tinh.ngay_dai }}"

    assert body(folder, "huyen", f"{text} {{{{ truoc.tinh.trich_yeu }}}} {{{{ truoc.tinh.ten_thuong }}}}") == (
        f"công văn {BLANK_NUMBER}/PCTH-KD 05/4/2021 ngày 05 tháng 4 năm 2021 "
        "phối hợp tuyên truyền Công ty Điện lực Thanh Hóa"
    )


def test_the_short_texts_of_a_tier_are_filled_in_when_it_is_planned(folder):
    folder.change("dot.yaml", '["Lưu: VT"]', '["UBND {{ xa }}", "Lưu: VT"]\n    can_cu: ["Kế hoạch {{ dot.ma }}"]')
    letter = folder.plan(only=["thon"]).letters[0]

    assert letter.noi_nhan[1:] == ("UBND Xã Hà Bắc", "Lưu: VT")
    assert letter.can_cu == ("Kế hoạch xoa-thu-2021",)
    assert letter.ky.ho_ten == "Mai Văn Kiên"


def test_an_annex_keeps_its_fields_until_it_is_laid_out(folder):
    folder.write("diem-thu.md", "Các điểm thu tại {{ xa }}")
    folder.change("dot.yaml", "noi_dung: thon.md", "noi_dung: thon.md\n    phu_luc: [{tieu_de: "
                  '"Điểm thu {{ xa }}", noi_dung: diem-thu.md}]')  # fmt: skip
    (annex,) = folder.plan(only=["thon"]).letters[0].phu_luc

    assert (annex.tieu_de, annex.noi_dung) == ("Điểm thu Xã Hà Bắc", "Các điểm thu tại {{ xa }}")


def test_a_kind_with_kinh_gui_addresses_each_recipient_on_a_line(folder):
    assert folder.plan(only=["tinh"]).letters[0].kinh_gui == ("UBND tỉnh Thanh Hóa", "Sở Công Thương")


def test_a_kind_without_kinh_gui_names_its_recipients_first_in_noi_nhan(folder):
    letter = folder.plan(only=["thon"]).letters[0]

    assert letter.kinh_gui == ()
    assert letter.noi_nhan == ("Ông Lê Văn Minh, Trưởng thôn Đông Thành, xã Hà Bắc, huyện Hà Trung", "Lưu: VT")


def test_a_tier_may_write_its_own_line_for_each_recipient(folder):
    folder.change("dot.yaml", "nguoi_nhan: huyen.csv", 'nguoi_nhan: huyen.csv\n    kinh_gui: "{{ ten }} (qua VT)"')

    assert folder.plan(only=["huyen"]).letters[1].kinh_gui == (
        "UBND huyện Hậu Lộc (qua VT)",
        "Hội Nông dân huyện Hậu Lộc (qua VT)",
    )


def test_a_line_for_all_recipients_stands_once(folder):
    folder.change("dot.yaml", "nguoi_nhan: huyen.csv", 'nguoi_nhan: huyen.csv\n    kinh_gui: "Các cơ quan {{ huyen }}"')

    assert folder.plan(only=["huyen"]).letters[1].kinh_gui == ("Các cơ quan Huyện Hậu Lộc",)


@pytest.mark.parametrize(
    ("loai", "more", "symbol"),
    [
        ("cong-van", "", "ĐLHTr"),
        ("cong-van", "bo_phan: KD", "ĐLHTr-KD"),
        ("thong-bao", "", "TB-ĐLHTr"),
        ("thong-bao", "bo_phan: KD", "TB-ĐLHTr"),
        ("thu-cong", "", "ĐLHTr"),
        ("thong-bao", "ky_hieu: TB-KD", "TB-KD"),
        ("thong-bao", 'ky_hieu: "TB-{{ don_vi.ky_hieu }}-KD"', "TB-ĐLHTr-KD"),
    ],
)
def test_the_symbol_follows_from_kind_body_and_unit(folder, loai, more, symbol):
    folder.change("dot.yaml", "loai: thong-bao", f"loai: {loai}\n    {more}")

    assert folder.plan(only=["thon"]).letters[0].ky_hieu == symbol


# What has no value


def test_an_empty_cell_is_told_with_its_row_and_column(folder):
    folder.change("thon.csv", "Bà,Phạm", ",Phạm")

    (found,) = folder.refusals()

    assert (found.code, found.place.row, found.place.column) == ("campaign-field-empty", 3, "ong_ba")
    assert found.message == "Nơi nhận không có «ong_ba», mà noi_dung của cấp «thon» cần."


def test_a_column_is_told_as_the_list_writes_it(folder):
    folder.change("thon.csv", "ong_ba", "Ông/Bà")
    folder.change("thon.csv", "Bà,Phạm", ",Phạm")

    assert folder.refusals()[0].place.column == "Ông/Bà"


def test_a_field_no_recipient_has_is_told_once_at_the_line_that_asks_for_it(folder):
    folder.write("thon.md", "Kính gửi.\n\nBáo {{ ho_tem }} biết.\n")

    (found,) = folder.refusals()

    assert (found.code, found.place.line, found.values["near"]) == ("campaign-field-unknown", 3, "ho_ten")


def test_a_column_that_stands_empty_throughout_is_told_by_row_or_once(folder):
    folder.write("thon.csv", "ma,ma_huyen,huyen,xa,thon,ho_ten,ong_ba\nt1,392,Hà Trung,Hà Bắc,Thôn 1,Lê Văn Minh,\n")
    assert folder.told() == ["campaign-field-empty thon.csv:2"]

    folder.add("thon.csv", "".join(f"h{n},392,Hà Trung,Hà Bắc,Thôn {n},Lê Văn Minh,\n" for n in range(2, 40)))
    assert folder.told() == ["campaign-field-unknown thon.md:1"]


def test_a_column_of_the_recipients_is_no_field_of_a_letter_to_several(folder):
    folder.write("tinh.md", "Kính gửi {{ ten }}.")

    assert folder.told() == ["campaign-field-unknown tinh.md:1"]


def test_all_missing_fields_of_all_texts_are_told_at_once(folder):
    folder.write("thon.md", "{{ mot }} {{ hai.ba }} {{ dot.bon }} {{ truoc.tinh.nam }}\n{{ so_ho|tien }}")
    folder.change("dot.yaml", "ngừng thu tiền điện tại nhà", '"{{ sau }} và {{ sau }}"')
    folder.change("thon.csv", "Thôn 10,Ông,Hà Văn Tú,80", "Thôn 10,Ông,Hà Văn Tú,")

    assert folder.told() == [
        "campaign-field-unknown dot.yaml:33",
        "campaign-field-unknown thon.md:1",
        "campaign-field-unknown thon.md:1",
        "campaign-field-unknown thon.md:1",
        "campaign-field-unknown thon.md:1",
        "campaign-field-empty thon.csv:4",
    ]


def test_a_text_may_name_the_parts_of_its_own_letter(folder):
    folder.write("thon.md", "{{ so_ky_hieu }} {{ trich_yeu }} {{ ky.ho_ten }} {{ ngay }} {{ ten_loai }}{{ do_khan }}")

    assert folder.plan().report.ok


def test_a_part_the_letter_has_not_is_told(folder):
    folder.write("thon.md", "{{ ky.ho_tem }}")

    (found,) = folder.refusals()

    assert (found.code, found.values["name"]) == ("campaign-field-unknown", "ky.ho_tem")


def test_a_field_that_may_be_empty_says_so(folder):
    folder.write("thon.md", "{{ ghi_chu|default('') }}{% if ong_ba is defined %}{{ ong_ba }}{% endif %}")
    folder.change("thon.csv", "Bà,Phạm", ",Phạm")

    assert folder.plan().report.ok


def test_a_column_an_agency_lacks_is_told_at_its_row(folder):
    folder.change("don-vi.csv", "Lê Thị Hoa", "")

    found = folder.refusals()

    assert folder.told() == ["campaign-agency-field-empty don-vi.csv:3"] * 2
    assert (found[0].values["where"], found[0].values["cap"]) == ("ky", "huyen")
    assert found[0].place.column == "giam_doc"


def test_a_text_that_reaches_into_the_program_is_told_once(folder):
    folder.write("thon.md", "{{ ho_ten.__class__ }}")

    assert folder.told() == ["field-forbidden thon.md:-"]


def test_a_filter_that_fits_no_value_is_told_once_at_the_text(folder):
    folder.write("thon.md", "{{ ho_ten|tien }}")

    assert folder.told() == ["text-not-a-number thon.md:-"]


def test_a_value_a_filter_cannot_read_is_told_at_its_row(folder):
    folder.write("thon.md", "{{ so_ho|tien }}")
    folder.change("thon.csv", "Lan,95", "Lan,chín lăm")

    (found,) = folder.refusals()

    assert (found.code, found.place.row, found.values["value"]) == ("text-not-a-number", 3, "chín lăm")


def test_a_broken_tag_in_a_short_text_is_told_at_its_key(folder):
    folder.change("dot.yaml", "ngừng thu tiền điện tại nhà", '"ngừng {{ thu"')

    assert folder.told() == ["field-syntax dot.yaml:33"]


# What cannot be a letter


def test_a_letter_that_cannot_be_one_is_told_at_the_recipient(folder):
    folder.change("thon.csv", "Phạm Thị Lan", "Phạm Thị Lan " * 20)
    folder.change("dot.yaml", "loai: thong-bao", "loai: cong-van")

    (found,) = folder.refusals()

    assert (found.code, found.place.row, found.place.key) == ("letter-part-too-long", 3, "thon.kinh_gui[0]")


def test_the_addressee_at_fault_is_found_among_several(folder):
    folder.change("huyen.csv", "Hội Nông dân huyện Hậu Lộc", "Hội Nông dân huyện Hậu Lộc.")

    assert folder.told() == ["letter-list-marks huyen.csv:4"]


def test_what_is_wrong_with_every_letter_of_a_tier_is_told_once(folder):
    folder.change("dot.yaml", '["Lưu: VT"]', '["- Lưu: VT;"]')

    assert folder.told() == ["letter-list-marks dot.yaml:37"]


def test_what_is_wrong_with_a_body_is_told_at_its_row(folder):
    folder.change("don-vi.csv", "ĐIỆN LỰC HẬU LỘC", "N/A")
    folder.change("don-vi.csv", "Hậu Lộc,400", "#N/A,400")

    assert "recipients-not-a-value don-vi.csv:3" in folder.told()


INVITATION = """loai: giay-moi
    giay_moi:
      toi_du: hội nghị khách hàng {{ xa }}
      chu_tri: Ông {{ don_vi.giam_doc }}
      thoi_gian: 08 giờ 00, ngày 20 tháng 11 năm 2021
      dia_diem: Nhà văn hóa {{ thon }}"""


def of_kind(folder, parts):
    """The hamlet tier, its kind replaced by ``parts``."""
    text = (folder.path / "dot.yaml").read_text(encoding="utf-8")
    start = text.index("cap: thon")
    folder.write("dot.yaml", text[:start] + re.sub(r"loai: [\w-]+", parts, text[start:], count=1))
    return folder.plan(only=["thon"]).letters[0]


def test_an_invitation_says_the_place_of_each_recipient(folder):
    letter = of_kind(folder, INVITATION)

    assert letter.giay_moi.toi_du == "hội nghị khách hàng Xã Hà Bắc"
    assert letter.giay_moi.dia_diem == "Nhà văn hóa Thôn Đông Thành"
    assert letter.kinh_gui == ("Ông Lê Văn Minh, Trưởng thôn Đông Thành, xã Hà Bắc, huyện Hà Trung",)


DECISION = """loai: quyet-dinh
    tham_quyen: GIÁM ĐỐC {{ don_vi.co_quan }}
    can_cu: [Căn cứ Luật Điện lực]
    van_ban_kem_theo: {loai: quy-che, trich_yeu: "Thu tiền điện {{ xa }}", noi_dung: quy-che.md}"""


def test_a_decision_brings_the_text_it_issues_with_its_fields_open(folder):
    folder.write("quy-che.md", "Điều 1. Áp dụng tại {{ xa }}.")
    letter = of_kind(folder, DECISION)

    assert letter.tham_quyen == "GIÁM ĐỐC ĐIỆN LỰC HÀ TRUNG"
    assert letter.van_ban_kem_theo.trich_yeu == "Thu tiền điện Xã Hà Bắc"
    assert letter.van_ban_kem_theo.noi_dung == "Điều 1. Áp dụng tại {{ xa }}."


def test_a_key_inside_a_part_of_a_kind_is_checked_like_any_other(folder):
    folder.change("dot.yaml", "noi_dung: thon.md", "noi_dung: thon.md\n    giay_moi: {toi_du: x, dia_diem: y, gio: z}")
    codes = {found.code for found in folder.refusals()}

    assert {"campaign-key-missing", "campaign-key-unknown"} <= codes
