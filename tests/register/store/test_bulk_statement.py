"""A statement for many rows writes what SQLAlchemy writes for each of them."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from sqlalchemy import bindparam, create_engine
from sqlalchemy.dialects.postgresql import psycopg

from congvan.register.entry import State
from congvan.register.store.bulk_statement import BulkStatement
from congvan.register.store.schema import entry_table, series_table
from congvan.register.store.versions import create

HANOI = timezone(timedelta(hours=7))
SERIES = {"don_vi": "pcth", "nam": 2021, "chuoi": "", "bat_dau": 1, "opened_at": datetime(2021, 4, 1, 8, tzinfo=UTC)}


def line(so, **more):
    told = {"ngay": date(2021, 4, so), "ky_hieu": "PCTH-KD", "loai": "cong-van", "trich_yeu": "đ'ó; -- %s"}
    at = {"trang_thai": State.RESERVED, "reserved_at": datetime(2021, 4, 1, 8, 30, so, tzinfo=HANOI), "issued_at": None}
    return {"khoa": f"thư/{so}", "so": so, "don_vi": "pcth", "nam": 2021, "chuoi": ""} | told | at | more


@pytest.fixture
def connection():
    with create_engine("sqlite://").connect() as connection:
        create(connection)
        yield connection


def stored(connection):
    return connection.exec_driver_sql("SELECT * FROM register_entry ORDER BY khoa").all()


@pytest.mark.parametrize("turned", [False, True])
def test_rows_are_stored_as_sqlalchemy_stores_them_in_whatever_order_their_values_come(connection, turned):
    lines = [line(1), line(2, ngay=None, trang_thai=State.ISSUED, issued_at=datetime(9999, 1, 1, tzinfo=UTC)), line(3)]
    connection.execute(entry_table.insert(), lines)
    expected = stored(connection)
    connection.execute(entry_table.delete())

    names = [*lines[0]][:: -1 if turned else 1]
    BulkStatement(connection, entry_table.insert(), names).execute([one[name] for name in names] for one in lines)
    assert stored(connection) == expected
    assert len(expected) == 3


def test_each_row_changes_the_line_it_names(connection):
    connection.execute(entry_table.insert(), [line(1), line(2), line(3)])
    update = entry_table.update().where(entry_table.c.khoa == bindparam("of_khoa"))
    rows = [(State.VOID, "in sai", "thư/1"), (State.VOID, "bỏ", "thư/3")]
    BulkStatement(connection, update, ("trang_thai", "void_reason", "of_khoa")).execute(rows)
    assert [(row.khoa, row.trang_thai, row.void_reason) for row in stored(connection)] == [
        ("thư/1", "void", "in sai"), ("thư/2", "reserved", None), ("thư/3", "void", "bỏ"),
    ]  # fmt: skip


def test_without_rows_nothing_is_carried_out(connection):
    update = entry_table.update().where(entry_table.c.khoa == bindparam("of_khoa"))
    connection.execute(entry_table.insert(), [line(1)])
    BulkStatement(connection, update, ("so", "of_khoa")).execute([])
    assert [row.so for row in stored(connection)] == [1]


class Told:
    """A connection to PostgreSQL that only notes what it is told."""

    dialect = psycopg.dialect()

    def exec_driver_sql(self, statement, rows):
        self.statement, self.rows = statement, rows


def test_postgresql_is_given_the_same_by_name_with_moments_in_utc():
    connection = Told()
    opened_at = datetime(2021, 4, 1, 8, 30, tzinfo=HANOI)
    BulkStatement(connection, series_table.insert(), [*SERIES]).execute(
        [[*(SERIES | {"opened_at": opened_at}).values()]]
    )
    assert connection.rows == [SERIES | {"opened_at": datetime(2021, 4, 1, 1, 30, tzinfo=UTC)}]
    assert connection.rows[0]["opened_at"].tzinfo is UTC
    assert connection.statement == str(series_table.insert().compile(dialect=connection.dialect))
    assert "%(opened_at)s::TIMESTAMP WITH TIME ZONE" in connection.statement
