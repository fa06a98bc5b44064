"""What is read from Word files a test types with python-docx, with XML where it has no words for it."""

import base64
import io
import zipfile

import pytest
from docx import Document
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK, WD_TAB_ALIGNMENT
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt, RGBColor
from hypothesis import given
from hypothesis import strategies as st

from congvan.errors import CongvanError, UnreadableFileError
from congvan.inspect.docx.facts import read
from congvan.inspect.model import Cell
from congvan.text.width import text_width

MM = 25.4 / 72
PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)


@pytest.fixture
def document():
    """An A4 page with margins of 30 and 20 mm, its text in Times New Roman 14."""
    made = Document()
    section = made.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin, section.right_margin = Mm(30), Mm(20)
    section.top_margin, section.bottom_margin = Mm(20), Mm(20)
    made.styles["Normal"].font.name, made.styles["Normal"].font.size = "Times New Roman", Pt(14)
    return made


def facts_of(document):
    target = io.BytesIO()
    document.save(target)
    return read(target.getvalue())


def xml(text):
    """An element of WordprocessingML; the namespaces are added to the outermost tag."""
    tag = text[1:].split(" ", 1)[0].split(">", 1)[0].rstrip("/")
    return parse_xml(text.replace(f"<{tag}", f"<{tag} {nsdecls('w', 'wp', 'a', 'r')} {SHAPES}", 1))


SHAPES = (
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:v="urn:schemas-microsoft-com:vml"'
)


# --- looks ---------------------------------------------------------------------------------------


def test_a_run_takes_what_it_does_not_say_from_its_style_and_those_below(document):
    base = document.styles.add_style("Gốc", 1)
    base.base_style, base.font.size, base.font.italic = document.styles["Normal"], Pt(13), True
    style = document.styles.add_style("Con", 1)
    style.base_style, style.font.bold = base, True
    document.add_paragraph("Kính gửi", style="Con")
    (line,) = facts_of(document).lines

    assert (line.font.family, line.font.size, line.font.bold, line.font.italic) == ("Times New Roman", 13, True, True)
    assert line.paragraph_format.style == "Con"


def test_what_a_run_says_itself_goes_first(document):
    document.styles["Normal"].font.bold = True
    run = document.add_paragraph().add_run("Kính gửi")
    run.bold, run.font.size, run.font.color.rgb = False, Pt(12), RGBColor(255, 0, 0)
    font = facts_of(document).lines[0].font

    assert (font.bold, font.size, font.colour) == (False, 12, "FF0000")


def test_bold_of_paragraph_and_character_style_cancel_each_other(document):
    document.styles.add_style("Đậm", 1).font.bold = True
    document.styles.add_style("Nhấn", 2).font.bold = True
    document.add_paragraph(style="Đậm").add_run("Kính gửi", style="Nhấn")

    assert not facts_of(document).lines[0].font.bold


def test_a_font_of_the_theme_is_called_by_its_name(document):
    fonts = document.styles["Normal"].element.rPr.rFonts
    fonts.set(qn("w:asciiTheme"), "minorHAnsi")
    fonts.set(qn("w:hAnsiTheme"), "minorHAnsi")
    document.add_paragraph("Kinh gui")

    assert facts_of(document).lines[0].font.family in {"Cambria", "Calibri"}


def test_vietnamese_letters_in_another_font_are_told(document):
    fonts = document.styles["Normal"].element.rPr.rFonts
    fonts.set(qn("w:hAnsi"), "Arial")
    document.add_paragraph("Hòa")

    looks = [(span.text, span.font.family) for span in facts_of(document).lines[0].spans]
    assert looks == [("H", "Times New Roman"), ("ò", "Arial"), ("a", "Times New Roman")]


def test_capitals_are_read_as_shown_and_hidden_text_not_at_all(document):
    paragraph = document.add_paragraph()
    paragraph.add_run("Quyết định").font.all_caps = True
    paragraph.add_run(" bí mật").font.hidden = True
    (line,) = facts_of(document).lines

    assert (line.text, line.raw) == ("QUYẾT ĐỊNH", "Quyết định")


