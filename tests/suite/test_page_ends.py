"""Letters that end near the foot of a page, drawn by the embedded engine and by LibreOffice: the same lines go over.

LibreOffice starts once for all of them.
"""

import shutil
import subprocess

import pytest

import congvan
from congvan.word.builtin.sample import sample

MILLIMETRE = 72 / 25.4
HEADS = "| TT | Tên đơn vị | Số |\n|---|---|---|\n"
LONG = "Ủy ban nhân dân các xã, phường trong tỉnh tuyên truyền, vận động người dân thanh toán không dùng tiền mặt. "


def table(*rows):
    return HEADS + "".join(f"| {number} | {name} | {number}0 |\n" for number, name in enumerate(rows, 1))


def units(count):
    return [f"Đơn vị {number}" for number in range(1, count + 1)]


CASES = {
    **{f"a table of {count} rows": table(*units(count)) for count in (19, 20, 24, 28, 30)},
    "a last row of many lines": table(*units(15), LONG * 4),
    "a table of one row": "Một đoạn ngắn.\n\n" * 20 + table("Đơn vị 1"),
    "a table on the second page": f"{LONG * 6}\n\n" * 6 + table(*units(20)),
    "text after a table that fills the page": f"{table(*units(27))}\n\n{LONG * 8}\n\n{LONG * 2}",
    "a long last paragraph": "Một đoạn ngắn.\n\n" * 18 + LONG * 12,
    "a short last paragraph": "Một đoạn ngắn.\n\n" * 22 + LONG,
}

pytestmark = [
    pytest.mark.slow,
    pytest.mark.xdist_group("page-ends"),
    pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice, the yardstick, is not installed here"),
    pytest.mark.skipif(
        not shutil.which("pdftotext"), reason="poppler, which measures both PDFs, is not installed here"
    ),
]


@pytest.fixture(scope="module")
def drawn(tmp_path_factory):
    """Every letter drawn by both engines; the paths of ours and theirs."""
    folder = tmp_path_factory.mktemp("page-ends")
    (folder / "ours").mkdir()
    for number, text in enumerate(CASES.values()):
        docx = congvan.render_docx(sample("cong-van", noi_dung=text))
        (folder / f"{number}.docx").write_bytes(docx)
        (folder / "ours" / f"{number}.pdf").write_bytes(congvan.to_pdf(docx))
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    sources = [folder / f"{number}.docx" for number in range(len(CASES))]
    command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", folder / "theirs", *sources]
    subprocess.run(command, capture_output=True, check=True)
    return {
        name: (folder / "ours" / f"{number}.pdf", folder / "theirs" / f"{number}.pdf")
        for number, name in enumerate(CASES)
    }


@pytest.mark.parametrize("case", CASES)
def test_pages_end_and_begin_with_the_same_lines(case, drawn, words):
    ours, theirs = map(words, drawn[case])

    assert [[word.text for word in page] for page in ours] == [[word.text for word in page] for page in theirs]
    pairs = [pair for mine, other in zip(ours, theirs, strict=True) for pair in zip(mine, other, strict=True)]
    assert [pair for pair in pairs if abs(pair[0].top - pair[1].top) > MILLIMETRE] == []


@pytest.mark.parametrize("case", CASES)
def test_a_signature_has_two_lines_of_text_above_it(case, drawn, words):
    page = words(drawn[case][0])[-1]
    signature = next(word.top for word in page if word.text == "nhận:")
    lines = {round(word.top) for word in page if word.top < signature - 1}

    assert len(lines) >= 3  # the number of the page is one
