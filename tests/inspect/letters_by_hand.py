"""Forty letters as people set them: one text, many ways to put it on paper.

Each way of setting a part is a function that types it into a python-docx document; a :class:`ByHand` names the ways
of one letter. The text is always the same and right by the decree, so that whatever a reader does not find, or a rule
finds, is its own mistake.
"""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import tempfile
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pikepdf
from docx import Document
from docx.enum.section import WD_SECTION
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt

Doc = Any
CENTER, JUSTIFY = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.JUSTIFY
TEXT_WIDTH = 160

QUOC_HIEU, TIEU_NGU = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"
CHU_QUAN, CO_QUAN = "UBND TỈNH MẪU", "SỞ CÔNG THƯƠNG"
SO, NGAY = "Số: 12/SCT-QLNL", "Mẫu, ngày 05 tháng 4 năm 2026"
SO_THONG_BAO, TEN_LOAI, TRICH_YEU = "Số: 12/TB-SCT", "THÔNG BÁO", "Về việc ngừng cấp điện để sửa chữa"
VE_VIEC = "V/v phối hợp tuyên truyền sử dụng điện an toàn"
KINH_GUI = "Kính gửi: Ủy ban nhân dân xã Mẫu"
BODY = (
    "Để bảo đảm an toàn điện, Sở Công Thương đề nghị Ủy ban nhân dân xã thực hiện trước ngày 20 tháng 5 năm 2026:",
    "Tuyên truyền đến từng hộ dân về hành lang an toàn lưới điện cao áp trên địa bàn.",
    "Thông báo ngay cho đơn vị quản lý lưới điện khi phát hiện cột đổ, dây đứt hoặc cây đổ vào đường dây.",
    "Sở Công Thương trân trọng đề nghị Quý cơ quan quan tâm phối hợp./.",
)
BODY_TEXT = f"{BODY[0]} 1. {BODY[1]} 2. {BODY[2]} {BODY[3]}"
NOI_NHAN = ("- Như trên;", "- UBND tỉnh;", "- Lưu: VT, QLNL.")
QUYEN_HAN, HO_TEN = ("KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"), "Trần Văn Mẫu"
SHAPES = (
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:w10="urn:schemas-microsoft-com:office:word"'
)


def xml(text: str) -> Any:
    """An element of WordprocessingML; the namespaces are added to the outermost tag."""
    tag = text[1:].split(" ", 1)[0].split(">", 1)[0].rstrip("/")
    return parse_xml(text.replace(f"<{tag}", f"<{tag} {nsdecls('w', 'wp', 'a', 'r')} {SHAPES}", 1))


def blank() -> Doc:
    """An A4 page in Times New Roman 14, with the margins the decree allows."""
    document = Document()
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin, section.right_margin = Mm(30), Mm(20)
    section.top_margin, section.bottom_margin = Mm(20), Mm(20)
    _set_font(document.styles["Normal"], 14)
    document.styles["Normal"].paragraph_format.space_after = Pt(0)
    return document


def _set_font(style: Any, size: float) -> None:
    style.font.name, style.font.size = "Times New Roman", Pt(size)
    style.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:cs"), "Times New Roman")


def typed(
    where: Any, text: str, size: float = 13, *, bold: bool = False, italic: bool = False, align: Any = None
) -> Any:
    """A paragraph with one run in ``where``, a document or a cell."""
    paragraph = where.add_paragraph()
    add(paragraph, text, size, bold=bold, italic=italic)
    paragraph.alignment = align
    return paragraph


def add(paragraph: Any, text: str, size: float = 13, *, bold: bool = False, italic: bool = False) -> Any:
    run = paragraph.add_run(text)
    run.font.size, run.bold, run.italic = Pt(size), bold or None, italic or None
    return run


def centred(where: Any, text: str, size: float = 13, *, bold: bool = False, italic: bool = False) -> Any:
    return typed(where, text, size, bold=bold, italic=italic, align=CENTER)


# --- lines under the names -----------------------------------------------------------------------


