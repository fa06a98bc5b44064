"""Lists a database gives: the same recipients as from a file, read only, and no password anywhere."""

import os
import sqlite3
import sys
from contextlib import closing

import pytest

from congvan.errors import DirectoryError
from congvan.recipients import OpenDirectory, check_list, read_directory, recipient_source

SECRET = "bí mật@1"
ADDRESS = "postgresql://vanthu:b%C3%AD%20m%E1%BA%ADt%401@127.0.0.1:1/nhan_su"
ROWS = [
    ("Đa Lộc", "Thôn 1", "Trịnh Văn Mẫu", "0950000001", 120),
    ("Đa Lộc", "Thôn 2", "Lò Ón", "950000002", None),
    ("Hòa Lộc", "Thôn 1", None, None, 80),
]
CREATE = "CREATE TABLE truong_thon (xa text, thon text, ho_ten text, dien_thoai text, so_ho integer)"
SELECT = "SELECT xa, thon, ho_ten, dien_thoai, so_ho FROM truong_thon"


@pytest.fixture
def database(tmp_path):
    """An SQLite file with three hamlets; gives the address of a query."""
    path = tmp_path / "nhan-su.db"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(CREATE)
        connection.executemany("INSERT INTO truong_thon VALUES (?, ?, ?, ?, ?)", ROWS)
        connection.commit()
    return lambda query=SELECT: f"sqlite:///{path.as_posix()}?query={query}"


@pytest.fixture
def server(postgresql_url):
    """The same on PostgreSQL."""
    import psycopg

    with closing(psycopg.connect(postgresql_url, autocommit=True)) as connection:
        connection.execute(CREATE)
        connection.cursor().executemany("INSERT INTO truong_thon VALUES (%s, %s, %s, %s, %s)", ROWS)
    return lambda query=SELECT: f"{postgresql_url}?query={query}"


@pytest.fixture
def as_csv(text_file):
    rows = ["xa,thon,ho_ten,dien_thoai,so_ho", *(",".join(str(cell or "") for cell in row) for row in ROWS)]
    return text_file("thon.csv", "\n".join(rows))


def codes(listed, cap="thon"):
    """The codes of the one report, whether it is raised or returned."""
    try:
        report = check_list(listed, cap).report
    except DirectoryError as error:
        report = error.report
    assert SECRET not in str(report)
    return [found.code.removeprefix("recipients-") for found in report]


@pytest.mark.parametrize("kind", ["database", "server"])
def test_a_query_gives_the_directory_a_file_gives(kind, request, as_csv, units_of_2021):
    address = request.getfixturevalue(kind)()

    queried = read_directory(address, "thon", units=units_of_2021, ma_tinh="38")
    filed = read_directory(as_csv, "thon", units=units_of_2021, ma_tinh="38")

    assert queried.recipients == filed.recipients
    assert len(queried) == 2
    assert [found.code for found in queried.report] == [found.code for found in filed.report]


@pytest.mark.parametrize("kind", ["database", "server"])
def test_findings_name_the_query_and_the_row_of_its_answer(kind, request):
    report = check_list(request.getfixturevalue(kind)(), "thon").report
    places = [found.place.text("en").rpartition("[")[2] for found in report]

    assert places == [f"{SELECT}], row 2, column dien_thoai", f"{SELECT}], row 3, column ho_ten"]


@pytest.mark.parametrize("kind", ["database", "server"])
@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("DELETE FROM truong_thon", "query-writes"),
        ("DELETE FROM truong_thon RETURNING xa, thon, ho_ten", "query-writes"),
        ("DROP TABLE truong_thon", "query-writes"),
        ("SELECT * FROM khong_co", "query-failed"),
        ("SELEC xa FROM truong_thon", "query-failed"),
        ("SELECT xa, thon, ho_ten FROM truong_thon WHERE thon LIKE '%9' AND ':a' <> '?'", "empty"),
    ],
)
def test_a_query_that_writes_or_fails_is_a_finding_and_changes_nothing(kind, request, query, code):
    address = request.getfixturevalue(kind)
    told = codes(address(query))

    # A server's cursor takes nothing but a SELECT: what writes is not even understood.
    assert told == [code] or (kind == "server" and code == "query-writes" and told == ["query-failed"])
    assert len(read_directory(address(), "thon")) == 2


@pytest.mark.parametrize(
    "query",
    [
        "VACUUM INTO '{target}'",
        "VACUUM",
        "ATTACH '{target}' AS moi",
        "DETACH main",
        "PRAGMA journal_mode = WAL",
        "PRAGMA query_only = OFF",
        "PRAGMA temp_store_directory = '{folder}'",
        "SELECT * FROM pragma_table_info('truong_thon')",
        "SELECT load_extension('{target}') AS ten",
        "SELECT fts3_tokenizer('simple') AS ten",
        "SELECT writefile('{target}', 'x') AS ten",
        "CREATE TEMP TABLE t AS SELECT 1",
        "UPDATE sqlite_master SET sql = ''",
        "BEGIN IMMEDIATE",
        "SELECT 1 AS ten; VACUUM INTO '{target}'",
    ],
)
@pytest.mark.parametrize("options", ["", "mode=rwc&", "mode=rw&uri=true&vfs=unix-none&immutable=0&"])
def test_a_query_of_a_file_does_nothing_but_read(database, tmp_path, query, options):
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    words = query.format(target=(tmp_path / "moi.db").as_posix(), folder=tmp_path.as_posix())
    told = codes(database(words).replace("?query=", f"?{options}query="))

    assert told in (["query-writes"], ["query-failed"])  # what SQLite cannot even parse has failed
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before


