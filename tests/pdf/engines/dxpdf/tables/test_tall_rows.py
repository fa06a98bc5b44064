"""A row of a table goes on over the next page where it is taller than the room on one, and no word of it is lost."""

import io
import re
import zipfile
from collections import Counter

import pikepdf
import pytest
from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Pt

import congvan
from congvan.errors import EngineError
from congvan.pdf.convert import convert_one
from congvan.pdf.engine import Bundle
from congvan.pdf.engines.dxpdf.tables.tall_rows import find_tall_rows
from congvan.pdf.metadata import PdfMetadata
from congvan.pdf.split.bundle_splitter import split_bundle
from congvan.word import bundle, render_docx, render_letter, template_for
from congvan.word.builtin.sample import sample

FOOT = 277
"""Where the text of a page ends, in mm from its top."""
SIDES = ("top", "left", "bottom", "right", "insideH", "insideV")
BORDERS = "".join(f'<w:{side} w:val="single" w:sz="4"/>' for side in SIDES)
NOT_SPLIT, HEAD = "<w:cantSplit/>", "<w:tblHeader/>"
INSERTED = '<w:ins w:id="1" w:author="Lê Văn Mẫu"><w:r>'
LONG = " ".join(f"câu số {number};" for number in range(1, 700))


def paragraph(text="", properties=""):
    return f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"


def lines(count, word="dòng"):
    return "".join(paragraph(f"{word} {number}") for number in range(1, count + 1))


def cell(content, merged="", width=3000):
    content = content if content.startswith("<w:") else paragraph(content)
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{merged}</w:tcPr>{content}</w:tc>'


def row(*cells, properties=""):
    inside = "".join(each if each.startswith("<w:tc>") else cell(each) for each in cells)
    return f"<w:tr><w:trPr>{properties}</w:trPr>{inside}</w:tr>"


def table(*rows, properties="", width=3000):
    own_cells = re.sub("<w:tbl>.*</w:tbl>", "", rows[0]).count("<w:tc>")
    columns = f'<w:gridCol w:w="{width}"/>' * own_cells
    return f"<w:tbl><w:tblPr>{properties}<w:tblBorders>{BORDERS}</w:tblBorders></w:tblPr><w:tblGrid>{columns}</w:tblGrid>{''.join(rows)}</w:tbl>"


def merged(number, text):
    """The cell of a column merged over all rows, in row ``number`` from 0."""
    return cell(text if number == 0 else paragraph(), '<w:vMerge w:val="restart"/>' if number == 0 else "<w:vMerge/>")


def inner(*rows):
    return table(*rows, width=1200) + paragraph("cuối ô")


ROWS = {
    "a row that is not to split": [row(lines(80), "bên cạnh", properties=NOT_SPLIT)],
    "a plain row": [row(lines(80), lines(3, "bên cạnh"))],
    "two tall cells": [row(lines(80), lines(70, "phải"), properties=NOT_SPLIT)],
    "one long paragraph": [row(LONG, lines(3, "bên cạnh"), properties=NOT_SPLIT)],
    "lines of one paragraph": [row(re.sub("</w:t></w:r></w:p><w:p>.*?<w:t>", "</w:t><w:br/><w:t>", lines(80)), "a")],
    "a row at least so high": [row(lines(80), "a", properties=f'{NOT_SPLIT}<w:trHeight w:val="4000"/>')],
    "a tall row below heads": [row("TT", "Nội dung", properties=HEAD), row("1", lines(80), properties=NOT_SPLIT)],
    "a tall head": [row("TT", lines(60, "đầu"), properties=HEAD), row("1", "một")],
    "a head and a row that fit only apart": [row("TT", lines(20, "đầu"), properties=HEAD), row("1", lines(35))],
    "a table in a cell": [row(inner(*(row(f"hàng {number}") for number in range(120))), lines(5, "bên cạnh"))],
    "a tall row of a table in a cell": [row(inner(row(lines(120), "a")), "bên cạnh")],
    "a long paragraph of a table in a cell": [row(inner(row(LONG)), "bên cạnh")],
    "a table in a table in a cell": [row(inner(row(inner(*(row(f"sâu {number}") for number in range(90))))))],
    "merged cells of a table in a cell": [row(inner(*(row(merged(n, "Huyện"), f"Thôn {n}") for n in range(60))))],
    "merged cells": [row(merged(n, "Huyện Mẫu"), f"Thôn {n}") for n in range(60)],
    "merged cells of much text": [row(merged(n, lines(60, "gộp")), f"Thôn {n}") for n in range(3)],
    "merged cells beside tall rows": [
        row(merged(n, "Huyện"), lines(30, f"T{n}"), properties=NOT_SPLIT) for n in range(4)
    ],
    "text inserted by a colleague": [
        row(lines(80).replace("<w:r>", INSERTED).replace("</w:r>", "</w:r></w:ins>"), properties=NOT_SPLIT)
    ],
    "large type": [row(lines(20).replace("<w:r>", '<w:r><w:rPr><w:sz w:val="120"/></w:rPr>'), properties=NOT_SPLIT)],
}


def docx_of(*blocks):
    document = Document()
    normal, section = document.styles["Normal"], document.sections[0]
    normal.font.name, normal.font.size = "Times New Roman", Pt(14)
    section.page_width, section.page_height = Pt(595.3), Pt(841.9)
    section.top_margin = section.bottom_margin = Pt(56.7)
    normal.paragraph_format.space_after, normal.paragraph_format.line_spacing = Pt(0), 1
    for element in parse_xml(f"<w:body {nsdecls('w')}>{''.join(blocks)}</w:body>"):
        document.element.body.insert(len(document.element.body) - 1, element)
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


