"""The register searched as a clerk asks."""

import hashlib
import time
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from congvan.register import Register
from congvan.register.letter_book import SealedLetter
from congvan.register.letter_record import LetterRecord, LetterState, Relation
from congvan.register.lookup.search import Search

LETTERS = (
    ("dot/1", date(2021, 6, 21), "phối hợp tuyên truyền xóa thu tiền điện tại nhà", "UBND xã Hòa Lộc"),
    ("dot/2", date(2021, 6, 21), "phối hợp tuyên truyền", "UBND xã Đa Lộc; UBND xã Minh Lộc"),
    ("dot/3", date(2021, 7, 5), "thực hiện Quyết định số 18", "Sở Công Thương"),
)


@pytest.fixture(params=["file", "server"])
def book(request, tmp_path, letter):
    where = tmp_path / "so.sqlite3" if request.param == "file" else request.getfixturevalue("postgresql_url")
    register = Register.open(where)
    asked = [letter(khoa, ngay=day, trich_yeu=about, noi_nhan=to) for khoa, day, about, to in LETTERS]
    register.reserve([*asked, *(letter(f"sau/{n}", ngay=None, trich_yeu="khác") for n in range(4, 19))])
    register.reserve([letter("nam/1", nam=2022, ngay=None, trich_yeu="kế hoạch năm"), letter("dl/1", don_vi="dl")])
    return register


@pytest.mark.parametrize(
    ("texts", "keys"),
    [
        (["xoa thu"], ["dot/1"]),
        (["TUYÊN", "truyền"], ["dl/1", "dot/1", "dot/2"]),
        (["truyen phoi hop loc"], ["dot/1", "dot/2"]),
        (["da loc"], ["dot/2"]),
        (["Hoà Lộc"], ["dot/1"]),
        (["UBND xã Đa Lộc"], ["dot/2"]),
        (["tru"], []),
        (["18"], ["dot/3", "sau/18"]),
        (["18/PCTH-KD"], ["sau/18"]),
        (["1/pcth-kd"], ["dl/1", "dot/1", "nam/1"]),
        (["1/PCTH-KD@2022"], ["nam/1"]),
        (["21/6/2021"], ["dot/1", "dot/2"]),
        (["ngày 21 tháng 6 năm 2021", "xóa"], ["dot/1"]),
        (["2021-07-05"], ["dot/3"]),
        (["5/7"], ["dot/3"]),
        (["6/2021 loc"], ["dot/1", "dot/2"]),
        (["a' OR 1=1 --"], []),
    ],
)
def test_a_line_is_found_by_number_words_recipient_or_date(book, texts, keys):
    found = [one.entry.khoa for one in book.find(Search.of(texts))]
    assert sorted(found) == sorted(keys)


def test_a_search_is_narrowed_by_days_year_and_body(book):
    def found(*texts, **narrowed):
        return [one.entry.khoa for one in book.find(Search.of(texts, **narrowed))]

    assert found(since=date(2021, 7, 1)) == ["dot/3"]
    assert found(since=date(2021, 6, 21), until=date(2021, 6, 21)) == ["dot/1", "dot/2"]
    assert found(until=date(2021, 6, 30), don_vi="dl") == ["dl/1"]
    assert found("1", nam=2022) == ["nam/1"]


def test_a_found_line_says_what_replaced_it_and_where_its_files_are(book, letter):
    data = b"{}"
    hashed = hashlib.sha256(data).hexdigest()
    first = LetterRecord(
        *("dot/1", "dot", LetterState.NUMBERED, "dot/1"),
        thu_muc="out/dot",
        docx="1-tinh/001.docx",
        pdf="1-tinh/001.pdf",
        du_lieu_sha256=hashed,
    )
    book.letters.seal([SealedLetter(first, data)])
    book.reserve([letter("dot/1~2", ngay=date(2021, 8, 2))])
    second = LetterRecord(
        "dot/1~2", "dot", LetterState.NUMBERED, "dot/1~2", lien_quan="dot/1", quan_he=Relation.REPLACE
    )
    book.letters.follow("dot/1", second, {"docx": "thay-the/001.docx"})

    (old,) = book.find(Search.of(["xóa thu"]))
    assert [str(path) for path in old.files] == ["out/dot/thay-the/001.docx", "out/dot/1-tinh/001.pdf"]
    assert [link.sentence("vi") for link in old.links] == ["Thay thế bằng số 19/PCTH-KD ngày 02/8/2021"]
    (new,) = book.find(Search.of(["2/8/2021"]))
    assert [link.sentence("vi") for link in new.links] == ["Thay thế số 01/PCTH-KD ngày 21/6/2021"]
    assert [link.sentence("en") for link in new.links] == ["Replaces number 01/PCTH-KD of 21/6/2021"]


