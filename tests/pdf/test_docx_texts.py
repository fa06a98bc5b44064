import io
import shutil

import pikepdf
import pytest

from congvan.pdf.engine import Bundle
from congvan.pdf.engines.available import engine
from congvan.pdf.metadata import PdfMetadata
from congvan.pdf.paragraphs import read_docx_texts
from congvan.pdf.split.bundle_splitter import split_bundle


def texts_of(bundle):
    return read_docx_texts(bundle.docx, bundle.bookmarks)


INSTALLED = shutil.which("soffice") or shutil.which("libreoffice")


def test_each_letter_of_a_bundle_has_its_story(letter, bundle_of):
    one, other = texts_of(bundle_of([letter(name="UBND xã Đại Lộc"), letter(name="thôn Y Ngô", paragraphs=1)]))

    assert "kínhgửi:ubndxãđạilộc" in [block.text for block in one.paragraphs]
    assert "kínhgửi:thônyngô" in [block.text for block in other.paragraphs]
    assert len(one.paragraphs) == len(other.paragraphs) + 2  # a paragraph, and the one that ends the section


def test_a_letter_alone_has_a_story(letter, docx_of):
    (story,) = texts_of(Bundle(docx_of(letter())))

    assert story.paragraphs[0].text == "côngtyđiệnlựcthanhhóa"


@pytest.mark.parametrize("pattern", ["</w:body>", "<w:p>"])
def test_what_cannot_be_read_has_none(letter, docx_of, changed, pattern):
    assert texts_of(Bundle(changed(docx_of(letter()), pattern, "<"))) == ()
    assert texts_of(Bundle(b"PK\3\4" + bytes(99))) == ()


def test_bookmarks_that_are_not_there_tell_no_letters_apart(letter, bundle_of):
    assert texts_of(Bundle(bundle_of([letter(), letter()]).docx, ("letter_0", "khong_co"))) == ()


@pytest.mark.skipif(not INSTALLED, reason="LibreOffice is not installed on this machine")
def test_libreoffices_letters_are_tagged_paragraph_by_paragraph(letter, bundle_of):
    converted = engine("libreoffice").convert(
        bundle_of([letter(paragraphs=9), letter(paragraphs=1, link="https://a.vn")])
    )
    parts = split_bundle(converted, [PdfMetadata("a"), PdfMetadata("b")])

    for part, story in zip(parts, converted.letter_texts, strict=True):
        with pikepdf.open(io.BytesIO(part.pdf)) as pdf:
            document = pdf.Root.StructTreeRoot.K
            leaves = [document] if isinstance(document, pikepdf.Dictionary) else list(document)
            assert pdf.Root.MarkInfo.Marked
            said = [block for block in story.paragraphs if block.text]
            assert sum(len(leaf.K) for leaf in leaves) == len(said)
