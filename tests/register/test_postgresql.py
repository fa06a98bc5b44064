"""The same register on a real PostgreSQL server."""

from contextlib import closing
from datetime import UTC, date, datetime

import pytest

from congvan.errors import RegisterError
from congvan.register import IssuedNumber, Register, State
from congvan.register.store.database import server

NOW = datetime(2021, 4, 1, 8, 30, tzinfo=UTC)


@pytest.fixture
def url(postgresql_url):
    return postgresql_url


@pytest.fixture
def register(url):
    return Register.open(url, clock=lambda: NOW, who="vanthu")


def sql(url, *statements):
    import psycopg

    with closing(psycopg.connect(url)) as connection:
        for statement in statements:
            connection.execute(statement)
        connection.commit()


def lines(register):
    return [(line.so, line.khoa, line.trang_thai.value, line.ngay) for line in register.entries()]


def test_numbers_are_reserved_issued_and_made_void(register, letter):
    run = [letter("a", bat_dau=465), letter("b", so_ban=3, nguoi_ky="Lê Văn Mẫu"), letter("c", ngay=None)]
    assert register.preview(run)[1] == register.reserve(run) == {"a": 465, "b": 466, "c": 467}
    register.issue(["a", "b"])
    assert register.void("b", "in sai").trang_thai is State.VOID
    register.reserve([letter("c", ngay=date(2021, 4, 6))])
    assert lines(register) == [
        (465, "a", "issued", date(2021, 4, 5)),
        (466, "b", "void", date(2021, 4, 5)),
        (467, "c", "reserved", date(2021, 4, 6)),
    ]
    assert next(register.entries()).reserved_at == NOW


def test_a_register_that_was_never_written_is_empty_and_stays_so(register, letter, refused):
    assert (list(register.entries()), register.trail(), register.head()) == ([], (), None)
    assert refused(register.void, "a", "in sai") == ["register-missing"]
    assert [found.code for found in register.verify()] == ["register-missing"]


def test_what_stands_against_a_run_is_said_as_with_a_file(register, letter):
    register.reserve([letter("a"), letter("b")])
    register.void("b", "in sai")
    run = [letter("b"), letter("c", ngay=date(2021, 4, 4)), letter("d", nam=2020)]
    assert sorted(found.code for found in register.check(run)) == [
        "register-date-early",
        "register-void",
        "register-year",
    ]


def test_the_trail_is_the_same_as_a_files(register, letter, where):
    beside = Register.open(where, clock=lambda: NOW, who="vanthu")
    for one in (register, beside):
        one.reserve([letter("a"), letter("b", don_vi="đl-1", chuoi="mật")])
        one.issue(["b"])
        one.void("a", "in sai")
    assert register.head() == beside.head()
    assert register.trail() == beside.trail()


def test_a_changed_row_is_found(register, url, letter):
    register.reserve([letter("a"), letter("b")])
    noted = register.head()
    assert register.verify(noted).ok
    sql(
        url,
        "UPDATE register_entry SET ngay = '2021-04-06' WHERE khoa = 'a'",
        "DELETE FROM register_trail WHERE number = 2",
    )
    found = {one.code for one in register.verify(noted)}
    assert found == {"register-trail-gap", "register-trail-unlinked", "register-entry-unaccounted"}


def test_a_book_kept_before_is_entered(register, letter):
    register.enter_issued([IssuedNumber(so, letter(f"cũ/{so}"), letter("x").place) for so in (3, 1)])
    assert register.reserve([letter("a")]) == {"a": 4}
    assert register.verify().ok


def test_the_server_itself_refuses_a_number_given_twice(register, url, letter):
    import psycopg

    register.reserve([letter("a"), letter("b")])
    with pytest.raises(psycopg.errors.UniqueViolation):
        sql(url, "UPDATE register_entry SET so = 1 WHERE khoa = 'b'")


def test_a_register_somebody_else_holds_too_long_gives_no_number(url, letter, refused, monkeypatch):
    monkeypatch.setattr("congvan.register.store.database.PATIENCE", 1)
    register = Register.open(url)
    register.reserve([letter("a")])
    with server(url).writing(register._stamp):
        assert refused(register.reserve, [letter("b")]) == ["register-busy"]
    assert register.reserve([letter("b")]) == {"b": 2}


def test_a_server_that_goes_away_is_said_with_a_sentence_and_loses_no_number(postgresql_server, register, letter):
    register.reserve([letter("a")])
    postgresql_server.stop()
    try:
        with pytest.raises(RegisterError) as caught:
            register.reserve([letter("b")])
    finally:
        postgresql_server.start()
    assert [found.code for found in caught.value.report] == ["register-failed"]
    assert register.reserve([letter("a"), letter("b")]) == {"a": 1, "b": 2}
    assert register.verify().ok


def test_a_run_broken_off_by_the_server_changes_nothing(postgresql_server, register, letter, refused):
    register.reserve([letter("a")])

    def write_while_the_server_is_started_again():
        with register._database.writing(register._stamp) as (ledger, stamp):
            ledger.issue(ledger.known(["a"]), stamp)
            postgresql_server.stop()
            postgresql_server.start()

    assert refused(write_while_the_server_is_started_again) == ["register-failed"]
    assert [line.trang_thai for line in register.entries()] == [State.RESERVED]
    assert register.reserve([letter("b")]) == {"b": 2}


@pytest.mark.slow
def test_eight_clerks_take_a_thousand_numbers_each(url, clerks):
    taken = clerks(url, 8, 1000)
    assert sorted(number for own in taken for number in own) == list(range(1, 8001))
    register = Register.open(url)
    assert [line.so for line in register.entries()] == list(range(1, 8001))
    assert register.verify().ok


def test_the_book_of_a_campaign_moves_into_the_offices_server(tmp_path, register, letter):
    with Register.open(tmp_path / "so.sqlite3", clock=lambda: NOW) as own:
        own.reserve([letter("a"), letter("b")])
        own.issue(["a"])
        entries = tuple(own.entries())

    assert (register.take_over(entries), register.take_over(entries)) == (2, 0)
    assert tuple(register.entries()) == entries
    assert register.verify().ok


def test_a_plain_first_number_counts_for_the_first_year_of_the_body(register, letter):
    def plain(khoa, nam):
        return letter(khoa, nam=nam, ngay=date(nam, 3, 1), bat_dau=465, bat_dau_nam_dau=True)

    assert register.reserve([plain("a", 2021)]) == {"a": 465}
    assert register.reserve([plain("b", 2022), plain("c", 2021)]) == {"b": 1, "c": 466}
