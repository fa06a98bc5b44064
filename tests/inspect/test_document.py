import json
import shutil
import subprocess

import pytest
from docx import Document

import congvan
from congvan.errors import CongvanError, EngineError, UnreadableFileError
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


@pytest.fixture(scope="module")
def old_word(tmp_path_factory):
    """A letter saved as .doc by LibreOffice."""
    if not shutil.which("soffice"):
        pytest.skip("no LibreOffice here")
    folder = tmp_path_factory.mktemp("word-97")
    document = Document()
    document.add_paragraph("Kính gửi: UBND xã Mẫu")
    document.save(folder / "thu.docx")
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [
        "soffice",
        profile,
        "--headless",
        "--convert-to",
        "doc:MS Word 97",
        "--outdir",
        folder,
        folder / "thu.docx",
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    return (folder / "thu.doc").read_bytes()


def test_a_document_of_the_old_word_is_read_through_libreoffice(old_word):
    assert congvan.facts(old_word, "thu.doc").text == "Kính gửi: UBND xã Mẫu"


def test_without_libreoffice_a_document_of_the_old_word_is_refused_with_the_way_out(monkeypatch):
    def missing():
        raise EngineError("libreoffice", "không có soffice")

    monkeypatch.setattr("congvan.pdf.engines.libreoffice.engine.open_engine", missing)
    old = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le")

    with pytest.raises(UnreadableFileError, match=r"thu\.doc: tệp Word kiểu cũ .*LibreOffice"):
        congvan.facts(old, "thu.doc")
