"""The column that says under which heading a recipient is named."""

import pytest

from congvan.findings import Severity
from congvan.recipients import blank_list, group_key, new_list, read_directory, without_personal_values
from congvan.recipients.group import group_name
from congvan.recipients.lists.list_file import write_list


def read(text_file, *rows, cap="tinh", header="Mã,Tên,Nhóm"):
    return read_directory(text_file("ds.csv", "\n".join((header, *rows))), cap)


def codes(directory):
    return [(found.code, found.place.row or found.place.line) for found in directory.report]


@pytest.mark.parametrize("title", ["Nhóm", "NHÓM KÍNH GỬI", "Nhóm nơi nhận", "nhom"])
def test_a_list_says_the_group_in_a_column_of_its_own(text_file, title):
    directory = read(text_file, "1,Sở A,Các sở", "2,Sở B,Các sở", "3,Công an tỉnh,", header=f"Mã,Tên,{title}")

    assert [one.nhom for one in directory] == ["Các sở", "Các sở", None]
    assert directory.report.findings == ()


@pytest.mark.parametrize("written", ["Các sở:", "- Các sở :", "+Các sở;", "• Các sở.", "Các sở"])
def test_marks_a_letter_sets_itself_are_no_part_of_a_groups_name(written):
    assert group_name(written) == "Các sở"


def test_a_group_is_one_however_its_letters_are_cased_or_its_tones_placed():
    assert group_key("CÁC SỞ") == group_key("Các  sở")
    assert group_key("Các tòa án") == group_key("các toà án")
    assert group_key("Các sở") != group_key("Các hội")


def test_a_cell_of_marks_alone_names_no_group(text_file):
    assert codes(read(text_file, "1,Sở A,-", "2,Sở B,")) == [("recipients-not-a-value", 2)]


def test_a_group_of_one_is_told_at_its_cell_for_the_cells_below_may_be_merged(text_file):
    directory = read(text_file, "1,Sở A,Các sở", "2,Sở B,", "3,Hội C,Các hội", "4,Hội D,CÁC HỘI")
    (found,) = directory.report

    assert (found.code, found.severity, found.place.row, found.place.column) == (
        "recipients-group-of-one", Severity.WARNING, 2, "Nhóm",
    )  # fmt: skip
    assert "«Các sở»" in found.message
    assert without_personal_values(directory.report) == directory.report


def test_a_row_that_has_only_a_group_is_no_recipient(text_file):
    directory = read(text_file, "1,Sở A,Các sở", "2,Sở B,Các sở", ",,Các hội")

    assert ([one.ma for one in directory], codes(directory)) == (["1", "2"], [("recipients-row-beside", 4)])


def test_lists_to_begin_with_have_the_column_for_bodies(tmp_path):
    ready = new_list("38", "2021", "tinh")
    rows = (*ready.rows, *(["", "38", "", f"Sở {name}", "Các sở", "", ""] for name in ("A", "B")))
    write_list(tmp_path / "tinh.csv", ready.titles, rows, {})

    assert [one.nhom for one in read_directory(tmp_path / "tinh.csv", "tinh")] == [None, "Các sở", "Các sở"]
    assert "nhom" not in new_list("38", "2021", "thon").columns
    assert blank_list(["nhom"], "tinh").titles == ("Tên", "Nhóm")
