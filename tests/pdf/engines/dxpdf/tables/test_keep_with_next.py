import io

import pikepdf
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn

import congvan
from congvan.inspect.pdf.facts import read_facts
from congvan.pdf.convert import convert_one
from congvan.pdf.engine import Bundle
from congvan.pdf.engines.dxpdf.prepared_bundle import prepare_bundle
from congvan.pdf.engines.dxpdf.tables.keep_with_next import find_keep_with_next_rows, separate_tables
from congvan.pdf.metadata import PdfMetadata
from congvan.pdf.split.bundle_splitter import split_bundle
from congvan.word import bundle, render_docx, render_letter, template_for
from congvan.word.builtin.sample import sample

HEADS = "| TT | Tên đơn vị | Số |\n|---|---|---|\n"
FULL = 20
"""Rows of a table after which "./." still stands on the first page, but not the signature with it."""


def table_of(rows):
    return HEADS + "".join(f"| {number} | Đơn vị {number} | {10 * number} |\n" for number in range(1, rows + 1))


def letter_with(text, **parts):
    return sample("cong-van", noi_dung=text, **parts)


def pages_of(letter, embedded):
    pdf = convert_one(render_docx(letter), embedded).pdf
    return [[line.strip() for line in page.text.splitlines()] for page in read_facts(pdf).pages]


def words(page):
    return " ".join(" ".join(page).split())


def paragraph(text="a", properties="", runs=None):
    runs = f"<w:r><w:t>{text}</w:t></w:r>" if runs is None else runs
    return f"<w:p><w:pPr>{properties}</w:pPr>{runs}</w:p>"


def table(*rows, lines=True):
    borders = '<w:tblBorders><w:top w:val="single"/></w:tblBorders>' if lines else ""
    cells = "".join(f"<w:tr><w:tc>{row}</w:tc></w:tr>" for row in rows)
    return f"<w:tbl><w:tblPr>{borders}</w:tblPr><w:tblGrid/>{cells}</w:tbl>"


def document(*blocks):
    return f"<w:document {nsdecls('w')}><w:body>{''.join(blocks)}</w:body></w:document>"


KEPT = paragraph(properties="<w:keepNext/>")


@pytest.mark.parametrize("rows", range(FULL, FULL + 9))
def test_the_last_row_goes_over_with_the_closing_mark_and_the_signature(rows, embedded):
    first, second = pages_of(letter_with(f"Danh sách:\n\n{table_of(rows)}"), embedded)

    assert f"{rows - 1} Đơn vị {rows - 1} {rows - 1}0" in words(first)
    assert words(second).startswith(f"2 TT Tên đơn vị Số {rows} Đơn vị {rows} {rows}0 ./. Nơi nhận:")


def test_a_table_of_one_row_goes_over_whole(embedded):
    text = "\n\n".join(["Một đoạn."] * FULL)
    first, second = pages_of(letter_with(f"{text}\n\n{table_of(1)}"), embedded)

    assert "Tên đơn vị" not in words(first)
    assert words(second).startswith("2 TT Tên đơn vị Số 1 Đơn vị 1 10 ./. Nơi nhận:")


def test_a_table_without_a_closing_mark_keeps_its_last_row_with_the_signature(embedded):
    _, second = pages_of(letter_with(table_of(FULL + 5), ket_thuc=""), embedded)

    assert words(second).startswith(f"2 TT Tên đơn vị Số {FULL + 5} Đơn vị {FULL + 5} {FULL + 5}0 Nơi nhận:")


def test_a_parted_table_is_one_for_who_hears_it_read(embedded):
    pdf = convert_one(render_docx(letter_with(table_of(FULL + 1))), embedded).pdf

    with pikepdf.open(io.BytesIO(pdf)) as opened:
        (found,) = (element for element in opened.Root.StructTreeRoot.K.K if element.S == "/Table")
        rows = [[str(cell.S) for cell in row.K] for row in found.K]
    assert rows == [["/TH"] * 3] + [["/TD"] * 3] * (FULL + 1)


def test_a_letter_has_the_same_bytes_alone_and_between_others(embedded):
    names = [[f"Sở {number}" for number in range(count)] for count in (2, 16, 30)]
    letters = [letter_with(table_of(FULL - 6), kinh_gui=each) for each in names]
    template = template_for(letters[0])
    joined = bundle(template, [render_letter(each, template).content for each in letters])
    parts = split_bundle(embedded.convert(Bundle(joined.docx, joined.bookmarks)), [PdfMetadata("")] * 3)

    assert parts == [convert_one(render_docx(letter), embedded) for letter in letters]
    last_pages = [words(read_facts(part.pdf).pages[-1].text.splitlines()) for part in parts]
    assert [page.startswith(f"2 TT Tên đơn vị Số {FULL - 6} ") for page in last_pages] == [False, True, False]
    assert [part.pages for part in parts] == [1, 2, 2]


def test_a_paragraph_below_a_table_that_begins_a_page_stands_at_its_top(embedded):
    long = "Sau bảng, các đơn vị trong danh sách thực hiện đúng hướng dẫn này và báo cáo kết quả. " * 12
    tops = {}
    for name, before in (("table", f"{table_of(24)}\n\n"), ("text", "Một đoạn.\n\n" * 24)):
        pdf = convert_one(render_docx(letter_with(f"{before}{long}\n\n{long}")), embedded).pdf
        tops[name] = min(line.top for line in congvan.facts(pdf).lines if line.page == 2 and line.region == "body")

    assert tops["table"] == pytest.approx(tops["text"], abs=0.05)


def test_rows_that_part_from_what_follows_anyway_stay_where_they_are(changed, embedded):
    docx = render_docx(letter_with(f"{table_of(3)}\n\nTrang sau."))
    apart = changed(
        docx, r"(<w:keepNext/>(?:<w:keepLines/>)?)(</w:pPr><w:r><w:t[^>]*>Trang sau)", r"\1<w:pageBreakBefore/>\2"
    )
    loose = changed(apart, '(<w:pStyle w:val="OBang"/>)<w:keepNext/>', r"\1")

    assert find_keep_with_next_rows(prepare_bundle(Bundle(apart)).document) is not None
    assert convert_one(apart, embedded) == convert_one(loose, embedded)


@pytest.mark.parametrize(
    "blocks",
    [
        (table(KEPT), "<w:sectPr/>"),
        (table(paragraph()), paragraph("./.")),
        (table(KEPT, paragraph()), paragraph("./.")),
        (table(paragraph(properties='<w:keepNext w:val="0"/>')), paragraph("./.")),
        (table(paragraph(properties="<w:keepNext/>", runs="")), paragraph("./.")),
        (table(KEPT), paragraph(properties="<w:sectPr/>", runs=""), paragraph("another letter")),
    ],
)
def test_most_tables_keep_no_row_with_what_follows(blocks):
    assert find_keep_with_next_rows(document(*blocks)) is None


def test_a_kept_row_and_what_follows_are_marked():
    marked = find_keep_with_next_rows(
        document(table(paragraph(), KEPT, KEPT), paragraph(runs=""), paragraph("./."))
    ).document
    root = parse_xml(marked)

    assert [len(list(each.iter(qn("w:bookmarkStart")))) for each in root.iter(qn("w:p"))] == [0, 1, 0, 0, 1]


def test_only_a_paragraph_below_a_table_with_lines_is_set_apart():
    body = parse_xml(document(table("a"), paragraph(), table("a", lines=False), paragraph(), table("a")))[0]
    separate_tables(body)

    low = [block.find(f"{qn('w:pPr')}/{qn('w:spacing')}") is not None for block in body]
    assert low == [False, True, False, False, False, False]
