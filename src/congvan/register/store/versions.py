"""The tables' version in a database: created as the latest, brought up from an earlier one."""

from __future__ import annotations

from sqlalchemy import Connection, inspect, select

from congvan.register.store.ledger import Ledger
from congvan.register.store.schema import (
    BEFORE_RELEASE,
    ENTRY_INDEXES,
    GIVEN_ONCE,
    VERSION,
    WITHOUT_RECEIPTS,
    WITHOUT_WORDS,
    book_table,
    entry_table,
    letter_table,
    metadata,
    same_table,
    version_table,
    word_table,
)


def stored_version(connection: Connection) -> int | None:
    """The version of the register in this database; None where there is none."""
    if not inspect(connection).has_table(version_table.name):
        return None
    return connection.scalar(select(version_table.c.version))


def has_tables(connection: Connection) -> bool:
    """True when the database holds any tables."""
    return bool(inspect(connection).get_table_names())


def upgrade(connection: Connection) -> None:
    """Add what the tables of an earlier version lack; numbers and trail stay as they are."""
    version = stored_version(connection)
    if version in BEFORE_RELEASE:
        metadata.create_all(connection, tables=[letter_table, same_table, book_table])
        _add_so_phu(connection)
    if version in WITHOUT_WORDS:
        word_table.create(connection)
        for index in ENTRY_INDEXES:
            index.create(connection, checkfirst=True)
        Ledger(connection).write_words()
    if version in WITHOUT_RECEIPTS - BEFORE_RELEASE:
        _add_receipts(connection)
    if version != VERSION:
        connection.execute(version_table.update().values(version=VERSION))


def _add_so_phu(connection: Connection) -> None:
    """Give the entries what may stand behind a number. SQLite changes no constraint: there the table is made anew."""
    if connection.dialect.name == "sqlite":
        before = "register_entry_before"
        connection.exec_driver_sql(f"ALTER TABLE {entry_table.name} RENAME TO {before}")
        entry_table.create(connection)
        names = ", ".join(column.name for column in entry_table.columns if column.name != "so_phu")
        connection.exec_driver_sql(f"INSERT INTO {entry_table.name} ({names}) SELECT {names} FROM {before}")  # noqa: S608
        connection.exec_driver_sql(f"DROP TABLE {before}")
        return
    alter = f"ALTER TABLE {entry_table.name}"
    connection.exec_driver_sql(f"{alter} ADD COLUMN so_phu TEXT COLLATE \"C\" NOT NULL DEFAULT ''")
    connection.exec_driver_sql(f"{alter} DROP CONSTRAINT {GIVEN_ONCE}")
    connection.exec_driver_sql(f"{alter} ADD CONSTRAINT {GIVEN_ONCE} UNIQUE (don_vi, nam, chuoi, so, so_phu)")


def _add_receipts(connection: Connection) -> None:
    """Give the letters the day they were received and who signed; nobody has said so yet."""
    text = 'TEXT COLLATE "C"' if connection.dialect.name == "postgresql" else "TEXT"
    connection.exec_driver_sql(f"ALTER TABLE {letter_table.name} ADD COLUMN ngay_nhan DATE")
    connection.exec_driver_sql(f"ALTER TABLE {letter_table.name} ADD COLUMN nguoi_ky_nhan {text} NOT NULL DEFAULT ''")


def create(connection: Connection) -> None:
    """Create the tables of an empty register."""
    metadata.create_all(connection, checkfirst=False)
    connection.execute(version_table.insert(), {"version": VERSION})
