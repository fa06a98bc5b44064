"""``congvan lint`` on a copy: the letter stays, the copy is mended, and the way back leads to the same bytes."""

import io

import pytest
from docx import Document
from docx.shared import Mm

import congvan as library
from congvan.word.builtin.sample import sample


@pytest.fixture
def letter(tmp_path):
    """A công văn with a margin too narrow and a tiêu ngữ with long dashes."""
    document = Document(io.BytesIO(library.render_docx(sample("cong-van"))))
    document.sections[0].left_margin = Mm(20)
    for cell in document.tables[0].rows[0].cells:
        for paragraph in cell.paragraphs:
            if paragraph.text == "Độc lập - Tự do - Hạnh phúc":
                paragraph.runs[0].text = "Độc lập – Tự do – Hạnh phúc"
    path = tmp_path / "thu.docx"
    document.save(path)
    return path


def test_a_copy_is_mended_the_changes_are_listed_and_the_letter_stays(congvan, letter):
    content = letter.read_bytes()
    done = congvan("lint", letter, "--fix")

    assert done.status == 1  # the tiêu ngữ is left
    assert "Lề trái: 20 → 30 mm." in done.out
    assert "Còn 1 điểm phải sửa tay" in done.out
    assert "[lint-motto]" in done.out
    assert letter.read_bytes() == content
    assert round(Document(letter.with_name("thu.sua.docx")).sections[0].left_margin.mm) == 30


def test_words_are_mended_when_they_are_asked_for(congvan, letter, tmp_path):
    done = congvan("lint", letter, "--fix-text", "-o", "sach.docx")

    assert done.status == 0, done.out + done.err
    assert "«Độc lập – Tự do – Hạnh phúc» → «Độc lập - Tự do - Hạnh phúc»" in done.out
    assert congvan("lint", tmp_path / "sach.docx").status == 0


def test_undoing_brings_the_letter_back_byte_by_byte(congvan, letter):
    content = letter.read_bytes()
    congvan("lint", letter, "--fix")
    letter.unlink()
    done = congvan("lint", "--undo", letter.with_name("thu.sua.docx"))

    assert done.status == 0, done.err
    assert letter.read_bytes() == content
    assert sorted(path.name for path in letter.parent.iterdir()) == ["thu.docx"]


def test_what_is_left_is_written_beside_the_words(congvan, letter):
    congvan("lint", letter, "--fix", "--comment")
    comments = list(Document(letter.with_name("thu.sua.docx")).comments)

    assert [comment.author for comment in comments] == ["congvan"]
    assert "[lint-motto]" in comments[0].text


def test_a_letter_without_fault_is_not_copied(congvan, tmp_path):
    path = tmp_path / "dung.docx"
    path.write_bytes(library.render_docx(sample("cong-van")))
    done = congvan("lint", path, "--fix")

    assert (done.status, done.out) == (0, "dung.docx: không có gì để sửa.\n")
    assert [each.name for each in tmp_path.iterdir()] == ["dung.docx"]


def test_a_pdf_is_refused(congvan, letter):
    pdf = letter.with_suffix(".pdf")
    pdf.write_bytes(library.to_pdf(letter.read_bytes()))
    done = congvan("lint", pdf, "--fix")

    assert done.status == 2
    assert "[fix-pdf]" in done.err
