"""Slips, labels, envelopes and books as a reader finds them in the files."""

import io
import re
from dataclasses import replace
from datetime import date

import pypdf
import pytest
from docx import Document
from python_calamine import CalamineWorkbook

import congvan
from congvan.office.books import delivery_book, post_book
from congvan.office.consignment import SentCopy
from congvan.office.covering_slip import covering_slip
from congvan.office.electronic_list import electronic_list
from congvan.office.envelopes import ENVELOPES, envelope_pages
from congvan.office.label_sheets import LABEL_SHEETS, label_pages
from congvan.register.book.word_document import write_docx
from congvan.register.book.workbook import BOOK_SHEET, write_xlsx
from congvan.support.lengths import Mm


def pages_of(docx):
    return [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(congvan.to_pdf(docx))).pages]


def words(text):
    return " ".join(text.split())


def test_a_covering_slip_is_a_named_kind_with_the_list_to_sign_as_its_annex(consignment):
    slip = covering_slip(consignment.parcels[0], duplex=True, day=None)
    first, second = map(words, pages_of(congvan.render_docx(slip)))

    assert "PHIẾU GỬI" in first
    assert "Kính gửi" not in first
    assert "gửi kèm phiếu này 02 bản văn bản, gồm 02 tờ" in first
    assert "18/ĐLHL đến 19/ĐLHL" in first
    assert "DANH SÁCH KÝ NHẬN" in second
    assert re.search("1 Thôn Y Ngô Ông Đinh Công Ngạn 18/ĐLHL 1", second)
    assert "2 Thôn Đại Hữu Bà Trịnh Thị Quế 19/ĐLHL 1" in second
    assert "Cộng: 02 bản văn bản, 02 tờ" in second


def test_markup_in_a_name_is_printed_as_it_is(consignment, sent):
    named = sent.head("16015", "xã Đại Lộc", "thôn Y Ngô", "**Đinh** | {{ x }} <b>", "Ông", "")
    parcel = replace(consignment.parcels[0], copies=(SentCopy(sent.letter(18), named),))
    pages = pages_of(congvan.render_docx(covering_slip(parcel, duplex=True, day=None)))

    assert "Ông **Đinh** | {{ x }} <b>" in words(pages[1])


@pytest.mark.parametrize("size", LABEL_SHEETS)
def test_labels_fill_their_sheet_and_no_more(consignment, size):
    sheet = LABEL_SHEETS[size]
    copies = consignment.copies * sheet.labels
    full, more = copies[: sheet.labels], copies[: sheet.labels + 1]

    assert sheet.left + sheet.columns * sheet.width + (sheet.columns - 1) * sheet.gap <= 210
    assert sheet.top + sheet.rows * sheet.height <= 297
    assert len(pages_of(label_pages(full, sheet))) == 1
    assert len(pages_of(label_pages(more, sheet))) == 2


def test_there_is_a_label_for_each_recipient_with_name_office_units_and_number(consignment):
    (page,) = pages_of(label_pages(consignment.copies, LABEL_SHEETS["70x37"]))

    assert page.count("Số: ") == 3
    for line in ("Ông Đinh Công Ngạn", "Trưởng thôn Y Ngô", "xã Đại Lộc", "huyện Hậu Lộc", "Số: 18/ĐLHL"):
        assert line in page


@pytest.mark.parametrize("size", ENVELOPES)
def test_an_envelope_a_parcel_with_sender_numbers_and_addressee(consignment, size):
    docx = envelope_pages(consignment.parcels, ENVELOPES[size])
    first, second = map(words, pages_of(docx))
    section = Document(io.BytesIO(docx)).sections[0]

    assert (section.page_width.mm, section.page_height.mm) == pytest.approx(
        (ENVELOPES[size].width, ENVELOPES[size].height), abs=0.1
    )
    assert (
        first.index("ĐIỆN LỰC HẬU LỘC")
        < first.index("0237 3000 400")
        < first.index("Số/ký hiệu văn bản: 18/ĐLHL; 19/ĐLHL")
    )
    assert first.index("Số/ký hiệu") < first.index("Kính gửi:") < first.index("Ủy ban nhân dân xã Đại Lộc")
    assert "xã Triệu Lộc" in second


def lines_of(book):
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(write_xlsx(book))).get_sheet_by_name(BOOK_SHEET)
    return sheet.to_python()


def test_the_delivery_book_has_five_columns_and_a_line_a_parcel(consignment):
    head, _, *lines = lines_of(delivery_book(consignment, duplex=True, day=None))

    assert head == ["Ngày chuyển", "Số, ký hiệu văn bản", "Nơi nhận văn bản", "Ký nhận", "Ghi chú"]
    assert lines[0] == ["", "18/ĐLHL; 19/ĐLHL", "Ủy ban nhân dân xã Đại Lộc, huyện Hậu Lộc", "", "02 bản, 02 tờ, 01 bì"]
    assert len(lines) == 2


def test_the_post_book_has_the_decrees_six_columns_and_a_line_an_envelope(consignment):
    head, counted, *lines = lines_of(post_book(consignment, day=date(2021, 6, 22)))

    assert (len(head), counted[-1]) == (6, "(6)")
    assert lines[1] == ["22/6/2021", "20/ĐLHL", "Ủy ban nhân dân xã Triệu Lộc, huyện Hậu Lộc", "01", "", ""]


def test_the_cover_of_these_books_names_no_numbers(consignment):
    book = delivery_book(consignment, duplex=True, day=None)

    assert "SỔ CHUYỂN GIAO VĂN BẢN ĐI" in pages_of(write_docx(book))[0]
    assert not [line for line in book.cover.particulars if "số" in line and "Quyển" not in line]


def test_the_list_of_electronic_letters_has_a_line_a_recipient(consignment):
    rows = (
        CalamineWorkbook.from_filelike(io.BytesIO(electronic_list(consignment.letters)))
        .get_sheet_by_index(0)
        .to_python()
    )

    assert [(row[1], row[4], row[6]) for row in rows[1:]] == [
        ("17/ĐLHL", "Sở Công Thương", "so@example.vn"),
        ("17/ĐLHL", "Sở Xây dựng", ""),
    ]


def test_papers_have_the_same_bytes_whenever_they_are_made(consignment):
    for make in (
        lambda: label_pages(consignment.copies, LABEL_SHEETS["70x37"]),
        lambda: envelope_pages(consignment.parcels, ENVELOPES["C4"]),
        lambda: electronic_list(consignment.letters),
    ):
        assert make() == make()


def test_sizes_are_in_millimetres():
    assert LABEL_SHEETS["70x37"].width == Mm(70)
