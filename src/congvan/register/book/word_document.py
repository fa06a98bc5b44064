"""The printed book as a Word document: a cover, then the ten columns on landscape A4, the head on every page."""

from __future__ import annotations

import io
from copy import deepcopy
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from congvan.register.book.printed_book import COLUMNS, TITLE, WIDTHS, Line, PrintedBook

if TYPE_CHECKING:
    from docx.document import Document
    from docx.table import Table

_FACE: Final = "Times New Roman"
_CREATED: Final = datetime(2000, 1, 1)  # noqa: DTZ001  # python-docx writes a date without a zone
"""The date in the file: a fixed one, so that the same book gives the same bytes."""


def write_docx(book: PrintedBook) -> bytes:
    """Write the book as .docx, ready to print and bind."""
    from docx import Document

    document = Document()
    _set_page(document)
    _write_cover(document, book)
    _write_table(document, book.lines)
    properties = document.core_properties
    properties.title, properties.author = TITLE, book.cover.co_quan
    properties.created = properties.modified = _CREATED
    target = io.BytesIO()
    document.save(target)
    return _without_timestamps(target)


def _set_page(document: Document) -> None:
    """Set landscape A4, with room on the left for the binding."""
    from docx.enum.section import WD_ORIENT
    from docx.shared import Mm, Pt

    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Mm(297), Mm(210)
    section.left_margin, section.right_margin = Mm(20), Mm(10)
    section.top_margin, section.bottom_margin = Mm(20), Mm(15)
    style = document.styles["Normal"]
    style.font.name, style.font.size = _FACE, Pt(12)
    style.element.rPr.rFonts.set(_w("eastAsia"), _FACE)
    style.paragraph_format.space_after = Pt(0)


def _write_cover(document: Document, book: PrintedBook) -> None:
    from docx.shared import Pt

    _centred(document, book.cover.chu_quan, 13)
    _centred(document, book.cover.co_quan, 13, bold=True)
    _centred(document, TITLE, 26, bold=True).paragraph_format.space_before = Pt(110)
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


def _write_table(document: Document, lines: tuple[Line, ...]) -> None:
    table = document.add_table(rows=3, cols=len(COLUMNS), style="Table Grid")
    table.autofit = False
    head, counted, body = table.rows
    _set_widths(table)
    _fill(head._tr, COLUMNS)
    _fill(counted._tr, tuple(f"({number})" for number in range(1, len(COLUMNS) + 1)))
    for row in (head, counted):
        _repeat_on_every_page(row._tr)
        for cell in row.cells:
            _head_face(cell, bold=row is head)
    _keep_on_one_page(body._tr)
    for line in lines:
        copy = deepcopy(body._tr)  # a row made by python-docx looks through the whole table each time
        _fill(copy, line)
        table._tbl.append(copy)
    table._tbl.remove(body._tr)


def _set_widths(table: Table) -> None:
    from docx.shared import Mm

    for column, millimetres in zip(table.columns, WIDTHS, strict=True):
        column.width = Mm(millimetres)
        for cell in column.cells:
            cell.width = Mm(millimetres)


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
    row.get_or_add_trPr().append(_element("w:tblHeader"))


def _keep_on_one_page(row: Any) -> None:
    """Never break a line of the book across two pages."""
    row.get_or_add_trPr().append(_element("w:cantSplit"))


def _without_timestamps(saved: io.BytesIO) -> bytes:
    """The file without the time it was written at."""
    target = io.BytesIO()
    with ZipFile(saved) as source, ZipFile(target, "w", ZIP_DEFLATED) as written:
        for name in source.namelist():
            written.writestr(ZipInfo(name), source.read(name), ZIP_DEFLATED)
    return target.getvalue()


def _element(name: str) -> Any:
    from docx.oxml import OxmlElement

    return OxmlElement(name)


def _w(name: str) -> str:
    from docx.oxml.ns import qn

    return str(qn(f"w:{name}"))
