import csv

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from congvan.errors import DirectoryError, UnreadableFileError
from congvan.findings import Place
from congvan.recipients import read_directory
from congvan.text.legacy import detect_legacy
from congvan.text.non_value import NON_VALUES

HAMLETS = """\
UBND HUYỆN HẬU LỘC;;;;;;;
DANH SÁCH TRƯỞNG THÔN;;;;;;;
STT;Huyện;Xã/phường;Thôn/TDP;Loại;Họ và tên;Ông/Bà;Điện thoại
1;Hậu Lộc;xã Đa Lộc;Thôn 1;thôn;Trịnh Văn Mẫu;Ông;0950000001
2;Hậu Lộc;xã Đa Lộc;Thôn 2;thôn;Lò Ón;Bà;
3;Hậu Lộc;TT Hậu Lộc;Khu phố 1;;Lê Thị Thử;Bà;0950000003
"""


def told(directory):
    """Code, row and column of every finding."""
    return [(found.code, found.place.row, found.place.column) for found in directory.report]


def test_a_list_of_hamlet_heads_is_read_in_its_order(text_file, units_of_2021):
    directory = read_directory(text_file("thon.csv", HAMLETS), "thon", units=units_of_2021, ma_tinh="38")

    assert [(one.ma_xa, one.ten, one.ho_ten, one.chuc_danh) for one in directory] == [
        ("16087", "Thôn 1", "Trịnh Văn Mẫu", "Trưởng thôn"),
        ("16087", "Thôn 2", "Lò Ón", "Trưởng thôn"),
        ("16012", "Khu phố 1", "Lê Thị Thử", "Trưởng khu phố"),
    ]
    assert told(directory) == []
    assert directory.headers["ho_ten"] == "Họ và tên"


def test_an_empty_cell_counts_as_missing(text_file):
    directory = read_directory(text_file("thon.csv", HAMLETS), "thon")

    assert "dien_thoai" not in directory.recipients[1].truong
    assert directory.recipients[1].place_of("dien_thoai") == Place(file="thon.csv", row=5, column="Điện thoại")


def test_a_column_congvan_does_not_know_is_a_field(text_file):
    path = text_file("tinh.csv", "Tên cơ quan,Người liên hệ (nếu có)\nBáo Thanh Hóa,Cô Hạnh\n")

    assert read_directory(path, "tinh").recipients[0].truong == {
        "ten": "Báo Thanh Hóa",
        "nguoi_lien_he_neu_co": "Cô Hạnh",
    }


def test_the_same_list_is_the_same_in_every_format(text_file, workbook, ods, units_of_2021):
    rows = [line.split(";") for line in HAMLETS.splitlines()[2:]]
    records = [[f'"{header}": "{text}"' for header, text in zip(rows[0], row, strict=True)] for row in rows[1:]]
    yaml = "".join("- " + "\n  ".join(record) + "\n" for record in records)
    paths = [text_file("ds.csv", HAMLETS), workbook(DS=rows), ods(rows), text_file("ds.yaml", yaml)]

    directories = [read_directory(path, "thon", units=units_of_2021, ma_tinh="38") for path in paths]

    assert all(directory.recipients == directories[0].recipients for directory in directories)
    assert [directory.report.findings for directory in directories] == [()] * 4


def test_a_workbook_that_keeps_numbers_as_numbers_gives_the_same_recipients(text_file, workbook):
    rows = [line.split(";") for line in HAMLETS.splitlines()[2:]]
    numbers = [[int(text) if text.isdecimal() else text for text in row] for row in rows]

    directory = read_directory(workbook(DS=numbers), "thon")

    assert directory.recipients == read_directory(text_file("ds.csv", HAMLETS), "thon").recipients
    assert told(directory) == [
        ("recipients-zero-restored", 2, "Điện thoại"),
        ("recipients-zero-restored", 4, "Điện thoại"),
        ("recipients-untidy", 4, "Xã/phường"),
    ]


