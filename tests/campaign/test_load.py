"""A campaign file is read whole, or refused with everything that is wrong in it and in what it names."""

from __future__ import annotations

import pytest

from congvan.campaign import load_campaign, plan_file
from congvan.errors import CampaignError, UnreadableFileError
from congvan.findings import Place
from congvan.letter import IssueDate


def test_a_sound_campaign_is_read_with_all_it_names(folder):
    campaign = folder.load()

    assert campaign.thang_thuc_hien == (2021, 9)
    assert [tier.cap for tier in campaign.cap] == ["tinh", "huyen", "thon"]
    assert [len(tier.nguoi_nhan) for tier in campaign.cap] == [2, 3, 3]
    assert campaign.chap_thuan.so_ky_hieu == "3197/UBND-CN"
    assert campaign.don_vi["dlhl"].pham_vi == ("400",)
    assert campaign.don_vi["dlht"].so_bat_dau == 12
    assert campaign.don_vi["dlht"].truong == {"giam_doc": "Mai Văn Kiên"}
    assert campaign.report.findings == ()


def test_a_campaign_file_that_is_not_there_cannot_be_read(folder):
    with pytest.raises(UnreadableFileError):
        load_campaign(folder.path / "khong-co.yaml")


@pytest.mark.parametrize("text", ["", "# chưa viết gì\n", "- tinh\n", "chào\n"])
def test_a_file_without_a_campaign_is_refused(folder, text):
    folder.write("dot.yaml", text)

    assert folder.told()[0].startswith("campaign-empty dot.yaml")


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("    trich_yeu: ngừng thu", "    trich_yue: ngừng thu", "campaign-key-unknown dot.yaml:33"),
        ("ten: Xóa thu", "tem: Xóa thu", "campaign-key-unknown dot.yaml:2"),
        ("ten: Xóa thu tiền điện tại nhà\n", "", "campaign-key-missing dot.yaml:1"),
        ("ten: Xóa thu tiền điện tại nhà", "ten: 2021", "campaign-value-not-text dot.yaml:2"),
        ("ten: Xóa thu tiền điện tại nhà", 'ten: " "', "campaign-value-empty dot.yaml:2"),
        ("ma: xoa-thu-2021", "ma: xóa thu", "campaign-value-not-code dot.yaml:1"),
        ("thang_thuc_hien: 2021-09", "thang_thuc_hien: 2021-13", "campaign-value-not-month dot.yaml:3"),
        ("[tinh, huyen, thon]", "tinh", "campaign-value-not-list dot.yaml:4"),
        ("[tinh, huyen, thon]", "[]", "campaign-value-empty dot.yaml:4"),
        ("ngay: 2021-03-15", "ngay: 2021-02-30", "campaign-value-not-date dot.yaml:5"),
        ("ngay: 2021-03-15", "ngay: null", "campaign-value-not-date dot.yaml:5"),
        ("co_quan: UBND tỉnh", "co_qan: UBND tỉnh", "campaign-key-unknown dot.yaml:5"),
        ("loai: thong-bao", "loai: thong-cao-bao-chi", "campaign-value-not-choice dot.yaml:31"),
        ("mot_van_ban_cho: huyen", "mot_van_ban_cho: quan", "campaign-value-not-choice dot.yaml:25"),
        ("ngay: 2021-07-20", "ngay: 20/7/21", "campaign-value-date-unclear dot.yaml:32"),
        ("ngay: 2021-07-20", "ngay: 7/20/2021", "campaign-value-not-date dot.yaml:32"),
        ("ngay: 2021-07-20", "ngay: 31/6/2021", "campaign-value-not-date dot.yaml:32"),
        ("ngay: 2021-03-15", "ngay: hom-nay", "campaign-value-not-date dot.yaml:5"),
        ('noi_nhan: [Như trên, "Lưu: VT"]', "noi_nhan: {a: b}", "campaign-value-not-list dot.yaml:27"),
        ('ky: {chuc_vu: GIÁM ĐỐC, ho_ten: "{{ don_vi.giam_doc }}"}', "ky: GIÁM ĐỐC", "campaign-value-not-mapping dot.yaml:28"),
        ("  - cap: tinh\n", "  - cấp tỉnh\n  - cap: tinh\n", "campaign-value-not-mapping dot.yaml:8"),
        ("cap:\n  - cap: tinh", "du_lieu: {gia-ban: 5}\ncap:\n  - cap: tinh", "campaign-value-not-field-name dot.yaml:7"),
        ("cap:\n  - cap: tinh", "thoi_han: {lui_ve_ngay_lam_viec: thỉnh thoảng}\ncap:\n  - cap: tinh",
         "campaign-value-not-yes-no dot.yaml:7"),
        ("cap:\n  - cap: tinh", "thoi_han: {ngay_nghi: [2021-04]}\ncap:\n  - cap: tinh",
         "campaign-value-not-day dot.yaml:7"),
        ("cap:\n  - cap: tinh", "don_vi_hanh_chinh: {thoi_ky: 1999}\ncap:\n  - cap: tinh",
         "campaign-value-not-choice dot.yaml:7"),
    ],
)  # fmt: skip
def test_a_wrong_key_or_value_is_told_with_its_line(folder, old, new, told):
    folder.change("dot.yaml", old, new)

    assert told in folder.told()


