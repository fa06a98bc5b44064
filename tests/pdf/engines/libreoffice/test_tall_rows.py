"""Rows that are not to split but are taller than a page."""

import pytest
from lxml import etree

from congvan.errors import EngineError
from congvan.pdf.convert import convert_one
from congvan.pdf.engines.available import engine
from congvan.pdf.engines.libreoffice.tall_rows import let_tall_rows_split
from congvan.support.ooxml import W
from congvan.word import render_docx
from congvan.word.builtin.sample import sample

W_NS = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def keeps_its_wish(cell, width="3855"):
    """Whether a row that is not to split still says so."""
    row = (
        f'<w:tbl {W_NS}><w:tr><w:trPr><w:cantSplit/></w:trPr><w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>'
        f"{cell}</w:tc></w:tr></w:tbl>"
    )
    table = etree.fromstring(row)
    let_tall_rows_split(table)
    return table.find(f".//{W}cantSplit") is not None


def lines(count, text="- UBND xã;"):
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>" * count


@pytest.mark.parametrize("count", [1, 20, 55])
def test_a_row_that_fits_on_a_page_stays_whole(count):
    assert keeps_its_wish(lines(count))


@pytest.mark.parametrize("count", [60, 200])
def test_a_row_of_more_lines_than_a_page_has_may_split(count):
    assert not keeps_its_wish(lines(count))


def test_a_long_text_in_a_narrow_cell_may_split():
    assert not keeps_its_wish(lines(1, "thông báo " * 300), width="1000")
    assert keeps_its_wish(lines(1, "thông báo " * 300), width="9071")


@pytest.mark.parametrize("recipients", [60, 100, 110, 170, 173])
def test_a_list_of_recipients_longer_than_pages_begins_beside_the_signature_and_ends_with_its_last_line(recipients):
    try:
        libreoffice = engine("libreoffice")
    except EngineError:
        pytest.skip("LibreOffice is not here")
    names = [f"UBND xã số {number}" for number in range(recipients)]
    docx = render_docx(sample("to-trinh", noi_dung="Kính trình xem xét.", noi_nhan=["Như trên", *names, "Lưu: VT"]))

    assert convert_one(docx, libreoffice).pages == 1 + (recipients + 27) // 56
