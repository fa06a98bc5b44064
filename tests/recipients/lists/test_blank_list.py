"""A list to fill in has exactly the columns that are asked for, and is read back without a finding."""

import zipfile

import pytest
from python_calamine import CalamineWorkbook, SheetVisibleEnum

from congvan.errors import DirectoryError, UnreadableFileError
from congvan.recipients import blank_list, era_named, read_directory, read_table, unit_list, write_blank_lists
from congvan.recipients.columns import column_name
from congvan.recipients.lists.list_file import ListSheet, write_workbook


def filled(path, listed, *rows):
    """The same workbook with rows in it, as a clerk would leave it: written by congvan's own writer, notes and all."""
    notes = ListSheet(
        "Hướng dẫn", ("Cấp", "Cột", "Ví dụ"), [("thon", title, "xã Đa Lộc") for title in listed.titles], {}
    )
    sheet = ListSheet("Danh sách", listed.titles, [[row.get(name, "") for name in listed.columns] for row in rows], {})
    write_workbook(path, [sheet], notes)
    return path


def test_the_columns_are_those_asked_for_and_those_the_tier_needs():
    assert blank_list(["ho_ten", "so_tien"]).titles == ("Họ tên", "so_tien")
    assert blank_list(["ong_ba", "ten", "ma_tram"], "thon").titles == ("Xã", "Thôn", "Họ tên", "Ông/Bà", "ma_tram")
    assert blank_list([], "xa", era="2025-07", ma_tinh="38").titles == ("Mã tỉnh", "Tỉnh", "Mã xã", "Xã", "Tên")
    assert blank_list([], "thon", era="2021").titles == (
        "Mã tỉnh", "Tỉnh", "Mã huyện", "Huyện", "Mã xã", "Xã", "Thôn", "Họ tên",
    )  # fmt: skip


def test_every_title_is_read_back_as_the_column_it_was_made_for():
    listed = blank_list(["dien_thoai", "so_ho", "loai", "ghi_chu", "ma_kh", "ngay_sinh"], "thon", era="2021")

    assert [column_name(title) for title in listed.titles] == list(listed.columns)


def test_units_are_chosen_from_those_of_the_province_by_name_and_by_code():
    choices = blank_list(["ong_ba", "loai", "chuc_danh"], "thon", era="2025-07", ma_tinh="38").choices

    assert choices["tinh"] == ("tỉnh Thanh Hóa",)
    assert len(choices["ma_xa"]) == 166
    assert "phường Hạc Thành" in choices["xa"]
    assert choices["ong_ba"] == ("Ông", "Bà")
    assert "Trưởng thôn" in choices["chuc_danh"]
    assert len(blank_list([], "huyen", era="2021", ma_tinh="38").choices["huyen"]) == 27
    assert set(blank_list([], "xa", era="2025-07").choices) == {"tinh", "ma_tinh"}


@pytest.mark.parametrize(
    ("era", "names"), [("2021", {"ma_huyen": "400", "xa": "xã Đa Lộc"}), ("2025-07", {"ma_xa": "16078"})]
)
def test_a_list_that_is_filled_in_has_nothing_to_find_fault_with(tmp_path, era, names):
    listed = blank_list(["ong_ba", "so_ho"], "thon", era=era, ma_tinh="38")
    row = {**names, "ma_tinh": "38", "thon": "Thôn 1", "ho_ten": "Lò Ón", "ong_ba": "Bà", "so_ho": "120"}
    path = filled(tmp_path / "ds.xlsx", listed, row, {**row, "thon": "Thôn 2", "ho_ten": "Lê Văn Mẫu"})

    directory = read_directory(path, "thon", units=unit_list(era_named(era)))

    assert directory.report.findings == ()
    assert [one.ho_ten for one in directory] == ["Lò Ón", "Lê Văn Mẫu"]


def test_a_table_of_records_is_read_back_too(tmp_path):
    path = filled(tmp_path / "ds.xlsx", blank_list(["ho_ten", "so_tien"]), {"ho_ten": "Lò Ón", "so_tien": "1.500"})
    table = read_table(path, naming=column_name)

    assert [dict(row.values) for row in table.rows] == [{"ho_ten": "Lò Ón", "so_tien": "1.500"}]
    assert table.report.findings == ()


def test_the_workbook_has_text_cells_a_frozen_header_drop_downs_and_notes(tmp_path):
    listed = blank_list(["ong_ba", "ma_tram"], "thon", era="2025-07", ma_tinh="38")
    write_blank_lists(tmp_path / "ds.xlsx", [listed])
    with zipfile.ZipFile(tmp_path / "ds.xlsx") as package:
        sheet = package.read("xl/worksheets/sheet1.xml").decode("utf-8")
        styles = package.read("xl/styles.xml").decode("utf-8")
    book = CalamineWorkbook.from_path(tmp_path / "ds.xlsx")

    assert 'state="frozen"' in sheet
    assert sheet.count("<dataValidation ") == len(listed.choices) == 5
    assert 'formatCode="@"' in styles  # text
    columns = sheet.partition("<cols>")[2].partition("</cols>")[0]
    assert columns.count("<col ") == columns.count(' style="') > 0
    assert [(one.name, one.visible) for one in book.sheets_metadata] == [
        ("Danh sách", SheetVisibleEnum.Visible),
        ("Hướng dẫn", SheetVisibleEnum.Visible),
        ("Danh mục", SheetVisibleEnum.Hidden),
    ]
    notes = book.get_sheet_by_name("Hướng dẫn").to_python()
    assert [row[1] for row in notes[1:]] == list(listed.titles)
    assert "{{ ma_tram }}" in notes[-1][3]
    assert all(row[2] and row[3] for row in notes[1:])


def test_several_tiers_have_a_sheet_each(tmp_path):
    write_blank_lists(
        tmp_path / "ds.xlsx", [blank_list([], "tinh"), blank_list(["ong_ba"], "thon", era="2021", ma_tinh="38")]
    )

    assert CalamineWorkbook.from_path(tmp_path / "ds.xlsx").sheet_names == ["tinh", "thon", "Hướng dẫn", "Danh mục"]
    assert [found.code for found in read_directory(tmp_path / "ds.xlsx", "thon", sheet="thon").report] == [
        "recipients-empty"
    ]


def test_a_tier_of_a_campaigns_own_goes_by_no_units():
    assert blank_list(["ghi_chu"], "doan_the", era="2025-07", ma_tinh="38").titles == ("Tên", "Ghi chú")


def test_a_field_no_column_can_have_is_refused_with_all_others():
    with pytest.raises(DirectoryError) as refused:
        blank_list(["HoTen", "Số_tiền", "ma_tram"])

    assert [found.values["name"] for found in refused.value.report] == ["HoTen", "Số_tiền"]


@pytest.mark.parametrize(
    ("cap", "era", "province", "code"),
    [
        ("huyen", "2025-07", "38", "recipients-tier-unknown"),
        ("xa", "2030", "38", "recipients-era-unknown"),
        ("xa", "2025-07", "99", "recipients-unit-code-unknown"),
    ],
)
def test_a_list_of_what_does_not_exist_is_refused(cap, era, province, code):
    with pytest.raises(DirectoryError) as refused:
        blank_list([], cap, era=era, ma_tinh=province)

    assert [found.code for found in refused.value.report] == [code]


def test_only_a_workbook_has_drop_downs_and_notes(tmp_path):
    with pytest.raises(UnreadableFileError):
        write_blank_lists(tmp_path / "ds.csv", [blank_list(["ten"])])
