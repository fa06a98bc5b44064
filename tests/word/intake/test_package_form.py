"""Word documents of other programs, and of Word's other forms, are let in and read like any other."""

import codecs
import io
import re
import shutil
import zipfile
from xml.etree import ElementTree as ET

import pypdf
import pytest
from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm
from PIL import Image

import congvan
from congvan.errors import TemplateError
from congvan.word.intake.admission import admit
from congvan.word.intake.strict_form import plain_measures

TEXT = "Kính gửi: {{ ten }}"
TYPES = "[Content_Types].xml"
RELS = "word/_rels/document.xml.rels"
WORD_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml."
STRICT = {
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main": "http://purl.oclc.org/ooxml/wordprocessingml/main",
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships/extended-properties": "http://purl.oclc.org/ooxml/officeDocument/relationships/extendedProperties",
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships": "http://purl.oclc.org/ooxml/officeDocument/relationships",
    "http://schemas.openxmlformats.org/drawingml/2006/": "http://purl.oclc.org/ooxml/drawingml/",
}


@pytest.fixture(scope="module")
def usual():
    """A document with a list, a table, a picture, a header."""
    document = Document()
    normal = document.styles["Normal"]
    normal.font.name = "Times New Roman"
    normal.element.rPr.rFonts.set(qn("w:cs"), "Times New Roman")
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.header.paragraphs[0].text = "đầu trang"
    document.add_paragraph(TEXT)
    listed = document.add_paragraph("mục", style="List Number")
    listed._p.pPr.append(parse_xml(f'<w:ind {nsdecls("w")} w:left="720" w:hanging="360"/>'))
    document.add_table(1, 1).cell(0, 0).text = "ô"
    picture = io.BytesIO()
    Image.new("RGB", (40, 30)).save(picture, "PNG")
    document.add_picture(picture, width=Mm(10))
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