def drawn_line(paragraph: Any, left: int, width: int) -> None:
    """A straight line as Word 2010 and later draw it, ``left`` mm right of the column."""
    form = (
        f'<a:xfrm><a:off x="0" y="0"/><a:ext cx="{width * 36000}" cy="0"/></a:xfrm><a:prstGeom prst="line"><a:avLst/>'
    )
    colour = '<a:ln w="9525"><a:solidFill><a:srgbClr val="000000"/></a:solidFill></a:ln>'
    shape = f"<wps:wsp><wps:cNvCnPr/><wps:spPr>{form}</a:prstGeom>{colour}</wps:spPr><wps:bodyPr/></wps:wsp>"
    paragraph._p.append(xml(f"<w:r>{anchored(shape, left, width, 0, below=6)}</w:r>"))


def anchored(shape: str, left: int, width: int, height: int, *, below: int = 0) -> str:
    """A shape ``left`` mm right of the column and ``below`` mm under the paragraph's upper edge."""
    attributes = (
        'distT="0" distB="0" distL="0" distR="0" simplePos="0" relativeHeight="2" behindDoc="0" locked="0" '
        'layoutInCell="1" allowOverlap="1"'
    )
    position = (
        '<wp:simplePos x="0" y="0"/>'
        f'<wp:positionH relativeFrom="column"><wp:posOffset>{left * 36000}</wp:posOffset></wp:positionH>'
        f'<wp:positionV relativeFrom="paragraph"><wp:posOffset>{below * 36000}</wp:posOffset></wp:positionV>'
        f'<wp:extent cx="{width * 36000}" cy="{height * 36000}"/><wp:effectExtent l="0" t="0" r="0" b="0"/><wp:wrapNone/>'
    )
    graphic = (
        '<a:graphic><a:graphicData uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape">'
        f"{shape}</a:graphicData></a:graphic>"
    )
    named = f'<wp:docPr id="{left + 1}" name="shape"/><wp:cNvGraphicFramePr/>'
    return f"<w:drawing><wp:anchor {attributes}>{position}{named}{graphic}</wp:anchor></w:drawing>"


def old_line(paragraph: Any, left: int, width: int) -> None:
    """A straight line as Word 2003 drew it."""
    start, end = left * 72 / 25.4, (left + width) * 72 / 25.4
    line = f'<v:line from="{start:.1f}pt,2pt" to="{end:.1f}pt,2pt" strokeweight=".75pt"/>'
    paragraph._p.append(xml(f"<w:r><w:pict>{line}</w:pict></w:r>"))


def border_line(paragraph: Any, left: int, width: int) -> None:
    """The lower border of the next, empty paragraph, drawn in by its indents."""
    below = paragraph._p.getparent().makeelement(qn("w:p"), {})
    paragraph._p.addnext(below)
    room = int(left * 56.7)
    below.append(
        xml(
            '<w:pPr><w:pBdr><w:top w:val="single" w:sz="6" w:space="1" w:color="auto"/></w:pBdr>'
            f'<w:ind w:left="{room}" w:right="{room}"/></w:pPr>'
        )
    )


def typed_line(paragraph: Any, left: int, width: int) -> None:
    """Hyphens in a paragraph of their own."""
    below = paragraph._p.getparent().makeelement(qn("w:p"), {})
    paragraph._p.addnext(below)
    below.append(xml('<w:pPr><w:jc w:val="center"/></w:pPr>'))
    below.append(xml(f"<w:r><w:t>{'-' * round(width / 1.64)}</w:t></w:r>"))


def underline(paragraph: Any, left: int, width: int) -> None:
    """The text itself underlined."""
    for run in paragraph.runs:
        run.underline = True


Line = Callable[[Any, int, int], None]


# --- headings ------------------------------------------------------------------------------------


def head_in_table(document: Doc, line: Line, *, thong_bao: bool = False) -> None:
    """Two cells without borders, as in the decree's own models."""
    left, right = table(document, 64, 96)
    fill_left(left, line, thong_bao=thong_bao)
    fill_right(right, line)


