from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from congvan.errors import UnreadableFileError
from congvan.register import Series, State
from congvan.register.legacy_import import read_legacy_book

PCTH = Series("pcth", 2021)
DECREE = (
    "Số, ký hiệu văn bản,Ngày tháng văn bản,Tên loại và trích yếu nội dung văn bản,Người ký,Nơi nhận văn bản,"
    '"Đơn vị, người nhận bản lưu",Số lượng bản,Ngày chuyển,Ký nhận,Ghi chú\n'
).replace("Số, ký hiệu văn bản", '"Số, ký hiệu văn bản"')


@pytest.fixture
def book(tmp_path):
    """The old book with ``rows`` below the decree's header, as :func:`read_legacy_book` reads it."""

    def read(*rows: str, header: str = DECREE, series: Series = PCTH):
        path = Path(tmp_path, "so-cu.csv")
        path.write_text(header + "\n".join(rows) + "\n", encoding="utf-8")
        return read_legacy_book(path, series)

    return read


def errors(report):
    return [(found.code, found.place.row) for found in report.errors]


def warnings(report):
    return [(found.code, found.place.row) for found in report.warnings]


def test_a_line_of_the_decrees_book_is_an_issued_number(book, register):
    read = book("01/PCTH-KD,05/01/2021,Công văn V/v phối hợp tuyên truyền,Lê Văn Mẫu,UBND tỉnh,VT,3,05/01/2021,,gấp")
    register.enter_issued(read.lines)
    (line,) = register.entries()
    assert (line.so, line.ky_hieu, line.ngay, line.loai) == (1, "PCTH-KD", date(2021, 1, 5), "cong-van")
    assert (line.trich_yeu, line.nguoi_ky, line.noi_nhan) == ("phối hợp tuyên truyền", "Lê Văn Mẫu", "UBND tỉnh")
    assert (line.don_vi_luu, line.so_ban, line.ghi_chu, line.trang_thai) == ("VT", 3, "gấp", State.ISSUED)


def test_the_next_number_follows_the_book(book, register, letter):
    register.enter_issued(book("1/PCTH-KD,05/01/2021,thử", "2/TB-PCTH,06/01/2021,Thông báo nghỉ lễ").lines)
    assert register.reserve([letter("a")]) == {"a": 3}
    assert register.verify().ok
    assert [row.act for row in register.trail()] == ["open", "import", "import", "reserve"]


@pytest.mark.parametrize(
    "header",
    [
        "Số/ký hiệu;Ngày tháng;Trích yếu\n",
        "SO, KY HIEU VAN BAN;NGÀY BAN HÀNH;TÊN LOẠI VÀ TRÍCH YẾU\n",
        "STT;Số và ký hiệu (1);Ngày, tháng, năm (2);Nội dung\n",
    ],
)
def test_headers_are_known_however_they_are_written(book, header):
    row = "1;465/PCTH-KD;5/4/2021;thử" if header.startswith("STT") else "465/PCTH-KD;5/4/2021;thử"
    read = book(row, header=header)
    assert [(line.so, line.ngay) for line in read.lines] == [(465, date(2021, 4, 5))]
    assert read.report.ok


def test_number_symbol_and_kind_may_stand_in_columns_of_their_own(book):
    read = book("7,QĐ-PCTH,05/4/2021,Quyết định,về việc khen thưởng", header="Số,Ký hiệu,Ngày ký,Tên loại,Trích yếu\n")
    (line,) = read.lines
    assert (line.so, line.letter.ky_hieu, line.letter.loai) == (7, "QĐ-PCTH", "quyet-dinh")
    assert line.letter.trich_yeu == "về việc khen thưởng"


@pytest.mark.parametrize(
    ("symbol", "subject", "loai", "trich_yeu"),
    [
        ("PCTH-KD", "V/v phối hợp", "cong-van", "phối hợp"),
        ("PCTH-KD", "Công văn: phối hợp", "cong-van", "phối hợp"),
        ("QĐ-PCTH", "Về việc khen thưởng", "quyet-dinh", "Về việc khen thưởng"),
        ("X", "Báo cáo kết quả", "bao-cao", "kết quả"),
        ("SY-PCTH", "Sao y công văn V/v phối hợp", "sao-y", "công văn V/v phối hợp"),
        ("TrS-PCTH", "Quyết định khen thưởng", "trich-sao", "Quyết định khen thưởng"),
        ("PCTH-KD", "Sao y bản chính", "cong-van", "Sao y bản chính"),
        ("X", "Báo cáoo", "cong-van", "Báo cáoo"),
    ],
)
def test_the_kind_is_the_one_named_or_the_symbols(book, symbol, subject, loai, trich_yeu):
    (line,) = book(f"1/{symbol},05/4/2021,{subject}").lines
    assert (line.letter.loai, line.letter.trich_yeu) == (loai, trich_yeu)


def test_the_row_that_counts_the_columns_is_passed_over(book):
    read = book("(1),(2),(3),(4),(5),(6),(7),(8),(9),(10)", "1/PCTH-KD,05/4/2021,thử")
    assert [line.so for line in read.lines] == [1]
    assert read.report.ok


