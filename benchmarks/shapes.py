"""What the letters are made from, to made-up people, the same every time.

Campaigns of one, two and three pages that congvan renders like any other; a clerk's own template with a table; finished
documents of which no two are alike.
"""

from __future__ import annotations

import csv
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

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


@dataclass(frozen=True, slots=True)
class Source:
    """What was written for a number of letters; the last of them must hold the words ``last``."""

    path: Path
    last: str


@dataclass(frozen=True, slots=True)
class Shape:
    """A letter of so many ``pages``, None where that differs; ``write(folder, letters)`` writes the source."""

    title: str
    pages: int | None
    write: Callable[[Path, int], Source]


# --- a campaign ---

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


def write_campaign(body: str, folder: Path, letters: int) -> Source:
    """A campaign of so many letters with this Markdown ``body``."""
    folder.mkdir(parents=True)
    people = list(_people(letters))
    texts = {"dot.yaml": _CAMPAIGN, "don-vi.csv": _AGENCY, "thon.md": body}
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8")
    with (folder / "thon.csv").open("w", encoding="utf-8", newline="") as target:
        writer = csv.writer(target)
        writer.writerow(_COLUMNS)
        writer.writerows(people)
    return Source(folder / "dot.yaml", people[-1][7])


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


def _items(count: int) -> str:
    return "".join(f"{number}. {_PARAGRAPH}\n\n" for number in range(1, count + 1))


def _rows(count: int) -> str:
    head = "| STT | Nội dung công việc | Nơi thực hiện | Số hộ |\n|---|---|---|---|\n"
    work = "Thông báo, niêm yết"
    return head + "".join(f"| {row} | {work} | Khu {row} | {10 + row * 7 % 60} |\n" for row in range(1, count + 1))


# --- a clerk's own template with a table ---

_FIELDS = ("ho_ten", "ong_ba", "thon", "xa", "ma_khach_hang", "ky_cuoc", "so_tien", "han_nop")
_NOTICE = (
    "Kính gửi: {{ ong_ba }} {{ ho_ten }}, {{ thon }}, {{ xa }}",
    "Tiền điện {{ ky_cuoc }} của mã khách hàng {{ ma_khach_hang }} là {{ so_tien }} đồng.",
    "Đề nghị {{ ong_ba }} {{ ho_ten }} thanh toán trước ngày {{ han_nop }} qua ngân hàng hoặc tại {{ xa }}.",
    "Quá hạn trên, Điện lực sẽ gửi thông báo lần hai.",
    "Trân trọng cảm ơn {{ ong_ba }} đã sử dụng dịch vụ.",
)


def write_table(folder: Path, letters: int) -> Source:
    """``mau.docx``, a plain python-docx document with python-docx's own style sheet, and ``khach.xlsx``."""
    import xlsxwriter

    folder.mkdir(parents=True)
    document = _plain_document()
    document.add_paragraph("THÔNG BÁO TIỀN ĐIỆN")
    for text in _NOTICE:
        document.add_paragraph(text)
    document.save(str(folder / "mau.docx"))
    rows = list(_customers(letters))
    with xlsxwriter.Workbook(folder / "khach.xlsx") as workbook:
        sheet = workbook.add_worksheet()
        for index, row in enumerate([_FIELDS, *rows]):
            sheet.write_row(index, 0, row)
    return Source(folder / "mau.docx", str(rows[-1][0]))


def _customers(count: int) -> Iterator[tuple[Any, ...]]:
    for index, person in enumerate(_people(count)):
        xa, thon, _, name, title = person[4:]
        code, amount = f"PA{index:09}", 100_000 + index * 7_919 % 900_000
        yield name, title, thon, xa, code, "tháng 11 năm 2026", amount, "15/12/2026"


def _plain_document() -> Any:
    import docx
    from docx.oxml.ns import qn

    document = docx.Document()
    normal = document.styles["Normal"]
    normal.font.name = "Times New Roman"
    normal.element.rPr.rFonts.set(qn("w:eastAsia"), "Times New Roman")
    return document


# --- finished documents, no two alike ---


def write_documents(folder: Path, letters: int) -> Source:
    """A folder of documents that differ in text, length, margins, sizes and tables, so that none shares a template."""
    folder.mkdir(parents=True)
    chosen = random.Random(30)
    last = ""
    for index, person in enumerate(_people(letters), start=1):
        last = person[7]
        _unlike_document(chosen, person).save(str(folder / f"{index:04}.docx"))
    return Source(folder, last)


def _unlike_document(chosen: random.Random, person: tuple[str, ...]) -> Any:
    from docx.shared import Mm, Pt

    xa, thon, _, name, title = person[4:]
    document = _plain_document()
    document.styles["Normal"].font.size = Pt(chosen.choice((12, 13, 14)))
    document.sections[0].left_margin = Mm(chosen.randint(20, 35))
    document.add_paragraph(f"Kính gửi: {title} {name}, {thon}, {xa}").runs[0].bold = chosen.choice((True, False))
    for number in range(chosen.randint(2, 12)):
        words = _PARAGRAPH.replace("{{ xa }}", xa).split()
        document.add_paragraph(f"{number + 1}. " + " ".join(words[: chosen.randint(10, len(words))]))
    if chosen.choice((True, False)):
        table = document.add_table(rows=chosen.randint(2, 8), cols=chosen.randint(2, 4), style="Table Grid")
        for row, cells in enumerate(table.rows):
            for cell in cells.cells:
                cell.text = f"Dòng {row + 1}"
    return document


def _campaign(body: str) -> Callable[[Path, int], Source]:
    return partial(write_campaign, body)


def _no_source(folder: Path, _: int) -> Source:
    return Source(folder, "")


SHAPES = {
    "one-page": Shape("One page", 1, _campaign(f"{_OPENING}{_PARAGRAPH}\n{_CLOSING}")),
    "two-pages": Shape("Two pages with a numbered list", 2, _campaign(f"{_OPENING}{_items(9)}{_CLOSING}")),
    "three-pages": Shape(
        "Three pages with a table of 40 rows", 3, _campaign(f"{_OPENING}{_items(3)}{_rows(40)}{_CLOSING}")
    ),
    "clerk-template": Shape("A clerk's own template with a table", 1, write_table),
    "unlike-documents": Shape("Finished documents, no two alike", None, write_documents),
    "one-letter": Shape("One letter alone", None, _no_source),
}
CAMPAIGNS = ("one-page", "two-pages", "three-pages")