def rewritten(docx, change):
    """The package with ``change(name, content)`` for each part."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(docx)) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            new.writestr(*change(name, old.read(name)))
    return target.getvalue()


def replaced(docx, part, *pairs):
    def change(name, content):
        if name == part:
            for old, new in pairs:
                assert old.encode() in content
                content = content.replace(old.encode(), new.encode())
        return name, content

    return rewritten(docx, change)


def renamed(docx, names):
    """Parts under other names, also where they are named."""

    def change(name, content):
        for old, new in names.items():
            if name.endswith(".rels") or name == TYPES:
                content = content.replace(old.encode(), new.encode())
            name = name.replace(old, new)
        return name, content

    return rewritten(docx, change)


def strict(docx):
    def change(name, content):
        if name.endswith((".xml", ".rels")):
            for old, new in STRICT.items():
                content = content.replace(old.encode(), new.encode())
            content = re.sub(rb'(<w:ind w:)left="720" w:hanging="360"', rb'\1start="36pt" w:hanging="18pt"', content)
            content = content.replace(b"<w:document ", b'<w:document w:conformance="strict" ')
        return name, content

    return rewritten(docx, change)


def with_other_prefixes(docx, *parts):
    def change(name, content):
        other = (
            ET.tostring(ET.fromstring(content), encoding="UTF-8", xml_declaration=True) if name in parts else content
        )
        return name, other

    return rewritten(docx, change)


def encoded(docx, mark, encoding):
    def change(name, content):
        if not name.startswith("word/") or not name.endswith(".xml"):
            return name, content
        text = re.sub("encoding=[\"'][^\"']*[\"']", f'encoding="{encoding}"', content.decode(), count=1)
        return name, mark + text.encode(f"{encoding}-le" if mark == codecs.BOM_UTF16_LE else encoding)

    return rewritten(docx, change)


def with_default_type(docx):
    main = f'<Override PartName="/word/document.xml" ContentType="{WORD_TYPE}document.main+xml"/>'
    plain = 'Extension="xml" ContentType="application/xml"'
    return replaced(docx, TYPES, (main, ""), (plain, f'Extension="xml" ContentType="{WORD_TYPE}document.main+xml"'))


WEB = {"word/document.xml": "word/document2.xml", RELS: "word/_rels/document2.xml.rels"}
FORMS = {
    "Word for the web": lambda docx: renamed(docx, WEB),
    "all parts numbered": lambda docx: renamed(
        docx, {"document.xml": "document22.xml", "styles.xml": "styles2.xml", "numbering.xml": "numbering7.xml"}
    ),
    "another folder": lambda docx: renamed(docx, {"word/": "tai-lieu/noi-dung/"}),
    "a header by another name": lambda docx: renamed(docx, {"header1.xml": "headers/dau-trang.xml"}),
    "a type by default": with_default_type,
    "strict": strict,
    "strict, of the web": lambda docx: renamed(strict(docx), WEB),
    "other prefixes": lambda docx: with_other_prefixes(docx, "word/document.xml"),
    "other prefixes in all parts": lambda docx: with_other_prefixes(
        docx, "word/document.xml", "word/styles.xml", "word/numbering.xml", "word/header1.xml", "word/settings.xml"
    ),
    "other prefixes in the package": lambda docx: with_other_prefixes(docx, RELS, "_rels/.rels", TYPES),
    "UTF-8 with a mark": lambda docx: encoded(docx, codecs.BOM_UTF8, "UTF-8"),
    "UTF-16": lambda docx: encoded(docx, codecs.BOM_UTF16_LE, "UTF-16"),
    "targets from the root": lambda docx: replaced(
        docx, RELS, ('Target="styles.xml"', 'Target="/word/styles.xml"'), ('Target="media/', 'Target="/word/media/')
    ),
    "targets through other folders": lambda docx: replaced(
        docx, RELS, ('Target="styles.xml"', 'Target="../word/./styles.xml"')
    ),
    "targets in capitals": lambda docx: replaced(docx, RELS, ('Target="styles.xml"', 'Target="Styles.XML"')),
    "without properties": lambda docx: rewritten(
        docx,
        lambda name, content: (
            name,
            re.sub(rb"<Relationship [^>]*docProps/[^>]*/>", b"", content) if name == "_rels/.rels" else content,
        ),
    ),
    "a template": lambda docx: replaced(docx, TYPES, ("document.main+xml", "template.main+xml")),
}
READ = ["đầu", "trang", "Kính", "gửi:", "{{", "ten", "}}", "1.", "mục", "ô"]


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
def test_a_document_of_another_form_is_read_printed_and_filled(usual, form):
    docx = form(usual)
    pdf = congvan.to_pdf(docx)
    template = congvan.WordTemplate(docx)

    assert congvan.facts(docx).text.split() == READ
    assert pypdf.PdfReader(io.BytesIO(pdf)).pages[0].extract_text().split() == READ
    assert template.fields == {"ten"}
    assert "Kính gửi: An" in congvan.facts(template.render({"ten": "An"})).text


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
def test_what_was_let_in_is_let_in_again_as_it_is(usual, form):
    once = admit(form(usual), "mau.docx").docx

    assert admit(once, "mau.docx").docx == once


@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not installed here")
@pytest.mark.parametrize("form", ["other prefixes in the package", "strict, of the web"])
def test_libreoffice_prints_it_as_well(usual, form):
    pdf = congvan.to_pdf(FORMS[form](usual), "libreoffice")

    assert pypdf.PdfReader(io.BytesIO(pdf)).pages[0].extract_text().replace("1.mục", "1. mục").split() == READ


def test_a_word_template_is_read_as_a_document_and_said_so(usual):
    admitted = admit(FORMS["a template"](usual), "mau.dotx")

    assert [found.code for found in admitted.report] == ["intake-word-template"]
    assert b"template.main" not in admitted.parts[TYPES]


@pytest.mark.parametrize("kind", ["document.macroEnabled.main", "template.macroEnabledTemplate.main"])
def test_a_document_that_may_have_macros_is_refused(usual, kind):
    other = f"application/vnd.ms-word.{kind}+xml"

    with pytest.raises(TemplateError, match="intake-macro"):
        admit(replaced(usual, TYPES, (f"{WORD_TYPE}document.main+xml", other)), "mau.docm")


def test_a_spreadsheet_is_refused(usual):
    sheet = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"

    with pytest.raises(TemplateError, match="intake-main-part"):
        admit(replaced(usual, TYPES, (f"{WORD_TYPE}document.main+xml", sheet)), "so.docx")


@pytest.mark.parametrize(
    ("measure", "plain"),
    [
        ('<w:pgSz w:w="21cm" w:h="297mm"/>', '<w:pgSz w:w="11906" w:h="16838"/>'),
        ('<w:ind w:left="36pt" w:hanging="0.25in"/>', '<w:ind w:left="720" w:hanging="360"/>'),
        ('<w:sz w:val="14pt"/>', '<w:sz w:val="28"/>'),
        ('<w:tblW w:w="50%" w:type="pct"/>', '<w:tblW w:w="2500" w:type="pct"/>'),
        ('<w:w w:val="80%"/>', '<w:w w:val="80"/>'),
        ('<w:name w:val="12pt"/>', '<w:name w:val="12pt"/>'),
        ('<w:lvlText w:val="10%"/>', '<w:lvlText w:val="10%"/>'),
    ],
)
def test_measures_with_a_unit_become_numbers(measure, plain):
    assert plain_measures(measure.encode()).decode() == plain
