import hashlib
import json
import re
import shutil
import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
import xlsxwriter
from docx import Document
from pypdf import PdfReader

from congvan.register import NumberRequest, Register
from congvan.register.letter_book import SealedLetter
from congvan.register.letter_record import LetterRecord, LetterState

EXAMPLES = Path(__file__).parents[3] / "examples"
HEADER = ["Số, ký hiệu văn bản", "Ngày tháng văn bản", "Tên loại và trích yếu nội dung", "Người ký", "Nơi nhận"]


@pytest.fixture
def where(tmp_path):
    """A register of two letters where ``congvan register`` looks for one."""
    path = tmp_path / "so.sqlite3"
    run = [
        NumberRequest(
            f"dot/tinh/{n}", "pcth", 2021, date(2021, 4, 5), "PCTH-KD", "cong-van", f"phối hợp {n}", bat_dau=9
        )
        for n in (1, 2)
    ]
    with Register.open(path, who="vanthu") as register:
        register.reserve(run)
        register.issue(["dot/tinh/1"])
    return path


def spoil(path, statement):
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute(statement)


def old_book(path, *rows):
    with xlsxwriter.Workbook(path) as workbook:
        sheet = workbook.add_worksheet()
        day = workbook.add_format({"num_format": "dd/mm/yyyy"})
        sheet.write_row(0, 0, HEADER)
        for place, (number, issued, subject) in enumerate(rows, start=1):
            sheet.write_string(place, 0, number)
            sheet.write_datetime(place, 1, issued, day)
            sheet.write_string(place, 2, subject)
    return path


# show


def test_the_book_is_shown_with_its_head(congvan, where):
    done = congvan("register", "show")
    assert done.status == 0, done.err
    assert "Sổ pcth/2021: đã ban hành 1, đã cấp số 1" in done.out
    assert re.search(r"09/PCTH-KD +05/4/2021 +đã ban hành +phối hợp 1 +\[dot/tinh/1\]", done.out)
    assert Register.open(where).head() in done.out


def test_the_book_is_shown_to_a_program(congvan, where):
    shown = json.loads(congvan("register", "show", "--json").out)
    assert [(line["so"], line["trang_thai"], line["ngay"]) for line in shown["so"]] == [
        (9, "issued", "2021-04-05"),
        (10, "reserved", "2021-04-05"),
    ]
    assert shown["ma_nhat_ky"] == Register.open(where).head()
    assert json.loads(congvan("register", "show", "--nam", "2022", "--json").out)["so"] == []


def test_the_trail_is_shown_in_words(congvan, where):
    done = congvan("register", "show", "--nhat-ky", lang="en")
    assert re.search(r"4  20\S+Z  vanthu  issued: dot/tinh/1; state: reserved → issued", done.out)
    rows = json.loads(congvan("register", "show", "--nhat-ky", "--json").out)["nhat_ky"]
    assert rows[3]["change"]["trang_thai"] == ["reserved", "issued"]


@pytest.mark.parametrize("words", [("show",), ("export", "so.xlsx"), ("void", "a", "--ly-do", "in sai"), ("verify",)])
def test_a_register_that_is_not_there_is_said_so_and_not_made(congvan, tmp_path, words):
    done = congvan("register", *words)
    assert done.status == 1
    assert "Chưa có sổ đăng ký ở đây" in done.err
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_is_no_register_is_wrong_usage(congvan, tmp_path):
    (tmp_path / "so.sqlite3").write_text("không phải sổ\n" * 100, encoding="utf-8")
    for command in ("show", "verify"):
        done = congvan("register", command)
        assert (done.status, done.out) == (2, "")
        assert "Traceback" not in done.err


# export