def test_a_book_that_is_not_there_holds_nothing(tmp_path):
    assert Register.open(tmp_path / "so.sqlite3").find(Search.of(["1"])) == ()
    assert not (tmp_path / "so.sqlite3").exists()


def test_signs_alone_ask_for_nothing():
    assert Search.of(["(.*", "/"]).is_empty
    assert not Search.of([], nam=2026).is_empty


def test_a_line_is_found_by_the_words_it_has_now(book, letter):
    def found(*texts):
        return [one.entry.khoa for one in book.find(Search.of(texts))]

    book.reserve([letter("dot/1", ngay=date(2021, 6, 21), trich_yeu="báo cáo sản lượng", noi_nhan="UBND xã Hòa Lộc")])
    assert found("xóa thu") == []
    assert found("san luong hoa loc") == ["dot/1"]


def test_a_secret_letter_is_found_by_its_number_and_not_by_its_words(book, letter):
    book.reserve([letter("mat/1", chuoi="mat", trich_yeu="phương án bảo vệ", noi_nhan="Công an tỉnh Mẫu")])
    assert [one.entry.khoa for one in book.find(Search.of(["1/PCTH-KD@2021"]))][-1] == "mat/1"
    assert book.find(Search.of(["phương án"])) == book.find(Search.of(["cong an"])) == ()


PARTS = st.sampled_from(["Đa Lộc", "HÒA LỘC", "số 18", "02a", "xã", "thu-tiền", "18/QĐ", "điện"])
TEXTS = st.lists(PARTS, max_size=4).map(" ".join)


@given(st.lists(st.tuples(TEXTS, TEXTS), min_size=1, max_size=8), TEXTS)
@settings(max_examples=30, deadline=None)
def test_the_database_finds_the_lines_whose_words_are_those_asked_for(letter, lines, asked):
    with TemporaryDirectory() as folder:
        book = Register.open(Path(folder) / "so.sqlite3")
        book.reserve([letter(f"a/{n}", trich_yeu=about, noi_nhan=to) for n, (about, to) in enumerate(lines)])
        search = Search.of([asked])
        found = [one.entry for one in book.find(search)]
        assert found == [
            entry
            for entry in book.entries()
            if search.has_words_in(entry) and all(name.means(entry) for name in search.names)
        ]


@pytest.mark.slow
def test_a_register_of_100_000_letters_stays_quick(tmp_path, letter):
    about = "phối hợp tuyên truyền xóa thu tiền điện tại nhà, thực hiện kế hoạch năm, báo cáo kết quả"
    long = Register.open(tmp_path / "so.sqlite3")
    asked = (letter(f"dot/{n}", trich_yeu=about, noi_nhan=f"Ông Lê Văn Mẫu, thôn {n}") for n in range(100_000))
    long.reserve(asked)
    short = Register.open(tmp_path / "ngan.sqlite3")
    short.reserve([letter("a")])
    new = [letter(f"moi/{n}") for n in range(300)]

    def seconds(act):
        started = time.process_time()
        act()
        return time.process_time() - started

    def preview(book):
        return min(seconds(lambda: book.preview(new)) for _ in range(5))

    assert preview(long) < 1.5 * preview(short) + 0.005
    for texts in (["thon 4711"], ["18"], ["99999/PCTH-KD"], ["xoa thu tien ke hoach khong"], ["5/4/2021 phoi hop 123"]):
        assert min(seconds(lambda texts=texts: long.find(Search.of(texts))) for _ in range(2)) < 0.4, "measured: 0.1 s"
    assert seconds(lambda: long.named("4711/PCTH-KD")) < 0.5
