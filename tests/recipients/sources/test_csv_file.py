import pytest

from congvan.errors import UnreadableFileError
from congvan.recipients.sources.csv_file import read_csv


def cells(path):
    return [list(row.cells) for row in read_csv(path).rows]


@pytest.mark.parametrize("mark", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
def test_a_list_is_read_whatever_separates_its_cells(text_file, mark, encoding):
    path = text_file("ds.csv", f"ma{mark}ten\n1{mark}Báo Thanh Hóa\n", encoding)

    assert cells(path) == [["ma", "ten"], ["1", "Báo Thanh Hóa"]]


def test_commas_in_a_title_and_in_names_do_not_mislead(text_file):
    path = text_file(
        "ds.csv",
        "Thanh Hóa, ngày 05 tháng 4, năm 2021\nma;ten\n1;Phòng Văn hóa, Thể thao\n2;Phòng Kinh tế, Hạ tầng\n",
    )

    assert cells(path)[2] == ["1", "Phòng Văn hóa, Thể thao"]


def test_a_single_column_needs_no_separator(text_file):
    assert cells(text_file("ds.csv", 'ten\n"Các Sở, Ban, Ngành cấp tỉnh"\nBáo Thanh Hóa\n')) == [
        ["ten"],
        ["Các Sở, Ban, Ngành cấp tỉnh"],
        ["Báo Thanh Hóa"],
    ]


def test_rows_count_as_a_spreadsheet_counts_them(text_file):
    path = text_file("ds.csv", 'ma,ghi_chu\n\n1,"dòng một\ndòng hai"\n2,\n')

    assert [row.place.row for row in read_csv(path).rows] == [1, 2, 3, 4]
    assert cells(path)[2] == ["1", "dòng một\ndòng hai"]


@pytest.mark.parametrize("text", ['ma,ten\n1,"Báo Thanh Hóa\n2,Đài\n', 'ma,ten\n1,"Báo" Thanh Hóa\n'])
def test_an_open_quotation_mark_is_refused_instead_of_swallowing_rows(text_file, text):
    with pytest.raises(UnreadableFileError, match="ngoặc kép"):
        cells(text_file("ds.csv", text))


def test_a_missing_file_and_a_folder_are_refused(tmp_path):
    with pytest.raises(UnreadableFileError, match="không có tệp"):
        read_csv(tmp_path / "khong-co.csv")
    with pytest.raises(UnreadableFileError):
        read_csv(tmp_path)
