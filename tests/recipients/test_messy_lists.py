"""Fifty kinds of mess as offices keep their lists: each becomes right recipients or a finding at its place."""

import csv
import io
import unicodedata
from pathlib import Path

import pytest

from congvan.errors import UnreadableFileError
from congvan.recipients import read_directory
from congvan.recipients.person import phones_in

H = ["STT", "Huyện", "Xã", "Thôn", "Họ và tên", "Ông/Bà", "Điện thoại"]
A = ["1", "Hậu Lộc", "Đa Lộc", "Thôn 1", "Trịnh Văn Mẫu", "Ông", "0950000001"]
B = ["2", "Hậu Lộc", "Đa Lộc", "Thôn 2", "Lò Ón", "Bà", "0950000002"]
C = ["3", "Hậu Lộc", "Hòa Lộc", "Thôn 1", "Lê Thị Thử", "Bà", "0950000003"]
SAVED_AS_XLS = Path(__file__).parent / "danh-sach.xls"
FIRST, SECOND, THIRD = (
    ("16087", "Thôn 1", "Trịnh Văn Mẫu"),
    ("16087", "Thôn 2", "Lò Ón"),
    ("16075", "Thôn 1", "Lê Thị Thử"),
)
ALL = [FIRST, SECOND, THIRD]


def changed(row, **cells):
    """``row`` with some of its cells written otherwise; the columns are called as in ``names``."""
    names = dict(zip(["stt", "huyen", "xa", "thon", "ho_ten", "ong_ba", "dien_thoai"], range(7), strict=True))
    return [cells.get(name, row[at]) for name, at in names.items()]