def test_deleted_text_is_gone_and_inserted_text_is_there(document):
    paragraph = document.add_paragraph("Kính ")
    paragraph._p.append(xml('<w:del w:id="1" w:author="a"><w:r><w:delText>biếu</w:delText></w:r></w:del>'))
    paragraph._p.append(xml('<w:ins w:id="2" w:author="a"><w:r><w:t>gửi</w:t></w:r></w:ins>'))

    assert facts_of(document).text == "Kính gửi"


# --- paragraphs ----------------------------------------------------------------------------------


def test_the_setting_of_a_paragraph_is_told_in_millimetres_points_and_lines(document):
    form = document.add_paragraph("Kính gửi").paragraph_format
    form.alignment, form.first_line_indent = WD_ALIGN_PARAGRAPH.JUSTIFY, Mm(10)
    form.space_before, form.line_spacing = Pt(6), 1.5
    paragraph_format = facts_of(document).lines[0].paragraph_format

    assert (paragraph_format.align, paragraph_format.before, paragraph_format.spacing, paragraph_format.exact) == (
        "both",
        6,
        1.5,
        None,
    )
    assert paragraph_format.first_line == pytest.approx(10, abs=0.02)


def test_an_exact_spacing_is_told_in_points(document):
    document.add_paragraph("Kính gửi").paragraph_format.line_spacing = Pt(18)
    paragraph_format = facts_of(document).lines[0].paragraph_format

    assert (paragraph_format.spacing, paragraph_format.exact) == (None, 18)


def test_a_hanging_indent_is_a_negative_one_and_goes_before_the_other(document):
    paragraph = document.add_paragraph("Kính gửi")
    paragraph._p.get_or_add_pPr().append(xml('<w:ind w:start="1134" w:firstLine="567" w:hanging="283"/>'))
    paragraph_format = facts_of(document).lines[0].paragraph_format

    assert paragraph_format.left == pytest.approx(20, abs=0.02)
    assert paragraph_format.first_line == pytest.approx(-5, abs=0.02)


def test_a_line_ended_by_hand_is_a_line_of_the_same_paragraph(document):
    run = document.add_paragraph().add_run("CÔNG TY")
    run.add_break(WD_BREAK.LINE)
    run.add_text("ĐIỆN LỰC")

    assert [(line.text, line.paragraph) for line in facts_of(document).lines] == [("CÔNG TY", 1), ("ĐIỆN LỰC", 1)]


@pytest.mark.parametrize(("align", "share"), [("LEFT", 0), ("CENTER", 0.5), ("RIGHT", 1)])
def test_a_line_stands_where_its_alignment_puts_it(document, align, share):
    document.add_paragraph("Kính gửi").alignment = WD_ALIGN_PARAGRAPH[align]
    (line,) = facts_of(document).lines
    width = text_width("Kính gửi", 14) * MM

    assert line.left == pytest.approx(30 + (160 - width) * share, abs=0.1)
    assert line.width == pytest.approx(width)


def test_a_tab_parts_two_columns_and_stops_where_it_is_told(document):
    paragraph = document.add_paragraph("SỞ CÔNG THƯƠNG\tĐộc lập - Tự do - Hạnh phúc")
    paragraph.paragraph_format.tab_stops.add_tab_stop(Mm(70))
    left, right = facts_of(document).lines

    assert (left.text, right.text) == ("SỞ CÔNG THƯƠNG", "Độc lập - Tự do - Hạnh phúc")
    assert right.left == pytest.approx(100, abs=0.1)


@pytest.mark.parametrize(("kind", "share"), [("CENTER", 0.5), ("RIGHT", 1)])
def test_text_stands_about_its_tab_stop_as_the_stop_wants(document, kind, share):
    paragraph = document.add_paragraph("\tGIÁM ĐỐC")
    paragraph.paragraph_format.tab_stops.add_tab_stop(Mm(110), WD_TAB_ALIGNMENT[kind])
    (line,) = facts_of(document).lines

    assert line.left + line.width * share == pytest.approx(140, abs=0.1)


