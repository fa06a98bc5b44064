import io
import re
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from congvan.pdf.engine import Bundle
from congvan.pdf.manuscript import Manuscript, _bound
from congvan.pdf.primer import LETTERS

JOINER = "\u200d"


def document_of(sheaf):
    with zipfile.ZipFile(io.BytesIO(sheaf.docx)) as archive:
        return archive.read("word/document.xml").decode()


@pytest.mark.parametrize(
    ("text", "bound"),
    [
        ("số 3197/UBND-CN", f"số 3197/{JOINER}UBND-CN"),
        ("ngày 15/3/2021", f"ngày 15/{JOINER}3/{JOINER}2021"),
        ("và / hoặc", "và / hoặc"),
        ("hết ./.", f"hết ./{JOINER}."),
        ("PCTH\u2011KD", f"PCTH-{JOINER}KD"),
        ("PCTH\u2011 KD", "PCTH- KD"),
        ("kết thúc/", "kết thúc/"),
    ],
)
def test_a_word_with_a_slash_is_bound_together(text, bound):
    assert _bound(text, after_open_end=False) == bound


def test_a_run_that_continues_a_word_is_bound_to_it():
    assert _bound("UBND", after_open_end=True) == f"{JOINER}UBND"
    assert _bound(" UBND", after_open_end=True) == " UBND"
    assert _bound("", after_open_end=True) == ""


def test_a_web_address_may_end_a_line_at_a_slash():
    address = "https://dichvucong.example/thu-tuc/thanh-toan-tien-dien"

    assert _bound(address, after_open_end=False) == address


@given(st.text(alphabet="ab /-\u2011ế"), st.booleans())
def test_binding_adds_nothing_but_joiners_between_characters(text, after_open_end):
    bound = _bound(text, after_open_end=after_open_end)

    assert bound.replace(JOINER, "") == text.replace("\u2011", "-")
    assert not bound.endswith(JOINER)
    assert not re.search(f"{JOINER}\\s", bound)


def test_the_primer_stands_first_and_has_every_letter_in_four_faces(letter, bundle_of):
    (sheaf,) = Manuscript(bundle_of([letter(), letter()])).sheaves()
    primer = document_of(sheaf).split("</w:sectPr>")[0]

    assert primer.count("Đ") == 4
    assert sheaf.starts[0] == 5
    assert len(set(LETTERS)) == len(LETTERS)


def test_ordinary_letters_stay_together(letter, bundle_of):
    (sheaf,) = Manuscript(bundle_of([letter(name="Ỷ"), letter(name="ẫ"), letter(name="Ƀ")])).sheaves()

    assert sheaf.letters == (0, 1, 2)


def test_each_unusual_letter_goes_alone(letter, bundle_of):
    names = ("Иван", "An", "Ωm", "Bình")
    sheaves = list(Manuscript(bundle_of([letter(name=name) for name in names])).sheaves())

    assert [sheaf.letters for sheaf in sheaves] == [(1, 3), (0,), (2,)]
    assert "Иван" not in document_of(sheaves[0])
    assert "Bình" not in document_of(sheaves[1])


def test_unused_namespaces_are_dropped(letter, bundle_of):
    (sheaf,) = Manuscript(bundle_of([letter()])).sheaves()

    assert "schemas-microsoft-com:vml" not in document_of(sheaf)
    assert "Ignorable" not in document_of(sheaf)


def test_a_letter_that_would_begin_in_the_middle_of_a_page_begins_on_a_new_one(letter, bundle_of, docx_of, embedded):
    source = bundle_of([letter(paragraphs=1), letter(paragraphs=1)])
    with zipfile.ZipFile(io.BytesIO(source.docx)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    section = re.compile(rb"<w:sectPr([^>]*)>")
    parts["word/document.xml"] = section.sub(
        rb'<w:sectPr\1><w:type w:val="continuous"/>',
        parts["word/document.xml"].replace(b'<w:type w:val="nextPage"/>', b""),
    )
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)

    assert embedded.convert(Bundle(target.getvalue(), source.starts)).first_pages == (0, 1)


def test_a_sound_bundle_has_nothing_to_report(letter, bundle_of):
    assert len(Manuscript(bundle_of([letter(), letter()])).report) == 0


def test_short_words_in_many_paragraphs_are_no_long_word(letter, bundle_of):
    report = Manuscript(bundle_of([letter(texts=("Chữ",) * 60)])).report

    assert len(report) == 0


def test_a_long_word_in_many_runs_is_one(letter, bundle_of):
    report = Manuscript(bundle_of([letter(pieces=("dài",) * 60)])).report

    assert [found.code for found in report] == ["pdf-long-word"]


def test_page_totals_in_a_letter_of_several_sections_are_reported(letter, docx_of):
    fields = (
        '<w:fldSimple xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" w:instr=" NUMPAGES "/>',
        '<w:r xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:t>x</w:t></w:r>',
    )
    docx = docx_of(letter(xml=fields))
    with zipfile.ZipFile(io.BytesIO(docx)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts["word/document.xml"] = parts["word/document.xml"].replace(
        b"<w:t>x</w:t></w:r></w:p>", b"<w:t>x</w:t></w:r></w:p><w:p><w:pPr><w:sectPr/></w:pPr></w:p><w:p/>"
    )
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)

    report = Manuscript(Bundle(target.getvalue(), (0,))).report
    assert [found.code for found in report] == ["pdf-page-total"]