def table(document: Doc, *widths: int) -> list[Any]:
    made = document.add_table(1, len(widths))
    made.autofit = False
    for column, width in zip(made.columns, widths, strict=True):
        column.width = Mm(width)
        column.cells[0].width = Mm(width)
    margins = '<w:tblCellMar><w:left w:w="0" w:type="dxa"/><w:right w:w="0" w:type="dxa"/></w:tblCellMar>'
    made._tbl.tblPr.append(xml(margins))
    for cell in made.rows[0].cells:
        cell._tc.remove(cell.paragraphs[0]._p)
    return list(made.rows[0].cells)


def fill_left(cell: Any, line: Line, *, thong_bao: bool = False) -> None:
    centred(cell, CHU_QUAN)
    line(centred(cell, CO_QUAN, bold=True), 22, 20)
    centred(cell, SO_THONG_BAO if thong_bao else SO)
    if not thong_bao:
        centred(cell, VE_VIEC, 12).paragraph_format.space_before = Pt(6)


def fill_right(cell: Any, line: Line) -> None:
    centred(cell, QUOC_HIEU, 12, bold=True)
    line(centred(cell, TIEU_NGU, bold=True), 20, 56)
    centred(cell, NGAY, italic=True)


def head_in_rows(document: Doc, line: Line, *, thong_bao: bool = False) -> None:
    """A table of two rows: names above, number and date below."""
    made = document.add_table(2, 2)
    for row in made.rows:
        for cell, width in zip(row.cells, (64, 96), strict=True):
            cell.width = Mm(width)
            cell._tc.remove(cell.paragraphs[0]._p)
    (names, motto), (number, date) = (row.cells for row in made.rows)
    centred(names, CHU_QUAN)
    line(centred(names, CO_QUAN, bold=True), 20, 20)
    centred(motto, QUOC_HIEU, 12, bold=True)
    line(centred(motto, TIEU_NGU, bold=True), 18, 56)
    centred(number, SO_THONG_BAO if thong_bao else SO)
    if not thong_bao:
        centred(number, VE_VIEC, 12)
    centred(date, NGAY, italic=True)


def head_in_nested_table(document: Doc, line: Line, *, thong_bao: bool = False) -> None:
    """A table in the cell of a table, as copying from another letter makes it."""
    (outer,) = table(document, TEXT_WIDTH)
    made = outer.add_table(1, 2)
    for cell, width in zip(made.rows[0].cells, (64, 96), strict=True):
        cell.width = Mm(width)
        cell._tc.remove(cell.paragraphs[0]._p)
    fill_left(made.rows[0].cells[0], line, thong_bao=thong_bao)
    fill_right(made.rows[0].cells[1], line)
    outer.add_paragraph()


def head_by_tabs(document: Doc, line: Line, *, thong_bao: bool = False) -> None:
    """Both columns on one line, each centred about a tab stop."""
    rows = [
        ((CHU_QUAN, {}), (QUOC_HIEU, {"bold": True, "size": 12})),
        ((CO_QUAN, {"bold": True}), (TIEU_NGU, {"bold": True})),
        ((SO_THONG_BAO if thong_bao else SO, {}), (NGAY, {"italic": True})),
    ]
    for left, right in rows:
        paragraph = document.add_paragraph()
        for text, look in (left, right):
            add(paragraph, "\t")
            add(paragraph, text, **look)
        for place in (32, 112):
            paragraph.paragraph_format.tab_stops.add_tab_stop(Mm(place), WD_TAB_ALIGNMENT.CENTER)
        if left[0] == CO_QUAN and line is not typed_line:
            line(paragraph, 22, 20)
            line(paragraph, 84, 56)
    if not thong_bao:
        subject = document.add_paragraph()
        add(subject, f"\t{VE_VIEC}", 12)
        subject.paragraph_format.tab_stops.add_tab_stop(Mm(42), WD_TAB_ALIGNMENT.CENTER)


def head_by_spaces(document: Doc, line: Line, *, thong_bao: bool = False) -> None:
    """The space bar pressed until it looks right."""
    first = document.add_paragraph()
    add(first, f"{CHU_QUAN}          ")
    add(first, QUOC_HIEU, 12, bold=True)
    second = document.add_paragraph()
    add(second, f"{CO_QUAN}                  {TIEU_NGU}", bold=True)
    third = document.add_paragraph()
    add(third, f"{SO_THONG_BAO if thong_bao else SO}               ")
    add(third, NGAY, italic=True)
    if not thong_bao:
        typed(document, VE_VIEC, 12).paragraph_format.right_indent = Mm(75)


