"""Backups and what they lack: a number given since is never forgotten."""

import hashlib
import json
import shutil
import sqlite3
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from congvan.errors import RegisterError, UnreadableFileError
from congvan.register import IssuedNumber, Register, State
from congvan.register.letter_book import SealedLetter
from congvan.register.letter_record import LetterRecord, LetterState, Relation
from congvan.register.lookup.search import Search

BEFORE_RELEASE = Path(__file__).parents[1] / "data" / "so-782d348.sql"


def lines(book):
    return [(line.so_ky_hieu, line.khoa, line.trang_thai) for line in book.entries()]


def seal(book, khoa):
    data = b"{}"
    record = LetterRecord(
        *(khoa, "dot", LetterState.NUMBERED, khoa),
        ngay=date(2021, 4, 5),
        thu_muc="out/dot",
        du_lieu_sha256=hashlib.sha256(data).hexdigest(),
    )
    book.letters.seal([SealedLetter(record, data)])


def manifest(folder, *rows):
    folder.mkdir(parents=True)
    parts = {
        "ky_hieu": "PCTH-KD",
        "ngay": "2021-04-06",
        "loai": "cong-van",
        "trich_yeu": "thử",
        "kinh_gui": ["UBND xã"],
    }
    listed = [{**parts, "khoa": khoa, "so": so} for khoa, so in rows]
    (folder / "manifest.json").write_text(json.dumps({"dot": {}, "van_ban": listed}), encoding="utf-8")


def test_a_backup_is_the_whole_book_in_one_file(register, letter, tmp_path):
    register.reserve([letter("a"), letter("b")])
    seal(register, "a")
    assert register.backup(tmp_path / "luu" / "so.sqlite3") == 2
    copy = Register.open(tmp_path / "luu" / "so.sqlite3")
    assert (lines(copy), copy.trail()) == (lines(register), register.trail())
    assert copy.letters.all() == register.letters.all()
    assert copy.verify().ok
    assert [path.name for path in (tmp_path / "luu").iterdir()] == ["so.sqlite3"]


def test_a_book_at_fault_is_not_backed_up_over_a_sound_one(register, letter, where, tmp_path, refused):
    register.reserve([letter("a")])
    register.backup(tmp_path / "luu.sqlite3")
    before = (tmp_path / "luu.sqlite3").read_bytes()
    with closing(sqlite3.connect(where)) as connection, connection:
        connection.execute("UPDATE register_entry SET ngay = '2021-04-06'")
    assert refused(register.backup, tmp_path / "luu.sqlite3") == ["register-entry-differs"]
    assert (tmp_path / "luu.sqlite3").read_bytes() == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["luu.sqlite3", "so.sqlite3"]


def test_a_book_is_not_its_own_backup_and_needs_one_to_be_there(register, letter, where, tmp_path, refused):
    assert refused(register.backup, tmp_path / "luu.sqlite3") == ["register-missing"]
    register.reserve([letter("a")])
    assert refused(register.backup, where) == ["register-backup-is-book"]
    assert refused(register.restore, where) == ["register-backup-is-book"]
    assert refused(register.restore, tmp_path / "khong-co.sqlite3") == ["register-missing"]
    (tmp_path / "khong-phai.sqlite3").write_text("không phải sổ\n" * 100, encoding="utf-8")
    with pytest.raises(UnreadableFileError):
        register.restore(tmp_path / "khong-phai.sqlite3")
    assert len(lines(register)) == 1


def test_a_lost_book_is_restored(register, letter, where, tmp_path):
    register.reserve([letter("a"), letter("b")])
    seal(register, "a")
    register.backup(tmp_path / "luu.sqlite3")
    before = lines(register), register.trail(), register.letters.all(), register.letters.data("a")
    where.unlink()
    restored = register.restore(tmp_path / "luu.sqlite3")
    assert (restored.numbers, restored.entered, restored.before) == (2, (), None)
    assert (lines(register), register.trail(), register.letters.all(), register.letters.data("a")) == before
    assert register.verify().findings == ()


def test_numbers_given_since_the_backup_are_named_and_nothing_is_restored(register, letter, tmp_path):
    register.reserve([letter("a")])
    register.backup(tmp_path / "luu.sqlite3")
    register.reserve([letter("b"), letter("c")])
    with pytest.raises(RegisterError) as caught:
        register.restore(tmp_path / "luu.sqlite3")
    (found,) = caught.value.report
    assert found.code == "register-restore-loses"
    assert "02/PCTH-KD, 03/PCTH-KD" in found.message
    assert [khoa for _, khoa, _ in lines(register)] == ["a", "b", "c"]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["luu.sqlite3", "so.sqlite3"]


