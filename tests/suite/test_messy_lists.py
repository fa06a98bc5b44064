"""A clerk's messy list as .xlsx, .ods and .csv: each letter's "Kính gửi" as printed, or refused at its cell."""

import csv
import zipfile
from typing import NamedTuple
from xml.sax.saxutils import escape

import pytest
import xlsxwriter

from congvan.campaign import load_campaign, plan
from congvan.errors import CampaignError

FORMATS = ("xlsx", "ods", "csv")


class Number(NamedTuple):
    """A cell with a number: its value, its number format, and what people see."""

    value: float
    code: str
    seen: str


class Failed(NamedTuple):
    """A cell whose formula failed."""

    seen: str


NA, REF = Failed("#N/A"), Failed("#REF!")
PHONE = Number(912345678, "0000000000", "0912345678")
PHONE_IN_GROUPS = Number(912345679, "0000 000 000", "0912 345 679")
HEAD = ["STT", "Xã/phường", "Thôn/TDP", "Loại", "Họ và tên", "Ông/Bà", "Chức danh", "Điện thoại", "Ghi chú"]
ABOVE = [
    ["UBND TỈNH THANH HÓA"],
    ["DANH SÁCH TRƯỞNG THÔN, TỔ TRƯỞNG TỔ DÂN PHỐ NĂM 2026"],
    [],
    HEAD,
    ["I", "Xã Hậu Lộc"],
]
BELOW = [
    ["", "Tổng cộng", "", "", "20"],
    [],
    ["", "", "", "", "", "", "Hậu Lộc, ngày 12 tháng 3 năm 2026"],
    ["", "Người lập biểu", "", "", "", "", "Thủ trưởng đơn vị"],
    ["", "(ký, ghi rõ họ tên)", "", "", "", "", "(Ký tên, đóng dấu)"],
    ["", "Nguyễn Văn Lập", "", "", "", "", "Trần Thị Duyệt"],
]

HAU_LOC = "xã Hậu Lộc, tỉnh Thanh Hóa"
BIM_SON = "phường Bỉm Sơn, tỉnh Thanh Hóa"
# The row as it is typed (xã, thôn, loại, họ tên, ông/bà, chức danh, điện thoại, ghi chú), and what is printed of it
# with «sua_danh_sach: true».
MENDED = [
    (["Xã Hậu Lộc", "Thôn 1", "Thôn", "NGUYỄN VĂN THỬ", "Ông", "Trưởng thôn", PHONE, ""], f"Ông Nguyễn Văn Thử, Trưởng Thôn 1, {HAU_LOC}"),
    (["", "Thôn 2", "Thôn", "Trần  Thị  Mẫu", "Bà", "trưởng thôn", "0912.345.679 - 0987 654 321", ""], f"Bà Trần Thị Mẫu, Trưởng Thôn 2, {HAU_LOC}"),
    (["", "Thôn 4", "Thôn", "Lê Văn Giả", "", "Bí thư kiêm Trưởng thôn", "", ""], f"Ông (Bà) Lê Văn Giả, Bí thư kiêm Trưởng Thôn 4, {HAU_LOC}"),
    (["", "THÔN ĐÔNG HẢI", "", "lê văn ba", "ông", "TRƯỞNG THÔN", PHONE_IN_GROUPS, ""], f"Ông Lê Văn Ba, Trưởng thôn Đông Hải, {HAU_LOC}"),
    (["", "6", "thôn", "Ông Vũ Văn Sáu", "", "Trưởng thôn 6", "", ""], f"Ông Vũ Văn Sáu, Trưởng Thôn 6, {HAU_LOC}"),
    (["", "Bản Mòn", "", "H'HEN NIÊ", "B.", "Trưởng thôn", "", ""], f"Bà H'Hen Niê, Trưởng bản Mòn, {HAU_LOC}"),
    (["X.Hậu Lộc", "thôn thôn 8", "", "Y-Ngông Niê", "ÔNG", "", "", ""], f"Ông Y-Ngông Niê, Trưởng Thôn 8, {HAU_LOC}"),
    (["Phường Bỉm Sơn", "1", "Khu phố", "Vũ Thị Thủy", "Bà", "", "", ""], f"Bà Vũ Thị Thủy, Trưởng Khu phố 1, {BIM_SON}"),
    (["P. Bỉm Sơn", "KP2", "", "Đỗ Văn Thuỷ", "Ô", "", "", "mới bầu"], f"Ông Đỗ Văn Thuỷ, Trưởng Khu phố 2, {BIM_SON}"),
    (["phường bỉm sơn", "TDP 3", "TDP", "Hoàng Văn X", "Ô", "tổ trưởng tdp", "", ""], f"Ông Hoàng Văn X, Tổ trưởng Tổ dân phố 3, {BIM_SON}"),
    (["PHƯỜNG BỈM SƠN", "tdp số 4", "", "Hoàng Thị Y", "bà", "Tổ trưởng TDP số 4", "", ""], f"Bà Hoàng Thị Y, Tổ trưởng tổ dân phố số 4, {BIM_SON}"),
    (["Bỉm Sơn", "Khu phố 5", "", "Lò Ón", "Nam", "Tổ trưởng tdp Khu phố 5", "", ""], f"Ông Lò Ón, Trưởng Khu phố 5, {BIM_SON}"),
]  # fmt: skip

