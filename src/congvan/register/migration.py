"""How a register of an older version becomes one of this version, inside one transaction."""

from __future__ import annotations

from sqlalchemy import Connection
from sqlalchemy.schema import CreateColumn

from congvan.register.ledger import Ledger
from congvan.register.schema import VERSION, entry_table, since, trail_table, version_table
from congvan.register.trail import Stamp


def migrate(connection: Connection, version: int, stamp: Stamp) -> None:
    """Add what ``version`` lacks. What the register holds stays as it is, and becomes the start of its trail."""
    for column in entry_table.columns:
        if since(column) > version:
            definition = CreateColumn(column).compile(connection)
            connection.exec_driver_sql(f"ALTER TABLE {entry_table.name} ADD COLUMN {definition}")
    trail_table.create(connection)
    Ledger(connection).begin_trail(stamp)
    connection.execute(version_table.update().values(version=VERSION))
