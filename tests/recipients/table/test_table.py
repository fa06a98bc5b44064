import csv

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from congvan.errors import UnreadableFileError
from congvan.findings import Place
from congvan.recipients import read_table
from congvan.text.formula import escape_formula

values = st.text("aăâđêôơưọềễ XYZ0123456789,;\t\"'\n&<>-", max_size=12)


def codes(table):
    return [found.code for found in table.report]


def test_a_row_has_the_values_that_are_there(text_file):
    table = read_table(text_file("dv.csv", "Mã,Tên thường,Mã trạm\npcth,Công ty,\n,Điện lực,T1\n"))

    assert table.headers == {"ma": "Mã", "ten_thuong": "Tên thường", "ma_tram": "Mã trạm"}
    assert [row.values for row in table.rows] == [
        {"ma": "pcth", "ten_thuong": "Công ty"},
        {"ten_thuong": "Điện lực", "ma_tram": "T1"},
    ]
    assert codes(table) == []


def test_a_cell_is_placed_by_file_row_and_the_header_of_its_column(text_file):
    row = read_table(text_file("dv.csv", "Danh sách\n\nMã;Họ tên\n1;A\n")).rows[0]

    assert row.place_of("ho_ten") == Place(file="dv.csv", row=4, column="Họ tên")


def test_titles_above_the_header_are_skipped(workbook):
    table = read_table(
        workbook(
            DS=[
                ["UBND TỈNH THANH HÓA", "", "", "", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"],
                ["DANH SÁCH"],
                [],
                ["STT", "Mã", "Tên", "Địa danh", "Ghi chú"],
                [1, "a", "Báo", "Thanh Hóa"],
            ]
        )
    )

    assert [row.values for row in table.rows] == [{"stt": "1", "ma": "a", "ten": "Báo", "dia_danh": "Thanh Hóa"}]


def test_expected_columns_find_the_header_among_anything(text_file):
    path = text_file("dv.csv", "a,b,c,d\nTên,ma,,\nBáo,1,,\n")

    table = read_table(path, expected=("ma", "ten"))

    assert table.headers == {"ten": "Tên", "ma": "ma"}
    assert [row.values for row in table.rows] == [{"ten": "Báo", "ma": "1"}]


def test_a_file_without_the_expected_columns_has_no_header(text_file):
    table = read_table(text_file("dv.csv", "x,y\n1,2\n"), expected=("ma", "ten"))

    assert table.rows == ()
    assert codes(table) == ["recipients-header-missing"]


@pytest.mark.parametrize("text", ["", "\n\n", " , \n", "ma,ten\n", "ma,ten\n,\n"])
def test_a_file_without_a_row_is_empty(text_file, text):
    assert codes(read_table(text_file("dv.csv", text))) == ["recipients-empty"]


def test_two_headers_of_one_name_are_an_error(text_file):
    table = read_table(text_file("dv.csv", "Mã,ma,ten\n1,2,A\n"))

    assert codes(table) == ["recipients-column-twice"]
    assert table.rows[0].values == {"ma": "1", "ten": "A"}


def test_data_under_no_header_is_told_once(text_file):
    table = read_table(text_file("dv.csv", "ma,ten,\n1,A,x\n2,B,y\n"))

    assert [(found.code, found.place.column) for found in table.report] == [("recipients-column-unnamed", "C")]


def test_a_name_with_an_unquoted_comma_shifts_its_row_and_is_an_error(text_file):
    table = read_table(text_file("dv.csv", "ma,ten\n1,Báo\n2,Phòng Văn hóa, Thể thao\n3,Đài\n"))

    assert [(found.code, found.place.row) for found in table.report] == [("recipients-row-too-long", 3)]


def test_a_cell_that_is_no_value_is_refused_and_not_read(text_file):
    row = read_table(text_file("dv.csv", "ma,ten\n1,nan\n")).rows[0]

    assert row.values == {"ma": "1"}
    assert row.refused == {"ten"}


def test_everything_wrong_is_told_at_once(text_file):
    table = read_table(text_file("dv.csv", "ma,ten,\n1,#N/A,\n2,Ðài,\n3,B,ghi chú\n4,C,,thừa\n"))

    assert [(found.code, found.place.row) for found in table.report] == [
        ("recipients-not-a-value", 2),
        ("text-lookalike", 3),
        ("recipients-column-unnamed", 4),
        ("recipients-row-too-long", 5),
    ]


@pytest.mark.parametrize("name", ["ds.doc", "ds", "ds.pdf"])
def test_another_kind_of_file_is_refused_with_the_kinds_that_are_read(text_file, name):
    with pytest.raises(UnreadableFileError, match=r"\.xlsx"):
        read_table(text_file(name, "ma,ten\n"))


@given(st.lists(st.tuples(values, values, values), min_size=1, max_size=6), st.sampled_from(",;\t"))
@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_what_is_written_is_read_again(tmp_path, rows, mark):
    path = tmp_path / "ds.csv"
    names = ("ma", "ho_ten", "ghi_chu")
    with path.open("w", encoding="utf-8", newline="") as target:
        csv.writer(target, delimiter=mark).writerows(map(escape_formula, row) for row in (names, *rows))

    read = [dict(row.values) for row in read_table(path).rows]

    assert read == [kept for row in rows if (kept := _kept(names, row))]


def _kept(names, row):
    """What a reader keeps of a row: texts without needless white space, and no empty ones."""
    texts = ("\n".join(" ".join(line.split()) for line in text.splitlines()).strip() for text in row)
    return {name: text for name, text in zip(names, texts, strict=True) if text}