@pytest.mark.parametrize("name", ["so.xlsx", "so.docx", "so.pdf"])
def test_the_book_is_exported_for_the_only_series(congvan, where, tmp_path, name):
    done = congvan("register", "export", name, "--co-quan", "CÔNG TY ĐIỆN LỰC THANH HÓA", "--quyen-so", "01")
    assert done.status == 0, done.err
    assert "pcth/2021, 2 số" in done.out
    assert (tmp_path / name).stat().st_size > 1000
    if name.endswith("docx"):
        document = Document(str(tmp_path / name))
        assert [row.cells[0].text for row in document.tables[0].rows][2:] == ["09/PCTH-KD", "10/PCTH-KD"]
        assert "CÔNG TY ĐIỆN LỰC THANH HÓA" in [paragraph.text for paragraph in document.paragraphs]
    if name.endswith("pdf"):
        first, second = (page.extract_text() for page in PdfReader(tmp_path / name).pages)
        assert "Từ số 09 đến số 10" in first
        assert "phối hợp 2" in second


def test_of_several_series_one_must_be_chosen(congvan, where, tmp_path):
    with Register.open(where) as register:
        register.reserve([NumberRequest("x", "pcth", 2022, None, "PCTH-KD", "cong-van", "thử")])
    done = congvan("register", "export", "so.xlsx")
    assert done.status == 1
    assert "pcth/2021, pcth/2022" in done.err
    assert not (tmp_path / "so.xlsx").exists()
    assert json.loads(congvan("register", "export", "so.xlsx", "--nam", "2022", "--json").out)["so_dong"] == 1


def test_the_cover_has_the_names_of_the_bodies_table(congvan, where, tmp_path):
    def cover(*words):
        done = congvan("register", "export", "so.docx", *words)
        assert done.status == 0, done.err
        texts = [paragraph.text for paragraph in Document(str(tmp_path / "so.docx")).paragraphs]
        return texts[:2], "register-body-unnamed" in done.err

    assert cover() == (["", "………"], True)
    rows = (
        "ma,chu_quan,co_quan,ten_thuong,ky_hieu,dia_danh\npcth,TỔNG CÔNG TY,CÔNG TY ĐIỆN LỰC,Công ty,PCTH,Thanh Hóa\n"
    )
    (tmp_path / "khac.csv").write_text(rows, encoding="utf-8")
    (tmp_path / "dot.yaml").write_text("ma: dot\ndon_vi: khac.csv\n", encoding="utf-8")
    named = (["TỔNG CÔNG TY", "CÔNG TY ĐIỆN LỰC"], False)
    assert cover("--don-vi-ban-hanh", "khac.csv") == cover("--don-vi-ban-hanh", "dot.yaml") == named
    (tmp_path / "khac.csv").rename(tmp_path / "don-vi.csv")
    assert cover() == named
    assert cover("--co-quan", "SỞ A", "--chu-quan", "UBND TỈNH B") == (["UBND TỈNH B", "SỞ A"], False)
    (tmp_path / "rong.yaml").write_text("ma: dot\n", encoding="utf-8")
    assert congvan("register", "export", "so.docx", "--don-vi-ban-hanh", "rong.yaml").status == 2


def test_another_format_is_wrong_usage(congvan, where, tmp_path):
    done = congvan("register", "export", "so.odt")
    assert done.status == 2
    assert not (tmp_path / "so.odt").exists()


# import


def test_a_book_is_entered_and_the_next_number_follows(congvan, tmp_path):
    old_book(
        tmp_path / "so-cu.xlsx",
        ("1/PCTH-KD", date(2021, 1, 5), "Công văn V/v phối hợp"),
        ("3/TB-PCTH", date(2021, 1, 6), "Thông báo nghỉ lễ"),
    )
    words = ("register", "import", "so-cu.xlsx", "--don-vi", "pcth", "--nam", "2021")
    checked = congvan(*words, "--check")
    assert (checked.status, (tmp_path / "so.sqlite3").exists()) == (0, False)
    done = congvan(*words, "--nguoi", "Lê Thị Văn Thư")
    assert done.status == 0, done.err
    assert "2 dòng đọc được, đã nhập 2" in done.out
    assert "Sổ không có số 2." in done.err
    with Register.open(tmp_path / "so.sqlite3") as register:
        assert [(line.so, line.ngay) for line in register.entries()] == [(1, date(2021, 1, 5)), (3, date(2021, 1, 6))]
        assert {(row.who, row.run) for row in register.trail()} == {("Lê Thị Văn Thư", "import so-cu.xlsx")}
        assert register.preview([NumberRequest("x", "pcth", 2021, None, "PCTH-KD", "cong-van", "thử")])[1] == {"x": 4}


