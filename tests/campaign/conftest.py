"""A small whole campaign on disk: the company to the province, two Điện lực to their districts and hamlets."""

from __future__ import annotations

from pathlib import Path
from string import Formatter
from typing import Any

import pytest

from congvan.campaign import Campaign, Plan, load_campaign, plan, plan_file
from congvan.errors import CampaignError
from congvan.findings import Finding, meaning

AGENCIES = """\
ma,chu_quan,co_quan,ten_thuong,ky_hieu,dia_danh,pham_vi,so_bat_dau,giam_doc
pcth,TỔNG CÔNG TY ĐIỆN LỰC MIỀN BẮC,CÔNG TY ĐIỆN LỰC THANH HÓA,Công ty Điện lực Thanh Hóa,PCTH,Thanh Hóa,,465,Đỗ Văn Giang
dlhl,CÔNG TY ĐIỆN LỰC THANH HÓA,ĐIỆN LỰC HẬU LỘC,Điện lực Hậu Lộc,ĐLHL,Hậu Lộc,400,,Lê Thị Hoa
dlht,CÔNG TY ĐIỆN LỰC THANH HÓA,ĐIỆN LỰC HÀ TRUNG,Điện lực Hà Trung,ĐLHTr,Hà Trung,392,12,Mai Văn Kiên
"""

PROVINCE = """\
ma,ten
ubnd,UBND tỉnh Thanh Hóa
sct,Sở Công Thương
"""

DISTRICTS = """\
ma,ma_huyen,huyen,ten
ht-ubnd,392,Huyện Hà Trung,UBND huyện Hà Trung
hl-ubnd,400,Huyện Hậu Lộc,UBND huyện Hậu Lộc
hl-nd,400,Huyện Hậu Lộc,Hội Nông dân huyện Hậu Lộc
"""

HAMLETS = """\
ma,ma_huyen,huyen,ma_xa,xa,thon,ong_ba,ho_ten,so_ho
t1,392,Huyện Hà Trung,15286,Xã Hà Bắc,Thôn Đông Thành,Ông,Lê Văn Minh,120
t2,400,Huyện Hậu Lộc,16012,Thị trấn Hậu Lộc,Khu phố 2,Bà,Phạm Thị Lan,95
t3,400,Huyện Hậu Lộc,16015,Xã Đồng Lộc,Thôn 10,Ông,Hà Văn Tú,80
"""

CAMPAIGN = """\
ma: xoa-thu-2021
ten: Xóa thu tiền điện tại nhà
thang_thuc_hien: 2021-09
he_thong_cap: [tinh, huyen, thon]
chap_thuan: {so: 3197, ky_hieu: UBND-CN, ngay: 2021-03-15, co_quan: UBND tỉnh Thanh Hóa}
don_vi: don-vi.csv
cap:
"""

TINH = """\
  - cap: tinh
    don_vi: pcth
    loai: cong-van
    bo_phan: KD
    ngay: 2021-04-05
    trich_yeu: phối hợp tuyên truyền
    nguoi_nhan: tinh.csv
    mot_van_ban_cho: cap
    noi_dung: tinh.md
    noi_nhan: [Như trên, "Lưu: VT, KD"]
    ky: {quyen_han: [KT. GIÁM ĐỐC], chuc_vu: PHÓ GIÁM ĐỐC, ho_ten: Vũ Thị Nga}
"""

HUYEN = """\
  - cap: huyen
    don_vi: theo huyen
    loai: cong-van
    ngay: 2021-06-15
    trich_yeu: phối hợp tuyên truyền tại {{ huyen }}
    nguoi_nhan: huyen.csv
    mot_van_ban_cho: huyen
    noi_dung: huyen.md
    noi_nhan: [Như trên, "Lưu: VT"]
    ky: {chuc_vu: GIÁM ĐỐC, ho_ten: "{{ don_vi.giam_doc }}"}
"""

