"""The printed book as a Word document: a cover, then its columns on landscape A4, the head on every page."""

from __future__ import annotations

from collections.abc import Sequence
from copy import deepcopy
from typing import TYPE_CHECKING, Any, Final

from congvan.register.book.printed_book import Line, PrintedBook
from congvan.support.lengths import Mm
from congvan.support.plain_document import element, new_document, saved

if TYPE_CHECKING:
    from docx.document import Document
    from docx.table import Table

A4: Final = (Mm(297), Mm(210))
"""A4 across."""

_CHARACTERS_A_MM: Final = 6
"""Characters that half a page of a column holds for each millimetre of its width."""


def write_docx(book: PrintedBook) -> bytes:
    """Write the book as .docx, ready to print and bind: room on the left for the binding."""
    width, height = A4
    document = new_document(width, height, left=Mm(20), right=Mm(10), top=Mm(20), bottom=Mm(15))
    _write_cover(document, book)
    _write_table(document, book)
    return saved(document, book.form.title, book.cover.co_quan)


def _write_cover(document: Document, book: PrintedBook) -> None:
    from docx.shared import Pt

    _centred(document, book.cover.chu_quan, 13)
    _centred(document, book.cover.co_quan, 13, bold=True)
    _centred(document, book.form.title, 26, bold=True).paragraph_format.space_before = Pt(110)
    for text in book.cover.particulars:
        _centred(document, text, 14).paragraph_format.space_before = Pt(12)
    # The table cannot itself begin a page; a section that begins with one does not, in LibreOffice.
    _centred(document, "", 1).paragraph_format.page_break_before = True


def _centred(document: Document, text: str, size: int, *, bold: bool = False) -> Any:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Pt

    paragraph = document.add_paragraph()
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    run = paragraph.add_run(text)
    run.bold, run.font.size = bold, Pt(size)
    return paragraph


def _write_table(document: Document, book: PrintedBook) -> None:
    columns = book.form.columns
    table = document.add_table(rows=3, cols=len(columns), style="Table Grid")
    table.autofit = False
    head, counted, body = table.rows
    _set_widths(table, book.form.widths)
    _fill(head._tr, columns)
    _fill(counted._tr, book.form.counted)
    for row in (head, counted):
        _repeat_on_every_page(row._tr)
        for cell in row.cells:
            _head_face(cell, bold=row is head)
    for line in book.lines:
        copy = deepcopy(body._tr)  # a row made by python-docx looks through the whole table each time
        _fill(copy, line)
        if not _is_tall(line, book.form.widths):
            _keep_on_one_page(copy)
        table._tbl.append(copy)
    table._tbl.remove(body._tr)


def _is_tall(line: Line, widths: Sequence[int]) -> bool:
    """Whether a cell may take more than half a page: such a line is broken, or a page could not hold it."""
    return any(len(text) > _CHARACTERS_A_MM * width for text, width in zip(line, widths, strict=True))


def _set_widths(table: Table, widths: Sequence[int]) -> None:
    from docx.shared import Mm as WordMm

    for column, millimetres in zip(table.columns, widths, strict=True):
        column.width = WordMm(millimetres)
        for cell in column.cells:
            cell.width = WordMm(millimetres)


def _fill(row: Any, line: Line) -> None:
    for cell, text in zip(row.tc_lst, line, strict=True):
        cell.p_lst[0].add_r().text = text


def _head_face(cell: Any, *, bold: bool) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH

    paragraph = cell.paragraphs[0]
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    paragraph.runs[0].bold = bold


def _repeat_on_every_page(row: Any) -> None:
    _keep_on_one_page(row)
    row.get_or_add_trPr().append(element("tblHeader"))


def _keep_on_one_page(row: Any) -> None:
    """Never break a line of the book across two pages."""
    row.get_or_add_trPr().append(element("cantSplit"))