def head_in_text_boxes(document: Doc, line: Line, *, thong_bao: bool = False) -> None:
    """Two text boxes without borders, anchored in the first paragraph."""
    left = [(CHU_QUAN, ""), (CO_QUAN, "<w:b/>"), (SO_THONG_BAO if thong_bao else SO, "")]
    right = [(QUOC_HIEU, '<w:b/><w:sz w:val="24"/>'), (TIEU_NGU, "<w:b/>"), (NGAY, "<w:i/>")]
    if not thong_bao:
        left.append((VE_VIEC, '<w:sz w:val="24"/>'))
    anchor = document.add_paragraph()
    for place, width, texts in ((0, 64, left), (64, 98, right)):
        anchor._p.append(text_box(place, width, 26, texts))


def text_box(left: int, width: int, size: int, texts: list[tuple[str, str]]) -> Any:
    """A text box ``left`` mm right of the column; ``texts`` are paragraphs with the properties of their runs."""
    inside = "".join(
        f'<w:p><w:pPr><w:jc w:val="center"/></w:pPr><w:r><w:rPr>{look}{"" if "w:sz" in look else _size(size)}</w:rPr>'
        f"<w:t>{text}</w:t></w:r></w:p>"
        for text, look in texts
    )
    form = f'<a:xfrm><a:off x="0" y="0"/><a:ext cx="{width * 36000}" cy="{28 * 36000}"/></a:xfrm>'
    shape = (
        f'<wps:wsp><wps:cNvSpPr txBox="1"/><wps:spPr>{form}<a:prstGeom prst="rect"><a:avLst/></a:prstGeom>'
        "<a:ln><a:noFill/></a:ln></wps:spPr>"
        f"<wps:txbx><w:txbxContent>{inside}</w:txbxContent></wps:txbx><wps:bodyPr/></wps:wsp>"
    )
    return xml(f"<w:r>{anchored(shape, left, width, 28)}</w:r>")


def _size(half_points: int) -> str:
    return f'<w:sz w:val="{half_points}"/>'


def head_in_columns(document: Doc, line: Line, *, thong_bao: bool = False) -> None:
    """A section of two columns for the heading, then one of a single column for the text."""
    centred(document, CHU_QUAN)
    line(centred(document, CO_QUAN, bold=True), 22, 20)
    centred(document, SO_THONG_BAO if thong_bao else SO)
    if not thong_bao:
        centred(document, VE_VIEC, 12)
    motto = document.add_paragraph()
    motto.alignment = CENTER
    motto.add_run()._r.append(xml('<w:br w:type="column"/>'))
    add(motto, QUOC_HIEU, 12, bold=True)
    line(centred(document, TIEU_NGU, bold=True), 17, 56)
    centred(document, NGAY, italic=True)
    columns = '<w:cols w:num="2" w:equalWidth="0"><w:col w:w="3628" w:space="284"/><w:col w:w="5160"/></w:cols>'
    section = document.sections[0]._sectPr
    for old in section.findall(qn("w:cols")):
        section.remove(old)
    section.append(xml(columns))
    after = document.add_section(WD_SECTION.CONTINUOUS)._sectPr
    for old in after.findall(qn("w:cols")):
        after.remove(old)
    after.append(xml("<w:cols/>"))


# --- texts ---------------------------------------------------------------------------------------


def opening(document: Doc, *, thong_bao: bool = False) -> None:
    """The addressee of a công văn, or name and subject of a thông báo."""
    if thong_bao:
        centred(document, TEN_LOAI, 14, bold=True).paragraph_format.space_before = Pt(12)
        line = centred(document, TRICH_YEU, 14, bold=True)
        drawn_line(line, 62, 36)
        return
    paragraph = centred(document, KINH_GUI, 14)
    paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = Pt(12)


def body_by_hand(document: Doc) -> None:
    """Numbers typed, the look set on every paragraph."""
    first, one, two, last = BODY
    for text in (first, f"1. {one}", f"2. {two}", last):
        _as_text(typed(document, text, 14))


