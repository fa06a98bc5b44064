"""The run's list for people."""

import io
import re
import time
import zipfile
from datetime import date
from html import escape

import pytest
from python_calamine import CalamineWorkbook

from congvan.findings import Report
from congvan.letter.record.letter_state import LetterState
from congvan.run.output.danh_muc import COLUMNS, SHEET, STATES, danh_muc
from congvan.run.output.lists import LISTS, write_lists
from congvan.run.output.manifest import GONE, ManifestRow, OutputFile


def row(thu_tu=1, **parts):
    values = {
        "cap": "thon",
        "ma": str(thu_tu),
        "co_quan": "ĐIỆN LỰC HẬU LỘC",
        "so": thu_tu,
        "ky_hieu": "ĐLHL",
        "ngay": "2026-06-21",
        "loai": "cong-van",
        "trich_yeu": "phối hợp tuyên truyền",
        "kinh_gui": ("Ông Lê Văn Mẫu", "UBND xã"),
        "trang": 1,
        "khoa": f"dot/thon/{thu_tu}",
        "docx": OutputFile(f"3-thon/{thu_tu:03}.docx", "0" * 64),
        "pdf": OutputFile(f"3-thon/{thu_tu:03}.pdf", "0" * 64),
        "trang_thai": "xong",
    }
    return ManifestRow(thu_tu, **{**values, **parts})


def content(rows, hidden=0):
    return b"".join(danh_muc("Xóa thu", rows, hidden))


def cells(rows, hidden=0):
    return CalamineWorkbook.from_filelike(io.BytesIO(content(rows, hidden))).get_sheet_by_name(SHEET).to_python()


def part(rows, name):
    with zipfile.ZipFile(io.BytesIO(content(rows))) as archive:
        return archive.read(name).decode()


def test_a_letter_is_a_line_with_a_real_date_and_its_state_in_words():
    head, line = cells([row()])
    assert head == [name for name, _ in COLUMNS]
    assert line == [
        *(1, "Thôn", "", "01/ĐLHL", date(2026, 6, 21), "Công văn", "phối hợp tuyên truyền", "Ông Lê Văn Mẫu; UBND xã"),
        *("ĐIỆN LỰC HẬU LỘC", 1, "đã tạo", "", "Word", "PDF"),
    ]


def test_what_is_not_known_yet_is_blank():
    _, line = cells([row(so=None, ngay="2026-06", trang=None, docx=None, pdf=None, trang_thai="loi")])
    assert line[3] == "…/ĐLHL"
    assert line[4].endswith("/6/2026")
    assert (line[9], line[10]) == ("", "lỗi, chưa tạo được")
    _, of_a_table = cells([row(cap="", so=None, ky_hieu="", ngay="", loai="", trich_yeu="", kinh_gui=(), co_quan="")])
    assert of_a_table[:9] == [1, *[""] * 8]


def test_every_state_is_said_in_words():
    assert {*STATES} == {*LetterState}
    lines = cells([row(trang_thai=state.value) for state in STATES])[1:]
    assert [line[10] for line in lines] == list(STATES.values())


def test_a_later_round_and_what_a_clerk_should_know_are_named():
    _, line = cells([row(dot_gui="bo-sung-1", ghi_chu=GONE)])
    assert (line[2], line[11]) == ("bo-sung-1", "không còn trong danh sách")


def test_the_files_are_linked_from_where_the_list_lies():
    sheet = part([row()], "xl/worksheets/sheet1.xml")
    links = re.findall(r"<f>HYPERLINK\((.*?)\)</f><v>(.*?)</v>", sheet)
    assert links == [('"3-thon/001.docx","Word"', "Word"), ('"3-thon/001.pdf","PDF"', "PDF")]


def test_a_path_too_long_for_a_link_is_shown():
    long = f"3-thon/{'x' * 250}.docx"
    assert cells([row(docx=OutputFile(long, ""))])[1][12:] == [long, "PDF"]


@pytest.mark.parametrize("text", ["=1+1", "=cmd|'/C calc'!A0", "+1", "-1", "@SUM(A1)", "http://may/x", "00123"])
def test_no_text_becomes_a_formula_a_link_or_a_number(text):
    one = row(trich_yeu=text, kinh_gui=(text,), co_quan=text, docx=None, pdf=None)
    sheet = part([one], "xl/worksheets/sheet1.xml")
    assert "<f>" not in sheet
    assert "<hyperlink" not in sheet
    assert cells([one])[1][6:9] == [text] * 3


def test_the_same_run_gives_the_same_bytes(monkeypatch):
    first = content([row(), row(2)])
    monkeypatch.setattr("time.time", lambda: 2_000_000_000.0)
    assert content([row(), row(2)]) == first


def test_secret_letters_are_counted_in_lists_for_people_and_listed_for_programs(tmp_path):
    rows = [row(), row(2, trich_yeu="việc mật", kinh_gui=("Người mật",))]
    assert not list(write_lists(tmp_path, "Đợt", {}, rows, {}, Report(), lambda one: one.khoa == "dot/thon/2"))
    assert {path.name for path in tmp_path.iterdir()} == {*LISTS}
    shown = CalamineWorkbook.from_path(tmp_path / "danh-muc.xlsx").get_sheet_by_name(SHEET).to_python()
    assert [line[0] for line in shown] == ["TT", 1, "", "Không liệt kê 1 văn bản có độ mật."]
    page = (tmp_path / "index.html").read_text(encoding="utf-8")
    assert "Không liệt kê 1 văn bản có độ mật." in page
    assert escape("việc mật") not in page
    assert "Người mật" not in page
    assert "việc mật" in (tmp_path / "manifest.csv").read_text(encoding="utf-8-sig")


def test_the_letters_of_a_province_are_listed_at_once():
    rows = [row(number) for number in range(1, 4401)]
    started = time.process_time()
    content(rows)
    assert time.process_time() - started < 3, "measured: 0.4 s"