def test_an_unknown_key_is_told_with_the_nearest_one_that_is_known(folder):
    folder.change("dot.yaml", "    trich_yeu: phối hợp tuyên truyền\n", "    trich_yue: phối hợp tuyên truyền\n")

    missing, unknown = folder.refusals()

    assert (unknown.place.key, unknown.values["near"]) == ("cap[1].trich_yue", "trich_yeu")
    assert "Gần nhất là «trich_yeu»" in unknown.hint
    assert (missing.code, missing.place.key) == ("campaign-key-missing", "cap[1].trich_yeu")


@pytest.mark.parametrize(
    ("key", "name", "line"),
    [("don_vi", "don-vi.csv", 6), ("nguoi_nhan", "huyen.csv", 24), ("noi_dung", "thon.md", 36)],
)
def test_a_file_that_is_not_there_is_told_where_it_is_named(folder, key, name, line):
    (folder.path / name).unlink()

    assert folder.told() == [f"campaign-file-missing dot.yaml:{line}"]


def test_a_template_that_is_not_there_is_told_where_it_is_named(folder):
    folder.change("dot.yaml", "    noi_dung: thon.md\n", "    noi_dung: thon.md\n    mau: thon.docx\n")

    assert folder.told() == ["campaign-file-missing dot.yaml:37"]


def test_a_folder_or_a_picture_in_place_of_a_text_is_a_finding(folder):
    (folder.path / "tinh.md").write_bytes(b"\xff\xd8\xff\xe0")
    (folder.path / "huyen.md").unlink()
    (folder.path / "huyen.md").mkdir()

    assert folder.told() == ["campaign-file-not-text dot.yaml:16", "campaign-file-missing dot.yaml:26"]


def test_a_text_that_is_empty_or_has_a_broken_field_is_told_with_its_line(folder):
    folder.write("tinh.md", " \n")
    folder.write("huyen.md", "Kính gửi.\n\nĐề nghị {{ huyen }.\n")

    assert folder.told() == ["field-syntax huyen.md:3", "campaign-text-empty dot.yaml:16"][::-1]


def test_a_list_of_a_format_nobody_reads_is_told_where_it_is_named(folder):
    folder.write("tinh.pdf", "%PDF-1.7")
    folder.change("dot.yaml", "nguoi_nhan: tinh.csv", "nguoi_nhan: tinh.pdf")

    assert folder.told() == ["campaign-file-unreadable dot.yaml:14"]


def test_a_scheme_names_each_tier_once(folder):
    folder.change("dot.yaml", "[tinh, huyen, thon]", "[tinh, huyen, tinh, thon]")

    assert folder.told() == ["campaign-scheme-twice dot.yaml:4"]


def test_a_tier_dated_before_the_approval_is_refused_at_its_date(folder):
    folder.change("dot.yaml", "ngay: 2021-04-05", "ngay: 2021-03-14")

    assert folder.told() == ["campaign-date-before-approval dot.yaml:12"]


def test_a_tier_the_scheme_does_not_know_is_refused_where_it_stands(folder):
    folder.change("dot.yaml", "cap: thon", "cap: ap")

    assert folder.told() == ["campaign-tier-unknown dot.yaml:29"]


def test_a_tier_without_a_name_is_told_once(folder):
    folder.change("dot.yaml", "  - cap: thon\n    don_vi", "  - don_vi")

    assert folder.told() == ["campaign-key-missing dot.yaml:29"]


def test_a_campaign_without_a_table_of_bodies_or_a_scheme_is_told_so(folder):
    folder.change("dot.yaml", "don_vi: don-vi.csv\n", "")
    folder.change("dot.yaml", "he_thong_cap: [tinh, huyen, thon]\n", "")

    assert folder.told() == ["campaign-key-missing dot.yaml:1"] * 2


def test_an_annex_that_is_not_there_is_told_where_it_is_named(folder):
    folder.change(
        "dot.yaml", "noi_dung: thon.md", "noi_dung: thon.md\n    phu_luc:\n      - {tieu_de: A, noi_dung: a.md}"
    )

    assert folder.told() == ["campaign-file-missing dot.yaml:38"]