def _as_text(paragraph: Any) -> None:
    form = paragraph.paragraph_format
    form.alignment, form.first_line_indent, form.space_before = JUSTIFY, Mm(10), Pt(6)


def body_by_list(document: Doc) -> None:
    """Numbers Word counts."""
    numbering = document.part.numbering_part.element
    level = '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl>'
    numbering.insert(0, xml(f'<w:abstractNum w:abstractNumId="77">{level}</w:abstractNum>'))
    numbering.append(xml('<w:num w:numId="77"><w:abstractNumId w:val="77"/></w:num>'))
    first, one, two, last = BODY
    _as_text(typed(document, first, 14))
    for text in (one, two):
        paragraph = typed(document, text, 14)
        paragraph._p.get_or_add_pPr().append(xml('<w:numPr><w:ilvl w:val="0"/><w:numId w:val="77"/></w:numPr>'))
        _as_text(paragraph)
    _as_text(typed(document, last, 14))


def body_by_styles(document: Doc) -> None:
    """A style based on one that is based on another; the paragraphs themselves say nothing."""
    base = document.styles.add_style("Văn bản", 1)
    base.base_style = document.styles["Normal"]
    base.paragraph_format.alignment = JUSTIFY
    middle = document.styles.add_style("Đoạn văn", 1)
    middle.base_style = base
    middle.paragraph_format.space_before = Pt(6)
    style = document.styles.add_style("Đoạn văn công văn", 1)
    style.base_style = middle
    style.paragraph_format.first_line_indent = Mm(10)
    first, one, two, last = BODY
    for text in (first, f"1. {one}", f"2. {two}", last):
        document.add_paragraph(text, style="Đoạn văn công văn")


def body_in_pieces(document: Doc) -> None:
    """Every few letters a run of their own, as spell checking and many hands leave them."""
    first, one, two, last = BODY
    for text in (first, f"1. {one}", f"2. {two}", last):
        paragraph = document.add_paragraph()
        for start in range(0, len(text), 7):
            add(paragraph, text[start : start + 7], 14)
        _as_text(paragraph)


def body_in_controls(document: Doc) -> None:
    """Paragraphs inside content controls and custom XML."""
    body_by_hand(document)
    paragraphs = document.element.body.findall(qn("w:p"))[-4:]
    for tag, paragraph in zip(("sdt", "customXml", "sdt", "sdt"), paragraphs, strict=True):
        inside = "<w:sdtContent/>" if tag == "sdt" else ""
        wrapper = xml(
            f'<w:{tag} w:element="doan">{inside}</w:{tag}>' if tag == "customXml" else f"<w:sdt>{inside}</w:sdt>"
        )
        paragraph.addprevious(wrapper)
        (wrapper[0] if tag == "sdt" else wrapper).append(paragraph)


def body_with_changes(document: Doc) -> None:
    """Words a colleague put in and took out, still to be accepted."""
    body_by_hand(document)
    last = document.element.body.findall(qn("w:p"))[-1]
    run = last.find(qn("w:r"))
    inserted = xml('<w:ins w:id="5" w:author="Mẫu"/>')
    run.addprevious(inserted)
    inserted.append(run)
    inserted.addnext(xml('<w:del w:id="6" w:author="Mẫu"><w:r><w:delText>Xin cảm ơn.</w:delText></w:r></w:del>'))


# --- ends ----------------------------------------------------------------------------------------


def end_in_table(document: Doc) -> None:
    """Recipients left and signature right, in two cells without borders."""
    left, right = table(document, 70, 90)
    fill_recipients(left)
    fill_signature(right)


def fill_recipients(cell: Any) -> None:
    typed(cell, "Nơi nhận:", 12, bold=True, italic=True)
    for text in NOI_NHAN:
        typed(cell, text, 11)


def fill_signature(cell: Any) -> None:
    for text in QUYEN_HAN:
        centred(cell, text, 14, bold=True)
    centred(cell, HO_TEN, 14, bold=True).paragraph_format.space_before = Pt(72)


