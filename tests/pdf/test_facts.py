import io

import pikepdf
import pytest
from hypothesis import given
from hypothesis import strategies as st

from congvan.errors import UnreadableFileError
from congvan.pdf.facts import FontFacts, embedded_fonts, read_facts


def pdf_of(pages=1, size=(595.276, 841.89), font=None):
    with pikepdf.new() as pdf:
        for _ in range(pages):
            page = pdf.add_blank_page(page_size=size)
            if font is not None:
                page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F0=font))
        target = io.BytesIO()
        pdf.save(target)
        return target.getvalue()


def test_a_page_is_measured_in_millimetres():
    page = read_facts(pdf_of(size=(419.528, 595.276))).pages[0]

    assert (page.width_mm, page.height_mm) == (pytest.approx(148, abs=0.01), pytest.approx(210, abs=0.01))


def test_pages_are_counted():
    assert len(read_facts(pdf_of(pages=3)).pages) == 3


def test_a_font_that_is_only_named_is_not_embedded():
    font = pikepdf.Dictionary(
        Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name("/ABCDEF+Helvetica")
    )

    assert embedded_fonts(pdf_of(font=font)) == (FontFacts("Helvetica", embedded=False),)


def test_what_a_pdf_does_not_say_is_empty():
    facts = read_facts(pdf_of())

    assert (facts.title, facts.subject, facts.author, facts.language) == ("", "", "", "")
    assert (facts.fonts, facts.bookmarks, facts.text) == ((), (), "")


def test_what_is_no_pdf_is_an_unreadable_file_with_its_name():
    with pytest.raises(UnreadableFileError, match=r"thu\.pdf"):
        read_facts(b"PK\3\4", "thu.pdf")


@given(st.binary(max_size=200))
def test_no_bytes_make_the_reader_fail_in_another_way(content):
    with pytest.raises(UnreadableFileError):
        read_facts(content)