def test_numbers_given_since_are_entered_when_asked_and_keep_their_keys(register, letter, tmp_path):
    register.reserve([letter("a")])
    register.backup(tmp_path / "luu.sqlite3")
    register.reserve([letter("b"), letter("c"), letter("khác", don_vi="dl", ky_hieu="ĐL")])
    register.void("c", "in sai")
    before = lines(register)
    restored = register.restore(tmp_path / "luu.sqlite3", enter_new=True)
    assert {*restored.entered} == {"02/PCTH-KD", "03/PCTH-KD", "01/ĐL"}
    assert lines(Register.open(restored.before)) == before
    assert {khoa: state for _, khoa, state in lines(register)} == {
        "a": State.RESERVED,
        "b": State.ISSUED,
        "c": State.VOID,
        "khác": State.ISSUED,
    }
    assert register.reserve([letter("b"), letter("d")]) == {"b": 2, "d": 4}
    assert register.verify().findings == ()


def test_a_number_made_void_since_is_not_given_again(register, letter, tmp_path, refused):
    register.reserve([letter("a"), letter("b")])
    register.backup(tmp_path / "luu.sqlite3")
    register.void("a", "in sai")
    register.issue(["b"])
    before = lines(register)
    assert refused(register.restore, tmp_path / "luu.sqlite3") == ["register-restore-loses-states"]
    assert register.restore(tmp_path / "luu.sqlite3", enter_new=True).entered == ()
    assert lines(register) == before
    assert next(register.entries()).void_reason == "in sai"
    assert register.verify().findings == ()


def test_letters_issued_since_keep_their_seal(register, letter, tmp_path, refused):
    register.reserve([letter("dot/thon/1"), letter("dot/thon/2")])
    seal(register, "dot/thon/1")
    register.backup(tmp_path / "luu.sqlite3")
    seal(register, "dot/thon/2")
    register.letters.deliver(["dot/thon/1"])
    register.reserve([letter("dot/thon/1~2")])
    following = LetterRecord(
        "dot/thon/1~2", "dot", LetterState.NUMBERED, "dot/thon/1~2", lien_quan="dot/thon/1", quan_he="thay-the"
    )
    register.letters.follow("dot/thon/1", following, {})
    register.letters.note_same("dot/thon/02", "dot/thon/2")
    before, numbers = register.letters.all(), lines(register)[:2]
    assert refused(register.restore, tmp_path / "luu.sqlite3") == [
        "register-restore-loses",
        "register-restore-loses-states",
        "register-restore-loses-issues",
    ]
    register.restore(tmp_path / "luu.sqlite3", enter_new=True)
    assert (register.letters.all(), lines(register)[:2]) == (before, numbers)
    assert (register.letters.data("dot/thon/2"), register.letters.same("dot")) == (b"{}", {"dot/thon/02": "dot/thon/2"})
    assert register.letters.known(["dot/thon/1~2"])["dot/thon/1~2"].quan_he == Relation.REPLACE
    assert register.verify().findings == ()


def test_numbers_of_letters_in_an_output_folder_are_not_given_again(register, letter, where, tmp_path, refused):
    register.reserve([letter("dot/thon/1"), letter("dot/thon/2")])
    seal(register, "dot/thon/1")
    register.backup(tmp_path / "luu.sqlite3")
    where.unlink()
    listed = [("dot/thon/1", 1), ("dot/thon/2", 2), ("dot/thon/3", 3), ("dot/tinh/1", 4), ("dot/tinh/2", 4)]
    manifest(tmp_path / "out" / "dot", *listed)
    assert refused(register.restore, tmp_path / "luu.sqlite3") == ["register-restore-loses-letters"]
    assert not where.exists()
    restored = register.restore(tmp_path / "luu.sqlite3", enter_new=True)
    assert restored.entered == ("03/PCTH-KD", "04/PCTH-KD")
    assert [(number, khoa) for number, khoa, _ in lines(register)][2:] == [
        ("03/PCTH-KD", "dot/thon/3"),
        ("04/PCTH-KD", "dot/tinh/pcth"),
    ]
    assert register.reserve([letter("dot/thon/3"), letter("mới", ngay=date(2021, 4, 6))]) == {
        "dot/thon/3": 3,
        "mới": 5,
    }
    assert register.verify().findings == ()


def test_a_number_of_an_unknown_body_is_not_entered_by_guessing(register, letter, where, tmp_path, refused):
    register.reserve([letter("dot/1", ky_hieu="X")])
    seal(register, "dot/1")
    register.backup(tmp_path / "luu.sqlite3")
    manifest(tmp_path / "out" / "dot", ("dot/2", 2))
    assert refused(register.restore, tmp_path / "luu.sqlite3", enter_new=True) == ["register-restore-series-unknown"]