@pytest.mark.parametrize(
    "query", ["VACUUM INTO '/x'", "ATTACH '/x' AS y", "PRAGMA journal_mode = WAL", "SELECT load_extension('/x') AS ten"]
)
def test_what_does_more_than_read_is_called_so(database, query):
    assert codes(database(query)) == ["query-writes"]


@pytest.mark.parametrize("address", ["sqlite:///file:{}/moi.db?mode=rwc&uri=true", "sqlite:///{}/moi.db?mode=rwc"])
def test_no_option_of_an_address_makes_a_file(tmp_path, address):
    assert codes(f"{address.format(tmp_path.as_posix())}&query=SELECT 1 AS ten") == ["database-missing"]
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "query",
    [
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 2) SELECT 'Thôn ' || i AS ten FROM n",
        "SELECT thon AS ten FROM hai_thon",
        'SELECT value AS ten FROM json_each(\'["Thôn 1", "Thôn 2"]\')',
        "SELECT max(thon) OVER (ORDER BY so_ho DESC) AS ten FROM truong_thon WHERE xa = 'Đa Lộc' ORDER BY ten",
        "SELECT ten FROM tim WHERE tim MATCH 'thôn'",
    ],
)
def test_a_query_of_a_file_may_read_in_every_way(database, tmp_path, query):
    with closing(sqlite3.connect(tmp_path / "nhan-su.db")) as connection:
        connection.execute("CREATE VIEW hai_thon AS SELECT thon FROM truong_thon WHERE xa = 'Đa Lộc'")
        connection.execute("CREATE VIRTUAL TABLE tim USING fts5(ten)")
        connection.executemany("INSERT INTO tim VALUES (?)", [("Thôn 1",), ("Thôn 2",)])
        connection.commit()

    assert [one.ten for one in read_directory(database(query), "tinh")] == ["Thôn 1", "Thôn 2"]


@pytest.mark.parametrize(
    "query",
    ["SELECT nextval('so')::text AS ten", "SELECT 'a' AS ten; COMMIT; DELETE FROM truong_thon", "SELECT xoa() AS ten"],
)
def test_a_server_refuses_what_writes_behind_a_select(server, postgresql_url, query):
    import psycopg

    with closing(psycopg.connect(postgresql_url, autocommit=True)) as connection:
        connection.execute("CREATE SEQUENCE so")
        connection.execute("CREATE FUNCTION xoa() RETURNS text LANGUAGE sql AS 'DELETE FROM truong_thon RETURNING xa'")

    assert codes(server(query), "tinh")[0] in {"query-writes", "query-failed"}
    assert len(read_directory(server(), "thon")) == 2


def test_values_of_every_type_read_as_a_person_writes_them(server):
    query = (
        "SELECT 'Sở' AS ten, 12.50::numeric AS gia, 7::numeric AS so, 1.5::float8 AS he_so, true AS co, "
        "DATE '2021-03-05' AS ngay, TIMESTAMP '2021-10-05 08:30' AS gio, ARRAY['400', '401'] AS ma_huyen"
    )
    (recipient,) = read_directory(server(query), "tinh")

    assert dict(recipient.truong) == {
        "ten": "Sở", "gia": "12,50", "so": "7", "he_so": "1,5", "co": "TRUE",
        "ngay": "05/3/2021", "gio": "05/10/2021 08:30", "ma_huyen": "400, 401",
    }  # fmt: skip


@pytest.mark.parametrize("value", ["'\\x00'::bytea", "'{\"a\": 1}'::json", "ARRAY[ARRAY['a']]"])
def test_what_is_no_text_is_refused_at_its_place(server, value):
    with pytest.raises(DirectoryError) as refused:
        read_directory(server(f"SELECT 'Sở' AS ten, {value} AS dem"), "tinh")

    (found,) = refused.value.report
    assert (found.code, found.place.row, found.place.column) == ("recipients-query-value", 1, "dem")


def test_a_query_may_be_percent_encoded_or_written_as_it_is(database):
    encoded = database("SELECT%20ten+FROM%20(SELECT%20%27100%25%27%20AS%20ten)")
    written = database("SELECT ten FROM (SELECT '1+1=%20&x=?#' AS ten)")

    assert [one.ten for one in read_directory(encoded, "tinh")] == ["100%"]
    assert [one.ten for one in read_directory(written, "tinh")] == ["1+1=%20&x=?#"]