THON = """\
  - cap: thon
    don_vi: theo huyen
    loai: thong-bao
    ngay: 2021-07-20
    trich_yeu: ngừng thu tiền điện tại nhà
    nguoi_nhan: thon.csv
    mot_van_ban_cho: nguoi_nhan
    noi_dung: thon.md
    noi_nhan: ["Lưu: VT"]
    ky: {chuc_vu: GIÁM ĐỐC, ho_ten: "{{ don_vi.giam_doc }}"}
"""

FILES = {
    "don-vi.csv": AGENCIES,
    "tinh.csv": PROVINCE,
    "huyen.csv": DISTRICTS,
    "thon.csv": HAMLETS,
    "tinh.md": "Thực hiện {{ dot.chap_thuan.so_ky_hieu }}, Công ty đề nghị phối hợp.\n",
    "huyen.md": "Thực hiện Công văn số {{ truoc.tinh.so_ky_hieu }} ngày {{ truoc.tinh.ngay }}, đề nghị phối hợp.\n",
    "thon.md": "Theo Công văn số {{ truoc.huyen.so_ky_hieu }}, báo để {{ ong_ba }} {{ ho_ten }} biết.\n",
    "dot.yaml": CAMPAIGN + TINH + HUYEN + THON,
}


def unfilled(found: Finding) -> set[str]:
    """The values the sentences of a finding ask for and do not get."""
    told = meaning(found.code)
    sentences = [*told.messages.values(), *told.hints.values()]
    asked = {name for sentence in sentences for _, name, _, _ in Formatter().parse(sentence) if name}
    return asked - found.values.keys()


class CampaignFolder:
    """A folder with the campaign above, some of its files written otherwise."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def write(self, name: str, text: str) -> None:
        (self.path / name).write_text(text, encoding="utf-8")

    def change(self, name: str, old: str, new: str) -> None:
        text = (self.path / name).read_text(encoding="utf-8")
        assert old in text, f"{name} has no {old!r}"
        self.write(name, text.replace(old, new))

    def add(self, name: str, text: str) -> None:
        self.write(name, (self.path / name).read_text(encoding="utf-8") + text)

    def load(self, **given: Any) -> Campaign:
        return load_campaign(self.path / "dot.yaml", **given)

    def plan(self, **wanted: Any) -> Plan:
        return plan(self.load(), **wanted)

    def refusals(self) -> list[Finding]:
        """What the campaign is refused for, when it is read or when it is planned."""
        with pytest.raises(CampaignError) as refused:
            plan_file(self.path / "dot.yaml")
        for found in refused.value.report:
            assert not unfilled(found), f"{found.code} leaves {unfilled(found)} open"
        return list(refused.value.report.errors)

    def told(self) -> list[str]:
        """The refusals as ``code file:line``, a row standing for the line in a table."""
        return [
            f"{one.code} {Path(one.place.file or '-').name}:{one.place.line or one.place.row or '-'}"
            for one in self.refusals()
        ]


@pytest.fixture
def folder(tmp_path: Path) -> CampaignFolder:
    """The campaign above, sound as it stands."""
    campaign = CampaignFolder(tmp_path)
    for name, text in FILES.items():
        campaign.write(name, text)
    return campaign


OFFICE = """\
ten: Công ty Điện lực Thanh Hóa
don_vi: don-vi.csv
"""


class OfficeFolder(CampaignFolder):
    """An office with the campaign above in ``dot/2021``, whose bodies stand in the office's table."""

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        self.campaign = CampaignFolder(path / "dot" / "2021")
        self.campaign.path.mkdir(parents=True)
        for name, text in FILES.items():
            (self if name == "don-vi.csv" else self.campaign).write(name, text)
        self.campaign.change("dot.yaml", "don_vi: don-vi.csv\n", "")
        self.write("co-quan.yaml", OFFICE)


@pytest.fixture
def office(tmp_path: Path) -> OfficeFolder:
    """An office and its campaign, sound as they stand."""
    return OfficeFolder(tmp_path / "co-quan")
