import io
import zipfile
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from docx import Document
from python_calamine import CalamineWorkbook

from congvan.letter import Agency
from congvan.register import Entry, Series, State
from congvan.register.book.printed_book import COLUMNS, WIDTHS, choose_series, printed_book
from congvan.register.book.word_document import write_docx
from congvan.register.book.workbook import BOOK_SHEET, COVER_SHEET, write_xlsx
from congvan.register.legacy.book_file import read_legacy_book
from congvan.register.letter_chain import Chains
from congvan.register.letter_record import LetterRecord, LetterState, Relation

PCTH = Series("pcth", 2021)
A_LINE = Entry(
    khoa="a",
    so=1,
    don_vi="pcth",
    nam=2021,
    chuoi="",
    ngay=date(2021, 4, 5),
    ky_hieu="PCTH-KD",
    loai="cong-van",
    trich_yeu="phối hợp tuyên truyền",
    trang_thai=State.ISSUED,
    reserved_at=datetime(2021, 4, 1, tzinfo=UTC),
    nguoi_ky="Lê Văn Mẫu",
    noi_nhan="UBND tỉnh Thanh Hóa",
    don_vi_luu="VT, KD",
    so_ban=3,
    ghi_chu="gấp",
)


def line(**parts):
    return replace(A_LINE, **parts)


@pytest.fixture
def book():
    lines = [
        line(),
        line(so=2, loai="thong-bao", trich_yeu="về việc nghỉ lễ", ghi_chu=""),
        line(so=3, ngay=date(2021, 4, 6), trang_thai=State.VOID, void_reason="in sai", trich_yeu="=1+1", so_ban=None),
        line(so=4, ngay=None, trang_thai=State.RESERVED, trich_yeu="", ghi_chu=""),
    ]
    return printed_book(PCTH, lines, co_quan="CÔNG TY ĐIỆN LỰC THANH HÓA", chu_quan="TỔNG CÔNG TY", quyen_so="02")


# The lines and the cover


def test_a_line_has_the_ten_columns_of_the_decree(book):
    assert dict(zip(COLUMNS, book.lines[0], strict=True)) == {
        "Số, ký hiệu văn bản": "01/PCTH-KD",
        "Ngày tháng văn bản": "05/4/2021",
        "Tên loại và trích yếu nội dung văn bản": "Công văn V/v phối hợp tuyên truyền",
        "Người ký": "Lê Văn Mẫu",
        "Nơi nhận văn bản": "UBND tỉnh Thanh Hóa",
        "Đơn vị, người nhận bản lưu": "VT, KD",
        "Số lượng bản": "03",
        "Ngày chuyển": "",
        "Ký nhận": "",
        "Ghi chú": "gấp",
    }


def test_the_book_says_which_numbers_stand_for_no_letter(book):
    assert [each[9] for each in book.lines] == ["gấp", "", "Hủy: in sai; gấp", "Đã cấp số, chưa ban hành"]
    assert [each[2] for each in book.lines][1:] == ["Thông báo về việc nghỉ lễ", "Công văn V/v =1+1", "Công văn"]


def test_the_note_says_what_replaced_recalled_or_corrected_a_number():
    lines = [line(khoa=f"x/{so}", so=so, ghi_chu="") for so in range(1, 6)]
    lines.append(line(khoa="x/1~2", so=25, ngay=date(2021, 5, 3), ghi_chu=""))
    lines.append(line(khoa="x/2~2", so=26, ngay=date(2021, 5, 3), ghi_chu="gấp"))
    lines.append(line(khoa="x/a~2", so=27, ngay=None, ghi_chu=""))

    def letter(khoa, state, khoa_so="", old="", relation=""):
        return LetterRecord(khoa, "x", state, khoa_so or khoa, lien_quan=old, quan_he=relation)

    letters = [
        letter("x/1", LetterState.REPLACED),
        letter("x/1~2", LetterState.ISSUED, old="x/1", relation=Relation.REPLACE),
        letter("x/2", LetterState.RECALLED),
        letter("x/2~2", LetterState.ISSUED, old="x/2", relation=Relation.RECALL),
        letter("x/a", LetterState.CORRECTED, "x/3"),
        letter("x/b", LetterState.ISSUED, "x/3"),
        letter("x/a~2", LetterState.ISSUED, old="x/a", relation=Relation.CORRECT),
    ]
    chains = Chains.of(letters, [], {one.khoa: one for one in lines})
    assert [each[9] for each in printed_book(PCTH, lines, chains).lines] == [
        "Thay thế bằng số 25/PCTH-KD ngày 03/5/2021",
        "Đã thu hồi theo số 26/PCTH-KD ngày 03/5/2021",
        "Đính chính tại số 27/PCTH-KD (1 trong 2 văn bản)",
        "",
        "",
        "Thay thế số 01/PCTH-KD ngày 05/4/2021",
        "Thu hồi số 02/PCTH-KD ngày 05/4/2021; gấp",
        "Đính chính số 03/PCTH-KD ngày 05/4/2021",
    ]


