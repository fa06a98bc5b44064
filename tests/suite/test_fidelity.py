"""The embedded engine beside LibreOffice: the same pages, every word within a millimetre, on every built-in template.

Where a line comes within a hair of the margin, the two may break it differently (LibreOffice leaves out some kerning
pairs); such letters are not among these cases.
"""

import re
import shutil
import subprocess
from pathlib import Path
from statistics import median

import pytest

import congvan

EXAMPLES = Path(__file__).parents[2] / "examples"
MILLIMETRE = 72 / 25.4
WORD = re.compile(r'<word xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">(.*?)</word>')

pytestmark = [
    pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice, the yardstick, is not installed here"),
    pytest.mark.skipif(
        not shutil.which("pdftotext"), reason="poppler, which measures both PDFs, is not installed here"
    ),
]

LONG = "Công ty đề nghị quý cơ quan phối hợp tuyên truyền theo Công văn số 3197/UBND-CN ngày 15/3/2021. " * 9
TABLE = "| STT | Điểm thu | Ghi chú |\n|---|----------|-----|\n" + "".join(
    f"| {number} | Bưu điện xã số {number} | mở cả thứ Bảy |\n" for number in range(1, 40)
)


def example(name, index=0):
    planned = congvan.plan(congvan.load_campaign(EXAMPLES / name))
    return planned.numbered({wanted.khoa: wanted.bat_dau for wanted in planned.number_requests()}).letters[index]


CASES = {
    "letter 004": lambda _: example("so-cong-thuong/ban-hanh.yaml"),
    "a hamlet's letter": lambda _: example("xoa-thu-tien-dien/campaign.yaml", 40),
    "marks and foot": lambda letter: letter(
        do_mat="MẬT", do_khan="HỎA TỐC", luu_hanh="LƯU HÀNH NỘI BỘ", lien_he=["Số 1 đại lộ Mẫu", "ĐT: 0237 3000 000"]
    ),
    "a notice with annexes": lambda letter: letter(
        loai="thong-bao",
        kinh_gui=[],
        can_cu=["Luật Điện lực", "Nghị định số 30/2020/NĐ-CP ngày 05/3/2020 của Chính phủ về công tác văn thư"],
        noi_dung=f"1. {LONG}\n\n   1. {LONG}\n   2. Điểm b.\n\n2. Tổ chức thực hiện.",
        phu_luc=[{"tieu_de": "Danh sách điểm thu", "noi_dung": TABLE}, {"tieu_de": "Tiến độ", "noi_dung": LONG}],
    ),
}


def words(pdf, folder):
    """For each page, each word with its place in points, left to right and top to bottom."""
    (folder / "x.pdf").write_bytes(pdf)
    told = subprocess.run(
        ["pdftotext", "-bbox", folder / "x.pdf", "-"], capture_output=True, check=True
    ).stdout.decode()
    pages = told.split("<page ")[1:]
    found = ([(text, float(x), float(y)) for x, y, _, _, text in WORD.findall(page)] for page in pages)
    return [sorted(page, key=lambda word: (round(word[2] / 4), word[1])) for page in found]


@pytest.mark.slow
@pytest.mark.parametrize("case", CASES)
def test_every_word_is_where_libreoffice_puts_it(case, letter, tmp_path):
    docx = congvan.render_docx(CASES[case](letter))
    ours = words(congvan.to_pdf(docx), tmp_path)
    theirs = words(congvan.to_pdf(docx, "libreoffice"), tmp_path)

    assert [[word for word, _, _ in page] for page in ours] == [[word for word, _, _ in page] for page in theirs]
    pairs = [pair for mine, other in zip(ours, theirs, strict=True) for pair in zip(mine, other, strict=True)]
    across = [abs(mine[1] - other[1]) for mine, other in pairs]
    down = [abs(mine[2] - other[2]) for mine, other in pairs]
    far = [(mine, other) for mine, other in pairs if max(abs(mine[1] - other[1]), abs(mine[2] - other[2])) > MILLIMETRE]
    assert far == []
    assert median(across) < 1
    assert median(down) < 1
