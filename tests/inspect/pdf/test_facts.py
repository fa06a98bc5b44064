import io

import pikepdf
import pytest
from hypothesis import given
from hypothesis import strategies as st

from congvan.errors import UnreadableFileError
from congvan.inspect.model import FontFacts
from congvan.inspect.pdf.facts import read, read_facts


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

    assert read_facts(pdf_of(font=font)).fonts == (FontFacts("Helvetica", embedded=False),)


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


def page_with(content, *, picture=False):
    with pikepdf.new() as pdf:
        page = pdf.add_blank_page(page_size=(595.276, 841.89))
        font = pikepdf.Dictionary(
            Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name("/Times-Roman")
        )
        page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F0=font))
        if picture:
            scan = pdf.make_stream(b"\0", Subtype=pikepdf.Name.Image, Width=1, Height=1, BitsPerComponent=8)
            page.Resources.XObject = pikepdf.Dictionary(X0=pdf.make_indirect(scan))
        page.Contents = pdf.make_stream(content.encode())
        target = io.BytesIO()
        pdf.save(target)
        return target.getvalue()


def text_at(left, height, text, mode=0):
    return f"BT {mode} Tr /F0 14 Tf 1 0 0 1 {left} {height} Tm ({text}) Tj ET "


SCAN = "q 595 0 0 842 0 0 cm /X0 Do Q "


def test_a_picture_of_paper_is_a_scan_also_with_the_text_a_scanner_hides():
    assert read(page_with(SCAN, picture=True)).scanned
    assert read(page_with(SCAN + text_at(100, 700, "Kinh gui", mode=3), picture=True)).scanned


def test_a_page_with_printed_text_or_without_a_picture_is_no_scan():
    assert not read(page_with(SCAN + text_at(100, 700, "Kinh gui"), picture=True)).scanned
    assert not read(page_with("")).scanned


@pytest.mark.parametrize(("height", "story"), [(800, "header"), (30, "footer"), (400, "body")])
def test_a_number_alone_at_the_edge_of_the_paper_is_the_page_number(height, story):
    page = text_at(100, 700, "mot") + text_at(100, 100, "hai") + text_at(290, height, "2")
    line = next(line for line in read(page_with(page)).lines if line.text == "2")

    assert (line.region, line.fields) == (story, ("PAGE",) if story != "body" else ())


def test_the_margins_of_a_page_are_those_of_its_text_without_the_page_number():
    page = read(page_with(text_at(290, 810, "2") + text_at(85.04, 700, "AB") + text_at(85.04, 100, "AB")))

    assert page.sheets[0].margins.left == pytest.approx(30, abs=0.01)
    assert page.sheets[0].margins.top == pytest.approx((841.89 - 700 - 0.891 * 14) * 25.4 / 72, abs=0.01)


def test_hyphens_typed_as_a_line_are_a_rule_and_no_text():
    facts = read(page_with(text_at(100, 700, "SO CONG THUONG") + text_at(110, 690, "-------")))

    assert facts.text == "SO CONG THUONG"
    assert [rule.kind for rule in facts.rules] == ["typed"]


def test_a_file_that_is_missing_is_unreadable(tmp_path):
    with pytest.raises(UnreadableFileError, match=r"thu\.pdf"):
        read(tmp_path / "thu.pdf")


@given(st.binary(max_size=200))
def test_no_bytes_make_the_measuring_fail_in_another_way(content):
    with pytest.raises(UnreadableFileError):
        read(b"%PDF-1.7\n" + content)


def with_annotation(shown, subtype="/Widget", flags=4, **more):
    """A page that says «Kinh gui», with an annotation in its upper right corner that shows a text of 10 points."""
    with pikepdf.new() as pdf:
        page = pdf.add_blank_page(page_size=(595.276, 841.89))
        times = pikepdf.Dictionary(
            Type=pikepdf.Name.Font,
            Subtype=pikepdf.Name.Type1,
            BaseFont=pikepdf.Name("/Times-Roman"),
            Encoding=pikepdf.Name.WinAnsiEncoding,
        )
        fonts = pikepdf.Dictionary(Font=pikepdf.Dictionary(F0=times))
        page.Resources = fonts
        page.Contents = pdf.make_stream(b"BT /F0 14 Tf 100 700 Td (Kinh gui) Tj ET")
        form = pdf.make_stream(f"BT /F0 5 Tf 2 2 Td ({shown}) Tj ET".encode())
        form.Type, form.Subtype = pikepdf.Name.XObject, pikepdf.Name.Form
        form.BBox, form.Resources = pikepdf.Array([0, 0, 100, 10]), fonts
        annotation = pikepdf.Dictionary(
            Type=pikepdf.Name.Annot,
            Subtype=pikepdf.Name(subtype),
            Rect=pikepdf.Array([360, 800, 560, 820]),
            F=flags,
            AP=pikepdf.Dictionary(N=form),
            **more,
        )
        annotation = pdf.make_indirect(annotation)
        page.Annots = pikepdf.Array([annotation])
        pdf.Root.AcroForm = pikepdf.Dictionary(Fields=pikepdf.Array([annotation] if "/FT" in annotation else []))
        target = io.BytesIO()
        pdf.save(target)
        return target.getvalue()


def test_what_a_signature_shows_is_read_with_its_place_and_is_no_part_of_the_text():
    facts = read(with_annotation("Ky boi: Cong ty Mau", FT=pikepdf.Name.Sig, T="ky"))
    line = facts.lines[-1]

    assert [(line.text, line.region) for line in facts.lines] == [
        ("Kinh gui", "body"),
        ("Ky boi: Cong ty Mau", "stamp"),
    ]
    assert line.font.size == 10
    assert line.left == pytest.approx(364 * 25.4 / 72, abs=0.01)
    assert facts.sheets[0].margins.top > 40


def test_a_stamp_laid_over_the_page_is_read_as_one():
    assert read(with_annotation("DEN", "/Stamp")).lines[-1].region == "stamp"


def test_a_field_somebody_filled_in_is_text_of_the_page():
    assert [line.region for line in read(with_annotation("so 12", FT=pikepdf.Name.Tx, T="so")).lines] == [
        "body",
        "body",
    ]


def test_what_is_hidden_is_not_read():
    assert read(with_annotation("an", "/Stamp", flags=2)).text == "Kinh gui"


def test_a_signature_without_appearance_is_still_a_signature():
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        field = pdf.make_indirect(
            pikepdf.Dictionary(FT=pikepdf.Name.Sig, T="ky", V=pikepdf.Dictionary(Type=pikepdf.Name.Sig))
        )
        pdf.Root.AcroForm = pikepdf.Dictionary(Fields=pikepdf.Array([field]))
        target = io.BytesIO()
        pdf.save(target)

    assert read(target.getvalue()).signed
    assert not read(pdf_of()).signed