# name, rows as the sheet holds them, who is to be read (commune, hamlet, person), findings: (code, row, column)
MESS = [
    ("a list in order", [H, A, B, C], ALL, []),
    ("titles above the header", [["UBND HUYỆN HẬU LỘC"], ["DANH SÁCH TRƯỞNG THÔN"], [], H, A, B, C], ALL, []),
    ("a header in capitals", [[title.upper() for title in H], A, B, C], ALL, []),
    ("a header without marks, as names of fields", [["stt", "huyen", "xa", "thon", "ho_ten", "ong_ba", "dien_thoai"], A, B, C], ALL, []),
    ("a header with line breaks and notes", [["STT", "Huyện", "Xã", "Thôn", "Họ và tên\n(viết đủ)", "Ông (Bà)", "Điện thoại (di động)"], A, B, C], ALL, []),
    ("other words for the same columns", [["TT", "Quận/huyện", "Xã/phường", "Thôn, tổ dân phố", "Người nhận", "Xưng hô", "SĐT"], A, B, C], ALL, []),
    ("columns in another order", [H[::-1], A[::-1], B[::-1], C[::-1]], ALL, []),
    ("a header of two lines, persons below", [["STT", "Địa bàn", "", "", "Người đứng đầu", "", ""], ["", *H[1:]], A, B, C], ALL, []),
    ("a header of two lines, persons under one title", [[*H[:4], "Người đứng đầu", "", ""], ["", "", "", "", "Họ và tên", "Ông/Bà", "Điện thoại"], A, B, C], ALL, []),
    ("the columns numbered in brackets", [H, ["(1)", "(2)", "(3)", "(4)", "(5)", "(6)", "(7)"], A, B, C], ALL, [("row-heading", 2, None)]),
    ("the columns numbered plainly", [H, list("1234567"), A, B, C], ALL, [("row-heading", 2, None)]),
    ("the columns lettered, then numbered", [H, list("ABC1234"), A, B, C], ALL, [("row-heading", 2, None)]),
    ("the header again on the next page", [H, A, B, H, C], ALL, [("row-heading", 4, None)]),
    ("another header in the middle", [H, A, ["STT", "Xã", "Huyện", "Thôn", "Họ và tên", "Điện thoại", "Ông/Bà"], B], [FIRST, SECOND], [("heading-changed", 3, None)]),
    ("communes merged over their hamlets", [H, A, changed(B, huyen="", xa=""), changed(C, huyen="")], ALL, [("filled-down", 3, "Huyện"), ("filled-down", 3, "Xã")]),
    ("a commune left out below another district", [H, A, changed(C, huyen="Nga Sơn", xa="")], [FIRST], [("value-missing", 3, "Xã")]),
    ("a person's name is never taken from above", [H, A, changed(B, ho_ten="")], [FIRST], [("value-missing", 3, "Họ và tên")]),
    ("a hamlet is never taken from above", [H, A, changed(B, thon="")], [FIRST], [("value-missing", 3, "Thôn")]),
    ("a row for the commune above its hamlets", [H, ["", "Hậu Lộc", "Đa Lộc", "", "", "", ""], changed(A, huyen="", xa=""), changed(B, huyen="", xa="")], [FIRST, SECOND], [("row-of-unit", 2, None), ("filled-down", 3, "Huyện"), ("filled-down", 3, "Xã")]),
    ("blank rows between", [H, A, [], ["", "", "", "", "", "", ""], B, [" "], C], ALL, []),
    ("a row of totals", [H, A, B, C, ["Tổng cộng", "", "", "3", "", "", ""]], ALL, [("row-total", 5, None)]),
    ("totals for each commune", [H, A, B, ["Cộng xã Đa Lộc: 2", "", "", "", "", "", ""], C, ["", "CỘNG", "", "1", "", "", ""]], ALL, [("row-total", 4, None), ("row-total", 6, None)]),
    ("a hamlet called Cộng Hòa is no total", [H, changed(A, stt="", huyen="", xa="Đa Lộc", thon="Cộng Hòa")], [("16087", "Cộng Hòa", "Trịnh Văn Mẫu")], []),
    ("rows numbered in advance", [H, A, B, C, ["4"], ["5"]], ALL, [("row-only-numbered", 5, None), ("row-only-numbered", 6, None)]),
    ("a signature below the list", [H, A, B, C, ["Đa Lộc, ngày 05 tháng 4 năm 2021", "", "", "", "", "", ""]], ALL, [("row-signature", 5, None)]),
    ("decomposed letters", [H, changed(A, ho_ten=unicodedata.normalize("NFD", "Trịnh Văn Mẫu")), B, C], ALL, [("text-not-nfc", 2, "Họ và tên")]),
    ("doubled and trailing spaces", [H, changed(A, ho_ten="  Trịnh  Văn   Mẫu "), B, C], ALL, []),
    ("non-breaking spaces", [H, changed(A, ho_ten="Trịnh\u00a0Văn Mẫu"), B, C], ALL, [("text-odd-space", 2, "Họ và tên")]),
    ("invisible characters", [H, changed(A, ho_ten="Trịnh\u200b Văn Mẫu"), B, C], ALL, [("text-invisible", 2, "Họ và tên")]),
    ("a line break in a name", [H, changed(A, ho_ten="Trịnh Văn\nMẫu"), B, C], ALL, []),
    ("Ð for Đ", [H, changed(A, xa="Ða Lộc"), B], [FIRST, SECOND], [("text-lookalike", 2, "Xã")]),
    ("the tone mark on the other letter", [H, A, B, changed(C, xa="xã Hoà Lộc")], ALL, []),
    ("units in capitals", [H, changed(A, huyen="HẬU LỘC", xa="XÃ ĐA LỘC"), B, C], ALL, []),
    ("units with short kinds", [H, changed(A, huyen="H. Hậu Lộc", xa="X. Đa Lộc"), B, C], ALL, []),
    ("a misspelt commune", [H, changed(A, xa="Đa Lọc"), B], [(None, "Thôn 1", "Trịnh Văn Mẫu"), SECOND], [("unit-name-unknown", 2, "Xã")]),
    ("a commune of another district", [H, changed(A, huyen="Nga Sơn"), B], [(None, "Thôn 1", "Trịnh Văn Mẫu"), SECOND], [("unit-name-unknown", 2, "Xã")]),
    ("a telephone without its zero", [H, changed(A, dien_thoai="950000001"), B, C], ALL, [("zero-restored", 2, "Điện thoại")]),
    ("two telephones in a cell", [H, changed(A, dien_thoai="0950000001; 0950000009"), B, C], ALL, []),
    ("a telephone with dots and spaces", [H, changed(A, dien_thoai="0950.000 001"), B, C], ALL, []),
    ("a telephone of eleven digits", [H, changed(A, dien_thoai="01681234567"), B, C], ALL, [("phone-old", 2, "Điện thoại")]),
    ("a telephone that is none", [H, changed(A, dien_thoai="9,5E+08"), B, C], ALL, [("phone-unclear", 2, "Điện thoại")]),
    ("a vacant post", [H, changed(A, ho_ten="(khuyết)", ong_ba=""), B, C], [("16087", "Thôn 1", None), SECOND, THIRD], [("post-vacant", 2, "Họ và tên")]),
    ("a dash for a vacant post", [H, changed(A, ho_ten="-"), B, C], [("16087", "Thôn 1", None), SECOND, THIRD], [("post-vacant", 2, "Họ và tên")]),
    ("one head of two hamlets in one row", [H, changed(A, thon="Thôn 1 và Thôn 2"), C], [FIRST, ("16087", "Thôn 2", "Trịnh Văn Mẫu"), THIRD], [("head-of-two", 2, "Thôn")]),
    ("one head of two numbered hamlets", [H, changed(A, thon="Thôn 1, 2"), C], [FIRST, ("16087", "Thôn 2", "Trịnh Văn Mẫu"), THIRD], [("head-of-two", 2, "Thôn")]),
    ("one head of two hamlets in two rows", [H, A, changed(A, stt="2", thon="Thôn 2"), C], [FIRST, ("16087", "Thôn 2", "Trịnh Văn Mẫu"), THIRD], [("head-again", 3, "Họ và tên")]),
    ("a hamlet named twice", [H, A, changed(B, thon="thôn 1")], [FIRST, ("16087", "thôn 1", "Lò Ón")], [("recipient-twice", 3, None)]),
    ("a form of address in the name", [H, changed(A, ho_ten="Ông Trịnh Văn Mẫu"), B], [("16087", "Thôn 1", "Ông Trịnh Văn Mẫu"), SECOND], [("honorific-in-name", 2, "Họ và tên")]),
    ("a telephone in the name", [H, changed(A, ho_ten="Trịnh Văn Mẫu 0950000001"), B], [("16087", "Thôn 1", "Trịnh Văn Mẫu 0950000001"), SECOND], [("name-unclear", 2, "Họ và tên")]),
    ("a broken formula", [H, changed(A, ho_ten="#REF!"), B], [SECOND], [("not-a-value", 2, "Họ và tên")]),
    ("a lost character", [H, changed(A, ho_ten="Tr\ufffdnh Văn Mẫu"), B], [SECOND], [("text-broken", 2, "Họ và tên")]),
    ("data under no title", [[*H, ""], [*A, "mới bầu"], [*B, ""], [*C, ""]], ALL, [("column-unnamed", 2, "H")]),
    ("a column named twice", [[*H, "SĐT"], [*A, "0950000009"], B, C], ALL, [("column-twice", 1, "SĐT")]),
    ("a column missing", [H[:4] + H[5:], A[:4] + A[5:]], [], [("column-missing", None, None)]),
    ("no header at all", [A, B, C], [], [("header-missing", None, None)]),
    ("a header and nothing else", [H], [], [("empty", None, None)]),
    ("TCVN3 in a name", [H, changed(A, ho_ten="TrÞnh V¨n MÉu"), B, C], [("16087", "Thôn 1", "TrÞnh V¨n MÉu"), SECOND, THIRD], [("text-tcvn3", 2, "Họ và tên")]),
    ("VNI in a name", [H, changed(A, ho_ten="Trònh Vaên Maãu"), B, C], [("16087", "Thôn 1", "Trònh Vaên Maãu"), SECOND, THIRD], [("text-vni", 2, "Họ và tên")]),
]  # fmt: skip


