import io
import re
import shutil
import zipfile

import pypdf
import pytest

from congvan.inspect.pdf.drawing import read_drawing
from congvan.pdf.engine import Bundle
from congvan.pdf.engines.available import engine
from congvan.pdf.engines.libreoffice import engine as libreoffice
from congvan.pdf.engines.libreoffice.shared_headers import dedupe_headers

INSTALLED = shutil.which("soffice") or shutil.which("libreoffice")


def docx_of_sections(*sections, tail=""):
    """A .docx of sections that name these headers: ``default:a`` is the one called a for all pages."""
    written = []
    for section in sections:
        named = (name.partition(":") for name in section.split())
        references = "".join(f'<w:headerReference w:type="{use}" r:id="{part}"/>' for use, _, part in named)
        written.append(f'<w:p><w:pPr><w:sectPr w:rsidR="1">{references}<w:pgSz w:w="9"/></w:sectPr></w:pPr></w:p>')
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("word/document.xml", f"<w:document>{''.join(written)}{tail}</w:document>")
        archive.writestr("word/header1.xml", "Công ty")
    return target.getvalue()


def named_in(docx):
    """The headers each section names."""
    with zipfile.ZipFile(io.BytesIO(docx)) as archive:
        assert archive.read("word/header1.xml").decode() == "Công ty"
        document = archive.read("word/document.xml").decode()
    assert document.count('<w:pgSz w:w="9"/>') == document.count("</w:sectPr>")
    sections = re.findall(r"<w:sectPr.*?</w:sectPr>", document)
    return [" ".join(map(":".join, re.findall(r'w:type="(\w+)" r:id="(\w+)"', section))) for section in sections]


def test_a_header_is_named_where_it_begins():
    lean = dedupe_headers(docx_of_sections("default:a first:b", "default:a first:b", "first:b default:a"))

    assert named_in(lean) == ["default:a first:b", "", ""]


def test_a_header_that_changes_is_named_again():
    lean = dedupe_headers(docx_of_sections("default:a", "default:c first:b", "default:c", "default:a first:b"))

    assert named_in(lean) == ["default:a", "default:c first:b", "", "default:a"]


@pytest.mark.parametrize("tail", ["", "<w:sectPrChange/>"])
def test_a_document_with_nothing_to_leave_out_or_with_tracked_changes_stays_as_it_is(tail):
    docx = docx_of_sections("default:a", *["default:a"] * bool(tail), tail=tail)

    assert dedupe_headers(docx) == docx


def test_what_is_no_document_stays_as_it_is():
    assert dedupe_headers(b"PK\3\4") == b"PK\3\4"


@pytest.mark.skipif(not INSTALLED, reason="LibreOffice is not installed on this machine")
def test_libreoffice_draws_the_same_letters_page_numbers_and_all(letter, bundle_of, monkeypatch):
    bundle = bundle_of([letter(paragraphs=12), letter(paragraphs=14)])
    lean = engine("libreoffice").convert(bundle)
    monkeypatch.setattr(libreoffice, "dedupe_headers", lambda docx: docx)
    whole = engine("libreoffice").convert(Bundle(bundle.docx, bundle.bookmarks))

    one, other = (pypdf.PdfReader(io.BytesIO(converted.pdf)).pages for converted in (lean, whole))
    assert len(one) == len(other) == lean.page_count
    assert [read_drawing(page, 1) for page in one] == [read_drawing(page, 1) for page in other]
    assert [read_drawing(page, 1).glyphs[0].text for page in one] == ["C", "2", "C", "2"]
