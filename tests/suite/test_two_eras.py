"""One campaign in two eras: province, district and hamlet in 2021; province, commune and hamlet since July 2025.

Only the era (its tiers, its units, its year) and the lists differ; issuers, texts and signatures are the same.
"""

import csv
import json

import pytest

import congvan
from congvan.errors import CampaignError
from congvan.recipients import era_named, new_list, unit_list

CAMPAIGN = """\
ma: xoa-thu-{year}
ten: Xóa thu tiền điện tại nhà
thang_thuc_hien: {year}-09
he_thong_cap: [tinh, {middle}, thon]
chap_thuan: {{so: 3197, ky_hieu: UBND-CN, ngay: {year}-03-15, co_quan: UBND tỉnh Thanh Hóa}}
don_vi: don-vi.csv
don_vi_hanh_chinh: {{thoi_ky: {era}, tinh: 38}}
cap:
  - cap: tinh
    don_vi: pcth
    loai: cong-van
    bo_phan: KD
    ngay: {year}-04-05
    trich_yeu: phối hợp tuyên truyền
    nguoi_nhan: tinh.csv
    mot_van_ban_cho: cap
    noi_dung: tinh.md
    noi_nhan: [Như trên, "Lưu: VT, KD"]
    ky: {{chuc_vu: GIÁM ĐỐC, ho_ten: Đỗ Văn Giang}}
  - cap: {middle}
    don_vi: pcth
    loai: cong-van
    bo_phan: KD
    ngay: {year}-06-07
    trich_yeu: phối hợp tuyên truyền tại {{{{ {middle} }}}}
    nguoi_nhan: giua.xlsx
    mot_van_ban_cho: nguoi_nhan
    noi_dung: giua.md
    noi_nhan: [Như trên, "Lưu: VT, KD"]
    ky: {{chuc_vu: GIÁM ĐỐC, ho_ten: Đỗ Văn Giang}}
  - cap: thon
    don_vi: pcth
    loai: cong-van
    bo_phan: KD
    ngay: {year}-06-21
    trich_yeu: ngừng thu tiền điện tại nhà
    nguoi_nhan: thon.csv
    mot_van_ban_cho: nguoi_nhan
    noi_dung: thon.md
    noi_nhan: ["Lưu: VT, KD"]
    ky: {{chuc_vu: GIÁM ĐỐC, ho_ten: Đỗ Văn Giang}}
"""
AGENCY = (
    "ma,chu_quan,co_quan,ten_thuong,ky_hieu,dia_danh\n"
    "pcth,TỔNG CÔNG TY ĐIỆN LỰC MIỀN BẮC,CÔNG TY ĐIỆN LỰC THANH HÓA,Công ty Điện lực Thanh Hóa,PCTH,Thanh Hóa\n"
)
PROVINCE = "ten\nỦy ban nhân dân tỉnh Thanh Hóa\nSở Công Thương tỉnh Thanh Hóa\n"
TEXTS = {
    "tinh.md": "Thực hiện Công văn số {{ dot.chap_thuan.so_ky_hieu }}, Công ty đề nghị quý cơ quan phối hợp.\n",
    "giua.md": "Thực hiện Công văn số {{ truoc.tinh.so_ky_hieu }}, Công ty đề nghị {{ ten }} phối hợp.\n",
    "thon.md": "Từ {{ dot.thang_thuc_hien }}, Điện lực không thu tiền điện tại nhà; đề nghị {{ ong_ba }} báo bà con {{ ten }}.\n",
}
HAMLETS = {
    "2021": "huyen,xa,thon,ho_ten,ong_ba\nHậu Lộc,Đa Lộc,Thôn 1,Trịnh Văn Mẫu,Ông\n,,Thôn 2,Lò Ón,Bà\nHà Trung,Hà Bắc,Thôn Song Nga,Lê Thị Thử,Bà\n",
    "2025-07": "xa,thon,ho_ten,ong_ba\nxã Vạn Lộc,Thôn 1,Trịnh Văn Mẫu,Ông\n,Thôn 2,Lò Ón,Bà\nphường Hạc Thành,Khu phố 3,Lê Thị Thử,Bà\n",
}