def test_a_text_named_in_the_wrong_way_is_told_once(folder):
    folder.change("dot.yaml", "noi_dung: thon.md", "noi_dung: [thon.md]")

    assert folder.told() == ["campaign-value-not-text dot.yaml:36"]


@pytest.mark.parametrize("scope", ["400", "[400]", '"400"', '["400"]', "[Huyện Hậu Lộc]"])
def test_a_scope_may_be_one_unit_or_a_list_and_a_code_may_lack_its_quotes(folder, scope):
    folder.change("dot.yaml", "don_vi: don-vi.csv", f"don_vi: don-vi.csv\npham_vi: {scope}")

    assert [item.ma for item in folder.plan().items] == ["tinh", "400", "t2", "t3"]


def test_keys_that_may_be_left_out_may_be_null(folder):
    folder.change("dot.yaml", "thang_thuc_hien: 2021-09", "thang_thuc_hien: null\npham_vi: null")
    folder.change("dot.yaml", "bo_phan: KD", "bo_phan: null\n    do_khan: null\n    mau: null")

    assert folder.load().thang_thuc_hien is None


def test_days_off_move_a_deadline(folder):
    # 1 August 2021 is a Sunday.
    folder.change("dot.yaml", "ngay: 2021-06-15", "ngay: 2021-07-30")
    folder.change("dot.yaml", "ngay: 2021-07-20", "ngay: 2021-07-30")
    folder.change("dot.yaml", "cap:\n  - cap: tinh",
                  "thoi_han: {lui_ve_ngay_lam_viec: true, ngay_nghi: [2021-07-30]}\ncap:\n  - cap: tinh")  # fmt: skip

    assert folder.told() == ["rule-broken dot.yaml:23"]


def test_a_tier_needs_a_text_or_a_template(folder):
    folder.change("dot.yaml", "    noi_dung: tinh.md\n", "")

    assert folder.told() == ["campaign-body-missing dot.yaml:8"]


def test_a_tier_may_have_its_text_in_the_template(folder):
    (folder.path / "tinh.docx").write_bytes(b"PK")
    folder.change("dot.yaml", "    noi_dung: tinh.md\n", "    mau: tinh.docx\n")

    tier = folder.load().cap[0]

    assert (tier.mau.name, tier.noi_dung_place) == ("tinh.docx", None)
    assert folder.plan().letters[0].noi_dung == "{{ noi_dung_trong_mau }}"


def test_a_folder_in_a_path_may_be_written_the_windows_way(folder):
    (folder.path / "noi-dung").mkdir()
    (folder.path / "tinh.md").rename(folder.path / "noi-dung" / "tinh.md")
    folder.change("dot.yaml", "noi_dung: tinh.md", r"noi_dung: noi-dung\tinh.md")

    assert folder.load().cap[0].noi_dung_place == Place(file=(folder.path / "noi-dung" / "tinh.md").as_posix())


def test_wrong_rows_of_a_list_are_refused_with_their_row(folder):
    folder.change("thon.csv", "Lê Văn Minh", "")

    assert folder.told() == ["recipients-value-missing thon.csv:2"]


def test_everything_that_is_wrong_is_told_at_once(folder):
    folder.change("dot.yaml", "[tinh, huyen, thon]", "[tinh, thon, huyen]")
    folder.change("dot.yaml", "ngay: 2021-06-15", "ngay: 2021-04-01")
    folder.change("dot.yaml", "bo_phan: KD", "bo_phan: KD\n    bo_fan: KD")
    folder.change("thon.csv", "Phạm Thị Lan", "")
    folder.change("thon.md", "biết", "biết, {{ so_dien_thoai }}")
    folder.change("don-vi.csv", "ĐIỆN LỰC HÀ TRUNG", "")

    assert folder.told() == [
        "campaign-key-unknown dot.yaml:12",
        "campaign-date-backwards dot.yaml:23",
        "campaign-tier-out-of-turn dot.yaml:30",
        "campaign-agency-cell-empty don-vi.csv:4",
        "recipients-value-missing thon.csv:3",
        "campaign-cited-later thon.md:1",
        "campaign-field-unknown thon.md:1",
    ]


def test_what_only_follows_from_another_error_is_not_told(folder):
    folder.change("huyen.csv", "UBND huyện Hà Trung", "")
    folder.change("dot.yaml", "loai: thong-bao", "loai: thong-báo")

    assert folder.told() == ["campaign-value-not-choice dot.yaml:31", "recipients-value-missing huyen.csv:2"]