def test_a_messy_book_is_entered_with_warnings_and_the_register_kept_before(congvan, where, tmp_path):
    old_book(
        tmp_path / "so-cu.xlsx",
        ("20/PCTH-KD", date(2021, 1, 5), "thử"),
        ("Tháng 02", date(2021, 2, 1), ""),
        ("20/PCTH-KD", date(2021, 1, 4), "thử"),
        ("21a", date(2020, 1, 4), "thử"),
    )
    done = congvan("register", "import", "so-cu.xlsx", "--don-vi", "pcth", "--nam", "2021", "--json")
    answer = json.loads(done.out)
    assert (done.status, answer["da_nhap"]) == (0, 3)
    assert {(found["code"], found["place"]["row"]) for found in answer["findings"] if found["place"].get("row")} == {
        ("register-row-no-letter", 3),
        ("register-line-symbol-missing", 5),
        ("register-number-twice", 4),
        ("register-history-year", 5),
        ("register-history-order", 2),
        ("register-history-order", 4),
        ("register-numbers-missing", 2),
    }
    kept = Register.open(answer["sao_luu"])
    assert [line.number for line in kept.entries()] == ["09", "10"]
    assert "truoc-nhap" in answer["sao_luu"]
    shown = congvan("register", "show").out
    assert "20(2)/PCTH-KD" in shown
    assert "21a " in shown


def test_a_book_that_is_not_there_or_without_its_year_is_wrong_usage(congvan, tmp_path):
    assert congvan("register", "import", "khong-co.xlsx", "--don-vi", "pcth", "--nam", "2021").status == 2
    assert congvan("register", "import", "khong-co.xlsx", "--don-vi", "pcth").status == 2


# void


def test_a_number_is_made_void_with_a_reason_once(congvan, where):
    words = ("register", "void", "dot/tinh/2", "--ly-do", "in sai", "--nguoi", "Lê Thị Văn Thư")
    done = congvan(*words)
    assert (done.status, done.out.strip()) == (0, "Đã hủy số 10/PCTH-KD (pcth/2021).")
    assert "lần chạy sau lấy số mới" in done.err
    assert [line.void_reason for line in Register.open(where).entries()] == [None, "in sai"]
    assert Register.open(where).trail()[-1].who == "Lê Thị Văn Thư"
    again = congvan(*words)
    assert again.status == 1
    assert "đã hủy" in again.err


def test_a_number_is_not_made_void_without_a_reason_or_a_key(congvan, where):
    assert congvan("register", "void", "dot/tinh/2").status == 2
    assert congvan("register", "void", "dot/tinh/2", "--ly-do", " ").status == 1
    assert congvan("register", "void", "dot/tinh/3", "--ly-do", "in sai").status == 1
    assert (
        json.loads(congvan("register", "void", "dot/tinh/2", "--ly-do", "in sai", "--json").out)["trang_thai"] == "void"
    )


def test_several_numbers_are_made_void_by_their_names(congvan, where):
    done = congvan("register", "void", "9/PCTH-KD", "10/PCTH-KD@2021", "--ly-do", "in sai")
    assert done.status == 0, done.err
    assert done.out.splitlines() == ["Đã hủy số 09/PCTH-KD (pcth/2021).", "Đã hủy số 10/PCTH-KD (pcth/2021)."]
    unknown = congvan("register", "void", "11/PCTH-KD", "--ly-do", "in sai")
    assert unknown.status == 1
    assert "Sổ không có văn bản nào tên «11/PCTH-KD»" in unknown.err


# find