def end_by_tabs(document: Doc) -> None:
    """Recipients at the edge and the signature about a tab stop, line by line."""
    rows = [
        (("Nơi nhận:", {"size": 12, "bold": True, "italic": True}), QUYEN_HAN[0]),
        ((NOI_NHAN[0], {"size": 11}), QUYEN_HAN[1]),
        ((NOI_NHAN[1], {"size": 11}), ""),
        ((NOI_NHAN[2], {"size": 11}), ""),
        (("", {}), HO_TEN),
    ]
    for (left, look), right in rows:
        paragraph = document.add_paragraph()
        add(paragraph, left, **look)
        if right:
            add(paragraph, f"\t{right}", 14, bold=True)
        paragraph.paragraph_format.tab_stops.add_tab_stop(Mm(115), WD_TAB_ALIGNMENT.CENTER)


def end_by_indents(document: Doc) -> None:
    """The signature below the recipients' side by a wide left indent, before them."""
    for text in (*QUYEN_HAN, "", "", "", HO_TEN):
        centred(document, text, 14, bold=True).paragraph_format.left_indent = Mm(75)
    typed(document, "Nơi nhận:", 12, bold=True, italic=True)
    for text in NOI_NHAN:
        typed(document, text, 11)


def end_in_lines_of_a_cell(document: Doc) -> None:
    """All lines of a side in one paragraph, with line breaks between."""
    left, right = table(document, 70, 90)
    recipients = left.add_paragraph()
    add(recipients, "Nơi nhận:", 12, bold=True, italic=True)
    for text in NOI_NHAN:
        recipients.add_run().add_break()
        add(recipients, text, 11)
    signature = right.add_paragraph()
    signature.alignment = CENTER
    for text in (*QUYEN_HAN, "", "", ""):
        add(signature, text, 14, bold=True).add_break()
    add(signature, HO_TEN, 14, bold=True)


def end_by_automatic_dashes(document: Doc) -> None:
    """The dashes of the recipients are bullets of Word's."""
    numbering = document.part.numbering_part.element
    level = '<w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText w:val="-"/></w:lvl>'
    numbering.insert(0, xml(f'<w:abstractNum w:abstractNumId="78">{level}</w:abstractNum>'))
    numbering.append(xml('<w:num w:numId="78"><w:abstractNumId w:val="78"/></w:num>'))
    left, right = table(document, 70, 90)
    typed(left, "Nơi nhận:", 12, bold=True, italic=True)
    for text in NOI_NHAN:
        paragraph = typed(left, text.removeprefix("- "), 11)
        paragraph._p.get_or_add_pPr().append(xml('<w:numPr><w:ilvl w:val="0"/><w:numId w:val="78"/></w:numPr>'))
    fill_signature(right)


def end_in_text_box(document: Doc) -> None:
    """The signature in a text box beside the recipients."""
    anchor = document.add_paragraph()
    lines = [(text, "<w:b/>") for text in (*QUYEN_HAN, "", "", "", HO_TEN)]
    anchor._p.append(text_box(70, 90, 28, lines))
    typed(document, "Nơi nhận:", 12, bold=True, italic=True)
    for text in NOI_NHAN:
        typed(document, text, 11)


# --- writers -------------------------------------------------------------------------------------


def by_word(docx: bytes) -> bytes:
    return docx


def by_google(docx: bytes) -> bytes:
    """As Google Docs writes: decimals, every property spelt out, runs in content controls, no theme."""

    def rewrite(text: str) -> str:
        text = text.replace('w:w="11906"', 'w:w="11905.511811023622"').replace('w:h="16838"', 'w:h="16837.79527559055"')
        text = re.sub(r"<w:rPr>", '<w:rPr><w:rtl w:val="0"/>', text)
        control = r'<w:sdt><w:sdtPr><w:tag w:val="goog_rdk_0"/></w:sdtPr><w:sdtContent>\1</w:sdtContent></w:sdt>'
        return re.sub(r"(<w:r>(?:(?!<w:r>).)*?<w:t[ >][^<]*</w:t></w:r>)", control, text, count=6, flags=re.DOTALL)

    return with_part(docx, "word/document.xml", rewrite)


