import pytest

from congvan.errors import EngineError
from congvan.inspect.pdf.facts import read_facts
from congvan.pdf import PdfMetadata, to_pdf


def test_one_document_becomes_a_pdf(letter, docx_of):
    pdf = to_pdf(docx_of(letter(name="Sở Công Thương")), metadata=PdfMetadata("V/v thanh toán"))

    facts = read_facts(pdf)
    assert "Kính gửi: Sở Công Thương" in facts.text
    assert facts.title == "V/v thanh toán"


def test_a_document_without_marks_still_says_its_language(letter, docx_of):
    assert read_facts(to_pdf(docx_of(letter()))).language == "vi-VN"


def test_an_engine_that_does_not_exist_is_an_engine_error(letter, docx_of):
    with pytest.raises(EngineError):
        to_pdf(docx_of(letter()), engine="khong-co")