def test_the_cover_has_the_names_of_the_body_and_its_parent():
    body = Agency(
        ma="pcth",
        chu_quan="TỔNG CÔNG TY",
        co_quan="CÔNG TY",
        ten_thuong="Công ty",
        ky_hieu="PCTH",
        dia_danh="Thanh Hóa",
    )

    def names(**given):
        cover = printed_book(PCTH, [], agencies={"pcth": body}, **given).cover
        return cover.chu_quan, cover.co_quan

    assert names() == ("TỔNG CÔNG TY", "CÔNG TY")
    assert names(chu_quan="BỘ A") == ("BỘ A", "CÔNG TY")
    assert names(co_quan="SỞ B") == ("", "SỞ B"), "another body's parent is another"


def test_the_cover_says_whose_book_it_is_and_what_is_in_it(book):
    assert book.cover.particulars == (
        "Năm: 2021",
        "Từ ngày 05/4/2021 đến ngày 05/4/2021",
        "Từ số 01 đến số 04",
        "Quyển số: 02",
    )


def test_what_is_not_known_is_left_to_be_filled_in(book):
    cover = printed_book(PCTH, []).cover
    assert (cover.chu_quan, cover.co_quan) == ("", "………"), "a code means nothing to the reader of a book"
    assert cover.particulars[1:] == (
        "Từ ngày ……… đến ngày ………",
        "Từ số ……… đến số ………",
        "Quyển số: ………",
    )


def test_the_columns_fill_a_landscape_page_with_room_to_bind_it():
    assert sum(WIDTHS) == 297 - 20 - 10


def test_the_only_series_need_not_be_named():
    assert choose_series([line(), line(so=2)]) == PCTH


def test_of_several_series_one_is_chosen_or_all_are_named(refused):
    lines = [line(), line(don_vi="dl-1"), line(chuoi="mat"), line(nam=2022)]
    assert choose_series(lines, "dl-1") == Series("dl-1", 2021)
    assert choose_series(lines, "pcth", 2021, "") == PCTH
    assert refused(choose_series, lines, "pcth") == ["register-series-several"]
    assert refused(choose_series, lines, "khác", 2021) == ["register-series-unknown"]
    assert refused(choose_series, []) == ["register-series-unknown"]


# Excel


def sheet(content, name):
    return CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_name(name).to_python()


def test_the_workbook_has_a_cover_and_every_line(book):
    content = write_xlsx(book)
    rows = sheet(content, BOOK_SHEET)
    assert tuple(rows[0]) == COLUMNS
    assert [tuple(row) for row in rows[2:]] == list(book.lines)
    cover = [row[0] for row in sheet(content, COVER_SHEET)]
    assert cover == ["TỔNG CÔNG TY", "CÔNG TY ĐIỆN LỰC THANH HÓA", "", "SỔ ĐĂNG KÝ VĂN BẢN ĐI", *book.cover.particulars]


