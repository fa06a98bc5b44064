"""What is stored for a fixed course of events, to the byte: a register written by an earlier version goes on."""

import hashlib
import itertools
import json
import sqlite3
from contextlib import closing
from datetime import UTC, date, datetime, timedelta

import pytest

from congvan.register import IssuedNumber, Register
from congvan.register.trail import ACTS_ON_LETTERS, Act

HEAD = "969328db5a5d253a0b4c069b643da0a97ebc44869e0b1829e74c26712e98fceb"
"""The last hash of the trail, as the first version with a trail wrote it."""

TABLES = "50a4dce5c3aef0eac8f780824cd993011a6413615a1863684c74f66dd063837b"
"""SHA-256 of all rows of these tables, as JSON, without the column ``so_phu``."""


@pytest.fixture(scope="module")
def written(tmp_path_factory, letter):
    """A register in which everything has happened, with texts that need care in JSON."""
    where = tmp_path_factory.mktemp("so") / "so.sqlite3"
    minutes = (
        datetime(2021, 4, 1, 8, 30, tzinfo=UTC) + timedelta(minutes=n, microseconds=n) for n in itertools.count()
    )
    register = Register.open(where, clock=lambda: next(minutes), who="Lê Thị Văn Thư", run='đợt "1"\\2')
    register.enter_issued([IssuedNumber(so, letter(f"cũ/{so}", ghi_chu="cũ"), letter("x").place) for so in (3, 1)])
    told = {"nguoi_ky": "Lê Văn Mẫu", "noi_nhan": 'Ông "A"; bà \\B\n😀\x7f', "don_vi_luu": "VT, KD"}
    thousands = [letter(f"thôn/{n:04}", don_vi=f"đl-{n % 3}", so_ban=n % 4, **told) for n in range(2100)]
    register.reserve([letter("tỉnh", chuoi="mật", bat_dau=465), letter("mở", ngay=None, ky_hieu=""), *thousands])
    register.issue([request.khoa for request in reversed(thousands[:1500])])
    moved = {"ngay": date(2021, 4, 9), "trich_yeu": "mới ‘’ </x>", "ghi_chu": "gấp", "so_ban": 7}
    register.reserve(
        [letter("mở", don_vi="pcth", **moved), letter("tỉnh", chuoi="mật", ky_hieu="Đ"), letter("sau", **moved)]
    )
    register.issue(["sau", "mở", "thôn/0003", "tỉnh"])
    register.void("thôn/0001", 'in sai "tên"')
    register.void("thôn/2099", "bỏ")
    return where


def test_the_trail_ends_in_the_same_hash_as_ever(written):
    register = Register.open(written)
    assert register.head() == HEAD
    assert {row.act for row in register.trail()} == {*Act} - ACTS_ON_LETTERS


def test_every_cell_of_every_table_is_as_ever(written):
    with closing(sqlite3.connect(written)) as connection:
        names = ("register_series", "register_entry", "register_trail")
        rows = [connection.execute(f"SELECT * FROM {name} ORDER BY 1, 2, 3").fetchall() for name in names]
    series, entries, trail = rows
    assert {entry[-1] for entry in entries} == {""}, "the column that came with the first release"
    as_ever = [series, [entry[:-1] for entry in entries], trail]
    assert hashlib.sha256(json.dumps(as_ever).encode()).hexdigest() == TABLES


def test_it_is_sound(written):
    assert not Register.open(written).verify()
