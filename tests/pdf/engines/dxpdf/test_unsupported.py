"""What the embedded engine would leave out or draw otherwise is found in the document, and said."""

import io
from pathlib import Path

import pytest
from docx import Document
from docx.oxml import parse_xml
from docx.shared import Mm

from congvan.inspect.pdf.facts import read_facts
from congvan.pdf.convert import convert_one
from congvan.pdf.engine import Bundle
from congvan.pdf.engines.dxpdf.prepared_bundle import prepare_bundle
from congvan.pdf.engines.dxpdf.unsupported import RULES

SPACES = " ".join(
    f'xmlns:{prefix}="{uri}"'
    for prefix, uri in {
        "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
        "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
        "c": "http://schemas.openxmlformats.org/drawingml/2006/chart",
        "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
        "wpg": "http://schemas.microsoft.com/office/word/2010/wordprocessingGroup",
        "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
        "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
        "v": "urn:schemas-microsoft-com:vml",
    }.items()
)
SHAPE = '<wps:wsp><wps:spPr><a:prstGeom prst="{form}"/></wps:spPr><wps:bodyPr/></wps:wsp>'
ANCHORED = (
    f"<w:drawing><wp:anchor><a:graphic><a:graphicData>{SHAPE}</a:graphicData></a:graphic></wp:anchor></w:drawing>"
)
INLINE = f"<w:drawing><wp:inline><a:graphic><a:graphicData>{SHAPE}</a:graphicData></a:graphic></wp:inline></w:drawing>"


def field(code):
    marks = ("begin", "separate", "end")
    begin, separate, end = (f'<w:fldChar w:fldCharType="{mark}"/>' for mark in marks)
    return f"{begin}<w:instrText> {code} </w:instrText>{separate}<w:t>9</w:t>{end}"


@pytest.fixture
def docx():
    """A document in Times New Roman with one run of the given content."""

    def build(run="", paragraph="", font="Times New Roman"):
        document = Document()
        document.styles["Normal"].font.name = font
        xml = f"<w:p {SPACES}>{paragraph}<w:r><w:t>Kính gửi</w:t>{run}</w:r></w:p>"
        document.element.body.insert(0, parse_xml(xml))
        target = io.BytesIO()
        document.save(target)
        return target.getvalue()

    return build


@pytest.mark.parametrize(
    ("run", "said"),
    [
        ('<w:pict><v:line from="0,0" to="9,9"/></w:pict>', "VML"),
        (ANCHORED.format(form="ellipse"), "shape"),
        (INLINE.format(form="line"), "shape"),
        ("<w:drawing><wp:anchor><wpg:wgp/></wp:anchor></w:drawing>", "group"),
        ("<w:drawing><wp:inline><c:chart/></wp:inline></w:drawing>", "chart"),
        ('<w:sym w:font="Webdings" w:char="F0FC"/>', "w:sym"),
        (field("PAGE"), "PAGE"),
        (field("NUMPAGES"), "NUMPAGES"),
    ],
)
def test_what_the_engine_would_leave_out_is_said(docx, run, said):
    problems = prepare_bundle(Bundle(docx(run))).unsupported.errors

    assert [problem.code for problem in problems] == ["pdf-undrawable"]
    assert said in problems[0].message


@pytest.mark.parametrize("story", ["header", "footer"])
def test_a_row_of_a_header_or_footer_that_is_taller_than_a_page_is_said(story):
    document = Document()
    document.styles["Normal"].font.name = "Times New Roman"
    margin = getattr(document.sections[0], story)
    cell = margin.add_table(rows=1, cols=1, width=Mm(100)).cell(0, 0)
    for number in range(80):
        cell.add_paragraph(f"dòng {number}")
    target = io.BytesIO()
    document.save(target)
    problems = prepare_bundle(Bundle(target.getvalue())).unsupported.errors

    assert [problem.code for problem in problems] == ["pdf-undrawable"]
    assert "header or footer" in problems[0].message


def test_equations_and_small_capitals_are_said(docx):
    assert prepare_bundle(Bundle(docx(paragraph="<m:oMath/>"))).unsupported.errors
    small = "<w:r><w:rPr><w:smallCaps/></w:rPr><w:t>chữ</w:t></w:r>"
    assert prepare_bundle(Bundle(docx(paragraph=small))).unsupported.errors
    off = '<w:r><w:rPr><w:smallCaps w:val="0"/></w:rPr><w:t>chữ</w:t></w:r>'
    assert not prepare_bundle(Bundle(docx(paragraph=off))).unsupported.errors


@pytest.mark.parametrize("form", ["line", "rect"])
def test_straight_lines_and_boxes_at_a_place_of_their_own_are_drawn(docx, form):
    assert prepare_bundle(Bundle(docx(ANCHORED.format(form=form)))).unsupported.ok


def test_an_old_form_beside_a_drawn_one_does_no_harm(docx):
    both = (
        f'<mc:AlternateContent><mc:Choice Requires="wps">{ANCHORED.format(form="line")}</mc:Choice>'
        '<mc:Fallback><w:pict><v:line from="0,0" to="9,9"/></w:pict></mc:Fallback></mc:AlternateContent>'
    )

    assert prepare_bundle(Bundle(docx(both))).unsupported.ok


@pytest.mark.parametrize("code", ["DATE \\@ dd/MM/yyyy", "TIME", "SAVEDATE"])
def test_a_date_that_changes_with_the_day_of_printing_is_refused(docx, code):
    problems = prepare_bundle(Bundle(docx(field(code)))).unsupported.errors

    assert [problem.code for problem in problems] == ["pdf-changing-field"]
    assert code.split()[0] in problems[0].message


def test_another_font_is_refused_by_name(docx):
    problems = prepare_bundle(Bundle(docx(font="Arial"))).unsupported.errors

    assert [(problem.code, problem.values["faces"]) for problem in problems] == [("pdf-foreign-face", "Arial")]


def test_a_font_that_no_text_uses_does_no_harm(docx):
    run = '<w:r><w:rPr><w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman"/></w:rPr><w:t>chữ</w:t></w:r>'
    empty = '<w:r><w:rPr><w:rFonts w:ascii="Arial" w:hAnsi="Arial"/></w:rPr><w:t> </w:t></w:r>'

    assert prepare_bundle(Bundle(docx(paragraph=run + empty))).unsupported.ok


def test_text_in_a_content_control_is_on_the_page(docx, embedded):
    control = "<w:sdt><w:sdtContent><w:r><w:t>Ông Dương Bá Lâm </w:t></w:r></w:sdtContent></w:sdt>"

    assert "Ông Dương Bá Lâm" in read_facts(convert_one(docx(paragraph=control), embedded).pdf).text


def test_text_shown_in_capitals_is_written_in_capitals(docx, embedded):
    capitals = "<w:r><w:rPr><w:caps/></w:rPr><w:t>giám đốc </w:t></w:r>"

    assert "GIÁM ĐỐC" in read_facts(convert_one(docx(paragraph=capitals), embedded).pdf).text


@pytest.mark.parametrize("name", [rule.name for rule in RULES])
def test_every_rule_is_on_the_page_of_faults(name):
    page = Path(__file__).parents[4] / "docs" / "reference" / "su-co.md"

    assert f"- {name}" in page.read_text(encoding="utf-8")