def test_a_date_may_leave_the_day_or_the_month_open(folder):
    folder.change("dot.yaml", "ngay: 2021-04-05", "ngay: null")
    folder.change("dot.yaml", "ngay: 2021-06-15", "ngay: 2021-06")
    folder.change("dot.yaml", "ngay: 2021-07-20", "ngay: 2021")

    assert [tier.ngay for tier in folder.load().cap] == [IssueDate(2021), IssueDate(2021, 6), IssueDate(2021)]


def test_a_date_left_open_needs_a_year_from_somewhere(folder):
    folder.change("dot.yaml", "thang_thuc_hien: 2021-09\n", "")
    folder.change("dot.yaml", "ngay: 2021-04-05", "ngay: null")

    assert folder.told() == ["campaign-date-without-year dot.yaml:11"]


def test_a_body_that_is_not_in_the_table_is_told_with_the_nearest(folder):
    folder.change("dot.yaml", "don_vi: pcth", "don_vi: pchh")

    (found,) = folder.refusals()

    assert (found.code, found.place.line, found.values["near"]) == ("campaign-agency-unknown", 9, "pcth")


def test_a_campaign_without_an_approval_is_warned_of(folder):
    folder.change(
        "dot.yaml", "chap_thuan: {so: 3197, ky_hieu: UBND-CN, ngay: 2021-03-15, co_quan: UBND tỉnh Thanh Hóa}\n", ""
    )
    folder.write("tinh.md", "Đề nghị phối hợp.")

    assert [one.code for one in folder.load().report.warnings] == ["campaign-approval-missing"]


def test_a_field_cannot_be_called_like_a_part_of_the_letter_or_a_column(folder):
    folder.change("dot.yaml", "cap:\n  - cap: tinh", "du_lieu: {so: 5, truoc: x, so_ho: 12}\ncap:\n  - cap: tinh")

    assert folder.told() == [
        "campaign-field-reserved dot.yaml:7",
        "campaign-field-reserved dot.yaml:7",
        "campaign-field-twice dot.yaml:30",
    ]


def test_a_column_that_the_letter_hides_is_warned_of_where_the_text_asks_for_it(folder):
    folder.change("thon.csv", "so_ho", "so")
    assert folder.load().report.findings == ()

    folder.change("thon.md", "biết", "{{ so }} biết")
    (found,) = folder.load().report

    assert (found.code, found.values["name"]) == ("campaign-column-hidden", "so")


def test_units_are_looked_up_where_the_campaign_says_in_which_list(folder):
    folder.change(
        "dot.yaml", "don_vi: don-vi.csv", 'don_vi: don-vi.csv\ndon_vi_hanh_chinh: {thoi_ky: 2021, tinh: "38"}'
    )
    folder.write("thon.csv", "ma,huyen,xa,thon,ong_ba,ho_ten\nt1,Hậu Lộc,Đại Lộc,Thôn 1,Ông,Lê Văn Minh\n")

    (hamlet,) = folder.load().cap[2].nguoi_nhan

    assert (hamlet.ma_huyen, hamlet.ma_xa, hamlet.tinh) == ("400", "16018", "tỉnh Thanh Hóa")


def test_a_block_of_yaml_ends_without_its_line_break(folder):
    folder.change(
        "dot.yaml", "trich_yeu: phối hợp tuyên truyền\n", "trich_yeu: >\n      phối hợp\n      tuyên truyền\n"
    )

    assert folder.plan().letters[0].trich_yeu == "phối hợp tuyên truyền"


def test_white_space_at_the_ends_of_a_line_does_not_count(folder):
    folder.change("dot.yaml", '"Lưu: VT, KD"', '" Lưu: VT, KD "')

    assert folder.plan().letters[0].noi_nhan == ("Như trên", "Lưu: VT, KD")


def test_loading_reports_what_is_wrong_with_the_file_and_leaves_the_letters_to_their_plan(folder):
    folder.change("dot.yaml", "ten: Xóa thu", "tem: Xóa thu")
    folder.write("tinh.md", "Theo {{ khong_co }}.")

    with pytest.raises(CampaignError) as refused:
        folder.load()

    assert [one.code for one in refused.value.report] == ["campaign-key-missing", "campaign-key-unknown"]


def test_the_plan_of_a_file_reports_errors_of_the_file_and_of_its_letters_together(folder):
    folder.change("dot.yaml", "ten: Xóa thu", "tem: Xóa thu")
    folder.write("tinh.md", "Theo {{ khong_co }}.")

    with pytest.raises(CampaignError) as refused:
        plan_file(folder.path / "dot.yaml")

    assert [one.code for one in refused.value.report] == [
        "campaign-key-missing",
        "campaign-key-unknown",
        "campaign-field-unknown",
    ]


def test_the_plan_of_a_sound_file_is_the_plan_of_its_campaign(folder):
    assert plan_file(folder.path / "dot.yaml").letters == folder.plan().letters