def test_there_are_fifty_kinds_of_mess_and_more():
    assert len({name for name, *_ in MESS}) == len(MESS) >= 50


@pytest.mark.parametrize(("rows", "people", "told"), [mess[1:] for mess in MESS], ids=[mess[0] for mess in MESS])
@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_a_mess_becomes_right_recipients_or_findings_at_their_place(
    kind, rows, people, told, workbook, text_file, units_of_2021
):
    path = workbook(DS=rows) if kind == "xlsx" else text_file("danh-sach.csv", as_csv(rows))

    directory = read_directory(path, "thon", units=units_of_2021, ma_tinh="38")

    assert [(one.ma_xa, one.thon, one.ho_ten) for one in directory] == people
    findings = [
        (found.code.removeprefix("recipients-"), found.place.row, found.place.column) for found in directory.report
    ]
    assert sorted(findings, key=str) == sorted(told, key=str)
    if kind == "xlsx" and told:
        assert {found.place.sheet for found in directory.report} == {"DS"}


MIXED = [
    ["DANH SÁCH TRƯỞNG THÔN"],
    H,
    list("1234567"),
    A,
    changed(B, huyen="", xa="", ho_ten="chưa có"),
    changed(C, stt="3", thon="Thôn 1 và Thôn 2", dien_thoai="0950000003; 0950000004"),
    ["Tổng cộng", "", "", "4", "", "", ""],
]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "windows-1258"])
def test_the_same_list_is_the_same_in_every_encoding_of_csv(encoding, text_file, workbook, units_of_2021):
    data = in_windows_1258(as_csv(MIXED)) if encoding == "windows-1258" else as_csv(MIXED).encode(encoding)
    path = text_file("danh-sach.csv", "")
    path.write_bytes(data)

    directory = read_directory(path, "thon", units=units_of_2021, ma_tinh="38")

    assert (
        directory.recipients == read_directory(workbook(DS=MIXED), "thon", units=units_of_2021, ma_tinh="38").recipients
    )
    assert len(directory) == 4
    assert ("recipients-file-windows-1258" in codes(directory)) == (encoding == "windows-1258")


