"""Letters of three shapes to made-up people, as a campaign on disk that congvan renders like any other."""

from __future__ import annotations

import csv
import random
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

_FAMILIES = (
    "Nguyễn",
    "Trần",
    "Lê",
    "Phạm",
    "Hoàng",
    "Vũ",
    "Đặng",
    "Bùi",
    "Đỗ",
    "Ngô",
    "Dương",
    "Trịnh",
    "Cao",
    "Quách",
)
_MIDDLES = ("Văn", "Thị", "Đức", "Minh", "Thanh", "Ngọc", "Hữu", "Xuân", "Quang", "Thu", "Đình", "Kim")
_NAMES = (
    "An",
    "Bình",
    "Chiến",
    "Dung",
    "Giang",
    "Hạnh",
    "Hùng",
    "Khải",
    "Lan",
    "Mạnh",
    "Nga",
    "Oanh",
    "Quế",
    "Thủy",
    "Yến",
)
_COMMUNES = (
    "Đại Lộc",
    "Tiến Lộc",
    "Cầu Lộc",
    "Hoa Lộc",
    "Minh Lộc",
    "Hưng Lộc",
    "Đa Lộc",
    "Ngư Lộc",
    "Xuân Lộc",
    "Phong Lộc",
)
_HAMLETS = ("Y Ngô", "Đại Hữu", "Trung Thắng", "Tân Hưng", "Hoa Phú", "Yên Hòa", "Xuân Tiến", "Bái Trung", "Sơn Phong")
_HAMLETS_A_COMMUNE = 25

_OPENING = (
    "Thực hiện kế hoạch năm 2026, {{ don_vi.ten_thuong }} trân trọng thông báo đến {{ ong_ba }} {{ ho_ten }} và "
    "bà con {{ thon }}, {{ xa }} về việc ngừng thu tiền điện tại nhà từ tháng 3 năm 2027.\n\n"
)
_PARAGRAPH = (
    "Khách hàng thanh toán bằng một trong các hình thức: trích nợ tự động qua tài khoản ngân hàng, ví điện tử, "
    "hoặc nộp tiền tại điểm thu của ngân hàng, tổ chức trung gian thanh toán trên địa bàn {{ xa }}. Giá bán "
    "điện, ngày ghi chỉ số và việc phục vụ của Điện lực không thay đổi."
)
_CLOSING = "\nMọi vướng mắc xin gọi {{ don_vi.ten_thuong }}. Trân trọng cảm ơn {{ ong_ba }} và bà con {{ thon }}.\n"


@dataclass(frozen=True, slots=True)
class Shape:
    """A letter of so many ``pages``; ``body`` is its Markdown."""

    name: str
    title: str
    pages: int
    body: str


def _items(count: int) -> str:
    return "".join(f"{number}. {_PARAGRAPH}\n\n" for number in range(1, count + 1))


def _table(rows: int) -> str:
    head = "| STT | Nội dung công việc | Nơi thực hiện | Số hộ |\n|---|---|---|---|\n"
    work = "Thông báo, niêm yết"
    return head + "".join(f"| {row} | {work} | Khu {row} | {10 + row * 7 % 60} |\n" for row in range(1, rows + 1))


SHAPES = {
    shape.name: shape
    for shape in (
        Shape("one-page", "One page", 1, f"{_OPENING}{_PARAGRAPH}\n{_CLOSING}"),
        Shape("two-pages", "Two pages with a numbered list", 2, f"{_OPENING}{_items(9)}{_CLOSING}"),
        Shape("three-pages", "Three pages with a table of 40 rows", 3, f"{_OPENING}{_items(3)}{_table(40)}{_CLOSING}"),
    )
}

_CAMPAIGN = """\
ma: do-toc-do
ten: Đo tốc độ
he_thong_cap: [thon]
don_vi: don-vi.csv
cap:
  - cap: thon
    don_vi: dien-luc
    loai: cong-van
    ngay: 2026-12-07
    trich_yeu: thông báo và phối hợp tuyên truyền ngừng thu tiền điện tại nhà
    nguoi_nhan: thon.csv
    mot_van_ban_cho: nguoi_nhan
    noi_dung: thon.md
    noi_nhan: [Như trên, "UBND {{ xa }} (để phối hợp)", "Lưu: VT"]
    ky: {quyen_han: [KT. GIÁM ĐỐC], chuc_vu: PHÓ GIÁM ĐỐC, ho_ten: Lê Văn Mẫu}
"""
_AGENCY = """\
ma,chu_quan,co_quan,ten_thuong,ky_hieu,dia_danh,so_bat_dau
dien-luc,CÔNG TY ĐIỆN LỰC THANH HÓA,ĐIỆN LỰC HẬU LỘC,Điện lực Hậu Lộc,ĐLHL,Hậu Lộc,1
"""
_COLUMNS = ("ma", "ma_tinh", "tinh", "ma_xa", "xa", "thon", "loai", "ho_ten", "ong_ba")


def write_campaign(folder: Path, shape: Shape, letters: int) -> Path:
    """A campaign of so many letters of one shape in ``folder``, the same every time; returns its file."""
    folder.mkdir(parents=True, exist_ok=True)
    texts = {"dot.yaml": _CAMPAIGN, "don-vi.csv": _AGENCY, "thon.md": shape.body}
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8")
    with (folder / "thon.csv").open("w", encoding="utf-8", newline="") as target:
        writer = csv.writer(target)
        writer.writerow(_COLUMNS)
        writer.writerows(_people(letters))
    return folder / "dot.yaml"


def _people(count: int) -> Iterator[tuple[str, ...]]:
    chosen = random.Random(30)
    for index in range(count):
        commune, hamlet = divmod(index, _HAMLETS_A_COMMUNE)
        code, xa = f"{20000 + commune}", f"xã {_COMMUNES[commune % len(_COMMUNES)]}"
        thon = f"thôn {_HAMLETS[hamlet % len(_HAMLETS)]}" + (
            f" {hamlet // len(_HAMLETS) + 1}" if hamlet >= len(_HAMLETS) else ""
        )
        middle = chosen.choice(_MIDDLES)
        name = f"{chosen.choice(_FAMILIES)} {middle} {chosen.choice(_NAMES)}"
        yield (
            f"{code}-{hamlet + 1:02}",
            "38",
            "tỉnh Thanh Hóa",
            code,
            xa,
            thon,
            "thôn",
            name,
            "Bà" if middle == "Thị" else "Ông",
        )
