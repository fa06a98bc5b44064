import re
import zipfile

import pytest
from python_calamine import CalamineWorkbook

from congvan.errors import UnreadableFileError
from congvan.recipients import read_directory, write_marked_copy

ROWS = [
    ["DANH SÁCH"],
    ["Xã", "Thôn", "Họ tên", "SĐT"],
    ["Đa Lộc", "Thôn 1", "Ông Lê Văn Thử", 950000001],
    ["Đa Lộc", "Thôn 2", "", "12"],
    ["Đa Lộc", "Thôn 1", "Lê Văn Ba 2", ""],
]


def comments(path):
    """The comments of every sheet by cell."""
    with zipfile.ZipFile(path) as package:
        parts = sorted(name for name in package.namelist() if re.fullmatch(r"xl/comments\d*\.xml", name))
        found = [re.findall(r'<comment ref="(\w+)".*?</comment>', package.read(part).decode()) for part in parts]
        texts = [package.read(part).decode() for part in parts]
    return found, "".join(texts)


def test_every_finding_is_a_comment_at_its_cell_and_every_value_stays_in_its_place(workbook, tmp_path):
    source = workbook(DS=ROWS, Khac=[["x"]])
    report = read_directory(source, "thon").report
    write_marked_copy(source, report, tmp_path / "danh-dau.xlsx")

    cells, texts = comments(tmp_path / "danh-dau.xlsx")
    copy = CalamineWorkbook.from_path(tmp_path / "danh-dau.xlsx")
    assert [sorted(one) for one in cells] == [["A5", "C3", "C4", "C5", "D3", "D4"]]
    assert "[recipients-value-missing]" in texts
    assert copy.sheet_names == ["DS", "Khac", "Kiểm tra"]
    assert copy.get_sheet_by_name("DS").to_python()[2:] == [
        ["Đa Lộc", "Thôn 1", "Ông Lê Văn Thử", "950000001"],
        ["Đa Lộc", "Thôn 2", "", "12"],
        ["Đa Lộc", "Thôn 1", "Lê Văn Ba 2", ""],
    ]


def test_the_last_sheet_lists_every_finding_also_those_about_the_file(workbook, tmp_path):
    source = workbook(DS=ROWS, Khac=[["x"]])
    report = read_directory(source, "thon").report
    write_marked_copy(source, report, tmp_path / "danh-dau.xlsx")

    listed = CalamineWorkbook.from_path(tmp_path / "danh-dau.xlsx").get_sheet_by_name("Kiểm tra").to_python()
    assert [row[6] for row in listed[1:]] == [found.code for found in report]
    assert "recipients-sheets-unread" in [row[6] for row in listed]


def test_a_list_of_text_is_marked_too_and_its_column_findings_stand_at_the_title(text_file, tmp_path):
    source = text_file("ds.csv", "ten,ten,\nBáo,Đài,x\n")
    write_marked_copy(source, read_directory(source, "tinh").report, tmp_path / "danh-dau.xlsx")

    cells, texts = comments(tmp_path / "danh-dau.xlsx")
    assert cells == [["A1", "C2"]]
    assert "recipients-column-twice" in texts


def test_a_list_without_a_fault_has_no_comment(text_file, tmp_path):
    source = text_file("ds.csv", "ten\nBáo\n")
    write_marked_copy(source, read_directory(source, "tinh").report, tmp_path / "danh-dau.xlsx")

    assert comments(tmp_path / "danh-dau.xlsx") == ([], "")


def test_sheets_of_other_programs_may_have_names_excel_does_not_allow(ods, tmp_path):
    source = ods([["Kiểm tra"]])
    renamed = tmp_path / "ten.ods"
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(renamed, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name).replace(b'table:name="DS"', 'table:name="Kiểm tra"'.encode()))
    write_marked_copy(renamed, read_directory(renamed, "tinh").report, tmp_path / "danh-dau.xlsx")

    assert CalamineWorkbook.from_path(tmp_path / "danh-dau.xlsx").sheet_names == ["Kiểm tra", "Kiểm tra 2"]


def test_a_marked_copy_is_a_workbook(text_file, tmp_path):
    source = text_file("ds.csv", "ten\nBáo\n")

    with pytest.raises(UnreadableFileError, match=r"\.xlsx"):
        write_marked_copy(source, read_directory(source, "tinh").report, tmp_path / "danh-dau.csv")