def test_the_same_list_is_the_same_in_every_kind_of_spreadsheet(workbook, ods, units_of_2021):
    paths = [workbook(DS=MIXED), ods(MIXED), SAVED_AS_XLS]

    directories = [read_directory(path, "thon", units=units_of_2021, ma_tinh="38") for path in paths]

    assert [directory.recipients for directory in directories] == [directories[0].recipients] * 3
    assert [codes(directory) for directory in directories] == [codes(directories[0])] * 3


@pytest.mark.parametrize(("rows", "people", "told"), [mess[1:] for mess in MESS], ids=[mess[0] for mess in MESS])
def test_a_mess_is_the_same_in_every_kind_of_file(rows, people, told, workbook, ods, text_file, units_of_2021):
    files = [
        workbook(DS=rows),
        ods(rows),
        text_file("utf8.csv", as_csv(rows)),
        text_file("utf8-bom.csv", as_csv(rows), "utf-8-sig"),
        text_file("utf16.csv", as_csv(rows), "utf-16"),
    ]

    first, *others = (read_directory(path, "thon", units=units_of_2021, ma_tinh="38") for path in files)

    for other in others:
        assert other.recipients == first.recipients
        assert told_at(other) == told_at(first)
    assert len(told_at(first)) == len(told)


OLD_FONTS = {
    "tcvn3": [["STT", "HuyÖn", "X·", "Th«n", "Hä vµ tªn"], ["1", "HËu Léc", "§a Léc", "Th«n 1", "TrÞnh V¨n MÉu"]],
    "vni": [["STT", "Huyeän", "Xaõ", "Thoân", "Hoï vaø teân"], ["1", "Haäu Loäc", "Ña Loäc", "Thoân 1", "Trònh Vaên Maãu"]],
}  # fmt: skip


@pytest.mark.parametrize("font", ["tcvn3", "vni"])
@pytest.mark.parametrize("kind", ["xlsx", "csv", "csv in bytes"])
def test_a_list_typed_in_an_old_font_is_converted_on_request_only(kind, font, workbook, text_file, units_of_2021):
    rows = OLD_FONTS[font]
    path = (
        workbook(DS=rows)
        if kind == "xlsx"
        else text_file("ds.csv", as_csv(rows), "utf-8" if kind == "csv" else "latin-1")
    )

    as_it_is = read_directory(path, "thon", units=units_of_2021, ma_tinh="38")
    converted = read_directory(path, "thon", units=units_of_2021, ma_tinh="38", encoding=font)

    assert as_it_is.recipients == ()
    told = [found for found in as_it_is.report if found.code == f"recipients-text-{font}"]
    assert any("Trịnh Văn Mẫu" in found.hint for found in told) or "Họ và tên" in told[-1].hint
    assert not as_it_is.report.ok
    assert [(one.ma_xa, one.thon, one.ho_ten) for one in converted] == [FIRST]
    assert codes(converted) == []


