"""Links, notes, superscripts, scaled and raised words, alone and beside a picture: read and drawn like other text."""

import io
import shutil

import pikepdf
import pypdf
import pytest
from docx import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from PIL import Image

import congvan
from congvan.pdf.print.print_file import write_print_file

LIBREOFFICE = pytest.param(
    "libreoffice", marks=pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not installed here")
)
SYMBOL = "30/2020/NĐ-CP"
URL = "mailto:vanthu@vidu.example"
LOOKS = {
    "superscript": '<w:vertAlign w:val="superscript"/>',
    "subscript": '<w:vertAlign w:val="subscript"/>',
    "narrow": '<w:w w:val="80"/>',
    "wide": '<w:w w:val="150"/>',
    "raised": '<w:position w:val="8"/>',
    "lowered": '<w:position w:val="-8"/>',
    "spaced": '<w:spacing w:val="10"/>',
    "narrow superscript": '<w:vertAlign w:val="superscript"/><w:w w:val="90"/><w:u w:val="single"/>',
}


def run(text, look=""):
    return f'<w:r {nsdecls("w")}><w:rPr>{look}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


@pytest.fixture
def letter():
    """A letter with a word of some look, and what else is asked for."""

    def build(look="", *, picture=False, link=False, paragraphs=1, in_cell=False, header=False):
        document = Document()
        normal = document.styles["Normal"]
        normal.font.name = "Times New Roman"
        normal.element.rPr.rFonts.set(qn("w:cs"), "Times New Roman")
        places = [document.add_paragraph(f"Căn cứ Nghị định số {SYMBOL} ") for _ in range(paragraphs)]
        if in_cell:
            places.append(document.add_table(1, 2).cell(0, 1).paragraphs[0])
        if header:
            places.append(document.sections[0].header.paragraphs[0])
        for paragraph in places:
            paragraph._p.append(parse_xml(run("chữ khác", look)))
            paragraph._p.append(parse_xml(run(" rồi")))
        if picture:
            source = io.BytesIO()
            Image.new("RGB", (40, 30), (200, 30, 30)).save(source, "PNG")
            document.add_picture(source, width=400_000)
        if link:
            relation = document.part.relate_to(URL, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
            linked = f'<w:hyperlink {nsdecls("w", "r")} r:id="{relation}">{run("vanthu")}</w:hyperlink>'
            document.add_paragraph()._p.append(parse_xml(linked))
        target = io.BytesIO()
        document.save(target)
        return target.getvalue()

    return build


def text_of(pdf):
    return "\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf)).pages)


def assert_like_other_letters(pdf):
    """Searchable, without hidden signs, tagged, for archives."""
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        assert {"/StructTreeRoot", "/OutputIntents"} <= opened.Root.keys()
    assert SYMBOL in text_of(pdf)
    assert "\u200d" not in text_of(pdf)


def links_of(pdf):
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        return [
            (str(link.A.URI), [float(side) for side in link.Rect])
            for page in opened.pages
            for link in page.get("/Annots", [])
        ]


@pytest.mark.parametrize("look", LOOKS.values(), ids=LOOKS)
def test_a_page_with_an_unusual_word_is_read_like_others(letter, look):
    pdf = congvan.to_pdf(letter(look))

    assert_like_other_letters(pdf)
    assert "chữ khác rồi" in " ".join(congvan.facts(pdf).text.split())


@pytest.mark.parametrize("look", ["narrow superscript", "spaced"])
@pytest.mark.parametrize("engine", [LIBREOFFICE])
def test_a_page_of_libreoffice_as_well(letter, look, engine):
    pdf = congvan.to_pdf(letter(LOOKS[look]), engine)

    assert_like_other_letters(pdf)
    assert "chữ khác rồi" in " ".join(congvan.facts(pdf).text.split())


@pytest.mark.parametrize("look", LOOKS.values(), ids=LOOKS)
def test_a_link_beside_it_leads_where_it_did(letter, look):
    ((url, (left, bottom, right, top)),) = links_of(congvan.to_pdf(letter(look, link=True, picture=True)))

    assert url == URL
    assert 0 < left < right < 596
    assert 0 < bottom < top < 842


@pytest.mark.parametrize("place", ["in_cell", "header", "picture"])
def test_the_same_in_a_cell_a_header_and_beside_a_picture(letter, place):
    assert_like_other_letters(congvan.to_pdf(letter(LOOKS["superscript"], link=True, **{place: True})))


def test_the_same_over_several_pages(letter):
    pdf = congvan.to_pdf(letter(LOOKS["narrow"], link=True, picture=True, paragraphs=120))

    assert len(pypdf.PdfReader(io.BytesIO(pdf)).pages) > 2
    assert_like_other_letters(pdf)
    assert len(links_of(pdf)) == 1


def test_letters_converted_at_once_have_the_same_bytes_as_alone(letter):
    letters = [letter(look, picture=True, link=True) for look in LOOKS.values()]

    assert list(congvan.to_pdfs(letters)) == [congvan.to_pdf(one) for one in letters]


def test_a_print_file_has_the_links_of_all_its_letters(letter):
    letters = [congvan.to_pdf(letter(look, link=True, picture=look == LOOKS["raised"])) for look in LOOKS.values()]
    target = io.BytesIO()
    write_print_file(target, [(str(number), pdf) for number, pdf in enumerate(letters)])

    assert len(links_of(target.getvalue())) == len(LOOKS)
    assert text_of(target.getvalue()).count(SYMBOL) == len(LOOKS)


@pytest.mark.parametrize("engine", ["dxpdf", LIBREOFFICE])
def test_raised_words_stand_above_the_line_and_lowered_ones_below(letter, engine):
    assert height_over_line(congvan.to_pdf(letter(LOOKS["raised"]), engine)) == pytest.approx(4, abs=0.5)
    assert height_over_line(congvan.to_pdf(letter(LOOKS["lowered"]), engine)) == pytest.approx(-4, abs=0.5)


def height_over_line(pdf):
    """How far the unusual word stands above the words before it, in points."""
    places = []

    def visit(text, matrix, text_matrix, *_):
        places.append((text, text_matrix[5] * matrix[3] + matrix[5]))

    pypdf.PdfReader(io.BytesIO(pdf)).pages[0].extract_text(visitor_text=visit)
    words = {name: height for text, height in places for name in ("Căn", "chữ") if name in text}
    return words["chữ"] - words["Căn"]
