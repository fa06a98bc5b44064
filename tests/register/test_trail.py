import hashlib
import json
from datetime import UTC, date, datetime

import pytest

from congvan.findings import set_language
from congvan.register import Register
from congvan.register.trail import NO_ROW
from congvan.register.trail_sentences import sentence


def acts(register):
    return [(row.number, row.act, row.subject) for row in register.trail()]


def test_every_change_is_a_row(register, letter):
    register.reserve([letter("a"), letter("b")])
    register.issue(["a"])
    register.reserve([letter("b", ngay=date(2021, 4, 6), ky_hieu="PCTH-VP")])
    register.void("a", "in sai")
    assert acts(register) == [
        (1, "open", '["pcth", 2021, ""]'),
        (2, "reserve", "a"),
        (3, "reserve", "b"),
        (4, "issue", "a"),
        (5, "amend", "b"),
        (6, "void", "a"),
    ]


def test_a_row_says_who_when_and_in_which_run(where, letter):
    clock = lambda: datetime(2021, 4, 1, 15, 30, tzinfo=UTC)  # noqa: E731
    Register.open(where, clock=clock, who="Lê Thị Văn Thư", run="2021-04-01T15:30").reserve([letter("a")])
    row = Register.open(where).trail()[1]
    assert (row.who, row.run, row.at) == ("Lê Thị Văn Thư", "2021-04-01T15:30", "2021-04-01T15:30:00.000000+00:00")


def test_the_computers_user_is_named_where_nobody_is(where, letter, monkeypatch):
    monkeypatch.setenv("LOGNAME", "vanthu")
    Register.open(where).reserve([letter("a")])
    assert {row.who for row in Register.open(where).trail()} == {"vanthu"}


def test_a_computer_that_knows_no_user_still_gives_numbers(where, letter, monkeypatch):
    def nobody():
        raise OSError("no name")

    monkeypatch.setattr("getpass.getuser", nobody)
    assert Register.open(where).reserve([letter("a")]) == {"a": 1}


def test_a_name_no_database_can_hold_is_refused(where, refused):
    assert refused(Register.open, where, who="x\0", run="\ud800") == ["register-part-unstorable"] * 2


def test_a_row_holds_every_value_before_and_after(register, letter):
    register.reserve([letter("a", ngay=None)])
    register.reserve([letter("a", so_ban=5)])
    assert json.loads(register.trail()[-1].change) == {"ngay": [None, "2021-04-05"], "so_ban": [None, 5]}


def test_a_change_that_changes_nothing_is_no_row(register, letter):
    register.reserve([letter("a")])
    register.issue(["a"])
    before = acts(register)
    register.reserve([letter("a")])
    register.issue(["a"])
    assert acts(register) == before


def test_a_refused_change_is_no_row(register, letter, refused):
    register.reserve([letter("a")])
    before = acts(register)
    refused(register.void, "a", " ")
    refused(register.reserve, [letter("b", nam=2020)])
    assert acts(register) == before


def test_every_row_is_sealed_with_the_one_before_as_anybody_can_compute(register, letter):
    register.reserve([letter("a"), letter("b")])
    previous = NO_ROW
    for row in register.trail():
        content = [row.number, row.at, row.who, row.run, row.act, row.subject, row.change, previous]
        assert row.previous_hash == previous
        assert row.hash == hashlib.sha256(json.dumps(content).encode()).hexdigest()
        previous = row.hash
    assert register.head() == previous


def test_what_a_later_request_leaves_blank_stays_in_the_book(register, letter):
    register.reserve(
        [letter("a", nguoi_ky="Lê Văn Mẫu", noi_nhan="Như trên", don_vi_luu="VT", so_ban=3, ghi_chu="gấp")]
    )
    register.reserve([letter("a", ghi_chu="rất gấp")])
    (line,) = register.entries()
    assert (line.nguoi_ky, line.noi_nhan, line.don_vi_luu, line.so_ban) == ("Lê Văn Mẫu", "Như trên", "VT", 3)
    assert line.ghi_chu == "rất gấp"


@pytest.mark.parametrize("copies", [-1, 1_000_000])
def test_a_number_of_copies_that_cannot_be_is_refused(letter, refused, copies):
    assert refused(letter, "a", so_ban=copies) == ["register-copies-impossible"]


@pytest.mark.parametrize(
    ("lang", "told"),
    [
        ("vi", "sửa: a; ngày văn bản: 05/4/2021 → 06/4/2021; ký hiệu: PCTH-KD → PCTH-VP"),
        ("en", "amended: a; date: 05/4/2021 → 06/4/2021; symbol: PCTH-KD → PCTH-VP"),
    ],
)
def test_a_person_can_read_what_changed(register, letter, lang, told):
    register.reserve([letter("a")])
    register.reserve([letter("a", ngay=date(2021, 4, 6), ky_hieu="PCTH-VP")])
    set_language(lang)
    try:
        assert sentence(register.trail()[-1]) == told
    finally:
        set_language("vi")


def test_a_person_can_read_every_kind_of_row(register, letter):
    register.reserve([letter("a", bat_dau=465)])
    register.issue(["a"])
    register.void("a", "in sai")
    assert [sentence(row) for row in register.trail()] == [
        "mở dãy số: pcth/2021; số bắt đầu: 465",
        "cấp số: a; số: 465; ngày văn bản: 05/4/2021; ký hiệu: PCTH-KD; loại: cong-van; trích yếu: phối hợp tuyên truyền; trạng thái: đã cấp số",
        "ban hành: a; trạng thái: đã cấp số → đã ban hành",
        "hủy: a; trạng thái: đã ban hành → hủy; lý do hủy: in sai",
    ]
