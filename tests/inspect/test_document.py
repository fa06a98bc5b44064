import json

import pytest

import congvan
from congvan.errors import CongvanError, UnreadableFileError
from congvan.inspect.pdf.facts import read as read_pdf


@pytest.fixture
def docx(docx_with):
    return docx_with("Kính gửi: UBND tỉnh", title="phối hợp")


def test_a_file_is_known_by_what_is_in_it_not_by_its_name(docx, tmp_path):
    wrongly_named = tmp_path / "thu.pdf"
    wrongly_named.write_bytes(docx)

    facts = congvan.facts(wrongly_named)
    assert (facts.source, facts.name) == ("docx", str(wrongly_named))


def test_word_and_pdf_are_read_by_the_same_door(docx):
    printed = congvan.facts(congvan.to_pdf(docx))

    assert (printed.source, printed.text) == ("pdf", congvan.facts(docx).text)


def test_facts_and_components_are_told_as_json(docx):
    facts = congvan.facts(docx)
    told = json.loads(facts.to_json())

    assert told["lines"][0]["text"] == "Kính gửi: UBND tỉnh"
    assert told["title"] == "phối hợp"
    parts = json.loads(congvan.components(facts).to_json())
    assert parts["thanh_phan"]["kinh_gui"] == {"dong": ["Kính gửi: UBND tỉnh"], "chac_chan": True}


def test_what_stands_before_a_pdf_does_no_harm(docx):
    pdf = congvan.to_pdf(docx)

    assert congvan.facts(b"\r\n" + pdf).text == read_pdf(pdf).text


@pytest.mark.parametrize(
    "content", [b"", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"{\\rtf1}"], ids=["empty", "doc", "rtf"]
)
def test_other_files_are_refused_by_name(content):
    with pytest.raises(CongvanError, match=r"thu\.doc"):
        congvan.facts(content, "thu.doc")


def test_a_missing_file_is_refused_by_name(tmp_path):
    with pytest.raises(UnreadableFileError, match=r"khong-co\.docx"):
        congvan.facts(tmp_path / "khong-co.docx")