def by_wps(docx: bytes) -> bytes:
    """As WPS Writer writes: its own namespaces, East Asian fonts beside Times, hints on every run."""

    def rewrite(text: str) -> str:
        text = re.sub(r"<w:rPr>", '<w:rPr><w:rFonts w:hint="eastAsia"/>', text)
        space = ' xmlns:wpsCustomData="http://www.wps.cn/officeDocument/2013/wpsCustomData"'
        return text.replace("<w:document ", f"<w:document{space} ", 1)

    def fonts(text: str) -> str:
        return text.replace('w:ascii="Times New Roman"', 'w:ascii="Times New Roman" w:eastAsia="SimSun"')

    return with_part(with_part(docx, "word/document.xml", rewrite), "word/styles.xml", fonts)


def by_libreoffice(docx: bytes) -> bytes:
    """Opened and saved again by LibreOffice."""
    return converted(docx, "docx", "docx:MS Word 2007 XML")


def by_old_word(docx: bytes) -> bytes:
    """Saved as .doc."""
    return converted(docx, "doc", "doc:MS Word 97")


def printed(docx: bytes) -> bytes:
    """The PDF Word's users make of it, by LibreOffice."""
    return converted(docx, "pdf", "pdf")


def without_section(docx: bytes) -> bytes:
    """As some converters write: nothing said of paper and margins."""
    return with_part(
        docx,
        "word/document.xml",
        lambda text: re.sub(r"<w:sectPr(?:(?!<w:sectPr).)*</w:sectPr></w:body>", "</w:body>", text),
    )


def decomposed(docx: bytes) -> bytes:
    """As some programs on a Mac write: letters and their marks apart."""
    import unicodedata

    return with_part(docx, "word/document.xml", lambda text: unicodedata.normalize("NFD", text))


def with_part(docx: bytes, name: str, change: Callable[[str], str]) -> bytes:
    """``docx`` with one part changed as text."""
    source, target = zipfile.ZipFile(io.BytesIO(docx)), io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for part in source.namelist():
            content = source.read(part)
            archive.writestr(part, change(content.decode()).encode() if part == name else content)
    return target.getvalue()


@cache
def converted(source: bytes, kind: str, how: str) -> bytes:
    """``source``, a .docx, as LibreOffice saves it."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "in").mkdir()
        (folder / "in" / "thu.docx").write_bytes(source)
        profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
        command = [
            "soffice",
            profile,
            "--headless",
            "--convert-to",
            how,
            "--outdir",
            folder,
            folder / "in" / "thu.docx",
        ]
        subprocess.run(command, check=True, capture_output=True, timeout=120)
        return (folder / f"thu.{kind}").read_bytes()


@dataclass(frozen=True)
class ByHand:
    """One letter: who typed it how, and what wrote the file."""

    name: str
    head: Callable[..., None] = head_in_table
    line: Line = drawn_line
    body: Callable[[Doc], None] = body_by_hand
    end: Callable[[Doc], None] = end_in_table
    writer: Callable[[bytes], bytes] = by_word
    thong_bao: bool = False

    @property
    def needs_libreoffice(self) -> bool:
        return self.writer in {by_libreoffice, by_old_word, printed}

    @property
    def is_pdf(self) -> bool:
        return self.writer is printed

    def file(self) -> bytes:
        """The file as it lies on somebody's disk."""
        return _file(self)


@cache
def _file(letter: ByHand) -> bytes:
    document = blank()
    letter.head(document, letter.line, thong_bao=letter.thong_bao)
    opening(document, thong_bao=letter.thong_bao)
    letter.body(document)
    letter.end(document)
    document.add_paragraph()  # Word ends no text with a table
    target = io.BytesIO()
    document.save(target)
    return letter.writer(target.getvalue())