# Rows that are refused whether the list may be mended or not: by column and finding.
REFUSED = [
    (["Phường Bỉm Sơn", "Khu phố 3", "TDP", "Hoàng Văn X", "Ông", "Tổ trưởng TDP", "", ""], ("Thôn/TDP", "recipients-hamlet-kinds")),
    ([NA, "Thôn 9", "", "Lê Văn Chín", "Ông", "", "", ""], ("Xã/phường", "recipients-not-a-value")),
    (["Xã Hậu Lộc", "Thôn 10", "", REF, "Ông", "", "", ""], ("Họ và tên", "recipients-not-a-value")),
    (["Xã Hậu Lộc", "Thôn 11", "", "Lê Văn Một", "Ông", "", "", NA], ("Ghi chú", "recipients-not-a-value")),
    (["Xã Hậu Lộc", "Thôn 12", "", "Lê V?n M?u", "Ông", "", "", ""], ("Họ và tên", "recipients-letters-lost")),
    (["Xã Hậu Lộc", "Thôn 13", "", "Nguyá»…n VÄƒn Nam", "Ông", "", "", ""], ("Họ và tên", "recipients-text-misread")),
    (["Xã Hậu Lộc", "Thôn 14", "", "Lê Văn Bốn", "Ông", "", "", "khuyết"], ("Ghi chú", "recipients-post-doubtful")),
    (["Xã Hậu Lộc", "Thôn 15", "", "", "", "", "", ""], ("Họ và tên", "recipients-value-missing")),
]  # fmt: skip

# Vacant posts, said in any column.
VACANT = [
    (["Xã Hậu Lộc", "Thôn Trung Thắng", "Thôn", "", "", "", "", "khuyết"], f"Trưởng thôn Trung Thắng, {HAU_LOC}"),
    (["Xã Hậu Lộc", "Thôn 17", "", "chưa bầu", "", "", "", ""], f"Trưởng Thôn 17, {HAU_LOC}"),
    (["Xã Hậu Lộc", "Thôn 18", "", "", "", "Khuyết", "", ""], f"Trưởng Thôn 18, {HAU_LOC}"),
    (["Xã Hậu Lộc", "Thôn 19", "", "", "", "", "", "Chưa có trưởng thôn"], f"Trưởng Thôn 19, {HAU_LOC}"),
]  # fmt: skip

# What is printed without the setting, and told besides: by column and finding.
AS_TYPED = [
    (["Xã Hậu Lộc", "Thôn 1", "Thôn", "NGUYỄN VĂN THỬ", "Ông", "", "", ""], f"Ông NGUYỄN VĂN THỬ, Trưởng Thôn 1, {HAU_LOC}", [("Họ và tên", "recipients-untidy")]),
    (["xã hậu lộc", "Thôn 2", "", "Lê Văn Giả", "", "", "", ""], f"Lê Văn Giả, Trưởng Thôn 2, {HAU_LOC}", [("Ông/Bà", "recipients-honorific-missing")]),
    (["P. Bỉm Sơn", "TDP 3", "TDP", "Lê Văn Ba", "Ông", "Tổ trưởng TDP", "", ""], f"Ông Lê Văn Ba, Tổ trưởng Tổ dân phố 3, {BIM_SON}", [("Thôn/TDP", "recipients-untidy"), ("Loại", "recipients-untidy"), ("Chức danh", "recipients-untidy")]),
    (["phường bỉm sơn", "4", "khu phố", "Lê Văn Bốn", "ông", "", "0912345671/0912345672", ""], f"Ông Lê Văn Bốn, Trưởng Khu phố 4, {BIM_SON}", [("Ông/Bà", "recipients-untidy"), ("Điện thoại", "recipients-untidy")]),
]  # fmt: skip