def pages_of(pdf):
    """The words of each page above the foot of its text."""
    pages = {}
    for line in (line for line in congvan.facts(pdf).lines if line.region == "body"):
        assert line.bottom < FOOT + 1, line.text
        pages.setdefault(line.page, []).extend(line.text.split())
    return [pages[number] for number in sorted(pages)]


def words_of(*blocks):
    return Counter(re.sub("<[^>]*>", " ", "".join(blocks).replace("</w:t><w:br/>", " ")).split())


def printed(pdf):
    return Counter(word for page in pages_of(pdf) for word in page)


@pytest.mark.parametrize("above", [0, 20, 44, 45, 46, 47, 48])
@pytest.mark.parametrize("name", ROWS)
def test_every_word_of_a_tall_row_is_printed(name, above, embedded):
    blocks = lines(above, "trước"), table(*ROWS[name]), paragraph("sau bảng")
    pdf = convert_one(docx_of(*blocks), embedded).pdf

    asked, found = (Counter("".join(words.elements())) for words in (words_of(*blocks), printed(pdf)))
    assert not asked - found


def test_a_row_that_is_not_to_split_begins_a_page_and_goes_on_over_the_next(embedded):
    tall = table(row(lines(80), lines(4, "bên"), properties=NOT_SPLIT))
    pages = pages_of(convert_one(docx_of(lines(20, "trước"), tall, paragraph("sau bảng")), embedded).pdf)

    assert [page[:2] for page in pages] == [["trước", "1"], ["dòng", "1"], ["dòng", "46"]]
    assert pages[1][2:4] == ["bên", "1"]


def test_heads_are_repeated_above_what_goes_over(embedded):
    tall = table(*ROWS["a tall row below heads"])
    pages = pages_of(convert_one(docx_of(tall), embedded).pdf)

    assert [page[:3] for page in pages] == [["TT", "Nội", "dung"]] * 2


def test_text_of_merged_cells_stays_beside_the_rows_it_stood_at(embedded):
    tall = table(*(row(merged(number, lines(10, "gộp")), f"Thôn {number}") for number in range(60)))
    facts = congvan.facts(convert_one(docx_of(tall), embedded).pdf)

    tops = {line.text: line.top for line in facts.lines}
    for number in range(1, 11):
        assert tops[f"gộp {number}"] == pytest.approx(tops[f"Thôn {number - 1}"], abs=4)


def test_no_line_is_drawn_where_a_row_was_broken(embedded):
    tall = table(*(row(merged(number, "Huyện Mẫu"), f"Thôn {number}") for number in range(60)))
    facts = congvan.facts(convert_one(docx_of(tall), embedded).pdf)

    level = [rule for rule in facts.rules if rule.level and rule.page == 1]
    left = min(rule.left for rule in level)
    assert sum(1 for rule in level if rule.left < left + 1) <= 2


def test_tables_of_ordinary_letters_are_not_looked_at():
    letter = sample("cong-van", noi_dung="| TT | Đơn vị |\n|---|---|\n" + "| 1 | Sở Công Thương |\n" * 40)
    content = render_docx(letter)

    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert find_tall_rows(archive.read("word/document.xml").decode()) is None


def letter_to(count, text="Nội dung.", **parts):
    units = [f"Đơn vị thứ {number}" for number in range(1, count + 1)]
    return sample("cong-van", noi_dung=text, noi_nhan=["Như trên", *units, "Lưu: VT"], lien_he=[], **parts)


@pytest.mark.parametrize("count", [56, 61, 79, 120, 166])
def test_all_recipients_are_printed_and_the_signature_stands_below_the_text(count, embedded):
    pdf = convert_one(render_docx(letter_to(count)), embedded).pdf
    first, *others = (" ".join(page) for page in pages_of(pdf))

    assert re.findall(r"Đơn vị thứ (\d+);", " ".join((first, *others))) == [str(n) for n in range(1, count + 1)]
    assert "Nội dung./." in first
    assert letter_to(1).ky.ho_ten in first
    assert "- Lưu: VT." in others[-1]


def test_a_letter_with_many_recipients_is_tagged(embedded):
    pdf = convert_one(render_docx(letter_to(166)), embedded).pdf

    with pikepdf.open(io.BytesIO(pdf)) as opened:
        assert "/StructTreeRoot" in opened.Root


def test_a_long_letter_between_others_is_the_same_as_alone(embedded):
    letters = [letter_to(count, kinh_gui=[f"Sở {count}"]) for count in (2, 166, 3, 70)]
    template = template_for(letters[0])
    joined = bundle(template, [render_letter(each, template).content for each in letters])
    parts = split_bundle(embedded.convert(Bundle(joined.docx, joined.bookmarks)), [PdfMetadata("")] * 4)

    assert parts == [convert_one(render_docx(letter), embedded) for letter in letters]


def test_a_long_cell_of_a_markdown_table_is_printed_to_its_end(embedded):
    text = f"Phân công:\n\n| TT | Nhiệm vụ |\n|-|------------|\n| 1 | {LONG} |\n| 2 | dòng hai |"
    pdf = convert_one(render_docx(sample("cong-van", noi_dung=text, lien_he=[])), embedded).pdf

    words = " ".join(" ".join(page) for page in pages_of(pdf))
    assert re.findall(r"(\d+);", words) == [str(number) for number in range(1, 700)]
    assert "2 dòng hai" in words


def test_what_cannot_be_broken_is_refused_with_the_first_words_that_would_be_lost(embedded):
    tall = table(row(inner(row(f"{LONG} HẾT", LONG))))

    with pytest.raises(EngineError, match="pdf-lost-words"):
        convert_one(docx_of(tall), embedded)
