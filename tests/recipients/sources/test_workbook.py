from datetime import date, datetime, time

import pytest

from congvan.errors import UnreadableFileError
from congvan.findings import Place
from congvan.recipients.sources.sheet import cell_text
from congvan.recipients.sources.workbook import read_workbook


def cells(sheet):
    return [list(row.cells) for row in sheet.rows]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (912345678.0, "912345678"),
        (14752.0, "14752"),
        (12.5, "12,5"),
        (0.1, "0,1"),
        (1e20, "100000000000000000000"),
        (True, "TRUE"),
        (date(2021, 3, 5), "05/3/2021"),
        (datetime(2021, 3, 5), "05/3/2021"),  # noqa: DTZ001 (a cell has no time zone)
        (datetime(2021, 10, 5, 8, 30), "05/10/2021 08:30"),  # noqa: DTZ001
        (time(10, 45), "10:45:00"),
        ("0912", "0912"),
        (None, ""),
    ],
)
def test_a_value_reads_as_a_person_sees_it(value, text):
    assert cell_text(value) == text


def test_the_rows_of_a_workbook_have_the_numbers_a_person_sees(workbook):
    (sheet,) = read_workbook(workbook(DS=[["DANH SÁCH"], [], ["", "ten"], ["", "Báo Thanh Hóa"]]))
    rows = list(sheet.rows)

    assert sheet.place == Place(file="danh-sach.xlsx", sheet="DS")
    assert rows[2].place == Place(file="danh-sach.xlsx", sheet="DS", row=3)
    assert list(rows[3].cells) == ["", "Báo Thanh Hóa"]


def test_every_visible_sheet_is_there_in_its_order(workbook):
    sheets = read_workbook(workbook(hidden=["An"], An=[["x"]], Tinh=[["a"]], Huyen=[["b"]]))

    assert [(sheet.place.sheet, cells(sheet)) for sheet in sheets] == [("Tinh", [["a"]]), ("Huyen", [["b"]])]


def test_a_sheet_asked_for_comes_alone_even_when_it_is_hidden(workbook):
    (sheet,) = read_workbook(workbook(hidden=["An"], An=[["x"]], Tinh=[["a"]]), "An")

    assert cells(sheet) == [["x"]]


def test_a_sheet_that_is_not_there_is_refused_with_those_that_are(workbook):
    with pytest.raises(UnreadableFileError, match="Tinh, Huyen"):
        read_workbook(workbook(Tinh=[["a"]], Huyen=[["b"]]), "Thon")


def test_an_open_document_spreadsheet_is_read(ods):
    (sheet,) = read_workbook(ods([["ma", "ten"], ["1", "Đài & <Báo>"]]))

    assert cells(sheet) == [["ma", "ten"], ["1", "Đài & <Báo>"]]


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 truncated", b"ma,ten\n1,B\n"])
def test_what_is_no_workbook_is_refused(tmp_path, content):
    path = tmp_path / "ds.xlsx"
    path.write_bytes(content)

    with pytest.raises(UnreadableFileError):
        read_workbook(path)


def test_a_workbook_cut_short_is_refused(workbook):
    path = workbook(DS=[["ma", "ten"]] * 50)
    path.write_bytes(path.read_bytes()[:1500])

    with pytest.raises(UnreadableFileError):
        read_workbook(path)


def test_a_missing_workbook_is_refused(tmp_path):
    with pytest.raises(UnreadableFileError, match="không có tệp"):
        read_workbook(tmp_path / "khong-co.xlsx")