def test_without_stops_of_its_own_a_paragraph_has_words(document):
    document.add_paragraph("\t\tGIÁM ĐỐC")

    assert facts_of(document).lines[0].left == pytest.approx(30 + 25.4, abs=0.1)


def test_underlined_text_has_a_rule(document):
    document.add_paragraph().add_run("Độc lập").underline = True
    facts = facts_of(document)

    assert [(rule.kind, rule.length) for rule in facts.rules] == [("underline", facts.lines[0].width)]


def test_a_border_below_a_paragraph_is_a_rule_between_its_indents(document):
    properties = document.add_paragraph("Kính gửi")._p.get_or_add_pPr()
    properties.append(xml('<w:pBdr><w:bottom w:val="single" w:sz="8" w:space="1" w:color="auto"/></w:pBdr>'))
    properties.append(xml('<w:ind w:left="567" w:right="1134"/>'))
    (rule,) = facts_of(document).rules

    assert (rule.kind, rule.thickness, rule.paragraph, rule.above) == ("border", 1, 1, False)
    assert (rule.left, rule.right) == (pytest.approx(40, abs=0.02), pytest.approx(170, abs=0.02))


# --- lists ---------------------------------------------------------------------------------------

LEVELS = (
    '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="upperRoman"/><w:lvlText w:val="%1."/>'
    '<w:pPr><w:ind w:left="567"/></w:pPr></w:lvl>'
    '<w:lvl w:ilvl="1"><w:start w:val="3"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1.%2)"/></w:lvl>'
)
BULLETS = '<w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText w:val="\uf0b7"/></w:lvl>'


