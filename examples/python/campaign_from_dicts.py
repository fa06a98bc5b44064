"""A campaign without any file: keys, issuing bodies and recipients are Python values, as an office system has them.

Run: ``python campaign_from_dicts.py OUT``

It numbers one letter to a department and one to each hamlet head, and prints them in order. The keys are those of a
campaign file (``docs/reference/tep-dot.md``), the columns those of a list; rows of a database are as good.
"""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

import congvan

SIGNER = {"chuc_vu": "GIÁM ĐỐC", "ho_ten": "Lê Văn Mẫu"}
AGENCIES = [{"ma": "dlm", "co_quan": "ĐIỆN LỰC MẪU", "ten_thuong": "Điện lực Mẫu", "ky_hieu": "ĐLM", "dia_danh": "Mẫu"}]
DEPARTMENTS = [{"ma": "sct", "ten": "Sở Công Thương"}]
HAMLETS = [
    {"ma": "1", "huyen": "huyện Mẫu", "xa": "xã Mẫu", "thon": "thôn 1", "ho_ten": "Phạm Thị Thử", "ong_ba": "Bà"},
    {"ma": "2", "huyen": "huyện Mẫu", "xa": "xã Mẫu", "thon": "thôn 2", "ho_ten": "Hà Văn Thử", "ong_ba": "Ông"},
]
TO_DEPARTMENTS = {
    "cap": "tinh",
    "don_vi": "dlm",
    "loai": "cong-van",
    "ngay": date(2026, 4, 6),
    "trich_yeu": "phối hợp tuyên truyền",
    "mot_van_ban_cho": "cap",
    "noi_dung": "Điện lực Mẫu đề nghị quý cơ quan phối hợp.",
    "noi_nhan": ["Như trên", "Lưu: VT"],
    "ky": SIGNER,
}
TO_HAMLETS = {
    **TO_DEPARTMENTS,
    "cap": "thon",
    "ngay": date(2026, 5, 4),
    "mot_van_ban_cho": "nguoi_nhan",
    "noi_dung": "Theo Công văn {{ truoc.tinh.so_ky_hieu }}, đề nghị {{ ong_ba }} {{ ho_ten }} thông báo ở {{ ten }}.",
}
VALUES = {"ma": "mau-2026", "ten": "Mẫu", "he_thong_cap": ["tinh", "thon"], "cap": [TO_DEPARTMENTS, TO_HAMLETS]}


def main(out: Path) -> None:
    """Make the letters, and print each with its number."""
    lists = {"tinh": DEPARTMENTS, "thon": HAMLETS}
    campaign = congvan.campaign_from(VALUES, agencies=AGENCIES, recipients=lists)
    run = congvan.render(congvan.plan(campaign), out, register=out.with_suffix(".sqlite3"))
    for row in run.letters:
        print(f"{row.so}/{row.ky_hieu}", *row.kinh_gui)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
