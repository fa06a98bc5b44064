import os
import sqlite3
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import date
from pathlib import Path
from threading import Timer

import pytest
from sqlalchemy import event

from congvan.errors import CongvanError, RegisterError, UnreadableFileError
from congvan.register import Register
from congvan.register.store import database

NOBODY = 65534


def sql(where: Path, *statements: str) -> None:
    with closing(sqlite3.connect(where)) as connection, connection:
        for statement in statements:
            connection.execute(statement)


@contextmanager
def only_reading(folder: Path) -> Iterator[None]:
    """The rights of somebody who may look into ``folder`` but not write; the superuser steps down for it."""
    steps_down = hasattr(os, "geteuid") and os.geteuid() == 0
    for path in (*folder.iterdir(), folder):
        path.chmod(0o555 if path.is_dir() else 0o444)
    if steps_down:
        os.seteuid(NOBODY)
    try:
        yield
    finally:
        if steps_down:
            os.seteuid(0)
        for path in (folder, *folder.iterdir()):
            path.chmod(0o755 if path.is_dir() else 0o644)


@pytest.fixture
def shared_folder() -> Iterator[Path]:
    """A folder everybody can reach, unlike pytest's own."""
    with tempfile.TemporaryDirectory() as folder:
        yield Path(folder)


# The file


def test_nothing_lies_beside_the_register_when_it_is_closed(where, letter):
    with Register.open(where) as register:
        register.reserve([letter("a")])
        list(register.entries())
    assert [file.name for file in where.parent.iterdir()] == ["so.sqlite3"]


def test_the_file_keeps_a_write_ahead_log(register, where, letter):
    register.reserve([letter("a")])
    with closing(sqlite3.connect(where)) as connection:
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)


def test_the_file_itself_refuses_a_number_given_twice(register, where, letter):
    register.reserve([letter("a"), letter("b")])
    with pytest.raises(sqlite3.IntegrityError, match="UNIQUE"):
        sql(where, "UPDATE register_entry SET so = 1 WHERE khoa = 'b'")


@pytest.mark.parametrize(
    "change", ["so = 0", "trang_thai = 'mất'", "trang_thai = 'void'", "khoa = NULL", "trich_yeu = NULL"]
)
def test_the_file_itself_refuses_a_line_that_cannot_be(register, where, letter, change):
    register.reserve([letter("a")])
    with pytest.raises(sqlite3.IntegrityError):
        sql(where, f"UPDATE register_entry SET {change}")


def test_the_register_refuses_a_number_of_no_series(register, letter, refused):
    register.reserve([letter("a")])

    def lose_the_series():
        with register._database.writing(register._stamp) as (ledger, _):
            ledger._connection.exec_driver_sql("UPDATE register_entry SET don_vi = 'khác'")

    assert refused(lose_the_series) == ["register-failed"]
    assert [line.don_vi for line in register.entries()] == ["pcth"]


def test_an_empty_file_becomes_a_register(register, where, letter):
    where.touch()
    assert list(register.entries()) == []
    assert register.reserve([letter("a")]) == {"a": 1}


# What is no register


@pytest.mark.parametrize("content", ["Đây không phải là sổ.\n" * 100, "x"])
def test_a_file_that_is_no_database_is_named_and_left_alone(register, where, letter, content):
    where.write_text(content, encoding="utf-8")
    for call in (register.preview, register.reserve):
        with pytest.raises(UnreadableFileError, match="không phải là sổ đăng ký") as caught:
            call([letter("a")])
        assert caught.value.path == where
    assert where.read_text(encoding="utf-8") == content


def test_somebody_elses_database_is_left_alone(register, where, letter):
    sql(where, "CREATE TABLE khach_hang (ten)")
    before = where.read_bytes()
    for call in (register.preview, register.reserve):
        with pytest.raises(UnreadableFileError, match="không phải là sổ đăng ký"):
            call([letter("a")])
    assert where.read_bytes() == before


def test_a_folder_is_no_register(tmp_path, letter):
    with pytest.raises(UnreadableFileError):
        Register.open(tmp_path).reserve([letter("a")])


def test_a_register_of_a_later_version_is_refused(register, where, letter, refused):
    register.reserve([letter("a")])
    sql(where, "UPDATE register_version SET version = 99")
    assert refused(register.preview, [letter("a")]) == ["register-newer"]
    assert refused(register.reserve, [letter("b")]) == ["register-newer"]
    assert refused(register.entries) == ["register-newer"]


def test_a_register_with_spoilt_pages_is_called_damaged(register, where, letter, refused):
    register.reserve([letter(f"thu/{number}") for number in range(500)])
    with where.open("r+b") as file:
        file.seek(4096)
        file.write(b"\xff" * (where.stat().st_size - 4096))
    assert refused(register.entries) == ["register-damaged"]


