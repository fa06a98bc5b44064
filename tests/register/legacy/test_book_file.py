from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from congvan.errors import UnreadableFileError
from congvan.findings import Place
from congvan.register import IssuedNumber, NumberRequest, Register, Series, State
from congvan.register.book.printed_book import printed_book
from congvan.register.book.workbook import BOOK_SHEET, write_xlsx
from congvan.register.legacy.book_file import read_legacy_book

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


def test_whatever_cannot_be_read_in_a_line_is_a_warning_and_the_line_is_taken(book):
    read = book(
        ",05/4/2021,thử",
        "bốn/PCTH,05/4/2021,thử",
        "466,05/4/2021,thử",
        "467/PCTH-KD,,thử",
        "468/PCTH-KD,31/02/2021,thử,,,,năm bản,,,gấp",
        "469/PCTH-KD,05/4/2021,",
    )
    assert read.report.ok
    assert warnings(read.report) == [
        ("register-line-number-missing", 2),
        ("register-line-number-unreadable", 3),
        ("register-line-symbol-missing", 4),
        ("register-line-date-missing", 5),
        ("register-line-date-unreadable", 6),
        ("register-line-copies-unreadable", 6),
        ("register-line-subject-missing", 7),
    ]
    assert [(line.so, line.letter.ky_hieu, line.ngay) for line in read.lines] == [
        (466, "", date(2021, 4, 5)),
        (467, "PCTH-KD", None),
        (468, "PCTH-KD", None),
        (469, "PCTH-KD", date(2021, 4, 5)),
    ]
    assert read.lines[2].letter.ghi_chu == "gấp; Ngày tháng ghi: 31/02/2021; Số lượng bản: năm bản"


@pytest.mark.parametrize(
    ("written", "so", "so_phu", "symbol"),
    [
        ("02a/PCTH-KD", 2, "a", "PCTH-KD"),
        ("02A/PCTH-KD", 2, "a", "PCTH-KD"),
        ("Số: 2b / PCTH-KD", 2, "b", "PCTH-KD"),
        ("12đ/PCTH-KD", 12, "đ", "PCTH-KD"),
        ("05(2)/PCTH-KD", 5, "(2)", "PCTH-KD"),
        ("7 bis/PCTH-KD", 7, "bis", "PCTH-KD"),
    ],
)
def test_a_number_may_have_a_letter_behind_it(book, written, so, so_phu, symbol):
    (line,) = book(f"{written},05/4/2021,thử").lines
    assert (line.so, line.so_phu, line.letter.ky_hieu) == (so, so_phu, symbol)


@pytest.mark.parametrize("written", ["07/01", "7/1", "07-01", "ngày 7 tháng 01", "7.1", "07/01/2021"])
def test_a_date_without_a_year_is_of_the_books_year(book, written):
    (line,) = book(f"1/PCTH-KD,{written},thử").lines
    assert line.ngay == date(2021, 1, 7)


def test_rows_that_are_no_letters_are_passed_over_and_named(book):
    read = book(
        "Tháng 02,,",
        ",,Tháng 3/2021",
        "1/PCTH-KD,05/4/2021,thử",
        "",
        '"Số, ký hiệu văn bản",Ngày tháng văn bản,Tên loại và trích yếu nội dung văn bản',
        "(1),(2),(3)",
        "2/PCTH-KD,05/4/2021,thử",
        "Tổng cộng,,2 văn bản",
        ',,"Thanh Hóa, ngày 31 tháng 12 năm 2021"',
        "Người lập sổ,,Thủ trưởng đơn vị",
        ',,"(Ký, ghi rõ họ tên)"',
    )
    assert [line.so for line in read.lines] == [1, 2]
    assert (read.report.errors, read.report.warnings) == ((), ())
    passed_over = [found.place.row for found in read.report if found.code == "register-row-no-letter"]
    assert passed_over == [2, 3, 9, 10, 11, 12]


def test_columns_that_are_not_taken_over_are_named(book):
    report = book("1/PCTH-KD,05/4/2021,thử").report
    left_out = [found.place.column for found in report if found.code == "register-column-left-out"]
    assert left_out == ["Ngày chuyển", "Ký nhận"]