def test_a_letter_is_found_as_it_is_remembered(congvan, where):
    for words in (("phoi hop 2",), ("10",), ("10/PCTH-KD@2021",), ("hop", "2", "--ngay", "5/4/2021")):
        done = congvan("register", "find", *words)
        assert done.status == 0, done.err
        assert "10/PCTH-KD  05/4/2021  đã cấp số  phối hợp 2" in done.out
        assert "[dot/tinh/2]" in done.out
        assert "Tìm thấy 1 số." in done.err
    found = json.loads(congvan("register", "find", "phoi hop", "--tu", "1/4/2021", "--nam", "2021", "--json").out)
    assert [(line["so_ky_hieu"], line["tep"], line["lien_quan"]) for line in found["so"]] == [
        ("09/PCTH-KD", [], []),
        ("10/PCTH-KD", [], []),
    ]
    assert congvan("register", "find", "không có", lang="en").err.strip() == "0 numbers found."


def test_a_search_for_nothing_or_for_no_day_is_wrong_usage(congvan, where):
    assert congvan("register", "find").status == 2
    assert congvan("register", "find", "/").status == 2
    assert congvan("register", "find", "--ngay", "31/2/2021").status == 2


# delivered


def test_an_issued_letter_is_noted_as_delivered(congvan, where):
    refused = congvan("register", "delivered", "10/PCTH-KD")
    assert refused.status == 1
    assert "chưa ban hành" in refused.err
    with Register.open(where) as book:
        record = LetterRecord("dot/tinh/1", "dot", LetterState.NUMBERED, "dot/tinh/1")
        hashed = hashlib.sha256(b"{}").hexdigest()
        book.letters.seal([SealedLetter(replace(record, du_lieu_sha256=hashed), b"{}")])
    done = congvan("register", "delivered", "9/PCTH-KD", "--nguoi", "Lê Thị Văn Thư")
    assert (done.status, done.out.strip()) == (0, "Đã ghi 1 văn bản là đã gửi.")
    assert Register.open(where).trail()[-1].who == "Lê Thị Văn Thư"
    assert json.loads(congvan("register", "delivered", "9/PCTH-KD", "--json").out) == {"da_gui": ["dot/tinh/1"]}


# backup, restore


def test_a_register_is_backed_up_and_restored_with_the_numbers_given_since(congvan, where, tmp_path):
    done = congvan("register", "backup", "luu/so.sqlite3")
    assert (done.status, done.out.strip()) == (0, "luu/so.sqlite3: đã sao lưu 2 số")
    assert congvan("register", "backup", "luu/so.sqlite3").status == 2
    assert congvan("register", "backup", "luu/so.sqlite3", "--force").status == 0
    with Register.open(where) as book:
        book.reserve([NumberRequest("dot/tinh/3", "pcth", 2021, date(2021, 4, 5), "PCTH-KD", "cong-van", "thử")])
    refused = congvan("register", "restore", "luu/so.sqlite3")
    assert refused.status == 1
    assert "thiếu 1 số mà sổ hiện nay đã cấp: 11/PCTH-KD" in refused.err
    done = congvan("register", "restore", "luu/so.sqlite3", "--giu-so-moi")
    assert done.status == 0, done.err
    assert done.out.splitlines() == ["Đã khôi phục sổ, 3 số.", "Trong đó nhập thêm: 11/PCTH-KD"]
    (kept,) = tmp_path.glob("so.truoc-khoi-phuc-*.sqlite3")
    assert str(kept) in done.err
    assert Register.open(where).verify().findings == ()


# verify


def test_a_sound_register_is_said_to_be_so(congvan, where):
    head = Register.open(where).head()
    done = congvan("register", "verify", "--ma", head[:16])
    assert done.status == 0, done.err
    assert head in done.out
    assert f"Mã sổ: {Register.open(where).identity()}" in done.out


def test_a_manipulated_register_is_found(congvan, where):
    spoil(where, "UPDATE register_entry SET trich_yeu = 'khác' WHERE so = 9")
    done = congvan("register", "verify")
    assert done.status == 1
    assert "«trich_yeu» trong sổ là «khác», theo nhật ký phải là «phối hợp 1»" in done.err
    assert json.loads(congvan("register", "verify", "--json").out)["nguyen_ven"] is False


