"""The embedded engine beside LibreOffice: the same pages and lines, every word within a millimetre.

What is compared: letters of every tier of the example campaign, letter 004, every form the built-in templates know,
and letters of made-up sentences full of slashes, dashes, dates and numbers. Median distance over all their words:
0.15 pt across, 0.17 pt down.

Where a line comes within a hair of the margin, the two may break it differently: of 60 made-up letters (seeds 100 to
159, 102 pages, about 2,500 lines) four had one such line each. None of the seeds below is such a case. A paragraph with space above
that comes first on a page after a table keeps that space here and loses it in LibreOffice; no letter below has one.
"""

from __future__ import annotations

import random
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
SEEDS = range(10)

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
LISTS = "".join(
    f"{number}. {LONG[: 90 * number % 700]}\n\n   1. {LONG[:200]}\n   2. Điểm thu số {number}.\n\n"
    for number in range(1, 9)
)
SENTENCES = (
    "thực hiện chỉ đạo của Ủy ban nhân dân tỉnh về việc đẩy mạnh tuyên truyền thanh toán tiền điện không dùng tiền mặt "
    "đề nghị quý cơ quan phối hợp thông báo đến khách hàng trên địa bàn huyện Hậu Lộc, thị xã Bỉm Sơn, xã Đại Lộc; "
    "trưởng thôn, tổ trưởng tổ dân phố, Điện lực (gọi tắt là Điện lực) – Nguyễn Quỳnh, “Gò Mu”, Ỷ Ngô ngân hàng, ví điện tử"
)


def example(name, *places):
    """The letters at ``places`` of an example campaign, numbered."""
    planned = congvan.plan(congvan.load_campaign(EXAMPLES / name))
    letters = planned.with_numbers({wanted.khoa: wanted.bat_dau for wanted in planned.number_requests()}).letters
    return [letters[place] for place in places]


def sentence(chance):
    symbols = (
        f"{chance.randint(1, 4000)}/{chance.choice(['UBND-CN', 'PCTH-KD', 'TTr-SCT', 'QĐ-BCĐ', 'KH-UBND'])}",
        f"{chance.randint(1, 28)}/{chance.randint(1, 12)}/2021",
        f"{chance.randint(1, 99)}.{chance.randint(0, 999):03} đồng",
        f"{chance.randint(1, 99)},{chance.randint(1, 9)}%",
        "và/hoặc",
        "2021 - 2025",
    )
    words = [
        chance.choice(symbols) if chance.random() < 0.12 else chance.choice(SENTENCES.split())
        for _ in range(chance.randint(8, 60))
    ]
    return " ".join(words).strip(" ,;") + "."


def random_parts(seed):
    """A letter's addressees and body, made up of Vietnamese words."""
    chance = random.Random(seed)
    paragraphs = [" ".join(sentence(chance) for _ in range(chance.randint(1, 4))) for _ in range(chance.randint(2, 7))]
    named = [_phrase(chance, 60) for _ in range(chance.randint(1, 4))]
    parts = {"kinh_gui": named, "noi_dung": "\n\n".join(paragraphs), "trich_yeu": _phrase(chance, 100)}
    return {**parts, "giu_nguyen": [*parts]}  # words drawn by lot may stand twice in a row


def _phrase(chance, longest):
    return sentence(chance)[:longest].strip(" .,;-–")


def cases(letter):
    """The letters to compare, by name."""
    tiers = dict(
        zip(
            ("the company's", "a district's", "another district's", *(f"a hamlet's, {place}" for place in "abc")),
            example("xoa-thu-tien-dien/campaign.yaml", 0, 3, 17, 40, 150, 330),
            strict=True,
        )
    )
    forms = {
        "letter 004": example("so-cong-thuong/ban-hanh.yaml", 0)[0],
        "marks and foot": letter(
            do_mat="MẬT",
            do_khan="HỎA TỐC",
            luu_hanh="LƯU HÀNH NỘI BỘ",
            lien_he=["Số 1 đại lộ Mẫu", "ĐT: 0237 3000 000"],
        ),
        "a notice with annexes": letter(
            loai="thong-bao",
            kinh_gui=[],
            can_cu=["Luật Điện lực", "Nghị định số 30/2020/NĐ-CP ngày 05/3/2020 của Chính phủ về công tác văn thư"],
            noi_dung=f"1. {LONG}\n\n   1. {LONG}\n   2. Điểm b.\n\n2. Tổ chức thực hiện.",
            phu_luc=[{"tieu_de": "Danh sách điểm thu", "noi_dung": TABLE}, {"tieu_de": "Tiến độ", "noi_dung": LONG}],
        ),
        "a report": letter(
            loai="bao-cao", kinh_gui=["UBND tỉnh Thanh Hóa"], noi_dung=f"## Kết quả\n\n{LONG}\n\n{LONG}"
        ),
        "a proposal": letter(loai="to-trinh", kinh_gui=["UBND tỉnh Thanh Hóa"], noi_dung=f"{LONG}\n\n{TABLE}"),
        "long lists and a table": letter(noi_dung=f"{LISTS}\n\n{LONG}\n\n{TABLE}"),
    }
    return tiers | forms | {f"made up, {seed}": letter(**random_parts(seed)) for seed in SEEDS}


def words(pdf):
    """For each page, each word with its place in points, left to right and top to bottom."""
    told = subprocess.run(["pdftotext", "-bbox", pdf, "-"], capture_output=True, check=True).stdout.decode()
    found = (
        [(text, float(x), float(y)) for x, y, _, _, text in WORD.findall(page)] for page in told.split("<page ")[1:]
    )
    return [sorted(page, key=lambda word: (round(word[2] / 4), word[1])) for page in found]


def drawn_by_both(letters, folder):
    """The words of each letter as either engine places them; LibreOffice is started once for all."""
    ours, theirs = folder / "ours", folder / "theirs"
    ours.mkdir()
    sources = []
    for number, one in enumerate(letters.values()):
        docx = congvan.render_docx(one)
        sources.append(folder / f"{number}.docx")
        sources[-1].write_bytes(docx)
        (ours / f"{number}.pdf").write_bytes(congvan.to_pdf(docx))
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    subprocess.run(
        ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", theirs, *sources],
        check=True,
        capture_output=True,
    )
    return {
        name: (words(ours / f"{number}.pdf"), words(theirs / f"{number}.pdf")) for number, name in enumerate(letters)
    }


def distances(mine, other):
    """How far each word is from its counterpart, across and down, in points; None if words or pages differ."""
    if [[word for word, _, _ in page] for page in mine] != [[word for word, _, _ in page] for page in other]:
        return None
    pairs = [pair for page, its in zip(mine, other, strict=True) for pair in zip(page, its, strict=True)]
    return [(abs(one[1] - its[1]), abs(one[2] - its[2])) for one, its in pairs]


@pytest.mark.slow
def test_every_word_is_where_libreoffice_puts_it(letter, tmp_path):
    found = {name: distances(*both) for name, both in drawn_by_both(cases(letter), tmp_path).items()}

    assert [name for name, apart in found.items() if apart is None] == []
    assert {name: max(map(max, apart)) for name, apart in found.items() if max(map(max, apart)) > MILLIMETRE} == {}
    for apart in found.values():
        assert median(across for across, _ in apart) < 1
        assert median(down for _, down in apart) < 1
