"""Losses that begin in the .docx: what is taken out of it, and what it sets so that nobody sees it."""

import io
import zipfile
from functools import cache

import pytest
from lxml import etree

import congvan
from congvan.errors import EngineError, LostWordsError
from congvan.pdf.engine import Bundle
from congvan.pdf.engines.available import engine
from congvan.pdf.ink.document_text import read_letter_words
from congvan.pdf.metadata import PdfMetadata
from congvan.pdf.split.bundle_splitter import split_bundle
from congvan.support.ooxml import W

ENGINES = "dxpdf", "libreoffice"
DOCUMENT = "word/document.xml"
LETTER = congvan.Letter(
    chu_quan="UBND TỈNH THANH HÓA",
    co_quan="SỞ Y TẾ",
    so=12,
    ky_hieu="SYT-VP",
    dia_danh="Thanh Hóa",
    ngay="2026-03-05",
    trich_yeu="báo cáo kết quả",
    kinh_gui=["UBND xã A", "UBND xã B"],
    noi_dung="Đơn vị báo cáo như sau:\n\n1. Kết quả thứ nhất.\n\n- Kết quả thứ hai.\n\n"
    "| TT | Việc |\n|---|---|\n| 1 | Tiêm chủng |\n| 2 | Khám bệnh |\n\nTrân trọng báo cáo.",
    noi_nhan=["Như trên", "Lưu: VT"],
    ky={"quyen_han": ["KT. GIÁM ĐỐC"], "chuc_vu": "PHÓ GIÁM ĐỐC", "ho_ten": "Trần Thị Thử"},
)


@cache
def docx():
    return congvan.render_docx(LETTER)