LETTERS = (
    ByHand("as the decree's own models"),
    ByHand("lines of Word 2003", line=old_line),
    ByHand("lines that are borders", line=border_line),
    ByHand("lines typed with hyphens", line=typed_line),
    ByHand("names underlined", line=underline),
    ByHand("a notice", thong_bao=True),
    ByHand("a notice with lines of Word 2003", thong_bao=True, line=old_line),
    ByHand("a heading of two rows", head=head_in_rows),
    ByHand("a heading of two rows, a notice", head=head_in_rows, thong_bao=True, line=border_line),
    ByHand("a table in a table", head=head_in_nested_table),
    ByHand("a heading by tabs", head=head_by_tabs),
    ByHand("a heading by tabs, a notice", head=head_by_tabs, thong_bao=True),
    ByHand("a heading by tabs with lines of Word 2003", head=head_by_tabs, line=old_line),
    ByHand("a heading by spaces", head=head_by_spaces),
    ByHand("a heading by spaces, a notice", head=head_by_spaces, thong_bao=True),
    ByHand("a heading in text boxes", head=head_in_text_boxes),
    ByHand("a heading in text boxes, a notice", head=head_in_text_boxes, thong_bao=True),
    ByHand("a heading of two columns", head=head_in_columns),
    ByHand("a heading of two columns, a notice", head=head_in_columns, thong_bao=True),
    ByHand("automatic lists", body=body_by_list),
    ByHand("styles three deep", body=body_by_styles),
    ByHand("text in pieces", body=body_in_pieces),
    ByHand("content controls", body=body_in_controls),
    ByHand("tracked changes", body=body_with_changes),
    ByHand("a signature by tabs", end=end_by_tabs),
    ByHand("a signature by indents", end=end_by_indents),
    ByHand("ends in lines of a cell", end=end_in_lines_of_a_cell),
    ByHand("dashes that are bullets", end=end_by_automatic_dashes),
    ByHand("a signature in a text box", end=end_in_text_box),
    ByHand("everything by tabs", head=head_by_tabs, end=end_by_tabs, body=body_by_list),
    ByHand("Google Docs", writer=by_google),
    ByHand("Google Docs, a notice", writer=by_google, thong_bao=True, body=body_by_list),
    ByHand("WPS Writer", writer=by_wps),
    ByHand("WPS Writer, by tabs", writer=by_wps, head=head_by_tabs, end=end_by_tabs),
    ByHand("nothing said of the paper", writer=without_section),
    ByHand("letters and marks apart", writer=decomposed),
    ByHand("LibreOffice", writer=by_libreoffice),
    ByHand("LibreOffice, by tabs, automatic lists", writer=by_libreoffice, head=head_by_tabs, body=body_by_list),
    ByHand("LibreOffice, two columns", writer=by_libreoffice, head=head_in_columns),
    ByHand("an old .doc", writer=by_old_word),
    ByHand("printed", writer=printed),
    ByHand("printed, a heading by tabs", writer=printed, head=head_by_tabs, end=end_by_tabs),
    ByHand("printed, a heading of two columns", writer=printed, head=head_in_columns, line=border_line),
    ByHand("printed, a notice", writer=printed, thong_bao=True),
)


def scanned(*lines: str) -> bytes:
    """A sheet of paper as a scanner saves it: one picture; ``lines`` are what its reading hides behind the picture."""
    with pikepdf.new() as pdf:
        page = pdf.add_blank_page(page_size=(595.276, 841.89))
        picture = pdf.make_stream(bytes([235]))
        picture.Type, picture.Subtype = pikepdf.Name.XObject, pikepdf.Name.Image
        picture.Width = picture.Height = 1
        picture.ColorSpace, picture.BitsPerComponent = pikepdf.Name.DeviceGray, 8
        times = pikepdf.Dictionary(
            Type=pikepdf.Name.Font,
            Subtype=pikepdf.Name.Type1,
            BaseFont=pikepdf.Name("/Times-Roman"),
            Encoding=pikepdf.Name.WinAnsiEncoding,
        )
        page.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(I0=picture), Font=pikepdf.Dictionary(F0=times))
        hidden = "".join(f"BT 3 Tr /F0 9 Tf 60 {700 - 20 * at} Td ({line}) Tj ET " for at, line in enumerate(lines))
        page.Contents = pdf.make_stream(f"{hidden}q 595 0 0 842 0 0 cm /I0 Do Q".encode())
        target = io.BytesIO()
        pdf.save(target)
        return target.getvalue()


HAS_LIBREOFFICE = shutil.which("soffice") is not None
