import shutil
import sqlite3
from contextlib import closing
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from congvan.errors import RegisterError
from congvan.register import Register, State

VERSION_1 = """
CREATE TABLE register_version (version INTEGER NOT NULL);
INSERT INTO register_version VALUES (1);
CREATE TABLE register_series (
    don_vi TEXT NOT NULL, nam INTEGER NOT NULL, chuoi TEXT NOT NULL, bat_dau INTEGER NOT NULL, opened_at DATETIME NOT NULL,
    PRIMARY KEY (don_vi, nam, chuoi)
);
INSERT INTO register_series VALUES ('pcth', 2021, '', 465, '2021-04-01 08:30:00.000000');
CREATE TABLE register_entry (
    khoa TEXT NOT NULL, so INTEGER NOT NULL, don_vi TEXT NOT NULL, nam INTEGER NOT NULL, chuoi TEXT NOT NULL, ngay DATE,
    ky_hieu TEXT NOT NULL, loai TEXT NOT NULL, trich_yeu TEXT NOT NULL, trang_thai TEXT NOT NULL,
    reserved_at DATETIME NOT NULL, issued_at DATETIME, voided_at DATETIME, void_reason TEXT,
    PRIMARY KEY (khoa),
    CONSTRAINT register_number_given_once UNIQUE (don_vi, nam, chuoi, so),
    FOREIGN KEY (don_vi, nam, chuoi) REFERENCES register_series (don_vi, nam, chuoi),
    CONSTRAINT register_number_from_one CHECK (so >= 1)
);
INSERT INTO register_entry VALUES ('a', 465, 'pcth', 2021, '', '2021-04-05', 'PCTH-KD', 'cong-van', 'phối hợp', 'issued',
    '2021-04-01 08:30:00.000000', '2021-04-01 08:31:00.000000', NULL, NULL);
INSERT INTO register_entry VALUES ('b', 466, 'pcth', 2021, '', NULL, 'PCTH-KD', 'cong-van', 'phối hợp', 'void',
    '2021-04-01 08:30:00.000000', NULL, '2021-04-01 09:00:00.000000', 'in sai');
"""


def written_by_version_1(where: Path) -> Path:
    with closing(sqlite3.connect(where)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.executescript(VERSION_1)
    return where


def version(where: Path) -> int:
    with closing(sqlite3.connect(where)) as connection:
        return connection.execute("SELECT version FROM register_version").fetchone()[0]


@pytest.fixture
def old(where) -> Path:
    return written_by_version_1(where)


def names(folder: Path) -> list[str]:
    return sorted(file.name for file in folder.iterdir())


def test_an_old_register_is_read_as_it_stands(old, register, letter):
    before = old.read_bytes()
    assert [(line.so, line.trang_thai, line.nguoi_ky, line.so_ban) for line in register.entries()] == [
        (465, State.ISSUED, "", None),
        (466, State.VOID, "", None),
    ]
    assert register.peek([letter("a"), letter("c")]) == {"a": 465, "c": 467}
    assert (register.trail(), register.head()) == ((), None)
    assert old.read_bytes() == before
    assert names(old.parent) == [old.name]


def test_an_old_register_cannot_be_verified_and_says_why(old, register):
    assert [found.code for found in register.verify()] == ["register-trail-none"]


def test_the_first_number_brings_an_old_register_up_to_date_and_keeps_what_it_holds(old, register, letter):
    held = list(register.entries())
    assert register.reserve([letter("c", nguoi_ky="Lê Văn Mẫu")]) == {"c": 467}
    assert version(old) == 2
    assert list(register.entries())[:2] == held
    assert register.verify().findings == ()
    assert [(row.act, row.subject) for row in register.trail()] == [
        ("migrate-series", '["pcth", 2021, ""]'),
        ("migrate-entry", "a"),
        ("migrate-entry", "b"),
        ("reserve", "c"),
    ]


def test_the_trail_of_an_upgraded_register_ends_in_the_same_hash_as_ever(old, letter):
    register = Register.open(old, clock=lambda: datetime(2021, 5, 1, tzinfo=UTC), who="vanthu")
    register.reserve([letter("c", so_ban=2), letter("a", trich_yeu="khác")])
    assert register.head() == "9f8ddf9852e52302b008952b08b45d7592afa4e83c8df3c8e1df2b1e8b11da31"


def test_a_copy_of_the_old_register_is_set_aside_first(old, register, letter):
    register.reserve([letter("c")])
    assert names(old.parent) == ["so.sqlite3", "so.v1-2021-04-01.sqlite3"]
    copy = old.with_name("so.v1-2021-04-01.sqlite3")
    assert version(copy) == 1
    assert [line.so for line in Register.open(copy).entries()] == [465, 466]


def test_a_copy_made_before_is_never_written_over(old, register, letter):
    first = old.with_name("so.v1-2021-04-01.sqlite3")
    first.write_text("bản sao khác", encoding="utf-8")
    register.reserve([letter("c")])
    assert first.read_text(encoding="utf-8") == "bản sao khác"
    assert version(old.with_name("so.v1-2021-04-01-2.sqlite3")) == 1


def test_a_refused_letter_leaves_the_old_register_as_it_was(old, register, letter, refused):
    before = old.read_bytes()
    assert refused(register.reserve, [letter("b")]) == ["register-void"]
    assert old.read_bytes() == before
    assert names(old.parent) == [old.name]


def test_without_a_copy_nothing_is_changed(old, register, letter, refused, monkeypatch):
    def full(_self, _target):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "rename", full)
    assert refused(register.reserve, [letter("c")]) == ["register-backup-failed"]
    assert version(old) == 1
    assert names(old.parent) == [old.name]


def test_an_upgrade_that_breaks_off_leaves_the_old_register_and_its_copy(old, register, letter, monkeypatch):
    def power_cut(*_given):
        raise RuntimeError("mất điện")

    monkeypatch.setattr("congvan.register.ledger.Ledger.begin_trail", power_cut)
    with pytest.raises(RuntimeError, match="mất điện"):
        register.reserve([letter("c")])
    assert version(old) == 1
    assert [line.so for line in register.entries()] == [465, 466]
    monkeypatch.undo()
    assert register.reserve([letter("c")]) == {"c": 467}
    assert register.verify().ok


def test_an_upgraded_register_works_on_as_a_new_one_does(old, tmp_path, register, letter):
    copy = Path(shutil.copy(old, tmp_path / "khac.sqlite3"))
    for where in (old, copy):
        Register.open(where, clock=lambda: datetime(2021, 5, 1, tzinfo=UTC)).reserve([letter("c")])
    again = Register.open(copy, clock=lambda: datetime(2022, 5, 1, tzinfo=UTC))
    again.issue(["c"])
    again.void("a", "in sai")
    assert [row.act for row in again.trail()][-3:] == ["reserve", "issue", "void"]
    assert again.verify().ok
    assert next(iter(again.entries())).ngay == date(2021, 4, 5)


def test_a_register_both_old_and_damaged_is_refused(old, register, letter):
    with closing(sqlite3.connect(old)) as connection, connection:
        connection.execute("DROP TABLE register_series")
    with pytest.raises(RegisterError):
        register.reserve([letter("c")])
    assert version(old) == 1