def listed(document, text, number, level=0):
    paragraph = document.add_paragraph(text)
    paragraph._p.get_or_add_pPr().append(
        xml(f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>')
    )


@pytest.fixture
def lists(document):
    """A document with a numbered list 91 and a list of bullets 92."""
    numbering = document.part.numbering_part.element
    for number, levels in ((91, LEVELS), (92, BULLETS)):
        kind = xml(f'<w:abstractNum w:abstractNumId="{number}">{levels}</w:abstractNum>')
        numbering.insert(0, kind)
        numbering.append(xml(f'<w:num w:numId="{number}"><w:abstractNumId w:val="{number}"/></w:num>'))
    return document


def test_the_numbers_word_counts_are_read_with_the_text(lists):
    for text, level in (("Một", 0), ("hai", 1), ("ba", 1), ("Bốn", 0), ("năm", 1)):
        listed(lists, text, 91, level)

    assert facts_of(lists).text.splitlines() == ["I. Một", "I.3) hai", "I.4) ba", "II. Bốn", "II.3) năm"]


def test_a_bullet_of_a_symbol_font_is_a_bullet(lists):
    listed(lists, "Như trên", 92)

    assert facts_of(lists).text == "• Như trên"


def test_the_indent_of_a_list_level_counts(lists):
    listed(lists, "Một", 91)

    assert facts_of(lists).lines[0].paragraph_format.left == pytest.approx(10, abs=0.02)


def test_a_list_the_document_does_not_define_has_no_numbers(lists):
    listed(lists, "Một", 7777)

    assert facts_of(lists).text == "Một"


# --- tables --------------------------------------------------------------------------------------


def test_cells_are_read_row_by_row_with_their_place_across_the_page(document):
    table = document.add_table(2, 2)
    for row, names in zip(table.rows, (("một", "hai"), ("ba", "bốn")), strict=True):
        for cell, name in zip(row.cells, names, strict=True):
            cell.text, cell.width = name, Mm(80)
    facts = facts_of(document)

    assert [(line.text, line.cell) for line in facts.lines] == [
        ("một", Cell(1, 1, 1)),
        ("hai", Cell(1, 1, 2)),
        ("ba", Cell(1, 2, 1)),
        ("bốn", Cell(1, 2, 2)),
    ]
    assert facts.lines[1].left == pytest.approx(30 + facts.tables[0].widths[0] + 1.9, abs=0.1)
    assert not facts.tables[0].bordered


def test_a_table_with_lines_is_told_from_one_without(document):
    document.add_table(1, 2, style="Table Grid")

    assert facts_of(document).tables[0].bordered


def test_a_merged_cell_is_read_once(document):
    table = document.add_table(2, 2)
    table.cell(0, 0).merge(table.cell(1, 0)).text = "gộp"
    table.cell(1, 1).text = "riêng"

    assert [(line.text, line.cell.column) for line in facts_of(document).lines] == [("gộp", 1), ("riêng", 2)]


def test_a_border_of_one_cell_is_a_rule(document):
    table = document.add_table(1, 2)
    table.cell(0, 1).text = "Độc lập"
    line = '<w:tcBorders><w:bottom w:val="single" w:sz="6" w:color="000000"/></w:tcBorders>'
    table.cell(0, 1)._tc.get_or_add_tcPr().append(xml(line))
    facts = facts_of(document)

    assert [(rule.kind, rule.paragraph, rule.above) for rule in facts.rules] == [
        ("border", facts.lines[0].paragraph, False)
    ]


# --- pages ---------------------------------------------------------------------------------------


def test_each_section_is_a_sheet_with_its_paper_and_margins(document):
    second = document.add_section(WD_SECTION.NEW_PAGE)
    second.orientation, second.page_width, second.page_height = WD_ORIENT.LANDSCAPE, Mm(297), Mm(210)
    second._sectPr.append(xml('<w:pgNumType w:start="1"/>'))
    document.add_paragraph("Phụ lục")
    facts = facts_of(document)

    assert [(round(sheet.width), round(sheet.height), sheet.first_number) for sheet in facts.sheets] == [
        (210, 297, None),
        (297, 210, 1),
    ]
    assert facts.sheets[0].margins.left == pytest.approx(30, abs=0.02)
    assert next(line.page for line in facts.lines if line.text == "Phụ lục") == 2


def test_a_page_number_is_a_field_in_the_header(document):
    section = document.sections[0]
    section.different_first_page_header_footer = True
    section.header.paragraphs[0]._p.append(
        xml('<w:fldSimple w:instr=" PAGE \\* MERGEFORMAT "><w:r><w:t>2</w:t></w:r></w:fldSimple>')
    )
    section.first_page_footer.paragraphs[0].text = "Số 1 đại lộ Mẫu"
    document.add_paragraph("Kính gửi")
    facts = facts_of(document)

    assert [(line.text, line.region) for line in facts.lines] == [
        ("2", "header"),
        ("Kính gửi", "body"),
        ("Số 1 đại lộ Mẫu", "footer"),
    ]
    assert "PAGE" in facts.lines[0].fields
    assert facts.sheets[0].number_on_first is False
    assert [line.paragraph for line in facts.lines] == [2, 1, 3]  # those of the body first, as people count them


# --- drawings ------------------------------------------------------------------------------------


def drawing(form, *, width, height, inside="", left=0):
    shape = f'<wps:wsp><wps:spPr><a:prstGeom prst="{form}"/><a:ln w="12700"/></wps:spPr>{inside}</wps:wsp>'
    position = f'<wp:positionH relativeFrom="column"><wp:posOffset>{left * 36000}</wp:posOffset></wp:positionH>'
    extent = f'<wp:extent cx="{width * 36000}" cy="{height * 36000}"/>'
    data = f"<a:graphic><a:graphicData>{shape}</a:graphicData></a:graphic>"
    return f"<w:drawing><wp:anchor>{position}{extent}{data}</wp:anchor></w:drawing>"


def test_a_line_drawn_is_a_rule(document):
    run = xml(f"<w:r>{drawing('line', width=56, height=0, left=80)}</w:r>")
    document.add_paragraph()._p.append(run)
    (rule,) = facts_of(document).rules

    assert (rule.kind, rule.top, rule.thickness) == ("drawn", None, 1)
    assert (rule.left, rule.length) == (pytest.approx(110, abs=0.02), pytest.approx(56))


def test_a_text_box_is_read_once_though_word_writes_it_twice(document):
    inside = "<wps:txbx><w:txbxContent><w:p><w:r><w:t>HỎA TỐC</w:t></w:r></w:p></w:txbxContent></wps:txbx>"
    old = "<w:pict><v:rect><v:textbox><w:txbxContent><w:p><w:r><w:t>HỎA TỐC</w:t></w:r></w:p></w:txbxContent></v:textbox></v:rect></w:pict>"
    new = drawing("rect", width=30, height=8, inside=inside)
    both = f'<mc:AlternateContent><mc:Choice Requires="wps">{new}</mc:Choice><mc:Fallback>{old}</mc:Fallback></mc:AlternateContent>'
    document.add_paragraph()._p.append(xml(f"<w:r>{both}</w:r>"))
    facts = facts_of(document)

    assert [(line.text, line.region) for line in facts.lines] == [("HỎA TỐC", "text-box")]
    assert facts.text_boxes == 1
    assert [(frame.width, frame.height) for frame in facts.frames] == [(pytest.approx(30), pytest.approx(8))]


def test_a_picture_is_told_with_its_size(document):
    document.add_picture(io.BytesIO(PIXEL), width=Mm(30), height=Mm(20))
    (picture,) = facts_of(document).pictures

    assert (picture.width, picture.height) == (pytest.approx(30, abs=0.01), pytest.approx(20, abs=0.01))


def test_a_paragraph_with_lines_all_around_is_a_frame(document):
    paragraph = document.add_paragraph("KHẨN")
    sides = "".join(f'<w:{side} w:val="single" w:sz="8" w:space="4"/>' for side in ("top", "left", "bottom", "right"))
    paragraph._p.get_or_add_pPr().append(xml(f"<w:pBdr>{sides}</w:pBdr>"))
    paragraph.paragraph_format.line_spacing = Pt(15)
    (frame,) = facts_of(document).frames

    assert frame.width == pytest.approx(160 + 2 * 5 * MM, abs=0.02)
    assert frame.height == pytest.approx((15 + 2 * 5) * MM, abs=0.02)


# --- the file ------------------------------------------------------------------------------------


def test_language_and_properties_are_told(document):
    document.core_properties.title = "phối hợp tuyên truyền"
    document.core_properties.author = "Công ty Điện lực Mẫu"
    run = document.add_paragraph().add_run("Kính gửi")
    run._r.get_or_add_rPr().append(xml('<w:lang w:val="vi-VN"/>'))
    facts = facts_of(document)

    assert (facts.language, facts.title, facts.author) == ("vi-VN", "phối hợp tuyên truyền", "Công ty Điện lực Mẫu")


def test_a_file_that_is_missing_is_unreadable(tmp_path):
    with pytest.raises(UnreadableFileError, match=r"thu\.docx"):
        read(tmp_path / "thu.docx")


@given(st.binary(max_size=100))
def test_no_bytes_make_the_reader_fail_in_another_way(content):
    with pytest.raises(UnreadableFileError, match="thu"):
        read(b"PK\3\4" + content, "thu")


@pytest.mark.parametrize("gone", ["word/document.xml", "[Content_Types].xml", "_rels/.rels"])
def test_a_package_without_one_of_its_parts_is_refused(docx_with, gone):
    source, target = zipfile.ZipFile(io.BytesIO(docx_with("Kính gửi"))), io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name in source.namelist():
            if name != gone:
                archive.writestr(name, source.read(name))

    with pytest.raises(CongvanError):
        read(target.getvalue())


def without_section(document):
    """The bytes of ``document`` without the properties of its last section, as some programs write it."""
    body = document.element.body
    body.remove(body.sectPr)
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


def test_a_document_without_section_properties_is_read_and_its_paper_is_only_assumed(document):
    document.add_paragraph("Kính gửi: UBND xã Mẫu")
    facts = read(without_section(document))

    assert facts.text == "Kính gửi: UBND xã Mẫu"
    assert [sheet.assumed for sheet in facts.sheets] == [True]


def test_the_last_section_may_lack_its_properties_after_one_that_has_them(document):
    document.add_paragraph("Điều 1")
    document.add_section(WD_SECTION.NEW_PAGE)
    document.add_paragraph("Phụ lục")
    facts = read(without_section(document))

    assert [(line.text, line.page) for line in facts.lines] == [("Điều 1", 1), ("Phụ lục", 2)]
    assert [sheet.assumed for sheet in facts.sheets] == [False, True]


def test_paper_in_decimals_is_measured(document):
    document.add_paragraph("Kính gửi")
    document.sections[0]._sectPr.find(qn("w:pgSz")).set(qn("w:w"), "11905.511811023622")

    assert facts_of(document).sheets[0].width == pytest.approx(210, abs=0.01)


def test_a_gutter_is_part_of_the_left_margin(document):
    document.add_paragraph("Kính gửi")
    document.sections[0].gutter = Mm(5)

    assert facts_of(document).sheets[0].margins.left == pytest.approx(35, abs=0.05)


def test_headers_of_even_pages_are_read_where_they_print(document):
    document.add_paragraph("Kính gửi")
    document.sections[0].header.paragraphs[0].text = "trang lẻ"
    document.sections[0].even_page_header.paragraphs[0].text = "trang chẵn"
    unused = facts_of(document)
    document.settings.odd_and_even_pages_header_footer = True

    assert [line.text for line in unused.lines] == ["trang lẻ", "Kính gửi"]
    assert [line.text for line in facts_of(document).lines] == ["trang lẻ", "trang chẵn", "Kính gửi"]


ROW = "<w:tr><w:tc><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:tc></w:tr>"
WRAPPERS = {
    "a content control": "<w:sdt><w:sdtContent>{}</w:sdtContent></w:sdt>",
    "custom XML": '<w:customXml w:element="hang">{}</w:customXml>',
    "an insertion": '<w:ins w:id="1" w:author="a">{}</w:ins>',
    "two of them": '<w:sdt><w:sdtContent><w:customXml w:element="hang">{}</w:customXml></w:sdtContent></w:sdt>',
}


@pytest.mark.parametrize("wrapper", WRAPPERS.values(), ids=WRAPPERS)
def test_rows_in_wrappers_are_rows(document, wrapper):
    rows = ROW.format("một") + wrapper.format(ROW.format("hai")) + ROW.format("ba")
    table = f'<w:tbl><w:tblPr/><w:tblGrid><w:gridCol w:w="4000"/></w:tblGrid>{rows}</w:tbl>'
    document.element.body.insert(0, xml(table))

    assert [(line.text, line.cell.row) for line in facts_of(document).lines] == [("một", 1), ("hai", 2), ("ba", 3)]


def test_a_cell_and_a_paragraph_in_content_controls_are_read(document):
    cell = "<w:sdt><w:sdtContent><w:tc><w:p><w:r><w:t>ô</w:t></w:r></w:p></w:tc></w:sdtContent></w:sdt>"
    table = f'<w:tbl><w:tblPr/><w:tblGrid><w:gridCol w:w="4000"/></w:tblGrid><w:tr>{cell}</w:tr></w:tbl>'
    document.element.body.insert(0, xml(table))
    document.element.body.insert(
        1, xml("<w:sdt><w:sdtContent><w:p><w:r><w:t>đoạn</w:t></w:r></w:p></w:sdtContent></w:sdt>")
    )

    assert facts_of(document).text == "ô\nđoạn"


def test_a_protected_document_says_so(document):
    document.add_paragraph("Kính gửi")
    before = facts_of(document).protected
    document.settings.element.append(xml('<w:documentProtection w:edit="readOnly" w:enforcement="1"/>'))

    assert (before, facts_of(document).protected) == (False, True)