CAMPAIGN = """\
ma: danh-sach-lon-xon
ten: Thử danh sách
he_thong_cap: [thon]
don_vi: don-vi.csv
don_vi_hanh_chinh: {{thoi_ky: 2025-07, tinh: Thanh Hóa}}
cap:
  - cap: thon
    don_vi: doi
    loai: cong-van
    ngay: 2026-03-16
    trich_yeu: thông báo lịch ngừng cấp điện
    nguoi_nhan: {name}
    mot_van_ban_cho: nguoi_nhan
    noi_dung: thon.md
    noi_nhan: [Như trên, "Lưu: VT"]
    ky: {{chuc_vu: ĐỘI TRƯỞNG, ho_ten: Nguyễn Văn Ví}}
    {setting}
"""


@pytest.mark.parametrize("kind", FORMATS)
def test_every_letter_of_a_mended_list_names_its_recipient_rightly(tmp_path, kind):
    campaign = campaign_of(tmp_path, kind, [row for row, _ in MENDED], "sua_danh_sach: true")

    assert addressees(campaign) == [line for _, line in MENDED]


@pytest.mark.parametrize("kind", FORMATS)
def test_every_mended_cell_is_told_with_its_row_its_column_and_both_texts(tmp_path, kind):
    campaign = campaign_of(tmp_path, kind, [row for row, _ in MENDED[:2]], "sua_danh_sach: true")

    told = [
        (found.place.row, found.place.column, found.values["value"], found.values["read"])
        for found in campaign.report
        if found.code == "recipients-mended"
    ]
    assert told == [
        (6, "Họ và tên", "NGUYỄN VĂN THỬ", "Nguyễn Văn Thử"),
        (7, "Chức danh", "trưởng thôn", "Trưởng thôn"),
        (7, "Điện thoại", "0912.345.679 - 0987 654 321", "0912.345.679; 0987 654 321"),
    ]


@pytest.mark.parametrize("kind", FORMATS)
@pytest.mark.parametrize("setting", ["", "sua_danh_sach: true"])
def test_what_nobody_can_know_is_refused_at_its_cell(tmp_path, kind, setting):
    with pytest.raises(CampaignError) as refused:
        campaign_of(tmp_path, kind, [row for row, _ in REFUSED], setting)

    assert sorted(errors(refused.value.report, kind)) == [
        (row, *told) for row, (_, told) in enumerate(REFUSED, start=len(ABOVE) + 1)
    ]


@pytest.mark.parametrize("kind", FORMATS)
def test_without_the_setting_the_list_prints_as_it_is_typed_and_that_is_told(tmp_path, kind):
    campaign = campaign_of(tmp_path, kind, [row for row, _, _ in AS_TYPED])

    assert addressees(campaign) == [line for _, line, _ in AS_TYPED]
    assert sorted((one.place.row, one.place.column, one.code) for one in campaign.report.warnings) == sorted(
        (row, *told) for row, (_, _, all_told) in enumerate(AS_TYPED, start=len(ABOVE) + 1) for told in all_told
    ) + signer(AS_TYPED)


@pytest.mark.parametrize("kind", FORMATS)
def test_a_form_of_address_cut_to_a_letter_is_refused_without_the_setting(tmp_path, kind):
    row = ["Xã Hậu Lộc", "Thôn 1", "", "Hoàng Văn X", "Ô", "", "", ""]

    with pytest.raises(CampaignError) as refused:
        campaign_of(tmp_path, kind, [row])

    assert errors(refused.value.report, kind) == [(6, "Ông/Bà", "recipients-honorific-short")]


@pytest.mark.parametrize("kind", FORMATS)
def test_a_vacant_post_stops_the_run_until_the_tier_says_what_becomes_of_it(tmp_path, kind):
    holder = ["Xã Hậu Lộc", "Thôn 1", "", "Lê Văn Một", "Ông", "", "", ""]
    rows = [holder, *(row for row, _ in VACANT)]

    with pytest.raises(CampaignError) as refused:
        plan(campaign_of(tmp_path, kind, rows))
    to_the_office = campaign_of(tmp_path, kind, rows, "khi_khuyet: chuc_danh")
    left_out = campaign_of(tmp_path, kind, rows, "khi_khuyet: bo_qua")

    assert errors(refused.value.report, kind) == [(row, None, "campaign-post-vacant") for row in (7, 8, 9, 10)]
    line = f"Ông Lê Văn Một, Trưởng Thôn 1, {HAU_LOC}"
    assert addressees(to_the_office) == [line, *(line for _, line in VACANT)]
    assert addressees(left_out) == [line]
    told = [(one.place.row, one.code) for one in plan(left_out).report if one.code.startswith("campaign-post")]
    assert told == [(row, "campaign-post-left-out") for row in (7, 8, 9, 10)]


def test_three_spellings_of_a_unit_are_one_folder_name(tmp_path):
    campaign = campaign_of(tmp_path, "xlsx", [row for row, _ in MENDED], "sua_danh_sach: true")

    units = {(letter.unit_code("xa"), letter.unit_name("xa")) for letter in plan(campaign).items}

    assert units == {("16012", "xã Hậu Lộc"), ("14812", "phường Bỉm Sơn")}


