import io
import zipfile

import pytest
from docx import Document
from docx.oxml.ns import nsdecls
from docx.shared import Pt
from hypothesis import given
from hypothesis import strategies as st

from congvan.errors import EngineError
from congvan.inspect.pdf.facts import read_facts
from congvan.pdf.engine import Bundle
from congvan.pdf.engines.dxpdf.prepared_bundle import prepare_bundle
from congvan.pdf.fonts.embedding import with_font_files
from congvan.pdf.metadata import PdfMetadata
from congvan.pdf.split.bundle_splitter import split_bundle


def document_of(prepared):
    with zipfile.ZipFile(io.BytesIO(prepared.docx)) as archive:
        return archive.read("word/document.xml").decode()


def styles_of(prepared):
    return Document(io.BytesIO(with_font_files(prepared.docx))).styles


def test_unused_namespaces_are_dropped(letter, bundle_of):
    prepared = prepare_bundle(bundle_of([letter()]))

    assert "schemas-microsoft-com:vml" not in document_of(prepared)
    assert "Ignorable" not in document_of(prepared)


def test_a_letter_that_would_begin_in_the_middle_of_a_page_begins_on_a_new_one(letter, bundle_of, changed, embedded):
    source = bundle_of([letter(name="Thôn Một", paragraphs=9), letter(name="Thôn Hai", paragraphs=1)])
    continuous = changed(source.docx, r"<w:sectPr([^>]*)>", r'<w:sectPr\1><w:type w:val="continuous"/>')
    parts = split_bundle(embedded.convert(Bundle(continuous, source.bookmarks)), [PdfMetadata("a"), PdfMetadata("b")])

    assert [part.pages for part in parts] == [2, 1]
    assert read_facts(parts[1].pdf).text.count("Thực hiện chỉ đạo") == 1


def test_a_sound_bundle_has_nothing_to_report(letter, bundle_of):
    assert len(prepare_bundle(bundle_of([letter(), letter()])).report) == 0


@pytest.mark.parametrize(
    ("total", "codes"),
    [("SECTIONPAGES", ["pdf-undrawable", "pdf-page-total"]), ("NUMPAGES", ["pdf-undrawable"])],
)
def test_a_section_of_a_letter_cannot_count_its_pages(letter, docx_of, changed, total, codes):
    field = f"<w:fldSimple {nsdecls('w')} w:instr=' {total} '/>"
    end = "<w:p><w:pPr><w:sectPr/></w:pPr></w:p>"
    docx = changed(docx_of(letter(xml=(field,))), "(<w:sectPr)", rf"{end}\1")

    assert [found.code for found in prepare_bundle(Bundle(docx)).report] == codes


def test_the_documents_own_type_size_belongs_to_styles_based_on_no_other(letter, docx_of, changed):
    size = '<w:rPrDefault><w:rPr><w:sz w:val="30"/></w:rPr></w:rPrDefault>'
    docx = changed(docx_of(letter()), "<w:rPrDefault>.*?</w:rPrDefault>", size, "word/styles.xml")
    used = "".join(f'<w:p><w:pPr><w:pStyle w:val="{name}"/></w:pPr></w:p>' for name in ("MacroText", "NoSpacing"))
    styles = styles_of(prepare_bundle(Bundle(changed(docx, "(<w:body>)", rf"\1{used}"))))

    assert not styles.element.xpath("w:docDefaults//w:sz")
    assert (styles["Normal"].font.size, styles["macro"].font.size, styles["No Spacing"].font.size) == (
        Pt(14),
        Pt(10),
        Pt(15),
    )


def test_the_engine_gets_the_styles_a_letter_uses_and_those_they_are_based_on(letter, docx_of, changed):
    used = '<w:p><w:pPr><w:pStyle w:val="Heading2"/></w:pPr></w:p>'
    styles = styles_of(prepare_bundle(Bundle(changed(docx_of(letter()), "(<w:body>)", rf"\1{used}"))))

    assert {"Normal", "Heading 2", "Heading 2 Char", "Normal Table"} <= {style.name for style in styles}
    assert "Heading 3" not in {style.name for style in styles}


@given(st.binary(max_size=200))
def test_what_is_no_word_document_is_an_engine_error(content):
    with pytest.raises(EngineError):
        prepare_bundle(Bundle(content))


@pytest.mark.parametrize("document", ["<w:document/>", "<none", '<w:document xmlns:w="urn:other"/>'])
def test_a_document_without_a_body_is_an_engine_error(letter, docx_of, changed, document):
    with pytest.raises(EngineError, match="not a Word document"):
        prepare_bundle(Bundle(changed(docx_of(letter()), r"\A.*\Z", document)))
