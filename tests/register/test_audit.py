"""``verify``: a register as it was written is sound, and nobody changes a row unseen."""

import itertools
import shutil
import sqlite3
from contextlib import closing
from datetime import UTC, date, datetime
from functools import partial

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from congvan.findings import set_language
from congvan.register import Register
from congvan.register.audit import Holdings, audit
from congvan.register.trail import NO_ROW, Stamp, chained_rows

TABLES = ("register_entry", "register_series", "register_trail")


def codes_of(report):
    """What is at fault; that these books are copies is no fault."""
    return [found.code for found in report.errors]


@pytest.fixture(scope="module")
def kept(tmp_path_factory, letter):
    """A register in which everything has happened once."""
    where = tmp_path_factory.mktemp("so") / "so.sqlite3"
    minutes = itertools.count()
    clock = lambda: datetime(2021, 4, 1, 8, next(minutes), tzinfo=UTC)  # noqa: E731
    register = Register.open(where, clock=clock, who="vanthu", run="đợt 1")
    run = [letter(f"{unit}/{n}", don_vi=unit, so_ban=n or None) for unit in ("pcth", "dl-1") for n in range(4)]
    register.reserve(run)
    register.reserve(
        [letter("mat", chuoi="mat", bat_dau=7, nguoi_ky="Lê Văn Mẫu", ghi_chu="kín"), letter("mở", ngay=None)]
    )
    register.issue(["pcth/0", "pcth/1", "dl-1/0", "mat"])
    register.reserve([letter("mở", ngay=date(2021, 4, 6), noi_nhan="Như trên")])
    register.void("pcth/1", "in sai")
    return where


def open_copy(kept, where):
    shutil.copy(kept, where)
    return Register.open(where)


def tampered(where, *statements):
    """The register at ``where`` after somebody has been at it with the database's own tools."""
    with closing(sqlite3.connect(where)) as connection, connection:
        connection.execute("PRAGMA ignore_check_constraints = ON")
        for statement in statements:
            connection.execute(statement) if isinstance(statement, str) else connection.execute(*statement)


def content(where):
    with closing(sqlite3.connect(where)) as connection:
        return {name: connection.execute(f"SELECT * FROM {name} ORDER BY 1, 2, 3").fetchall() for name in TABLES}


def test_a_register_as_it_was_written_is_sound(kept):
    assert codes_of(Register.open(kept).verify()) == []


def test_verifying_changes_no_byte(kept):
    before = kept.read_bytes()
    Register.open(kept).verify()
    assert kept.read_bytes() == before


@st.composite
def manipulations(draw):
    """A table, what is done to one row of it (or to two that change places), and with what."""
    other = st.one_of(
        st.none(),
        st.integers(-3, 3000),
        st.text("aăâ 09/-\x00", max_size=6),
        st.binary(max_size=3),
        st.dates(date(2020, 1, 1), date(2022, 1, 1)).map(str),
        st.sampled_from(["issued", "reserved", "void", "pcth", "0" * 64, "2021-04-01 09:00:00.000000", "{}"]),
    )
    return (
        draw(st.sampled_from(TABLES)),
        draw(st.sampled_from(["change", "change", "change", "copy cell", "delete", "insert", "swap"])),
        draw(st.integers(0, 10**6)),
        draw(st.integers(0, 10**6)),
        draw(st.integers(0, 10**6)),
        draw(other),
    )


def carry_out(where, manipulation):
    """Do it by raw SQL; what the database itself refuses is no manipulation."""
    table, deed, row, second, column, value = manipulation
    with closing(sqlite3.connect(where)) as connection:
        connection.execute("PRAGMA ignore_check_constraints = ON")
        names = [field[1] for field in connection.execute(f"PRAGMA table_info({table})")]
        rows = connection.execute(f"SELECT rowid, * FROM {table}").fetchall()
        first, other = rows[row % len(rows)], rows[second % len(rows)]
        name, place = names[column % len(names)], column % len(names) + 1
        try:
            if deed == "change":
                connection.execute(f"UPDATE {table} SET {name} = ? WHERE rowid = ?", (value, first[0]))
            elif deed == "copy cell":
                connection.execute(f"UPDATE {table} SET {name} = ? WHERE rowid = ?", (other[place], first[0]))
            elif deed == "delete":
                connection.execute(f"DELETE FROM {table} WHERE rowid = ?", (first[0],))
            elif deed == "insert":
                new = list(first[1:])
                new[column % len(names)] = value
                connection.execute(f"INSERT INTO {table} VALUES ({', '.join('?' * len(names))})", new)
            else:
                connection.execute(f"DELETE FROM {table} WHERE rowid IN (?, ?)", (first[0], other[0]))
                key = 2 if table == "register_entry" else 1
                for mine, yours in ((first, other), (other, first)):
                    new = list(mine[1:])
                    new[key - 1] = yours[key]
                    connection.execute(f"INSERT INTO {table} VALUES ({', '.join('?' * len(names))})", new)
            connection.commit()
        except sqlite3.IntegrityError:
            assume(False)


