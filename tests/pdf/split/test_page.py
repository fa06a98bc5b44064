import io

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, String

from congvan.pdf.split.page import page_boxes, page_content, save_pdf, web_links


@pytest.fixture
def pdf():
    with pikepdf.new() as pdf:
        yield pdf


def page_of(pdf, box, **more):
    pdf.pages.append(pikepdf.Page(pdf.make_indirect(Dictionary(Type=Name.Page, MediaBox=Array(box), **more))))
    return pdf.pages[-1]


@pytest.mark.parametrize(
    ("rounded", "exact"),
    [
        ((0, 0, 595, 842), (0, 0.11, 595.28, 842)),
        ((0, 0, 842, 595), (0, -0.28, 841.89, 595)),
        ((0, 0, 595.28, 841.89), (0, 0, 595.28, 841.89)),
        ((0, 0, 612, 792), (0, 0, 612, 792)),
        ((10, 10, 605, 852), (10, 10, 605, 852)),
    ],
    ids=["rounded", "turned", "exact", "letter paper", "another corner"],
)
def test_a_sheet_of_a4_has_its_own_size_and_keeps_its_top(pdf, rounded, exact):
    ((name, box),) = page_boxes(page_of(pdf, rounded))

    assert name == "/MediaBox"
    assert [float(side) for side in box] == pytest.approx(exact)


def test_size_and_rotation_may_be_inherited(pdf):
    page = page_of(pdf, (0, 0, 300, 200))
    del page.obj.MediaBox
    pdf.Root.Pages.MediaBox, pdf.Root.Pages.Rotate = Array([0, 0, 100, 200]), 90

    assert {name: str(value) for name, value in page_boxes(page)} == {
        "/MediaBox": str(Array([0, 0, 100, 200])),
        "/Rotate": "90",
    }


def test_content_in_parts_is_joined_so_that_no_two_words_touch(pdf):
    page = page_of(pdf, (0, 0, 9, 9), Contents=Array([pdf.make_stream(b"q"), pdf.make_stream(b"Q")]))

    assert page_content(page) == b"q\nQ"
    assert page_content(page_of(pdf, (0, 0, 9, 9))) == b""


def test_links_to_the_web_are_kept_and_links_to_other_pages_left_out(pdf):
    other = page_of(pdf, (0, 0, 9, 9)).obj
    web = Dictionary(Subtype=Name.Link, Rect=Array([0, 0, 9, 9]), A=Dictionary(S=Name.URI, URI=String("https://a.vn")))
    inner = Dictionary(Subtype=Name.Link, Rect=Array([0, 0, 9, 9]), Dest=Array([other, Name.Fit]))
    note = Dictionary(Subtype=Name.Text, Rect=Array([0, 0, 9, 9]), Contents=String("someone else's"))
    (link,) = web_links(page_of(pdf, (0, 0, 9, 9), Annots=Array([web, inner, note])))

    assert str(link.A.URI) == "https://a.vn"
    assert int(link.F) == 4


def test_the_same_pages_give_the_same_bytes():
    def saved():
        with pikepdf.new() as pdf:
            page_of(pdf, (0, 0, 9, 9))
            target = io.BytesIO()
            save_pdf(pdf, target)
            return target.getvalue()

    assert saved() == saved()