def test_every_wrong_row_is_told_at_once_with_its_row_and_column(text_file, units_of_2021):
    path = text_file(
        "thon.csv",
        "ma,ma_huyen,huyen,xa,thon,ho_ten,dien_thoai\n"
        "1,400,Hậu Lộc,Đa Lộc,Thôn 1,,0950000001\n"
        "2,400,Hậu Lộc,Đa Lộc,,Lê Văn Thử,12\n"
        "3,499,Hậu Lộc,Đa Lộc,Thôn 3,Lê Văn Ba,\n"
        "4,400,Hậu Lộc,Đa Lọc,Thôn 4,#REF!,\n"
        "5,400,Nga Sơn,Đa Lộc,Thôn 5,Ðỗ Văn Năm,\n",
    )

    directory = read_directory(path, "thon", units=units_of_2021)

    assert told(directory) == [
        ("recipients-value-missing", 2, "ho_ten"),
        ("recipients-phone-unclear", 3, "dien_thoai"),
        ("recipients-value-missing", 3, "thon"),
        ("recipients-unit-code-unknown", 4, "ma_huyen"),
        ("recipients-not-a-value", 5, "ho_ten"),
        ("recipients-unit-name-unknown", 5, "xa"),
        ("text-lookalike", 6, "ho_ten"),
        ("recipients-unit-contradiction", 6, "huyen"),
    ]
    with pytest.raises(DirectoryError) as refused:
        directory.raise_errors()
    assert refused.value.report == directory.report


def test_a_row_that_cannot_be_a_recipient_is_in_the_report_and_not_in_the_list(text_file):
    directory = read_directory(text_file("tinh.csv", "ma,ten\n1,Báo\n2,\n3,Đài\n"), "tinh")

    assert [one.ten for one in directory] == ["Báo", "Đài"]
    assert told(directory) == [("recipients-value-missing", 3, "ten")]


@pytest.mark.parametrize(
    ("tier", "missing"), [("tinh", ["Tên"]), ("huyen", ["Huyện", "Tên"]), ("thon", ["Xã", "Thôn", "Họ tên"])]
)
def test_a_column_the_tier_needs_is_missed_once_and_not_in_every_row(text_file, tier, missing):
    directory = read_directory(text_file("ds.csv", "STT,Ghi chú\n1,a\n2,b\n"), tier)

    assert [(found.code, found.values["column"]) for found in directory.report] == [
        ("recipients-column-missing", column) for column in missing
    ]
    assert directory.recipients == ()


def test_the_code_of_a_unit_stands_for_its_name(text_file):
    directory = read_directory(text_file("huyen.csv", "ma_huyen,ten\n,Hội Nông dân\n400,Hội Nông dân\n"), "huyen")

    assert len(directory) == 1
    assert told(directory) == [("recipients-value-missing", 2, "huyen")]


def test_one_code_for_two_recipients_is_an_error(text_file):
    directory = read_directory(text_file("tinh.csv", "ma,ten\nbao,Báo\nbao,Đài\n"), "tinh")

    assert told(directory) == [("recipients-ma-twice", 3, "ma")]
    assert directory.report.findings[0].values == {"ma": "bao", "first": "tinh.csv, hàng 2"}


@pytest.mark.parametrize(
    "text",
    [
        "huyen,ten\nHậu Lộc,Hội Nông dân\nHẬU LỘC,Hội  nông dân\n",
        "ma,huyen,ten\n1,Hậu Lộc,Hội Nông dân\n2,huyện Hậu Lộc,Hội Nông dân\n",
        "ma,ma_huyen,ten\n1,400,Hội Nông dân\n2,400,Hội Nông dân\n",
    ],
)
def test_a_body_listed_twice_is_an_error(text_file, units_of_2021, text):
    directory = read_directory(text_file("huyen.csv", text), "huyen", units=units_of_2021)

    assert told(directory) == [("recipients-recipient-twice", 3, None)]


def test_two_heads_of_one_hamlet_need_codes_of_their_own(text_file):
    without = read_directory(text_file("a.csv", "xa,thon,ho_ten\nĐa Lộc,Thôn 1,A\nĐa Lộc,Thôn 1,B\n"), "thon")
    with_codes = read_directory(text_file("b.csv", "ma,xa,thon,ho_ten\n1,Đa Lộc,Thôn 1,A\n2,Đa Lộc,Thôn 1,B\n"), "thon")

    assert told(without) == [("recipients-recipient-twice", 3, None)]
    assert told(with_codes) == []


def test_the_same_name_in_two_communes_is_no_repetition(text_file):
    path = text_file(
        "thon.csv", "xa,thon,ho_ten\nĐa Lộc,Thôn 1,Lê Văn Thử\nĐa Lộc,Thôn 2,Lê Văn Thử\nNga Tân,Thôn 1,Lê Văn Thử\n"
    )

    directory = read_directory(path, "thon")

    assert len({one.ma for one in directory}) == 3
    assert told(directory) == []


def test_changing_one_row_changes_the_identity_of_no_other(text_file):
    before = read_directory(text_file("a.csv", "xa,thon,ho_ten\nĐa Lộc,Thôn 1,A\nĐa Lộc,Thôn 2,B\n"), "thon")
    after = read_directory(
        text_file("b.csv", "xa,thon,ho_ten\nĐa Lộc,Thôn Mới,A\nĐa Lộc,Thôn 3,C\nĐa Lộc,Thôn 2,B\n"), "thon"
    )

    assert before.recipients[1] == after.recipients[2]


