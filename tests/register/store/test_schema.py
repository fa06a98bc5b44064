"""Books written before the first release, and by other versions."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from congvan.register import IssuedNumber, Register, State
from congvan.register.lookup.search import Search

BEFORE_RELEASE = Path(__file__).parents[1] / "data" / "so-782d348.sql"
VERSION_3 = Path(__file__).parents[1] / "data" / "so-3.sql"
HEAD_OF_3 = "a3c542f99b40d135bf062440a8be91449eadf4c8be7b38c68826755dd82a3c29"
HEAD = "0c061a2fc74adf309696d6bbfbb92f43c8d1a3d85186a26bb106b55d5175f487"


def stored_version(where):
    with closing(sqlite3.connect(where)) as connection:
        return connection.execute("SELECT version FROM register_version").fetchall()


def test_a_new_register_is_of_the_latest_version(register, where, letter):
    register.reserve([letter("a")])
    assert stored_version(where) == [(5,)]


def test_a_book_from_before_the_first_release_is_read_and_goes_on(where, register, letter):
    with closing(sqlite3.connect(where)) as connection:
        connection.executescript(BEFORE_RELEASE.read_text(encoding="utf-8"))

    assert [(line.khoa, line.so, line.trang_thai) for line in register.entries()] == [
        ("a", 465, State.ISSUED),
        ("b", 466, State.VOID),
        ("c", 467, State.RESERVED),
    ]
    assert register.head() == HEAD
    assert register.verify(HEAD).findings == ()
    assert register.reserve([letter("d"), letter("a", nguoi_ky="Lê Văn Mẫu", so_ban=2)]) == {"d": 468, "a": 465}
    register.issue(["c", "d"])
    beside = IssuedNumber(466, letter("so-cu/466a"), letter("x").place, "a")
    assert register.enter_issued([beside]) == 1
    assert [line.number for line in register.entries()] == ["465", "466", "466a", "467", "468"]
    assert register.verify(HEAD).findings == ()


def found(register, *texts):
    return [one.entry.khoa for one in register.find(Search.of(texts))]


def test_a_book_of_version_3_is_searched_as_it_is_and_after_its_first_write(where, register, letter):
    with closing(sqlite3.connect(where)) as connection:
        connection.executescript(VERSION_3.read_text(encoding="utf-8"))

    def searched():
        assert found(register, "da loc", "TUYÊN") == ["dot/xa/a", "dot/xa/b"]
        assert found(register, "18") == ["dot/xa/c"]
        assert found(register, "2") == ["dot/xa/b"]
        assert found(register, "03/PCTH-KD") == ["dot/xa/c"]
        assert found(register, "6/4/2026", "quyết định") == ["dot/xa/c"]
        assert found(register, "trụ sở") == []
        assert register.verify(HEAD_OF_3).findings == ()

    searched()
    assert stored_version(where) == [(3,)]
    register.void("dot/xa/c", "ghi nhầm")
    searched()
    assert stored_version(where) == [(5,)]
    register.reserve([letter("dot/xa/e", nam=2026, ngay=None, noi_nhan="Sở Công Thương")])
    assert found(register, "so cong thuong") == ["dot/xa/e"]


def test_the_database_itself_refuses_a_number_given_twice_also_after_the_upgrade(where, register, letter):
    with closing(sqlite3.connect(where)) as connection:
        connection.executescript(BEFORE_RELEASE.read_text(encoding="utf-8"))
    register.reserve([letter("d")])
    with closing(sqlite3.connect(where)) as connection, pytest.raises(sqlite3.IntegrityError):
        connection.execute("UPDATE register_entry SET so = 465 WHERE khoa = 'd'")


@pytest.mark.parametrize("version", [0, 6, 99])
def test_a_register_of_an_unknown_version_is_refused_and_left_alone(register, where, letter, refused, version):
    register.reserve([letter("a")])
    with closing(sqlite3.connect(where)) as connection, connection:
        connection.execute("UPDATE register_version SET version = ?", (version,))
    before = where.read_bytes()

    assert refused(register.preview, [letter("a")]) == ["register-newer"]
    assert refused(register.reserve, [letter("b")]) == ["register-newer"]
    assert where.read_bytes() == before
    assert Register.open(where).verify().findings[0].code == "register-newer"


def test_a_book_of_version_4_is_read_as_it_is_and_knows_receipts_after_its_first_write(where, register, letter):
    register.reserve([letter("dot/xa/a")])
    head = register.head()
    with closing(sqlite3.connect(where)) as connection:
        connection.execute("ALTER TABLE register_letter DROP COLUMN ngay_nhan")
        connection.execute("ALTER TABLE register_letter DROP COLUMN nguoi_ky_nhan")
        connection.execute("UPDATE register_version SET version = 4")
        connection.commit()

    assert [*register.letters.all()] == []
    assert register.verify(head).findings == ()
    register.reserve([letter("dot/xa/b")])
    assert stored_version(where) == [(5,)]
    assert register.letters.receive({}) == ()
    assert register.verify(head).findings == ()