def test_an_endless_answer_is_read_row_by_row(database):
    endless = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT 'Sở ' || i AS ten FROM n"
    recipients = iter(OpenDirectory(recipient_source(database(endless)), "tinh"))

    assert [next(recipients).ten for _ in range(100)][-1] == "Sở 100"


def test_a_long_answer_of_a_server_comes_in_parts(server):
    query = "SELECT 'Sở ' || i AS ten FROM generate_series(1, 3000000) AS i"
    recipients = iter(OpenDirectory(recipient_source(server(query)), "tinh"))

    assert [next(recipients).ten for _ in range(2000)][-1] == "Sở 2000"


def test_a_file_that_is_not_there_is_not_made(tmp_path):
    assert codes(f"sqlite:///{tmp_path.as_posix()}/khong.db?query=SELECT 1 AS ten") == ["database-missing"]
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_is_no_database_is_told(text_file):
    path = text_file("ds.db", "không phải cơ sở dữ liệu " * 50)

    assert codes(f"sqlite:///{path.as_posix()}?query=SELECT * FROM ds") == ["database-unreachable"]


@pytest.mark.parametrize(
    ("address", "code"),
    [
        (ADDRESS, "query-missing"),
        (f"{ADDRESS}?query=%20", "query-missing"),
        (f"{ADDRESS}?query=SELECT 1", "database-unreachable"),
        (f"postgresql://vanthu@127.0.0.1:1/ns?password={SECRET}&query=SELECT 1", "database-unreachable"),
        (f"postgresql://vanthu:{SECRET}@127.0.0.1:abc/ns?query=SELECT 1", "address-impossible"),
        (f"mysql://vanthu:{SECRET}@127.0.0.1/ns?query=SELECT 1", "database-unknown"),
        ("postgresql://?query=", "query-missing"),
        ("khong-co-loai-nay://x?query=SELECT 1", "address-impossible"),
        ("sqlite://?query=SELECT 1", "database-missing"),
        ("sqlite:///a\0b?query=SELECT 1", "database-missing"),
    ],
)
def test_an_address_that_leads_nowhere_is_a_finding_without_the_password(address, code):
    assert codes(address) == [code]


def test_an_address_that_is_none_is_told_without_its_options():
    with pytest.raises(DirectoryError, match=r"127\.0\.0\.1:abc/ns»") as refused:
        recipient_source("postgresql://vanthu@127.0.0.1:abc/ns?password=mat-khau&query=SELECT 1")

    assert "mat-khau" not in str(refused.value)


def test_the_password_is_in_no_name_and_in_no_picture_of_the_source():
    source = recipient_source(f"{ADDRESS}?password={SECRET}&sslmode=require&query=SELECT 1 AS ten")

    assert source.name == "postgresql://vanthu:***@127.0.0.1:1/nhan_su [SELECT 1 AS ten]"
    assert SECRET not in repr(source)
    assert "b%C3" not in repr(source) + source.name


def test_the_password_may_come_from_the_environment(server, postgresql_url, monkeypatch):
    import psycopg

    with closing(psycopg.connect(postgresql_url, autocommit=True)) as connection:
        connection.execute(f"ALTER USER vanthu PASSWORD '{SECRET}'")
    monkeypatch.setenv("PGPASSWORD", SECRET)

    assert os.environ["PGPASSWORD"] not in server()
    assert len(read_directory(server(), "thon")) == 2


def test_a_missing_driver_is_a_finding_that_says_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "psycopg", None)

    assert codes(f"{ADDRESS}?query=SELECT 1 AS ten") == ["driver-missing"]


@pytest.mark.parametrize(
    ("option", "environment", "asked"),
    [("", None, "scram-sha-256,none"), ("require_auth=md5&", None, None), ("", "md5", None)],
)
def test_a_server_may_only_ask_for_a_safe_login_unless_the_caller_says_more(monkeypatch, option, environment, asked):
    import psycopg

    told = {}

    def connect(**options):
        told.update(options)
        raise psycopg.OperationalError("không nối")

    monkeypatch.setattr(psycopg, "connect", connect)
    if environment:
        monkeypatch.setenv("PGREQUIREAUTH", environment)
    else:
        monkeypatch.delenv("PGREQUIREAUTH", raising=False)
    codes(f"postgresql://vanthu@127.0.0.1:1/ns?{option}query=SELECT 1 AS ten")

    assert told.get("require_auth") == ("md5" if option else asked)
    assert told["options"] == "-c default_transaction_read_only=on -c statement_timeout=60000"


def test_a_client_that_cannot_refuse_a_login_connects_nowhere(monkeypatch):
    import psycopg

    monkeypatch.setattr(psycopg.pq, "version", lambda: 15_00_07)
    monkeypatch.setattr(psycopg, "connect", lambda **_: pytest.fail("it connects"))

    assert codes(f"{ADDRESS}?query=SELECT 1 AS ten") == ["client-too-old"]


def test_a_long_query_is_cut_in_its_name():
    source = recipient_source(f"sqlite:///ns.db?query=SELECT {'a, ' * 100} b FROM c")

    assert len(source.name) < 160
    assert source.name.endswith("…]")