def test_a_table_that_is_no_book_is_refused(book):
    read = book("Lê Văn Mẫu,khẩn", header="Người ký,Ghi chú\n")
    assert [found.code for found in read.report.errors] == ["register-column-missing"] * 2
    assert read.lines == ()


def test_a_cell_that_lost_its_characters_is_left_out_with_a_warning(book):
    read = book("1/PCTH-KD,05/4/2021,thử,th\ufffd", "2/PCTH-KD,#REF!,thử")
    assert warnings(read.report) == [("recipients-text-broken", 2), ("recipients-not-a-value", 3)]
    assert [(line.so, line.ngay, line.letter.nguoi_ky) for line in read.lines] == [
        (1, date(2021, 4, 5), ""),
        (2, None, ""),
    ]


def test_a_cell_in_a_wrong_code_page_or_with_lost_letters_is_left_out_with_a_warning(book):
    read = book("1/PCTH-KD,05/4/2021,thử,LÃª VÄƒn Máº«u", "2/PCTH-KD,05/4/2021,thử,L? V?n M?u")
    assert warnings(read.report) == [("recipients-text-misread", 2), ("recipients-letters-lost", 3)]
    assert [(line.so, line.letter.nguoi_ky) for line in read.lines] == [(1, ""), (2, "")]


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(UnreadableFileError, match="khong-co"):
        read_legacy_book(tmp_path / "khong-co.xlsx", PCTH)


# Entering it


def test_a_number_that_stands_twice_is_kept_twice(book, register):
    lines = book("1/PCTH-KD,05/4/2021,thử", "1/PCTH-KD,05/4/2021,khác", "1/PCTH-KD,05/4/2021,nữa").lines
    report = register.check_issued(lines)
    assert warnings(report) == [("register-number-twice", 3), ("register-number-twice", 4)]
    assert "hàng 2" in str(report.warnings[0])
    assert register.enter_issued(lines) == 3
    assert [(line.number, line.trich_yeu) for line in register.entries()] == [
        ("01", "thử"),
        ("01(2)", "khác"),
        ("01(3)", "nữa"),
    ]
    assert register.verify().ok


def test_a_number_the_register_has_given_is_left_out_and_the_rest_entered(book, register, letter):
    register.reserve([letter("a", bat_dau=3)])
    lines = book("1/PCTH-KD,05/4/2021,thử", "3/PCTH-KD,05/4/2021,thử", "3a/PCTH-KD,05/4/2021,thử").lines
    assert warnings(register.check_issued(lines)) == [("register-number-taken", 3), ("register-number-missing", 4)]
    assert register.enter_issued(lines) == 2
    assert [line.so_ky_hieu for line in register.entries()] == ["01/PCTH-KD", "03/PCTH-KD", "03a/PCTH-KD"]


def test_a_book_entered_again_adds_only_what_is_new(book, register):
    register.enter_issued(book("1/PCTH-KD,05/4/2021,thử", "2/PCTH-KD,05/4/2021,thử").lines)
    again = book("1/PCTH-KD,05/4/2021,thử", "2/PCTH-KD,05/4/2021,thử", "3/PCTH-KD,05/4/2021,thử").lines
    report = register.check_issued(again)
    assert [(found.code, found.values["count"]) for found in report] == [("register-lines-entered-before", "2")]
    assert register.enter_issued(again) == 1


def test_a_gap_is_a_warning_and_may_be_entered(book, register):
    lines = book("3/PCTH-KD,05/4/2021,thử", "7/PCTH-KD,05/4/2021,thử", "9/PCTH-KD,05/4/2021,thử").lines
    report = register.check_issued(lines)
    assert [found.message for found in report] == [
        "Sổ không có các số từ 1 đến 2 (2 số).",
        "Sổ không có các số từ 4 đến 6 (3 số).",
        "Sổ không có số 8.",
    ]
    register.enter_issued(lines)
    assert [line.so for line in register.entries()] == [3, 7, 9]


