"""Workbooks are read as people see them: errors, zeros, per cent, times, and nothing else changes."""

import re
import zipfile
from datetime import date, time, timedelta

import pytest
import xlsxwriter

from congvan.recipients.sources.workbook import read_workbook

CELLS = [
    (38012345678, "000000000000", "038012345678"),
    (1234, "00000", "01234"),
    (0.155, "0.0%", "15,5%"),
    (date(2021, 9, 1), "mm/yyyy", "09/2021"),
    (time(7, 30), "hh:mm", "07:30"),
    (timedelta(hours=30), "[h]:mm", "30:00"),
    (1234567, "#,##0", "1.234.567"),
    (date(2021, 3, 5), "dd/mm/yyyy", "05/3/2021"),
    (120, None, "120"),
    ("Đa Lộc", "@", "Đa Lộc"),
]


def cells(path):
    return [list(row.cells) for row in read_workbook(path)[0].rows]


def written(path, *, errors=()):
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("DS")
        for column, (value, code, _) in enumerate(CELLS):
            sheet.write(0, column, value, book.add_format({"num_format": code}) if code else None)
        for column, error in enumerate(errors):
            sheet.write_formula(1, column, "=A1", None, error)
    return path


def rewritten(path, change):
    """The same workbook with the XML of its sheet changed, as other programs write it."""
    with zipfile.ZipFile(path) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    parts["xl/worksheets/sheet1.xml"] = change(parts["xl/worksheets/sheet1.xml"].decode()).encode()
    with zipfile.ZipFile(path, "w") as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return path


def test_a_workbook_is_read_as_its_cells_show_it(tmp_path):
    assert cells(written(tmp_path / "ds.xlsx")) == [[seen for _, _, seen in CELLS]]


@pytest.mark.parametrize("error", ["#N/A", "#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "#NUM!", "#NULL!"])
def test_an_error_of_a_formula_is_read_as_it_is_shown(tmp_path, error):
    assert cells(written(tmp_path / "ds.xlsx", errors=[error, error]))[1][:3] == [error, error, ""]


def test_cells_that_do_not_say_where_they_are_are_counted(tmp_path):
    path = rewritten(written(tmp_path / "ds.xlsx", errors=["#N/A"]), lambda xml: re.sub(r' r="\w+"', "", xml))

    assert cells(path)[1][0] == "#N/A"
    assert cells(path)[0][:3] == [seen for _, _, seen in CELLS][:3]


def test_tags_with_a_prefix_and_single_quotes_are_read_too(tmp_path):
    def change(xml):
        for tag in ("worksheet", "sheetData", "row", "c", "v", "f"):
            for before in ("<", "</"):
                for after in (" ", ">"):
                    xml = xml.replace(f"{before}{tag}{after}", f"{before}x:{tag}{after}")
        return xml.replace("<x:worksheet xmlns=", "<x:worksheet xmlns:x=").replace('t="e"', "t='e'")

    assert cells(rewritten(written(tmp_path / "ds.xlsx", errors=["#N/A"]), change))[1][0] == "#N/A"


def test_a_long_sheet_is_read_to_its_end(tmp_path):
    path = tmp_path / "ds.xlsx"
    with xlsxwriter.Workbook(path) as book:
        zeros = book.add_format({"num_format": "00000"})
        sheet = book.add_worksheet("DS")
        for row in range(30_000):
            sheet.write_string(row, 0, "xã Đa Lộc, huyện Hậu Lộc, tỉnh Thanh Hóa")
            sheet.write_number(row, 1, row, zeros)

    assert [row[1] for row in cells(path)] == [f"{row:05}" for row in range(30_000)]


ODS = (
    '<table:table-row table:number-rows-repeated="2"><table:table-cell table:number-columns-repeated="2"/>'
    '<table:table-cell office:value-type="float" office:value="38012345678"><text:p>038012345678</text:p>'
    '</table:table-cell><table:table-cell office:value-type="percentage" office:value="0.155"><text:p>15.5%</text:p>'
    '</table:table-cell><table:table-cell office:value-type="date" office:date-value="2021-09-01">'
    "<text:p>09/2021</text:p></table:table-cell>"
    '<table:table-cell office:value-type="date" office:date-value="2021-03-05"><text:p>05/03/21</text:p>'
    '</table:table-cell><table:table-cell office:value-type="time" office:time-value="PT07H30M00S">'
    "<text:p>07:30</text:p></table:table-cell>"
    '<table:table-cell office:value-type="string" office:string-value="" calcext:value-type="error">'
    '<text:p>#N/A</text:p></table:table-cell><table:table-cell office:value-type="float" office:value="1234567">'
    '<text:p>1,234,567</text:p></table:table-cell><table:table-cell office:value-type="float" office:value="120">'
    "<text:p>120</text:p></table:table-cell></table:table-row>"
)


def test_an_open_document_is_read_as_its_cells_show_it(ods):
    row = ["", "", "038012345678", "15,5%", "09/2021", "05/3/2021", "07:30", "#N/A", "1.234.567", "120"]

    assert cells(ods([["a"]], ODS))[1:] == [row, row]
