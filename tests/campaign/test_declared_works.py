"""What a campaign declares beside its letters: activities, messages, what is done; and texts that follow the plan."""

from __future__ import annotations

from datetime import date

import pytest

from congvan.errors import CampaignError

HEAD = "don_vi: don-vi.csv\ncap:"


def declare(folder, text):
    folder.change("dot.yaml", HEAD, f"don_vi: don-vi.csv\n{text}\ncap:")


@pytest.mark.parametrize(
    ("written", "days"),
    [
        ("2021-07-12", [12]),
        ("[2021-07-12, 15/7/2021]", [12, 15]),
        ("{tu: 2021-07-12, den: 2021-07-14}", [12, 13, 14]),
        ("{tu: 2021-07-12, so_ngay: 3, moi_ngay: 2}", [12, 13, 14]),
        ("{ngay: [2021-07-12, 2021-07-14]}", [12, 14]),
        ("T - 50 ngày", [13]),
    ],
)
def test_an_activity_has_days_however_they_are_written(folder, written, days):
    declare(folder, f"lich: {{phat_thanh: {written}}}")

    (activity,) = folder.load().lich
    assert activity.ngay == tuple(date(2021, 7, day) for day in days)


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("phat_thanh: {tu: 2021-07-12, dn: 2021-07-14}", "campaign-key-unknown"),
        ("phat_thanh: {}", "rule-activity-days"),
        ("phat_thanh: {tu: 2021-07-14, den: 2021-07-12}", "rule-activity-too-long"),
        ("phat_thanh: hôm nọ", "campaign-value-not-day"),
        ("phat_thanh: ngay_cat - 1 tuần", "rule-day-of-column"),
    ],
)
def test_an_activity_without_sound_days_is_found_at_its_line(folder, written, code):
    declare(folder, f"lich:\n  {written}")

    assert folder.told() == [f"{code} dot.yaml:8"]


def test_names_no_rule_knows_are_found_with_the_nearest(folder):
    declare(
        folder,
        "quy_tac: xoa-thu-tien-dien\nda_xong: {tap_hun: 2021-03-01}\ncach_hieu: {M3: bat_du}\nmien_quy_tac: {M55: x}",
    )

    found = {one.code: one.values["near"] for one in folder.refusals() if "near" in one.values}
    assert found == {"rule-flag-unknown": "tap_huan", "rule-reading-unknown": "bat_dau", "rule-unknown": "M5"}


def test_a_rule_set_that_is_not_there_is_found_with_the_nearest(folder):
    declare(folder, "quy_tac: xoa-thu-tien")

    (found,) = [one for one in folder.refusals() if one.code == "rule-set-unknown"]
    assert (found.place.line, found.values["near"]) == (7, "xoa-thu-tien-dien")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Tu {{ dot.ngay_thuc_hien }} khong thu tien dien tai nha", None),
        ("Từ tháng 9 không thu tiền điện tại nhà", "rule-message-accents"),
        ("a" * 161, "rule-message-long"),
        ("Tu {{ dot.ngay_thuc_hin }}", "campaign-field-unknown"),
    ],
)
def test_a_message_is_without_accents_short_and_filled_in(folder, text, code):
    declare(folder, f'tin_nhan:\n  - {{ngay: 2021-07-05, noi_dung: "{text}"}}')

    try:
        found = [one.code for one in folder.plan().report]
    except CampaignError as error:
        found = [one.code for one in error.report]
    assert found == ([code] if code else [])


def test_a_text_that_uses_fields_of_the_plan_follows_the_month(folder):
    folder.write(
        "tinh.md", "Từ ngày {{ dot.ngay_thuc_hien }}; huyện chậm nhất {{ han.huyen }}, thôn {{ lich.thon.thang }}.\n"
    )
    assert folder.plan().letters[0].truong["han"]["huyen"] == "01/8/2021"

    folder.change("dot.yaml", "thang_thuc_hien: 2021-09", "thang_thuc_hien: 2021-10")
    assert folder.plan().letters[0].truong["han"]["huyen"] == "01/9/2021"
    assert folder.plan().letters[0].truong["lich"]["thon"]["thang"] == "tháng 7 năm 2021"


def test_letters_whose_texts_ask_for_no_field_of_the_plan_carry_none(folder):
    assert {"han", "lich", "tien_do", "tin_nhan"} & folder.plan().letters[0].truong.keys() == set()


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("Xong trước ngày 02/8/2021.", ["rule-date-typed"]),
        ("Xong trước ngày 01/8/2021.", []),
        ("Xong trước ngày 05 tháng 8 năm 2021.", ["rule-date-typed"]),
        ("Theo Công văn số 12/SCT-QLĐN ngày 05/5/2021.", []),
        ("Quyết định ban hành ngày 23/02/2018.", []),
        ("Từ tháng 10 năm 2021, Điện lực không thu tiền tại nhà.", ["rule-month-typed"]),
        ("Từ tháng 9 năm 2021, Điện lực không thu tiền tại nhà.", []),
    ],
)
def test_a_day_typed_into_a_text_that_contradicts_the_plan_is_found(folder, text, codes):
    folder.write("tinh.md", f"Mở đầu.\n\n{text}\n")
    try:
        report = folder.load().report
    except CampaignError as error:
        report = error.report

    assert [one.code for one in report] == codes
    assert {one.place.line for one in report} <= {3}


def test_documents_go_out_by_their_dates_among_the_tiers(folder):
    document = """\
van_ban:
  - ma: bao_cao
    don_vi: pcth
    loai: bao-cao
    ngay: 2021-05-04
    trich_yeu: Kế hoạch
    nguoi_nhan: tinh.csv
    loc: 'ma == "ubnd"'
    mot_van_ban_cho: cap
    noi_dung: tinh.md
    noi_nhan: [Như trên, "Lưu: VT"]
    ky: {chuc_vu: GIÁM ĐỐC, ho_ten: Lê Văn Mẫu}
"""
    folder.add("dot.yaml", document)
    folder.write("thon.md", "Theo Báo cáo số {{ truoc.bao_cao.so_ky_hieu }}, báo để {{ ong_ba }} {{ ho_ten }} biết.\n")

    assert list(dict.fromkeys(item.cap for item in folder.plan().items)) == ["tinh", "bao_cao", "huyen", "thon"]
    assert folder.load().he_thong_cap == ("tinh", "huyen", "thon")


def test_a_document_with_a_wrong_key_is_found_at_its_line(folder):
    folder.add("dot.yaml", "van_ban:\n  - ma: tinh\n    dn_vi: pcth\n")

    told = folder.told()
    assert "campaign-key-unknown dot.yaml:41" in told
    assert "campaign-tier-twice dot.yaml:40" in told