def test_everything_wrong_is_said_at_once_line_by_line(book):
    read = book(
        ",05/4/2021,thử",
        "465a/PCTH,05/4/2021,thử",
        "466,05/4/2021,thử",
        "467/PCTH-KD,,thử",
        "468/PCTH-KD,31/02/2021,thử,,,,năm bản",
        "469/PCTH-KD,05/4/2021,",
    )
    assert errors(read.report) == [
        ("register-line-number-missing", 2),
        ("register-line-number-unreadable", 3),
        ("register-line-symbol-missing", 4),
        ("register-line-date-missing", 5),
        ("register-line-date-unreadable", 6),
        ("register-line-copies-unreadable", 6),
    ]
    assert warnings(read.report) == [("register-line-subject-missing", 7)]
    assert [line.so for line in read.lines] == [469]


def test_columns_that_are_not_taken_over_are_named(book):
    report = book("1/PCTH-KD,05/4/2021,thử").report
    left_out = [found.place.column for found in report if found.code == "register-column-left-out"]
    assert left_out == ["Ngày chuyển", "Ký nhận"]


def test_a_table_that_is_no_book_is_refused(book):
    read = book("Lê Văn Mẫu,khẩn", header="Người ký,Ghi chú\n")
    assert [found.code for found in read.report.errors] == ["register-column-missing"] * 2
    assert read.lines == ()


def test_a_cell_that_lost_its_characters_is_an_error_once(book):
    read = book("1/PCTH-KD,05/4/2021,th\ufffd", "2/PCTH-KD,#REF!,thử")
    assert [found.code for found in read.report.errors] == ["recipients-text-broken", "recipients-not-a-value"]
    assert read.lines == ()


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(UnreadableFileError, match="khong-co"):
        read_legacy_book(tmp_path / "khong-co.xlsx", PCTH)


# Entering it


def test_a_number_that_stands_twice_or_is_taken_is_refused_with_both_places(book, register, letter, refused):
    register.reserve([letter("a", bat_dau=3)])
    lines = book("1/PCTH-KD,05/4/2021,thử", "1/PCTH-KD,05/4/2021,khác", "3/PCTH-KD,05/4/2021,thử").lines
    report = register.check_issued(lines)
    assert errors(report) == [("register-number-twice", 3), ("register-number-taken", 4)]
    assert "hàng 2" in str(report.errors[0])
    assert refused(register.enter_issued, lines) == ["register-number-twice", "register-number-taken"]
    assert [line.khoa for line in register.entries()] == ["a"]


def test_a_gap_is_a_warning_and_may_be_entered(book, register):
    lines = book("3/PCTH-KD,05/4/2021,thử", "7/PCTH-KD,05/4/2021,thử").lines
    report = register.check_issued(lines)
    assert warnings(report) == [("register-numbers-missing", 2), ("register-numbers-missing", 3)]
    assert [found.values["count"] for found in report] == ["2", "3"]
    register.enter_issued(lines)
    assert [line.so for line in register.entries()] == [3, 7]


def test_a_date_that_runs_backwards_is_refused_with_the_nearest_allowed(book, register, refused):
    lines = book("2/PCTH-KD,04/4/2021,thử", "1/PCTH-KD,05/4/2021,thử", "3/PCTH-KD,05/4/2020,thử").lines
    report = register.check_issued(lines)
    assert errors(report) == [("register-year", 4), ("register-date-early", 2)]
    assert "05/04/2021" in str(report.errors[1])
    refused(register.enter_issued, lines)
    assert list(register.entries()) == []


def test_a_book_older_than_what_the_register_holds_comes_before_it(book, register, letter):
    register.reserve([letter("a", bat_dau=3, ngay=date(2021, 4, 5))])
    late = book("2/PCTH-KD,06/4/2021,thử").lines
    assert [code for code, _ in errors(register.check_issued(late))] == ["register-date-late"]
    register.enter_issued(book("1/PCTH-KD,05/01/2021,thử", "2/PCTH-KD,05/4/2021,thử").lines)
    assert [(line.so, line.trang_thai.value) for line in register.entries()] == [
        (1, "issued"),
        (2, "issued"),
        (3, "reserved"),
    ]
    assert register.verify().ok


def test_a_refused_book_makes_no_register_and_an_empty_one_neither(book, register, where, refused):
    refused(register.enter_issued, book("1/PCTH-KD,05/4/2020,thử").lines)
    register.enter_issued([])
    assert not where.exists()


@given(st.lists(st.tuples(st.integers(1, 9), st.dates(date(2021, 4, 1), date(2021, 4, 4))), max_size=6))
@settings(deadline=None, max_examples=60)
def test_a_book_is_entered_exactly_when_its_numbers_are_distinct_and_its_dates_in_order(tmp_path_factory, lines):
    from congvan.register import Register

    folder = tmp_path_factory.mktemp("so")
    rows = "".join(f"{so}/PCTH-KD,{day:%d/%m/%Y},thử\n" for so, day in lines)
    (folder / "so-cu.csv").write_text(f'"Số, ký hiệu",Ngày,Trích yếu\n{rows}', encoding="utf-8")
    read = read_legacy_book(folder / "so-cu.csv", PCTH)
    assert read.report.ok == bool(lines)
    numbers, dates = [so for so, _ in lines], [day for _, day in sorted(lines)]
    sound = len(set(numbers)) == len(numbers) and dates == sorted(dates)
    register = Register.open(folder / "so.sqlite3")
    assert register.check_issued(read.lines).ok == sound
    if sound:
        register.enter_issued(read.lines)
        assert [(line.so, line.ngay) for line in register.entries()] == sorted(lines)
        assert register.verify().ok == bool(lines)