def changed(change):
    """The letter's .docx after ``change`` of its document."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(docx())) as source, zipfile.ZipFile(target, "w") as written:
        for name in source.namelist():
            part = source.read(name)
            if name == DOCUMENT:
                root = etree.fromstring(part)
                change(root)
                part = etree.tostring(root)
                assert part != source.read(name), "nothing was changed"
            written.writestr(name, part)
    return target.getvalue()


def found_in(drawn, expected, name):
    """What is found when the engine draws one .docx and the letter is the other."""
    try:
        by = engine(name)
    except EngineError:
        pytest.skip("LibreOffice is not here")
    converted = by.convert(Bundle(drawn))
    try:
        split_bundle(converted, [PdfMetadata(title="")], [read_letter_words(expected)])
    except LostWordsError as error:
        return error.report.findings[0]
    return None


def paragraph_with(root, words):
    return next(one for one in root.iter(f"{W}p") if words in "".join(one.itertext()))


def without(words, container):
    """The paragraph, row or cell with these words is taken out."""

    def change(root):
        thing = paragraph_with(root, words)
        while thing.tag != f"{W}{container}":
            thing = thing.getparent()
        thing.getparent().remove(thing)

    return change


def said_otherwise(words, instead):
    def change(root):
        text = next(one for one in root.iter(f"{W}t") if words in (one.text or ""))
        text.text = text.text.replace(words, instead)

    return change


def said_twice(words):
    def change(root):
        paragraph = paragraph_with(root, words)
        paragraph.addnext(etree.fromstring(etree.tostring(paragraph)))

    return change


def exchanged(first, second):
    def change(root):
        one, two = (next(text for text in root.iter(f"{W}t") if words in text.text) for words in (first, second))
        one.text, two.text = two.text, one.text

    return change


def runs_set(words, *properties):
    """The runs with these words get properties."""

    def change(root):
        for run in paragraph_with(root, words).iter(f"{W}r"):
            own = run.find(f"{W}rPr")
            if own is None:
                own = etree.Element(f"{W}rPr")
                run.insert(0, own)
            for name, value in properties:
                etree.SubElement(own, f"{W}{name}").set(f"{W}val", value)

    return change


def paragraph_set(words, name, **values):
    def change(root):
        paragraph = paragraph_with(root, words)
        own = paragraph.find(f"{W}pPr")
        for old in own.findall(f"{W}{name}"):
            own.remove(old)
        setting = etree.SubElement(own, f"{W}{name}")
        for key, value in values.items():
            setting.set(f"{W}{key}", value)

    return change


def lines_of_one_point(root):
    for words in ("Đơn vị báo cáo", "Kết quả thứ nhất", "Kết quả thứ hai"):
        paragraph_set(words, "spacing", line="20", lineRule="exact", before="0", after="0")(root)


def row_of_one_point(root):
    row = paragraph_with(root, "Tiêm chủng").getparent().getparent()
    height = etree.SubElement(row.find(f"{W}trPr"), f"{W}trHeight")
    height.set(f"{W}val", "20")
    height.set(f"{W}hRule", "exact")


TAKEN_OUT = {
    "the parent body": without("UBND TỈNH", "p"),
    "the issuing body": without("SỞ Y TẾ", "p"),
    "number and symbol": without("12/SYT-VP", "p"),
    "place and date": without("Thanh Hóa, ngày", "p"),
    "the subject": without("báo cáo kết quả", "p"),
    "an addressee": without("UBND xã B", "p"),
    "a paragraph": without("Đơn vị báo cáo", "p"),
    "an item": without("Kết quả thứ nhất", "p"),
    "the end of the text": without("Trân trọng báo cáo", "p"),
    "a row": without("Tiêm chủng", "tr"),
    "a table": without("Tiêm chủng", "tbl"),
    "an authority": without("KT. GIÁM ĐỐC", "p"),
    "the signer's name": without("Trần Thị Thử", "p"),
    "a recipient": without("Như trên", "p"),
    "signature and recipients": without("Như trên", "tbl"),
    "a syllable": said_otherwise("Tiêm chủng", "Tiêm"),
    "an accent": said_otherwise("Khám bệnh", "Khám bênh"),
    "a figure": said_otherwise("12/SYT", "1/SYT"),
    "a full stop": said_otherwise("Kết quả thứ nhất.", "Kết quả thứ nhất"),
    "a sentence that was never written": said_otherwise("Trân trọng", "Rất trân trọng"),
    "a paragraph twice": said_twice("Kết quả thứ hai"),
    "two paragraphs in the wrong order": exchanged("Đơn vị báo cáo", "Trân trọng"),
    "two signers' lines in the wrong order": exchanged("PHÓ GIÁM ĐỐC", "Trần Thị Thử"),
}
"""Each is drawn, while the letter is whole."""

UNSEEN = {
    "white text": runs_set("Kết quả thứ nhất", ("color", "FFFFFF")),
    "nearly white text": runs_set("Kết quả thứ nhất", ("color", "F5F5F5")),
    "white text in a cell": runs_set("Tiêm chủng", ("color", "FFFFFF")),
    "the signer in white": runs_set("Trần Thị Thử", ("color", "FFFFFF")),
    "tiny type": runs_set("Kết quả thứ nhất", ("sz", "2")),
    "moved off the paper to the right": paragraph_set("Kết quả thứ nhất", "ind", left="14000"),
    "moved off the paper to the left": paragraph_set("Kết quả thứ nhất", "ind", left="-9000", right="9000"),
    "lines of one point": lines_of_one_point,
    "a row lower than its text": row_of_one_point,
}
"""Each is in the .docx, and cannot be seen on its page."""


@pytest.mark.parametrize("loss", TAKEN_OUT)
def test_what_was_taken_out_of_the_document_is_missed(loss, embedded):
    found = found_in(changed(TAKEN_OUT[loss]), docx(), "dxpdf")

    assert found is not None
    assert found.values["words"]


@pytest.mark.parametrize("name", ENGINES)
@pytest.mark.parametrize("loss", UNSEEN)
def test_what_the_document_sets_so_that_nobody_sees_it_is_found(loss, name, embedded):
    drawn = changed(UNSEEN[loss])

    assert found_in(drawn, drawn, name) is not None
