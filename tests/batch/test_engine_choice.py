"""A template the usual engine cannot draw goes to one that can, or is refused before anything is done."""

import io
from pathlib import Path

import pytest
from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from congvan.batch import engine_choice
from congvan.batch.engine_choice import choose_engines

OLD_LINE = f'<w:p {nsdecls("w")} xmlns:v="urn:schemas-microsoft-com:vml"><w:r><w:pict><v:line/></w:pict></w:r></w:p>'
TODAY = f"<w:p {nsdecls('w')}><w:fldSimple w:instr=' DATE '/></w:p>"
OWN, OTHER = Path("mau.docx"), Path("mau-khac.docx")


def template(*paragraphs):
    document = Document()
    document.styles["Normal"].font.name = "Times New Roman"
    document.add_paragraph("Kính gửi {{ ten }}")
    for xml in paragraphs:
        document.element.body.insert(0, parse_xml(xml))
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


@pytest.fixture
def libreoffice(monkeypatch):
    """LibreOffice here, or not."""
    return lambda here: monkeypatch.setattr(engine_choice, "_is_here", lambda _name: here)


def test_a_template_with_old_lines_goes_to_libreoffice_and_the_user_is_told(libreoffice):
    libreoffice(True)
    engines, report = choose_engines({OWN: template(OLD_LINE), OTHER: template()}, None)

    assert engines.engine_of(OWN) == "libreoffice"
    assert engines.engine_of(OTHER) == engines.engine_of(None) == engines.usual
    assert [(found.code, found.place.file) for found in report] == [("batch-other-engine", "mau.docx")]
    assert report.ok


@pytest.mark.parametrize(("here", "wanted"), [(False, None), (True, "dxpdf")])
def test_without_libreoffice_or_with_an_engine_named_it_is_refused(libreoffice, here, wanted):
    libreoffice(here)
    _, report = choose_engines({OWN: template(OLD_LINE)}, wanted)

    assert [(found.code, found.place.file) for found in report.errors] == [("pdf-undrawable", "mau.docx")]


def test_a_date_that_changes_is_refused_whatever_engine_there_is(libreoffice):
    libreoffice(True)
    _, report = choose_engines({OWN: template(TODAY)}, None)

    assert [found.code for found in report.errors] == ["pdf-changing-field"]


def test_a_file_that_is_no_word_document_is_left_to_those_who_read_it():
    engines, report = choose_engines({OWN: b"khong phai Word"}, None)

    assert engines.engine_of(OWN) == engines.usual
    assert not report.findings
