"""Whole books copied, table by table, from one database into another."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from itertools import islice
from pathlib import Path
from typing import Final

from sqlalchemy import Connection, inspect, select

from congvan.register.store import schema, versions
from congvan.register.store.book_identity import keep_identity
from congvan.register.store.bulk_statement import BulkStatement
from congvan.register.store.ledger import Ledger
from congvan.support.private_files import create_private_file

_ROWS_A_BATCH: Final = 1_000


def copy_file(source: Path, target: Path) -> None:
    """Copy the book in the file ``source`` as it is, also while others write to it; ``target`` is one file alone.

    Raises:
        OSError, sqlite3.Error: when it cannot be read or written.
    """
    create_private_file(target)
    with closing(sqlite3.connect(source)) as here, closing(sqlite3.connect(target)) as there:
        here.backup(there)
        there.execute("PRAGMA journal_mode = DELETE")


def copy_rows(source: Connection, target: Connection, location: str) -> None:
    """Make ``target`` hold exactly what ``source`` does, whose tables may be of an earlier version.

    ``location`` is the file of ``target``, empty for a server.
    """
    if versions.stored_version(target) is None:
        versions.create(target)
    versions.upgrade(target)
    there = {*inspect(source).get_table_names()}
    derived = {schema.version_table.name, schema.word_table.name}
    tables = [table for table in schema.metadata.sorted_tables if table.name not in derived]
    for table in reversed(tables):
        target.execute(table.delete())
    for table in tables:
        if table.name not in there:
            continue
        names = {column["name"] for column in inspect(source).get_columns(table.name)}
        columns = [column for column in table.columns if column.name in names]
        insert = BulkStatement(target, table.insert(), [column.name for column in columns])
        rows = iter(source.execute(select(*columns)))
        while some := [*islice(rows, _ROWS_A_BATCH)]:
            insert.execute(some)
    Ledger(target).write_words()
    if location:
        keep_identity(target, location)