def test_a_head_that_is_no_longer_there_is_found(congvan, where):
    done = congvan("register", "verify", "--ma", "0" * 64)
    assert done.status == 1
    assert "register-head-lost" in done.err


def test_issued_files_that_are_missing_or_changed_are_named(congvan, where, tmp_path, letter):
    data = letter(so=10).to_json().encode()
    folder = tmp_path / "out" / "dot"
    folder.mkdir(parents=True)
    (folder / "1.docx").write_bytes(b"as it was issued")
    record = LetterRecord(
        *("dot/tinh/2", "dot", LetterState.NUMBERED, "dot/tinh/2"),
        thu_muc="out/dot",
        docx="1.docx",
        docx_sha256=hashlib.sha256(b"as it was issued").hexdigest(),
        du_lieu_sha256=hashlib.sha256(data).hexdigest(),
    )
    with Register.open(where) as register:
        register.letters.seal([SealedLetter(record, data)])
    assert congvan("register", "verify").status == 0
    (folder / "1.docx").write_bytes(b"changed")
    done = congvan("register", "verify")
    assert done.status == 1
    assert "1.docx" in done.err
    assert "10/PCTH-KD" in done.err
    assert "batch-issued-edited" in done.err
    assert "Sổ còn nguyên vẹn" in done.out
    said = json.loads(congvan("register", "verify", "--json").out)
    assert (said["nguyen_ven"], said["tep_nguyen_ven"]) == (True, False)
    shutil.rmtree(tmp_path / "out")
    done = congvan("register", "verify")
    assert "batch-issued-folder-missing" in done.err
    assert "out/dot" in done.err


# same


def test_a_recipient_is_noted_by_both_keys(congvan, where):
    done = congvan("register", "same", "dot/tinh/1", "dot/tinh/01", "--nguoi", "vanthu")

    assert (done.status, done.out) == (0, "dot/tinh/01 là nơi nhận của dot/tinh/1.\n")
    with Register.open(where) as register:
        assert register.letters.same("dot") == {"dot/tinh/01": "dot/tinh/1"}
        assert register.trail()[-1].who == "vanthu"


def test_a_recipient_of_a_letter_that_is_not_there_is_refused(congvan, where):
    done = congvan("register", "same", "dot/tinh/9", "dot/tinh/09")

    assert done.status == 1
    assert "register-key-unknown" in done.err
    with Register.open(where) as register:
        assert register.letters.same("dot") == {}


@pytest.mark.parametrize("words", [[], ["a/b/c"], ["a/b/c", "a/b/d", "--dot", "dot.yaml"]])
def test_same_takes_two_keys_or_a_campaign(congvan, where, words):
    assert congvan("register", "same", *words).status == 2


def test_all_recoded_recipients_of_a_campaign_are_noted_at_once(congvan, tmp_path):
    shutil.copytree(EXAMPLES / "gui-bo-sung", tmp_path / "dot", ignore=shutil.ignore_patterns("out", "*.sqlite3"))
    campaign = "dot/campaign.yaml"
    assert congvan("render", campaign).status == 0
    for name in ("thon.csv", "thon-bo-sung.csv"):
        path = tmp_path / "dot" / name
        path.write_text(re.sub("^0", "", path.read_text(encoding="utf-8"), flags=re.MULTILINE), encoding="utf-8")
    asked = congvan("plan", campaign)
    answered = congvan("register", "same", "--dot", campaign)

    assert (asked.status, asked.out) == (1, "")
    assert asked.err.count("campaign-recipient-recoded") == 1
    assert answered.out.count(" là nơi nhận của ") == 4
    assert "36/ĐLHL" in congvan("plan", campaign).out
    assert congvan("render", campaign).status == 0
    assert congvan("register", "same", "--dot", campaign).out == "Không có nơi nhận nào đổi mã.\n"
    shown = congvan("register", "show", "--register", "dot/so.sqlite3").out
    assert "đã cấp số 6" in shown
