"""Document 004, a real draft of a department, word for word through the example that ships with congvan.

The example names made-up persons; the test puts those of the original in their places.
"""

import io
import re
import unicodedata
from pathlib import Path

import pypdf
import pytest

import congvan

HERE = Path(__file__).parent
EXAMPLE = HERE.parents[1] / "examples" / "so-cong-thuong"
# The example's persons are made up; here, and here only, stand those of the original.
ORIGINAL_PERSONS = {"Lê Xuân Mẫu": "Mai Xuân Liêm", "Trần Văn Thử": "Nguyễn Văn Hà"}


def fold(text):
    return re.sub(r"\s+", " ", text).strip()


def example_files():
    return {
        path.name: path.read_text(encoding="utf-8")
        for path in EXAMPLE.iterdir()
        if path.suffix in {".yaml", ".csv", ".md"}
    }


def with_original_persons(text):
    for made_up, real in ORIGINAL_PERSONS.items():
        text = text.replace(made_up, real)
    return text


@pytest.fixture(scope="module")
def source():
    """The lines of the document as it was found, without the marks of its bold type."""
    text = (HERE / "van-ban-004.txt").read_text(encoding="utf-8").replace("**", "")
    return [fold(line) for line in text.splitlines() if line.strip()]


@pytest.fixture(scope="module")
def original(tmp_path_factory):
    """The example with the persons of the document as it was found."""
    folder = tmp_path_factory.mktemp("so-cong-thuong")
    for name, text in example_files().items():
        (folder / name).write_text(with_original_persons(text), encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def draft(original):
    (letter,) = congvan.plan(congvan.load_campaign(original / "du-thao.yaml")).letters
    return letter


@pytest.fixture(scope="module")
def pdf(draft):
    return congvan.to_pdf(congvan.render_docx(draft))


def in_pdf(pdf):
    return fold(" ".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf)).pages))


def test_every_line_of_the_document_is_in_its_component(draft, source):
    assert fold(f"Số: {draft.so_ky_hieu}").replace("/", "/ ") == source[0]
    assert fold(f"{draft.dia_danh}, {draft.ngay.dai}") == source[1]
    assert f"V/v {draft.trich_yeu}" == source[2]
    assert ["Kính gửi:", *(f"- {line}" for line in draft.kinh_gui)] == [line.rstrip(";.") for line in source[3:9]]
    start, end = source.index("Nơi nhận:"), len(source)
    assert [fold(line) for line in draft.noi_dung.splitlines() if line.strip()] == source[9:start]
    assert [f"- {line}" for line in draft.noi_nhan] == [line.rstrip(";.") for line in source[start + 1 : end - 3]]
    assert [*draft.ky.quyen_han, draft.ky.chuc_vu, draft.ky.ho_ten] == source[end - 3 :]


def test_word_prints_every_line_of_the_document(draft, source, word_text):
    printed = [fold(text) for text in word_text(congvan.render_docx(draft))]
    expected = [source[0].replace("/ ", "/"), *source[1:]]

    missing = [line for line in expected if line not in printed]
    assert missing == []


def test_the_pdf_prints_every_word_of_the_document_composed(pdf, source):
    text = in_pdf(pdf)

    assert unicodedata.is_normalized("NFC", text)
    words = sorted(" ".join([source[0].replace("/ ", "/"), *source[1:]]).split())
    own = sorted(
        [
            "UBND",
            "TỈNH",
            "THANH",
            "HÓA",
            "SỞ",
            "CÔNG",
            "THƯƠNG",
            "CỘNG",
            "HÒA",
            "XÃ",
            "HỘI",
            "CHỦ",
            "NGHĨA",
            "VIỆT",
            "NAM",
            "Độc",
            "lập",
            "-",
            "Tự",
            "do",
            "-",
            "Hạnh",
            "phúc",
            "2",
        ]
    )
    assert sorted(text.split()) == sorted(words + own)


def test_the_paragraphs_of_the_body_read_on_in_the_pdf(pdf, draft):
    text = in_pdf(pdf).replace(" 2 thông tin đại chúng", " thông tin đại chúng")  # page 2 begins there
    for paragraph in (fold(line) for line in draft.noi_dung.splitlines() if line.strip()):
        assert paragraph in text


def test_only_the_pinned_font_is_inside(pdf):
    from congvan.inspect.pdf.facts import read_facts

    facts = read_facts(pdf)
    assert all("LiberationSerif" in font.name for font in facts.fonts)
    assert all(font.embedded for font in facts.fonts)


def test_the_page_after_the_first_is_numbered_two(pdf):
    pages = [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf)).pages]

    assert len(pages) == 2
    assert fold(pages[1]).startswith("2 ")
    assert not fold(pages[0]).startswith("1 ")


def test_the_issued_letter_differs_in_number_and_day_only(draft, original):
    (issued,) = congvan.plan(congvan.load_campaign(original / "ban-hanh.yaml")).letters
    own = {name for name in type(draft).model_fields if getattr(draft, name) != getattr(issued, name)}

    assert own <= {"ngay", "truong"}
    assert issued.ngay.day is not None


def test_the_example_names_no_person_of_the_document():
    texts = "".join(example_files().values())

    assert [person for person in ORIGINAL_PERSONS.values() if person in texts] == []
    assert [person for person in ORIGINAL_PERSONS if person not in texts] == []
