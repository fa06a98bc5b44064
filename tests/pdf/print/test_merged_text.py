import io
import re

import pikepdf
import pypdf
import pytest

from congvan.inspect.pdf.facts import read_facts
from congvan.pdf.metadata import PdfMetadata
from congvan.pdf.print.merged_text import NotTextLetterError, merge_text_letters
from congvan.pdf.split.bundle_splitter import split_bundle
from congvan.pdf.split.letter_pdf import is_text_letter

NAMES = ("Thôn Đoàn Kết", "Thôn Yên Ổn", "Thôn Gò Mu")


@pytest.fixture
def letters(letter, bundle_of, embedded):
    """Three letters of one, two and one page; the second has a link."""
    ones = [letter(name=NAMES[0]), letter(name=NAMES[1], paragraphs=9, link="https://a.example"), letter(name=NAMES[2])]
    parts = split_bundle(embedded.convert(bundle_of(ones)), [PdfMetadata(name) for name in NAMES])
    assert all(is_text_letter(part.pdf) for part in parts)
    return [(name, part.pdf) for name, part in zip(NAMES, parts, strict=True)]


def written(letters):
    target = io.BytesIO()
    pages = merge_text_letters(target, letters)
    return pages, target.getvalue()


def contents(pdf):
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        return [page.Contents.read_bytes() if "/Contents" in page else b"" for page in opened.pages]


def test_pages_go_over_as_they_are_and_every_letter_fills_its_sheets(letters):
    pages, pdf = written(letters)

    alone = [content for _, letter in letters for content in (*contents(letter), b"")]
    assert pages == 6
    assert contents(pdf) == alone[:4] + alone[5:]


def test_the_file_is_sound_and_says_what_the_letters_say(letters):
    pdf = written(letters)[1]

    with pikepdf.open(io.BytesIO(pdf), attempt_recovery=False) as opened:
        assert opened.check_pdf_syntax() == []
    told = [page.text for page in read_facts(pdf).pages]
    assert [told[place] for place in (0, 2, 3, 4)] == [
        page.text for _, one in letters for page in read_facts(one).pages
    ]
    assert (told[1], told[5]) == ("", "")


def test_blank_pages_are_as_large_as_the_others(letters):
    boxes = [page.mediabox for page in pypdf.PdfReader(io.BytesIO(written(letters)[1])).pages]

    assert boxes == boxes[:1] * 6


def test_a_bookmark_leads_to_each_letter(letters):
    titled = [(f"{name} (số 7) \\ 😀", pdf) for name, pdf in letters]
    reader = pypdf.PdfReader(io.BytesIO(written(titled)[1]))

    places = [(str(mark.title), reader.get_destination_page_number(mark)) for mark in reader.outline]
    assert places == [(title, page) for (title, _), page in zip(titled, (0, 2, 4), strict=True)]


def test_each_face_is_written_once_with_the_glyphs_of_all(letters):
    with pikepdf.open(io.BytesIO(written(letters)[1])) as opened:
        fonts = {font.objgen for page in opened.pages for font in page.resources.get("/Font", {}).values()}
        programs = [found for found in opened.objects if isinstance(found, pikepdf.Stream) and "/Length1" in found]
    assert len(fonts) == len(programs) == 4


def test_links_and_nothing_else_hang_on_the_pages(letters):
    with pikepdf.open(io.BytesIO(written(letters)[1])) as opened:
        links = {str(link.A.URI) for page in opened.pages for link in page.get("/Annots", ())}
        assert not [page for page in opened.pages if "/StructParents" in page]
        assert "/StructTreeRoot" not in opened.Root
    assert links == {"https://a.example"}


def test_letters_of_another_form_are_not_put_together_this_way(letters, letter, bundle_of, embedded, picture_of):
    other = split_bundle(embedded.convert(bundle_of([letter(picture=picture_of(1, 2, 3))])), [PdfMetadata("a")])[0].pdf

    with pytest.raises(NotTextLetterError):
        written([*letters, ("hình", other)])


def test_a_letter_that_lacks_a_page_is_not_put_together_this_way(letters):
    title, pdf = letters[0]
    (entry,) = re.findall(rb"^%010d 00000 n \n" % (pdf.index(b"\n31 0 obj") + 1), pdf, re.MULTILINE)

    with pytest.raises(NotTextLetterError):
        written([(title, pdf.replace(entry, b"0000000000 65535 f \n"))])


def test_no_letters_make_a_file_of_no_pages():
    assert read_facts(written([])[1]).pages == ()


def test_the_same_letters_give_the_same_bytes(letters):
    assert written(letters) == written(letters)