@pytest.mark.parametrize("column", ["ngay", "reserved_at"])
def test_a_register_with_a_date_that_is_none_is_called_damaged(register, where, letter, refused, column):
    register.reserve([letter("a")])
    sql(where, f"UPDATE register_entry SET {column} = 'hôm qua'")
    assert refused(register.entries) == ["register-damaged"]


def test_a_register_without_its_tables_is_refused_with_a_sentence(register, where, letter, refused):
    register.reserve([letter("a")])
    sql(where, "DROP TABLE register_entry")
    assert refused(register.entries) == ["register-failed"]


# What stands in the way of writing


def test_a_folder_that_is_not_there_is_named(tmp_path, letter):
    with pytest.raises(RegisterError, match="Không có thư mục") as caught:
        Register.open(tmp_path / "không có" / "so.sqlite3").reserve([letter("a")])
    assert "không có" in str(caught.value)


def test_a_folder_one_may_only_read_takes_no_register(shared_folder, letter, refused):
    register = Register.open(shared_folder / "so.sqlite3")
    with only_reading(shared_folder):
        codes = refused(register.reserve, [letter("a")])
    assert codes == ["register-no-access"]
    assert list(shared_folder.iterdir()) == []


def test_a_register_one_may_only_read_gives_no_number(shared_folder, letter, refused):
    register = Register.open(shared_folder / "so.sqlite3")
    register.reserve([letter("a")])
    with only_reading(shared_folder):
        codes = refused(register.reserve, [letter("b")])
    assert codes == ["register-no-access"]
    assert register.preview([letter("b")])[1] == {"b": 2}


def test_a_register_somebody_else_holds_too_long_gives_no_number(where, letter, refused, monkeypatch):
    monkeypatch.setattr(database, "PATIENCE", 0.05)
    register = Register.open(where)
    register.reserve([letter("a")])
    with closing(sqlite3.connect(where, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        assert refused(register.reserve, [letter("b")]) == ["register-busy"]
        assert register.preview([letter("b")])[1] == {"b": 2}
    assert register.reserve([letter("b")]) == {"b": 2}


def test_a_clerk_who_comes_while_the_register_is_being_made_waits(register, where, letter):
    with closing(sqlite3.connect(where, isolation_level=None, check_same_thread=False)) as other:
        other.execute("BEGIN IMMEDIATE")
        done = Timer(0.2, other.rollback)
        done.start()
        assert register.reserve([letter("a")]) == {"a": 1}
        done.join()


def test_a_full_disk_takes_no_number(register, letter, refused):
    register.reserve([letter("a")])

    @event.listens_for(register._database._engine, "connect")
    def fill_the_disk(connection, _record):
        connection.execute("PRAGMA max_page_count = 1")

    assert refused(register.reserve, [letter(f"thu/{number}") for number in range(1000)]) == ["register-disk-full"]
    assert [line.khoa for line in register.entries()] == ["a"]


# PostgreSQL by URL


@pytest.mark.parametrize(
    "url", ["mysql://may/so", "sqlite:///so.sqlite3", "postgresql://may:cổng/so", "postgresql:/may/so", "://"]
)
def test_an_address_that_is_none_is_refused_at_once(refused, url):
    assert refused(Register.open, url) == ["register-address-impossible"]


def test_a_missing_driver_is_said_with_what_to_do_and_without_the_password(monkeypatch):
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(RegisterError, match=r"pip install") as caught:
        Register.open("postgresql://vanthu:mat-khau@may/so")
    assert "mat-khau" not in str(caught.value)
    assert "vanthu" in str(caught.value)


@pytest.mark.parametrize(
    "url",
    [
        "postgresql://vanthu@127.0.0.1:1/so?password=mat-khau",
        "postgresql://vanthu:mat-khau@127.0.0.1:1/so?sslpassword=mat-khau",
        "postgresql://vanthu:mat-khau@127.0.0.1:1/so?sslmode=mat-khau",
        "mysql://vanthu@127.0.0.1:1/so?password=mat-khau",
    ],
)
def test_no_password_of_an_address_is_in_a_message(url, letter):
    with pytest.raises(RegisterError) as caught:
        Register.open(url).preview([letter("a")])

    assert "mat-khau" not in str(caught.value)
    assert "127.0.0.1:1/so" in str(caught.value)


def test_every_refusal_is_one_of_congvans_own(where, letter):
    where.write_bytes(b"SQLite format 3\x00" + bytes(range(256)) * 40)
    for call in (lambda: Register.open(where).preview([letter("a")]), lambda: list(Register.open(where).entries())):
        with pytest.raises(CongvanError):
            call()


def test_the_last_day_a_letter_can_have_is_kept(register, letter):
    register.reserve([letter("a", nam=9999, ngay=date(9999, 12, 31))])
    assert [line.ngay for line in register.entries()] == [date(9999, 12, 31)]
