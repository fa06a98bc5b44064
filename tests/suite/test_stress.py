"""Letters at the edge: what a page must still keep when a part is far longer, or shorter, than usual."""

import shutil
from collections import Counter

import pytest

import congvan
from congvan.decree.measures import PAGE
from congvan.word.builtin.sample import sample
from congvan.word.package import Package

pytestmark = pytest.mark.skipif(
    not shutil.which("pdftotext"), reason="poppler, which reads the PDFs, is not installed here"
)

SENTENCE = "Công ty đề nghị quý cơ quan phối hợp tuyên truyền theo Công văn số 3197/UBND-CN ngày 15/3/2021. "
ISSUER = "TRUNG TÂM ĐIỀU HÀNH VÀ GIÁM SÁT CHẤT LƯỢNG DỊCH VỤ KHÁCH HÀNG SỬ DỤNG ĐIỆN CÁC XÃ MIỀN NÚI, BIÊN GIỚI TỈNH THANH HÓA"
SUBJECT = "phối hợp tuyên truyền, vận động khách hàng thanh toán tiền điện không dùng tiền mặt, " * 5
COMMUNES = [f"Ủy ban nhân dân xã Mẫu số {number}" for number in range(1, 61)]
ROWS = "".join(
    f"| {number} | Điểm thu số {number} tại thôn Mẫu, xã Hoằng Hóa, tỉnh Thanh Hóa | mở cả thứ Bảy |\n"
    for number in range(1, 201)
)

CASES = {
    "an issuer of 120 characters": ({"co_quan": ISSUER, "chu_quan": ISSUER}, 1),
    "60 addressees": ({"kinh_gui": COMMUNES, "noi_dung": SENTENCE * 3}, 2),
    "40 lines of recipients": ({"noi_nhan": [*COMMUNES[:39], "Lưu: VT, KD"], "noi_dung": f"{SENTENCE * 3}\n\n" * 3}, 2),
    "a table of 200 rows": (
        {"noi_dung": f"Danh sách:\n\n| STT | Tên | Ghi chú |\n|:---:|----------|-----|\n{ROWS}"},
        11,
    ),
    "a subject of twelve lines": ({"trich_yeu": SUBJECT.strip(", ")}, 1),
    "a body of one word": ({"noi_dung": "Đạt"}, 1),
}


@pytest.fixture(scope="module")
def pages(words, tmp_path_factory):
    """The pages of a letter that differs from the sample in some parts, as the embedded engine draws it."""
    folder = tmp_path_factory.mktemp("stress")

    def read(docx, name):
        (folder / f"{name}.pdf").write_bytes(congvan.to_pdf(docx))
        return words(folder / f"{name}.pdf")

    return read


@pytest.fixture(scope="module", params=CASES)
def case(request, pages):
    parts, expected = CASES[request.param]
    letter = sample("cong-van", **{"lien_he": [], **parts})
    return letter, pages(congvan.render_docx(letter), request.param), expected


def test_it_takes_no_more_pages_than_it_needs(case):
    _, drawn, expected = case

    assert len(drawn) == expected
    assert all(len(page) > 1 for page in drawn)


def test_no_word_stands_outside_the_margins(case):
    _, drawn, _ = case
    left, right = PAGE.left * 72 / 25.4, (PAGE.width - PAGE.right) * 72 / 25.4
    top, bottom = PAGE.top * 72 / 25.4, (PAGE.height - PAGE.bottom) * 72 / 25.4
    tolerance = 2
    numbers = {(number, str(number)) for number in range(2, len(drawn) + 1)}
    inside = [
        left - tolerance <= word.left and word.right <= right + tolerance and word.bottom <= bottom + tolerance
        for number, page in enumerate(drawn, 1)
        for word in page
        if not (word.bottom < top and (number, word.text) in numbers)
    ]

    assert all(inside)


def test_nothing_of_the_letter_is_lost(case, word_text):
    letter, drawn, _ = case
    written = Counter(" ".join(word_text(congvan.render_docx(letter))).split())
    printed = Counter(word.text for page in drawn for word in page)

    assert written - printed == Counter()


def test_the_quoc_hieu_stays_on_one_line(case):
    _, drawn, _ = case
    quoc_hieu = [word for word in drawn[0] if word.text in {"CỘNG", "NAM"} and word.left > drawn_middle()]

    assert len({round(word.top) for word in quoc_hieu}) == 1


def drawn_middle():
    """Where the column of the quốc hiệu begins, in points."""
    return (PAGE.left + PAGE.text_width - 96.5) * 72 / 25.4


# --- a body that ends where the page ends -----------------------------------------------------------


def stretched(body, twips):
    """A letter whose text starts ``twips`` lower, so that its end comes to stand anywhere on the page."""
    package = Package(congvan.render_docx(sample("cong-van", noi_dung=body, lien_he=[])))
    xml = package.text("word/document.xml")
    space = f'<w:pStyle w:val="NoiDung"/><w:spacing w:before="{twips}"/>'
    return package.with_parts({"word/document.xml": xml.replace('<w:pStyle w:val="NoiDung"/>', space, 1).encode()})


@pytest.mark.parametrize("body", ["\n\n".join(["Dòng."] * 19), "\n\n".join(["Dòng."] * 15 + [SENTENCE * 3])])
def test_a_signature_takes_two_lines_of_the_text_with_it_wherever_the_page_ends(body, pages):
    for twips in range(120, 1200, 90):
        drawn = pages(stretched(f"Đầu.\n\n{body}", twips), "end")
        last = [word for word in drawn[-1] if word.text != str(len(drawn))]
        signature = min(word.top for word in last if word.text == "Nơi")
        above = {round(word.top) for word in last if word.top < signature - 2}

        assert len(above) >= 2, twips
        assert all(len(page) > 1 for page in drawn), twips