def test_a_line_break_in_a_name_becomes_a_space(workbook):
    path = workbook(DS=[["xa", "thon", "ho_ten", "loi_nhan"], ["Đa Lộc", "Thôn 1", "Lê Văn\nThử", "một\nhai"]])

    recipient = read_directory(path, "thon").recipients[0]

    assert recipient.ho_ten == "Lê Văn Thử"
    assert recipient.truong["loi_nhan"] == "một\nhai"


def test_a_tier_of_the_campaigns_own_needs_only_a_name(text_file):
    directory = read_directory(text_file("cum.csv", "ten\nCụm 1\nCụm 2\n"), "cum")

    assert [(one.cap, one.ma, one.ten) for one in directory] == [("cum", "cụm-1", "Cụm 1"), ("cum", "cụm-2", "Cụm 2")]


def test_a_file_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(UnreadableFileError):
        read_directory(tmp_path / "khong-co.xlsx", "thon")


people = st.text("aăâbcdđeêghiklmnoôơpqrstuưvxy AĐÔ", min_size=1, max_size=20).filter(
    lambda name: name.strip() and name.strip() not in NON_VALUES and not detect_legacy(name)
)
notes = st.text("aăâđ ,;\"'0123456789&<>", max_size=20).filter(lambda note: not detect_legacy(note))


@given(st.lists(st.tuples(people, notes), min_size=1, max_size=8))
@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_list_written_from_its_recipients_is_read_as_the_same_recipients(tmp_path, rows):
    first = _written(
        tmp_path / "a.csv",
        [
            {"ma": str(n), "xa": "Đa Lộc", "thon": f"Thôn {n}", "ho_ten": person, "ghi_chu": note}
            for n, (person, note) in enumerate(rows)
        ],
    )
    again = _written(tmp_path / "b.csv", [{"ma": one.ma, **one.truong} for one in first])

    assert first.recipients == again.recipients
    assert first.report.ok
    assert again.report.ok


def _written(path, rows):
    with path.open("w", encoding="utf-8", newline="") as target:
        names = list(dict.fromkeys(name for row in rows for name in row))
        writer = csv.DictWriter(target, names)
        writer.writeheader()
        writer.writerows(rows)
    return read_directory(path, "thon")


def test_two_persons_of_one_name_with_codes_are_two_recipients(text_file):
    text = "ma,xa,thon,ho_ten\nKH1,Đa Lộc,Thôn 1,Lê Văn Thử\nKH2,Đa Lộc,Thôn 1,Lê Văn Thử\n"
    directory = read_directory(text_file("ds.csv", text), "thon")

    assert [one.ma for one in directory] == ["KH1", "KH2"]
    assert [(found.code, found.severity) for found in directory.report] == [("recipients-same-name", "warning")]


def test_a_unit_is_called_as_the_list_of_units_spells_it(text_file, units_of_2021):
    text = "xa,thon,ho_ten,ong_ba\nXÃ HOÀ LỘC,Thôn 1,Lò Ón,Bà\nx. hòa lộc,Thôn 2,Lò Ón,Bà\n"
    directory = read_directory(text_file("ds.csv", text), "thon", units=units_of_2021, ma_tinh="38", scope=["400"])

    assert {(one.ma_xa, one.xa) for one in directory} == {("16075", "xã Hòa Lộc")}


def test_every_change_of_a_long_list_is_told(text_file):
    rows = "".join(f"Đa Lộc,Thôn {n},LÒ VĂN ÓN,Ông\n" for n in range(1, 121))
    directory = read_directory(text_file("ds.csv", f"xa,thon,ho_ten,ong_ba\n{rows}"), "thon", mend=True)

    assert [found.code for found in directory.report] == ["recipients-mended"] * 120
    assert {one.ho_ten for one in directory} == {"Lò Văn Ón"}


@pytest.mark.parametrize(("column", "cell"), [("xa", "X? Đa Lộc"), ("thon", "Thôn H?"), ("ho_ten", "Lê Th? Mẫu")])
def test_a_question_mark_in_a_name_is_a_letter_lost(text_file, column, cell):
    row = {"xa": "Đa Lộc", "thon": "Thôn 1", "ho_ten": "Lò Ón", column: cell}
    directory = read_directory(text_file("ds.csv", "xa,thon,ho_ten\n" + ",".join(row.values()) + "\n"), "thon")

    assert told(directory) == [("recipients-letters-lost", 2, column)]
