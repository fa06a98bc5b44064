"""The embedded engine beside LibreOffice: the same pages, every word within a millimetre and half of them within half of one, on every built-in template.

Where a line comes within a hair of the margin, the two may break it differently (LibreOffice leaves out some kerning
pairs); such letters are not among these cases. LibreOffice starts once for all of them.
"""

import shutil
import subprocess
from pathlib import Path
from statistics import median

import pytest

import congvan
from congvan.word.sample import SAMPLES, sample

EXAMPLES = Path(__file__).parents[2] / "examples"
MILLIMETRE = 72 / 25.4

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
    "letter 004": lambda: example("so-cong-thuong/ban-hanh.yaml"),
    "a hamlet's letter": lambda: example("xoa-thu-tien-dien/campaign.yaml", 40),
    "marks and foot": lambda: sample(
        "cong-van",
        do_mat="MẬT",
        do_khan="HỎA TỐC",
        luu_hanh="LƯU HÀNH NỘI BỘ",
        lien_he=["Số 1 đại lộ Mẫu", "ĐT: 0237 3000 000"],
    ),
    "a notice with annexes": lambda: sample(
        "cong-van",
        loai="thong-bao",
        kinh_gui=[],
        can_cu=["Luật Điện lực", "Nghị định số 30/2020/NĐ-CP ngày 05/3/2020 của Chính phủ về công tác văn thư"],
        noi_dung=f"1. {LONG}\n\n   1. {LONG}\n   2. Điểm b.\n\n2. Tổ chức thực hiện.",
        phu_luc=[{"tieu_de": "Danh sách điểm thu", "noi_dung": TABLE}, {"tieu_de": "Tiến độ", "noi_dung": LONG}],
    ),
}


@pytest.fixture(scope="module")
def drawn(tmp_path_factory):
    """Every case as Word, drawn by both engines; a folder of each."""
    folder = tmp_path_factory.mktemp("fidelity")
    made = {**{name: sample(name) for name in SAMPLES}, **{case: make() for case, make in CASES.items()}}
    (folder / "ours").mkdir()
    for name, letter in made.items():
        docx = congvan.render_docx(letter)
        (folder / f"{name}.docx").write_bytes(docx)
        (folder / "ours" / f"{name}.pdf").write_bytes(congvan.to_pdf(docx))
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    sources = [folder / f"{name}.docx" for name in made]
    command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", folder / "theirs", *sources]
    subprocess.run(command, capture_output=True, check=True)
    return folder


@pytest.mark.slow
@pytest.mark.parametrize("case", [*CASES, *SAMPLES])
def test_every_word_is_where_libreoffice_puts_it(case, drawn, words):
    ours = words(drawn / "ours" / f"{case}.pdf")
    theirs = words(drawn / "theirs" / f"{case}.pdf")

    assert [[word.text for word in page] for page in ours] == [[word.text for word in page] for page in theirs]
    pairs = [pair for mine, other in zip(ours, theirs, strict=True) for pair in zip(mine, other, strict=True)]
    across = [abs(mine.left - other.left) for mine, other in pairs]
    down = [abs(mine.top - other.top) for mine, other in pairs]
    far = [pair for pair, *apart in zip(pairs, across, down, strict=True) if max(apart) > MILLIMETRE]
    assert far == []
    assert median(across) < MILLIMETRE / 2
    assert median(down) < MILLIMETRE / 2
