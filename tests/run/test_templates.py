"""A template the usual engine cannot draw goes to one that can, or is refused before anything is done."""

import io

import pytest
from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from congvan.run import templates
from congvan.run.options import RunOptions
from congvan.run.templates import read_templates

OLD_LINE = f'<w:p {nsdecls("w")} xmlns:v="urn:schemas-microsoft-com:vml"><w:r><w:pict><v:line/></w:pict></w:r></w:p>'
TODAY = f"<w:p {nsdecls('w')}><w:fldSimple w:instr=' DATE '/></w:p>"


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
    """LibreOffice installed, or not."""
    return lambda installed: monkeypatch.setattr(templates, "_is_installed", lambda _name: installed)


@pytest.fixture
def read(tmp_path):
    """The templates of these contents, read for a run with this engine."""

    def read(*contents, engine=None):
        paths = [tmp_path / f"mau-{number}.docx" for number in range(1, len(contents) + 1)]
        for path, content in zip(paths, contents, strict=True):
            path.write_bytes(content)
        return paths, read_templates(paths, RunOptions(engine=engine))

    return read


def test_a_template_with_old_lines_goes_to_libreoffice_and_the_user_is_told(libreoffice, read):
    libreoffice(True)
    (own, other), found = read(template(OLD_LINE), template())

    assert found.engine_of(own) == "libreoffice"
    assert found.engine_of(other) == found.engine_of(None) == found.engine
    assert [(problem.code, problem.place.file) for problem in found.report] == [("batch-other-engine", "mau-1.docx")]
    assert found.report.ok


@pytest.mark.parametrize(("here", "wanted"), [(False, None), (True, "dxpdf")])
def test_without_libreoffice_or_with_an_engine_named_it_is_refused(libreoffice, read, here, wanted):
    libreoffice(here)
    _, found = read(template(OLD_LINE), engine=wanted)

    assert [(problem.code, problem.place.file) for problem in found.report.errors] == [("pdf-undrawable", "mau-1.docx")]


def test_a_date_that_changes_is_refused_whatever_engine_there_is(libreoffice, read):
    libreoffice(True)
    _, found = read(template(TODAY))

    assert [problem.code for problem in found.report.errors] == ["pdf-changing-field"]


def test_a_file_that_is_no_word_document_is_refused_by_name(read):
    (own,), found = read(b"khong phai Word")

    assert [problem.code for problem in found.report.errors] == ["batch-file-unreadable"]
    assert own not in found.sources
