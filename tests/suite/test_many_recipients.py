"""A notice to every commune of a province lists them all beside the signature, over as many pages as it takes."""

import re

import pytest

import congvan

COMMUNES = 166
FILES = {
    "don-vi.csv": "ma,chu_quan,co_quan,ten_thuong,ky_hieu,dia_danh,pham_vi,so_bat_dau\n"
    "dl,CÔNG TY MẪU,ĐIỆN LỰC MẪU,Điện lực Mẫu,ĐLM,Mẫu,400,12\n",
    "xa.csv": "Mã,Tên\n" + "".join(f"{number:03},UBND xã Mẫu {number}\n" for number in range(1, COMMUNES + 1)),
    "noi-dung.md": "Điện lực Mẫu thông báo.\n\n1. Nội dung một.\n",
    "dot.yaml": """\
ma: thong-bao-mau
ten: Thông báo mẫu
he_thong_cap: [tinh]
chap_thuan: {so: 31, ky_hieu: UBND-CN, ngay: 2021-03-15, co_quan: UBND tỉnh Mẫu}
don_vi: don-vi.csv
cap:
  - cap: tinh
    don_vi: dl
    loai: thong-bao
    ngay: 2021-06-21
    trich_yeu: kế hoạch
    nguoi_nhan: xa.csv
    mot_van_ban_cho: cap
    noi_dung: noi-dung.md
    noi_nhan: [Như trên, "Lưu: VT"]
    ky: {chuc_vu: GIÁM ĐỐC, ho_ten: Nguyễn Văn Ví}
""",
}


@pytest.fixture
def pages(tmp_path):
    """The text of each page of the campaign's only letter, above the end of the page."""
    for name, content in FILES.items():
        (tmp_path / name).write_text(content, encoding="utf-8")
    plan = congvan.plan(congvan.load_campaign(tmp_path / "dot.yaml"))
    run = congvan.render(plan, out=tmp_path / "out", register=tmp_path / "so.sqlite3")
    assert run.report.ok
    (pdf,) = (tmp_path / "out" / "1-tinh").glob("*.pdf")
    facts = congvan.facts(pdf)
    found = {
        sheet: [line.text for line in facts.lines if line.page == sheet and line.bottom < 297] for sheet in (1, 2, 3, 4)
    }
    return [" ".join(lines) for _, lines in sorted(found.items()) if lines]


def test_every_commune_and_the_filing_line_are_printed(pages):
    text = " ".join(pages)

    assert re.findall(r"xã Mẫu (\d+);", text) == [str(number) for number in range(1, COMMUNES + 1)]
    assert "- Lưu: VT." in pages[-1]


def test_the_signature_stands_whole_below_the_text(pages):
    assert "Nội dung một./." in pages[0]
    assert "GIÁM ĐỐC" in pages[0]
    assert "Nguyễn Văn Ví" in pages[0]
