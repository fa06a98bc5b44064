"""A query of a list is ended when it takes too long or gives too much."""

import sqlite3

import pytest

from congvan.errors import DirectoryError
from congvan.recipients.sources import database_query
from congvan.recipients.sources.database_query import DatabaseQuery

ENDLESS = "WITH RECURSIVE t(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM t) SELECT "


@pytest.fixture
def address(tmp_path):
    path = tmp_path / "ds.db"
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE ds (ten TEXT)")
        connection.execute("INSERT INTO ds VALUES ('UBND xã')")
    connection.close()
    return f"sqlite:///{path}"


def code(address, query):
    (sheet,) = DatabaseQuery.at(f"{address}?query={query}").sheets()
    with pytest.raises(DirectoryError) as error:
        list(sheet.rows)
    return [found.code for found in error.value.report]


@pytest.mark.parametrize(
    "what", ["count(*) FROM t", "n FROM t WHERE n < 0", "max(n) FROM t", "group_concat(n) FROM t WHERE n % 2 = 3"]
)
def test_a_query_that_takes_too_long_is_ended(address, monkeypatch, what):
    monkeypatch.setattr(database_query, "TIME_LIMIT", 0.2)

    assert code(address, ENDLESS + what) == ["recipients-query-late"]


def test_a_query_with_too_many_rows_is_ended(address, monkeypatch):
    monkeypatch.setattr(database_query, "MOST_ROWS", 100)

    assert code(address, ENDLESS + "n FROM t") == ["recipients-query-too-large"]


def test_a_query_with_too_much_text_is_ended(address, monkeypatch):
    monkeypatch.setattr(database_query, "MOST_CHARACTERS", 10_000)

    assert code(address, ENDLESS + "hex(zeroblob(400)) AS ten FROM t") == ["recipients-query-too-large"]