@pytest.mark.parametrize(
    "text", ["=1+1", "=cmd|'/C calc'!A0", "+1", "-1", "@SUM(A1)", "http://may/x", "\t=1+1", "00123"]
)
def test_no_cell_becomes_a_formula_a_link_or_a_number(text):
    content = write_xlsx(printed_book(PCTH, [line(nguoi_ky=text, ghi_chu=text)], co_quan=text))
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        sheets = [archive.read(name).decode() for name in archive.namelist() if name.startswith("xl/worksheets/sheet")]
    cells = "".join(sheets).count("<c ")
    assert cells == "".join(sheets).count('t="s"') > 20
    assert not [sheet for sheet in sheets if "<f>" in sheet or "<hyperlink" in sheet]
    assert sheet(content, BOOK_SHEET)[2][3] == text


def test_a_text_no_cell_can_hold_is_refused_and_not_left_out(refused):
    long = printed_book(
        PCTH, [line(noi_nhan="x" * 32_767), line(so=2, noi_nhan="x" * 32_768), line(so=3, ghi_chu="x" * 40_000)]
    )
    assert refused(write_xlsx, long) == ["register-cell-too-long", "register-cell-too-long"]


@pytest.mark.parametrize("write", [write_xlsx, write_docx])
def test_the_same_book_gives_the_same_bytes(book, write, monkeypatch):
    first = write(book)
    monkeypatch.setattr("time.time", lambda: 2_000_000_000.0)
    assert write(book) == first


@pytest.mark.parametrize("write", [write_xlsx, write_docx])
def test_control_characters_do_not_spoil_the_file(write):
    content = write(printed_book(PCTH, [line(trich_yeu="trước\x01\x1fsau <&> \uffff")]))
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.testzip() is None
    if write is write_docx:
        assert "trước\ufffd\ufffdsau <&> \ufffd" in table(content)[2][2]


def test_an_exported_book_can_be_entered_into_another_register(book, tmp_path):
    (tmp_path / "so.xlsx").write_bytes(write_xlsx(book))
    old = read_legacy_book(tmp_path / "so.xlsx", PCTH, sheet=BOOK_SHEET)
    assert old.report.ok
    first = old.lines[0].letter
    assert [one.so for one in old.lines] == [1, 2, 3, 4]
    assert (first.loai, first.trich_yeu, first.so_ban) == ("cong-van", "phối hợp tuyên truyền", 3)
    assert old.lines[1].letter.loai == "thong-bao"


# Word


def table(content):
    (found,) = Document(io.BytesIO(content)).tables
    return [[cell.text for cell in row.cells] for row in found.rows]


def test_the_document_has_a_cover_and_every_line(book):
    content = write_docx(book)
    rows = table(content)
    assert tuple(rows[0]) == COLUMNS
    assert rows[1] == [f"({number})" for number in range(1, 11)]
    assert [tuple(row) for row in rows[2:]] == list(book.lines)
    texts = [paragraph.text for paragraph in Document(io.BytesIO(content)).paragraphs if paragraph.text]
    assert texts == ["TỔNG CÔNG TY", "CÔNG TY ĐIỆN LỰC THANH HÓA", "SỔ ĐĂNG KÝ VĂN BẢN ĐI", *book.cover.particulars]


def test_the_document_is_landscape_a4_and_repeats_its_head(book):
    document = Document(io.BytesIO(write_docx(book)))
    (section,) = document.sections
    assert (section.page_width.mm, section.page_height.mm) == (pytest.approx(297, abs=0.1), pytest.approx(210, abs=0.1))
    rows = [row._tr.xml for row in document.tables[0].rows]
    assert ["w:tblHeader" in row for row in rows] == [True, True, False, False, False, False]
    assert all("w:cantSplit" in row for row in rows)
    assert document.paragraphs[-1].paragraph_format.page_break_before


def test_a_book_without_lines_is_printed_too():
    assert len(table(write_docx(printed_book(PCTH, [])))) == 2
    assert len(sheet(write_xlsx(printed_book(PCTH, [])), BOOK_SHEET)) == 2


def test_a_long_symbol_or_subject_is_not_cut():
    long = printed_book(PCTH, [line(trich_yeu="dài " * 5000)])
    assert table(write_docx(long))[2][2].count("dài") == 5000