def test_mending_a_list_gives_no_letter_another_key(tmp_path):
    rows = [row for row, _ in MENDED if row[4] not in {"Ô", "B."} and row[1] != "thôn thôn 8"]  # stop a list not mended

    typed = plan(campaign_of(tmp_path, "csv", rows)).items
    mended = plan(campaign_of(tmp_path, "csv", rows, "sua_danh_sach: true")).items

    assert [one.key for one in typed] == [one.key for one in mended]


def test_the_letter_prints_telephones_as_the_sheet_shows_them(tmp_path):
    campaign = campaign_of(tmp_path, "xlsx", [row for row, _ in MENDED], "sua_danh_sach: true")

    phones = [one.dien_thoai for one in campaign.cap[0].nguoi_nhan]

    assert phones[:4] == ["0912345678", "0912.345.679; 0987 654 321", None, "0912 345 679"]


def campaign_of(folder, kind, rows, setting=""):
    """A campaign whose list has ``rows`` between the title and the signatures of the office."""
    name = f"danh-sach.{kind}"
    numbered = [[str(number), *row] for number, row in enumerate(rows, start=1)]
    WRITERS[kind](folder / name, [*ABOVE, *numbered, *BELOW])
    (folder / "don-vi.csv").write_text(
        "ma,chu_quan,co_quan,ten_thuong,ky_hieu,dia_danh\ndoi,CÔNG TY ĐIỆN LỰC,ĐỘI QUẢN LÝ ĐIỆN,Đội,ĐQL,Hậu Lộc\n",
        encoding="utf-8",
    )
    (folder / "thon.md").write_text("Đề nghị thông báo đến {{ ten }}.\n", encoding="utf-8")
    (folder / "dot.yaml").write_text(CAMPAIGN.format(name=name, setting=setting), encoding="utf-8")
    return load_campaign(folder / "dot.yaml")


def addressees(campaign):
    return [line for letter in plan(campaign).items for line in letter.letter.kinh_gui]


def errors(report, kind):
    assert kind == "csv" or {found.place.sheet for found in report.errors} == {"Trưởng thôn"}
    return [(found.place.row, found.place.column, found.code) for found in report.errors]


def signer(rows):
    """The row with the signers' names, which are words of no signature and so told as left out."""
    return [(len(ABOVE) + len(rows) + len(BELOW), None, "recipients-row-beside")]


def write_xlsx(path, rows):
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("Trưởng thôn")
        for at, row in enumerate(rows):
            for column, cell in enumerate(row):
                match cell:
                    case Number():
                        sheet.write_number(at, column, cell.value, book.add_format({"num_format": cell.code}))
                    case Failed():
                        sheet.write_formula(at, column, "=VLOOKUP(A1,Z1:Z2,1,0)", None, cell.seen)
                    case _:
                        sheet.write_string(at, column, cell)


def write_ods(path, rows):
    names = "urn:oasis:names:tc:opendocument:xmlns"
    table = "".join(f"<table:table-row>{''.join(map(ods_cell, row))}</table:table-row>" for row in rows)
    content = (
        f'<office:document-content office:version="1.3" xmlns:office="{names}:office:1.0"'
        f' xmlns:table="{names}:table:1.0" xmlns:text="{names}:text:1.0"'
        ' xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0">'
        f'<office:body><office:spreadsheet><table:table table:name="Trưởng thôn">{table}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    manifest = (
        f'<manifest:manifest xmlns:manifest="{names}:manifest:1.0" manifest:version="1.3">'
        f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{kind}"/></manifest:manifest>'
    )
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("mimetype", kind)
        package.writestr("META-INF/manifest.xml", manifest)
        package.writestr("content.xml", content)


def ods_cell(cell):
    match cell:
        case Number():
            attributes, text = f'office:value-type="float" office:value="{cell.value}"', cell.seen
        case Failed():
            attributes, text = 'office:value-type="string" office:string-value="" calcext:value-type="error"', cell.seen
        case "":
            return "<table:table-cell/>"
        case _:
            attributes, text = 'office:value-type="string"', cell
    return f"<table:table-cell {attributes}><text:p>{escape(text)}</text:p></table:table-cell>"


def write_csv(path, rows):
    with path.open("w", encoding="utf-8-sig", newline="") as target:
        csv.writer(target, delimiter=";").writerows(
            [cell if isinstance(cell, str) else cell.seen for cell in row] for row in rows
        )


WRITERS = {"xlsx": write_xlsx, "ods": write_ods, "csv": write_csv}