def test_a_damaged_book_is_set_aside_and_restored(register, letter, where, tmp_path):
    register.reserve([letter("a")])
    register.backup(tmp_path / "luu.sqlite3")
    where.write_bytes(where.read_bytes()[:4096] + b"\xff" * 8192)
    damaged = where.read_bytes()
    restored = register.restore(tmp_path / "luu.sqlite3")
    assert [found.code for found in restored.report] == ["register-restore-damaged"]
    assert restored.before.read_bytes() == damaged
    assert register.verify().findings == ()
    assert register.reserve([letter("b")]) == {"b": 2}


def test_a_backup_of_a_book_from_before_the_first_release_is_restored(register, where, tmp_path, letter):
    with closing(sqlite3.connect(tmp_path / "cu.sqlite3")) as connection:
        connection.executescript(BEFORE_RELEASE.read_text(encoding="utf-8"))
    assert register.restore(tmp_path / "cu.sqlite3").numbers == 3
    assert register.reserve([letter("d"), letter("a", nguoi_ky="Lê Văn Mẫu", so_ban=2)]) == {"d": 468, "a": 465}
    assert register.verify().findings == ()
    assert register.identity()


# Copies


def test_a_copied_book_is_said_to_be_one_and_gets_its_own_id_when_written(register, letter, where, tmp_path):
    register.reserve([letter("a")])
    shutil.copytree(where.parent, tmp_path / "chep", ignore=lambda *_: ["chep"])
    copy = Register.open(tmp_path / "chep" / "so.sqlite3")
    assert copy.identity() == register.identity()
    assert [found.code for found in copy.verify()] == ["register-copied"]
    assert copy.verify().ok
    copy.reserve([letter("b")])
    assert copy.identity() != register.identity()
    assert copy.verify().findings == register.verify().findings == ()


def test_a_book_that_moved_keeps_its_id(register, letter, where, tmp_path):
    register.reserve([letter("a")])
    known = register.identity()
    (tmp_path / "noi-khac").mkdir()
    where.rename(tmp_path / "noi-khac" / "so.sqlite3")
    moved = Register.open(tmp_path / "noi-khac" / "so.sqlite3")
    assert moved.verify().findings == ()
    moved.reserve([letter("b")])
    assert moved.identity() == known


# A server


@pytest.fixture
def on_server(postgresql_url):
    return Register.open(postgresql_url, who="vanthu")


def test_a_book_on_a_server_is_backed_up_into_a_file_and_restored(on_server, letter, tmp_path, refused, monkeypatch):
    monkeypatch.chdir(tmp_path)
    on_server.reserve([letter("a"), letter("b", so_ban=3)])
    seal(on_server, "a")
    assert on_server.backup(tmp_path / "luu.sqlite3") == 2
    copy = Register.open(tmp_path / "luu.sqlite3")
    assert copy.verify().findings == ()
    assert (lines(copy), copy.trail(), copy.letters.all()) == (
        lines(on_server),
        on_server.trail(),
        on_server.letters.all(),
    )
    on_server.reserve([letter("c")])
    assert refused(on_server.restore, tmp_path / "luu.sqlite3") == ["register-restore-loses"]
    restored = on_server.restore(tmp_path / "luu.sqlite3", enter_new=True)
    assert restored.entered == ("03/PCTH-KD",)
    assert len(lines(Register.open(restored.before))) == 3
    assert on_server.verify().findings == ()
    assert on_server.reserve([letter("c"), letter("d")]) == {"c": 3, "d": 4}


def test_a_book_in_a_file_moves_to_a_server(on_server, register, letter, tmp_path):
    register.reserve([letter("a")])
    seal(register, "a")
    register.backup(tmp_path / "luu.sqlite3")
    assert on_server.restore(tmp_path / "luu.sqlite3").before is None
    assert (lines(on_server), on_server.head()) == (lines(register), register.head())
    assert on_server.letters.data("a") == b"{}"
    assert on_server.verify().findings == ()


def test_a_book_of_the_server_from_before_the_first_release_is_read_and_goes_on(on_server, postgresql_url, letter):
    import psycopg

    script = BEFORE_RELEASE.read_text(encoding="utf-8").replace("DATETIME", "TIMESTAMPTZ")
    statements = [one for one in script.split(";\n") if "register_" in one]
    with closing(psycopg.connect(postgresql_url)) as connection:
        connection.execute("SET TIME ZONE 'UTC'")
        for statement in sorted(statements, key=lambda one: "register_entry" in one.partition("(")[0]):
            connection.execute(statement)
        connection.commit()
    head = on_server.head()
    assert on_server.verify(head).findings == ()
    assert [line.number for line in on_server.entries()] == ["465", "466", "467"]
    assert on_server.find(Search.of(["465"]))[0].entry.khoa == "a"
    assert on_server.reserve([letter("d")]) == {"d": 468}
    assert on_server.enter_issued([IssuedNumber(466, letter("so-cu/466a"), letter("x").place, "a")]) == 1
    assert [line.number for line in on_server.entries()] == ["465", "466", "466a", "467", "468"]
    assert on_server.verify(head).findings == ()