def test_a_file_in_unicode_is_not_harmed_by_a_request_to_convert(text_file, units_of_2021):
    path = text_file("ds.csv", as_csv([H, changed(A, ho_ten="Trịnh Văn Mẫu")]))

    assert (
        read_directory(path, "thon", units=units_of_2021, ma_tinh="38", encoding="tcvn3").recipients[0].ho_ten
        == "Trịnh Văn Mẫu"
    )


def test_the_posts_the_telephones_and_the_codes_of_a_mixed_list(workbook, units_of_2021):
    first, vacant, third, fourth = read_directory(workbook(DS=MIXED), "thon", units=units_of_2021, ma_tinh="38")

    assert (vacant.khuyet, vacant.ho_ten, vacant.truong["khuyet"], vacant.ma_xa) == (True, None, "chưa có", "16087")
    assert not first.khuyet
    assert phones_in(third.dien_thoai) == phones_in(fourth.dien_thoai) == ("0950000003", "0950000004")
    assert (third.ten, fourth.ten, third.ma != fourth.ma) == ("Thôn 1", "Thôn 2", True)


def test_a_column_of_vacant_posts_does_not_make_a_holder_missing(text_file):
    path = text_file("ds.csv", "xa,thon,ho_ten,Khuyết\nĐa Lộc,Thôn 1,Lò Ón,không\n")

    assert [(one.ho_ten, one.truong["khuyet"]) for one in read_directory(path, "thon")] == [("Lò Ón", "không")]


def test_a_code_of_a_row_with_two_hamlets_is_told_apart(text_file):
    path = text_file("ds.csv", 'ma,xa,thon,ho_ten\n16087-01,Đa Lộc,"Thôn 1, 2",Lò Ón\n')

    assert [one.ma for one in read_directory(path, "thon")] == ["16087-01.1", "16087-01.2"]


def test_sheets_with_the_same_columns_are_one_list(workbook, units_of_2021):
    path = workbook(
        Huong_dan=[["Cách điền"]],
        Da_Loc=[["XÃ ĐA LỘC"], H, A, B],
        Trong=[],
        Hoa_Loc=[H[::-1], changed(C, huyen="")[::-1]],
    )

    directory = read_directory(path, "thon", units=units_of_2021, ma_tinh="38")

    assert [(one.place.sheet, one.place.row, one.thon) for one in directory] == [
        ("Da_Loc", 3, "Thôn 1"),
        ("Da_Loc", 4, "Thôn 2"),
        ("Hoa_Loc", 2, "Thôn 1"),
    ]
    assert codes(directory) == ["recipients-sheets-unread"]
    assert directory.report.findings[0].values == {"sheet": "Da_Loc, Hoa_Loc", "others": "Huong_dan"}


def test_a_sheet_asked_for_is_read_alone(workbook):
    path = workbook(Mot=[H, A], Hai=[H, C])

    assert [one.place.sheet for one in read_directory(path, "thon", sheet="Hai")] == ["Hai"]
    assert codes(read_directory(path, "thon", sheet="Hai")) == []


@pytest.mark.parametrize(
    "data", [b"ma;ten\n1;\xff\xfe\xfd\xb2\xb3\n", b"\xff\xfem\x00a\x00\n", bytes(range(128, 256)) * 3]
)
def test_bytes_that_are_no_text_are_refused(text_file, data):
    path = text_file("ds.csv", "")
    path.write_bytes(data)

    with pytest.raises(UnreadableFileError):
        read_directory(path, "tinh")


def told_at(directory):
    """What was found and where, but for the names of file and sheet."""
    return [
        (found.code, found.place.row, found.place.column, {**found.values, "first": ""}) for found in directory.report
    ]


def codes(directory):
    return [found.code for found in directory.report]


def in_windows_1258(text):
    """Tone marks apart from their letters, as this encoding wants them."""
    data = b""
    for sign in text:
        base, *marks = unicodedata.normalize("NFD", sign)
        tone = [mark for mark in marks if mark in "\u0300\u0301\u0303\u0309\u0323"]
        rest = unicodedata.normalize("NFC", base + "".join(mark for mark in marks if mark not in tone))
        data += rest.encode("cp1258") + "".join(tone).encode("cp1258")
    return data


def as_csv(rows):
    target = io.StringIO()
    csv.writer(target, delimiter=";").writerows(rows)
    return target.getvalue()