@given(manipulations())
@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.filter_too_much])
def test_every_change_of_a_single_row_is_found(kept, tmp_path_factory, manipulation):
    where = tmp_path_factory.getbasetemp() / "tampered.sqlite3"
    register = open_copy(kept, where)
    carry_out(where, manipulation)
    assume(content(where) != content(kept))
    assert not register.verify().ok


@pytest.mark.parametrize(
    ("statement", "code"),
    [
        ("UPDATE register_entry SET trich_yeu = 'khác' WHERE khoa = 'pcth/0'", "register-entry-differs"),
        ("DELETE FROM register_entry WHERE khoa = 'pcth/3'", "register-entry-lost"),
        ("UPDATE register_series SET bat_dau = 2 WHERE don_vi = 'dl-1'", "register-series-differs"),
        ("DELETE FROM register_series WHERE don_vi = 'dl-1'", "register-series-lost"),
        (
            "INSERT INTO register_series VALUES ('x', 2021, '', 1, '2021-04-01 08:30:00.000000')",
            "register-series-unaccounted",
        ),
        ("UPDATE register_trail SET who = 'khác' WHERE number = 5", "register-trail-changed"),
        ("DELETE FROM register_trail WHERE number = 5", "register-trail-gap"),
        ("DELETE FROM register_trail", "register-entry-unaccounted"),
        ("UPDATE register_entry SET ngay = 'hôm qua' WHERE khoa = 'pcth/0'", "register-damaged"),
        ("UPDATE register_entry SET ngay = 5 WHERE khoa = 'pcth/0'", "register-damaged"),
    ],
)
@pytest.mark.parametrize("lang", ["vi", "en"])
def test_what_was_done_is_said(kept, where, statement, code, lang):
    register = open_copy(kept, where)
    tampered(where, statement)
    report = register.verify()
    set_language(lang)
    try:
        assert code in codes_of(report)
        assert "{" not in str(report)
    finally:
        set_language("vi")


def last_rows(register, count):
    return [row.number for row in register.trail()][-count:]


def test_the_end_cut_off_together_with_what_it_did_shows_only_against_a_noted_head(kept, where):
    register = open_copy(kept, where)
    noted = register.head()
    tampered(
        where,
        ("DELETE FROM register_trail WHERE number = ?", last_rows(register, 1)),
        "UPDATE register_entry SET trang_thai = 'issued', voided_at = NULL, void_reason = NULL WHERE khoa = 'pcth/1'",
    )
    assert codes_of(register.verify()) == []
    assert codes_of(register.verify(noted)) == ["register-head-lost"]


def test_a_head_noted_earlier_still_counts_when_the_book_has_gone_on(kept, where):
    register = open_copy(kept, where)
    noted = register.head()
    register.void("pcth/0", "in sai")
    assert register.head() != noted
    assert register.verify(noted).ok
    assert register.verify(f" {noted[:16].upper()} ").ok


@pytest.mark.parametrize("head", ["", "0" * 64, "abc"])
def test_a_head_that_is_none_is_not_taken_for_one(kept, head):
    assert codes_of(Register.open(kept).verify(head)) == ["register-head-lost"]


def test_a_row_that_is_sealed_well_but_changes_nothing_is_found(kept):
    register = Register.open(kept)
    trail, entries = register.trail(), list(register.entries())
    stamp = Stamp(datetime(2021, 5, 1, tzinfo=UTC), "kẻ gian", "")
    series = opened(register)
    sound = partial(audit, held=Holdings(entries, series))
    forged = [
        *trail,
        *chained_rows([("issue", "pcth/0", {}), ("amend", "pcth/0", {"ky_hieu": ("X", "PCTH-KD")})], stamp, trail[-1]),
    ]
    assert list(sound(trail)) == []
    assert [found.code for found in sound(forged)] == ["register-trail-unsound"] * 2


def test_a_chain_begun_anew_in_the_middle_is_found(kept):
    register = Register.open(kept)
    trail = list(register.trail())
    unlinked = trail[4]._replace(previous_hash=NO_ROW)
    trail[4] = unlinked._replace(hash=unlinked.computed_hash)
    found = [one.code for one in audit(trail, Holdings(register.entries(), opened(register)))]
    assert found == ["register-trail-unlinked", "register-trail-unlinked"]


def opened(register):
    with register._database.reading() as ledger:
        return ledger.series()


def test_a_register_that_is_not_there_is_a_finding(where):
    assert codes_of(Register.open(where).verify()) == ["register-missing"]
