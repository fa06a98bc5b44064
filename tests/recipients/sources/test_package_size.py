import struct
import zipfile

import pytest
import xlsxwriter

from congvan.errors import UnreadableFileError
from congvan.recipients import read_directory
from congvan.recipients.sources import package_size


def test_one_stray_cell_at_the_end_of_a_sheet_is_told_instead_of_filling_the_memory(tmp_path):
    with xlsxwriter.Workbook(tmp_path / "ds.xlsx") as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["ten"])
        sheet.write(1_048_575, 16_383, "x")

    with pytest.raises(UnreadableFileError, match="hàng 1048576, 16384 cột"):
        read_directory(tmp_path / "ds.xlsx", "tinh")


def test_a_long_list_and_a_wide_one_are_no_giants(tmp_path):
    with xlsxwriter.Workbook(tmp_path / "ds.xlsx") as book:
        long, wide = book.add_worksheet("Dai"), book.add_worksheet("Rong")
        long.write_row(0, 0, ["ten"])
        long.write(99_999, 0, "Báo")
        wide.write(0, 300, "x")

    assert [one.ten for one in read_directory(tmp_path / "ds.xlsx", "tinh", sheet="Dai")] == ["Báo"]


def test_a_file_that_unpacks_to_more_than_a_list_may_have_is_refused(workbook, monkeypatch):
    path = workbook(DS=[["ten"], ["Báo"]])
    monkeypatch.setattr(package_size, "UNPACKED_LIMIT", 1000)

    with pytest.raises(UnreadableFileError, match="giải nén"):
        read_directory(path, "tinh")


def test_a_part_that_claims_to_be_smaller_than_it_is_is_refused(tmp_path):
    path = tmp_path / "ds.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("xl/worksheets/sheet1.xml", b"0" * 100_000)
    data = path.read_bytes()
    path.write_bytes(data.replace(struct.pack("<I", 100_000), struct.pack("<I", 10)))

    with pytest.raises(UnreadableFileError):
        read_directory(path, "tinh")