@pytest.fixture
def campaign(tmp_path):
    """Writes the campaign for an era and a middle tier, and gives the path of its file."""

    def write(year, era, middle, list_of):
        values = {"year": year, "era": era, "middle": middle}
        files = {"dot.yaml": CAMPAIGN.format(**values), "don-vi.csv": AGENCY, "tinh.csv": PROVINCE, **TEXTS}
        for name, text in {**files, "thon.csv": HAMLETS[era]}.items():
            (tmp_path / name).write_text(text, encoding="utf-8")
        new_list("38", list_of, middle).save(tmp_path / "giua.xlsx")
        return tmp_path / "dot.yaml"

    return write


@pytest.mark.parametrize(
    ("year", "era", "middle", "committees", "last"),
    [
        ("2021", "2021", "huyen", 27, "Bà Lê Thị Thử, Trưởng thôn Song Nga, xã Hà Bắc, huyện Hà Trung"),
        ("2026", "2025-07", "xa", 166, "Bà Lê Thị Thử, Trưởng Khu phố 3, phường Hạc Thành, tỉnh Thanh Hóa"),
    ],
)
def test_the_same_campaign_runs_with_three_tiers_in_2021_and_with_two_since_july_2025(
    campaign, tmp_path, word_text, year, era, middle, committees, last
):
    path = campaign(year, era, middle, era)
    run = congvan.render(
        congvan.plan(congvan.load_campaign(path)), tmp_path / "out", tmp_path / "so.sqlite3", formats=["docx"], jobs=1
    )
    letters = json.loads((tmp_path / "out" / "manifest.json").read_text(encoding="utf-8"))["van_ban"]
    units = unit_list(era_named(era))
    below = units.districts("38") if middle == "huyen" else units.communes("38")

    assert not run.failed
    assert [letter["cap"] for letter in letters] == ["tinh", *[middle] * committees, "thon", "thon", "thon"]
    assert [letter["kinh_gui"] for letter in letters[1:-3]] == [
        [f"Ủy ban nhân dân {unit.in_sentence}"] for unit in below
    ]
    assert letters[-1]["kinh_gui"] == [last]
    text = word_text((tmp_path / "out" / letters[1]["docx"]["path"]).read_bytes())
    assert any(
        f"Công văn số 01/PCTH-KD, Công ty đề nghị Ủy ban nhân dân {below[0].in_sentence}" in line for line in text
    )


def test_a_district_in_a_letter_of_2026_is_refused_with_the_reason(campaign, tmp_path):
    path = campaign("2026", "2025-07", "huyen", "2021")

    with pytest.raises(CampaignError) as refused:
        congvan.render(congvan.plan(congvan.load_campaign(path)), tmp_path / "out", tmp_path / "so.sqlite3")

    refusals = refused.value.report.errors
    assert {one.code for one in refusals} >= {"recipients-era-no-district"}
    found = next(one for one in refusals if one.code == "recipients-era-no-district")
    assert found.place.file == "giua.xlsx"
    assert "7/2025" in found.message
    assert "Luật số 72/2025/QH15" in found.hint
    assert "congvan recipients new" in found.hint
    assert not (tmp_path / "out").exists()
    assert not (tmp_path / "so.sqlite3").exists()


def test_the_district_column_of_an_old_list_is_noticed_in_2026(campaign, tmp_path):
    path = campaign("2026", "2025-07", "xa", "2025-07")
    with (tmp_path / "thon.csv").open("w", encoding="utf-8", newline="") as target:
        rows = [["huyen", "xa", "thon", "ho_ten", "ong_ba"], ["Hậu Lộc", "xã Vạn Lộc", "Thôn 1", "Lò Ón", "Bà"]]
        csv.writer(target).writerows(rows)

    report = congvan.load_campaign(path).report

    assert "recipients-era-old-district" in [found.code for found in report.warnings]
