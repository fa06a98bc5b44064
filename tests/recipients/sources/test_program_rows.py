from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from congvan.findings import Place
from congvan.recipients import RecipientSource, check_list, read_directory, read_table, rows_source

HEADS = [
    {"Huyện": "Hậu Lộc", "Xã": "Đa Lộc", "Thôn": "Thôn 1", "Họ và tên": "Trịnh Văn Mẫu", "Điện thoại": "0950000001"},
    {"Huyện": "Hậu Lộc", "Xã": "Đa Lộc", "Thôn": "Thôn 2", "Họ và tên": "Lò Ón", "Điện thoại": None},
]


def findings(report):
    return [(found.code, found.place.row, found.place.column) for found in report]


def test_dicts_are_a_list_of_recipients(units_of_2021):
    directory = read_directory(rows_source(HEADS, "nhân sự"), "thon", units=units_of_2021, ma_tinh="38")

    assert [(one.ma_xa, one.ten, one.ho_ten) for one in directory] == [
        ("16087", "Thôn 1", "Trịnh Văn Mẫu"),
        ("16087", "Thôn 2", "Lò Ón"),
    ]
    assert directory.name == "nhân sự"
    assert directory.report.findings == ()
    assert directory.recipients[0].place == Place(file="nhân sự", row=1)
    assert "dien_thoai" not in directory.recipients[1].truong


def test_the_same_rows_in_a_file_and_in_memory_give_the_same_findings(text_file):
    rows = [
        {"xa": "Đa Lộc", "thon": "Thôn 1", "ho_ten": "", "dien_thoai": 950000001},
        {"xa": "", "thon": "Thôn 2", "ho_ten": "#REF!", "dien_thoai": "12"},
        {"xa": "Đa Lộc", "thon": "Thôn 2", "ho_ten": "Lê Văn Ba", "dien_thoai": ""},
        {"xa": "Đa Lộc", "thon": "Thôn 2", "ho_ten": "Lê Văn Ba", "dien_thoai": ""},
    ]
    lines = ["xa,thon,ho_ten,dien_thoai", *(",".join(map(str, row.values())) for row in rows)]
    of_file = read_directory(text_file("ds.csv", "\n".join(lines) + "\n"), "thon")
    of_rows = read_directory(rows_source(rows, "ds"), "thon")

    # A file counts its header as row 1.
    assert findings(of_rows.report) == [(code, row - 1, column) for code, row, column in findings(of_file.report)]
    assert ("recipients-value-missing", 1, "ho_ten") in findings(of_rows.report)
    assert ("recipients-not-a-value", 2, "ho_ten") in findings(of_rows.report)
    assert of_rows.recipients == of_file.recipients


def test_values_are_read_as_the_cells_of_a_workbook_are():
    row = {
        "ten": "Báo", "ngay": date(2021, 3, 5), "luc": datetime(2021, 3, 5, 8, 30, tzinfo=UTC), "so_ho": 120, "ty_le": 0.5,
        "tien": Decimal("1200.50"), "dung": True, "trong": None, "nhieu": ["a", 2],
    }  # fmt: skip
    (read,) = read_table(rows_source([row], "ds")).rows

    assert read.values == {
        "ten": "Báo", "ngay": "05/3/2021", "luc": "05/3/2021 08:30", "so_ho": "120", "ty_le": "0,5",
        "tien": "1200,50", "dung": "TRUE", "nhieu": "a, 2",
    }  # fmt: skip


@pytest.mark.parametrize("value", [{"a": 1}, [["a"]], b"\x00", {"a"}])
def test_a_value_no_cell_can_hold_is_a_finding_at_its_row_and_column(value):
    report = read_directory(rows_source([{"ten": "Báo"}, {"ten": "Đài", "ghi_chu": value}], "ds"), "tinh").report

    assert findings(report) == [("recipients-value-nested", 2, "ghi_chu")]
    assert report.errors


def test_rows_may_leave_keys_out_and_come_from_a_generator():
    source = rows_source((row for row in ({"ten": "Báo"}, {"ten": "Đài", "ghi_chu": "mới"})), "ds")

    for _ in range(2):  # a list is read for checking and for planning
        assert [one.truong for one in read_directory(source, "tinh")] == [
            {"ten": "Báo"},
            {"ten": "Đài", "ghi_chu": "mới"},
        ]


def test_a_mapping_of_another_library_counts_as_a_row():
    from sqlalchemy import create_engine, text

    with create_engine("sqlite://").connect() as connection:
        rows = connection.execute(text("SELECT 'Báo' AS ten, 3 AS so_ho")).mappings().all()

    assert read_directory(rows_source(rows, "bảng"), "tinh").recipients[0].truong == {"ten": "Báo", "so_ho": "3"}


def test_no_rows_are_an_empty_list():
    source = rows_source([], "ds")

    assert isinstance(source, RecipientSource)
    assert [found.code for found in check_list(source, "tinh").report] == ["recipients-empty"]