def test_dates_out_of_order_are_warnings_about_the_fewest_lines(book, register):
    lines = book(
        "1/PCTH-KD,05/01/2021,thử",
        "2/PCTH-KD,05/12/2021,thử",
        "3/PCTH-KD,07/01/2021,thử",
        "4/PCTH-KD,08/01/2020,thử",
        "5/PCTH-KD,09/01/2021,thử",
    ).lines
    report = register.check_issued(lines)
    assert warnings(report) == [("register-history-year", 5), ("register-history-order", 3)]
    assert "số 3 ngày 07/01/2021" in str(report.warnings[1])
    assert register.enter_issued(lines) == 5


def test_history_never_stops_numbering(book, register, letter):
    register.enter_issued(book("1/PCTH-KD,05/12/2021,thử", "2a/PCTH-KD,31/12/2021,thử").lines)
    early = letter("a", ngay=date(2021, 1, 5))
    assert [found.code for found in register.check([early])] == ["register-history-order"]
    assert register.reserve([early]) == {"a": 3}
    assert [found.code for found in register.check([letter("b", ngay=date(2021, 1, 4))])] == ["register-date-early"]


def test_a_book_older_than_what_the_register_holds_comes_before_it(book, register, letter):
    register.reserve([letter("a", bat_dau=3, ngay=date(2021, 4, 5))])
    late = book("2/PCTH-KD,06/4/2021,thử").lines
    assert next(code for code, _ in warnings(register.check_issued(late))) == "register-history-order"
    register.enter_issued(book("1/PCTH-KD,05/01/2021,thử", "2/PCTH-KD,05/4/2021,thử").lines)
    assert [(line.so, line.trang_thai.value) for line in register.entries()] == [
        (1, "issued"),
        (2, "issued"),
        (3, "reserved"),
    ]
    assert register.verify().ok


def test_an_empty_book_makes_no_register(register, where):
    assert register.enter_issued([]) == 0
    assert not where.exists()


_TEXTS = st.text(st.sampled_from("aăâđêôơưháệ12 ,;./-()“”"), max_size=12).map(lambda text: " ".join(text.split()))
_LINES = st.lists(
    st.tuples(
        st.integers(1, 12),
        st.sampled_from(["", "a", "b"]),
        st.dates(date(2021, 1, 1), date(2021, 12, 31)) | st.none(),
        st.sampled_from(["PCTH-KD", "QĐ-PCTH", "TB-PCTH"]),
        _TEXTS.map(lambda text: f"thử {text}".strip()),
        _TEXTS.filter(lambda text: not text.startswith("-")),
        st.none() | st.integers(0, 99),
    ),
    min_size=1,
    max_size=8,
)


@given(_LINES)
@settings(deadline=None, max_examples=40)
def test_a_book_goes_through_export_and_import_unchanged(tmp_path_factory, rows):
    folder = tmp_path_factory.mktemp("so")
    lines = [
        IssuedNumber(
            so,
            NumberRequest(
                f"so-cu/{PCTH}/{so}{so_phu}", *PCTH[:2], day, symbol, kind(symbol), about, noi_nhan=to, so_ban=copies
            ),
            Place(row=number),
            so_phu,
        )
        for number, (so, so_phu, day, symbol, about, to, copies) in enumerate(rows, start=2)
    ]
    register = Register.open(folder / "so.sqlite3")
    assert register.enter_issued(lines) == len(rows)
    before = list(register.entries())
    (folder / "so.xlsx").write_bytes(write_xlsx(printed_book(PCTH, before)))
    again = Register.open(folder / "khac.sqlite3")
    read = read_legacy_book(folder / "so.xlsx", PCTH, sheet=BOOK_SHEET)
    assert again.enter_issued(read.lines) == len(rows)

    def shown(book):
        return [
            (line.khoa, line.number, line.ky_hieu, line.ngay, line.loai, line.trich_yeu, line.noi_nhan, line.so_ban)
            for line in book.entries()
        ]

    assert shown(again) == shown(register)
    assert register.verify().ok
    assert again.verify().ok


def kind(symbol):
    return {"QĐ-PCTH": "quyet-dinh", "TB-PCTH": "thong-bao"}.get(symbol, "cong-van")
