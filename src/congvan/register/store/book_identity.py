"""The id of a book, and whether its file is a copy of another's.

A copied folder brings a copied book, and from then on both give the same numbers. So each book notes the file it was
last written in: where that is another file that still holds the same id, this one is the copy, and gets an id of its
own when it is written.
"""

from __future__ import annotations

import secrets
import sqlite3
from contextlib import closing, suppress
from pathlib import Path
from typing import NamedTuple

from sqlalchemy import Connection, select

from congvan.register.store.schema import book_table

_DIGITS = 16


class BookIdentity(NamedTuple):
    """The id of a book, and the file it was last written in; empty for a server."""

    id: str
    place: str

    def is_copied_to(self, place: str) -> bool:
        """Whether the book in the file ``place`` is a copy: the file it was last written in still has the same id."""
        if not place or not self.place or self.place == place or _is_of_another_share(self.place, place):
            return False
        try:
            is_another = not Path(self.place).samefile(place)
        except OSError:  # the file has moved here
            return False
        return is_another and _id_in(Path(self.place)) == self.id


def _is_of_another_share(there: str, here: str) -> bool:
    """Whether ``there`` is on a network share other than ``here``: a foreign book may name any, and none is visited."""
    is_share = there.startswith(("\\\\", "//"))
    return is_share and Path(there).anchor != Path(here).anchor


def read_identity(connection: Connection) -> BookIdentity | None:
    """The identity of this book; None where it has none yet."""
    row = connection.execute(select(book_table.columns.id, book_table.columns.place)).first()
    return BookIdentity(*row) if row else None


def keep_identity(connection: Connection, place: str) -> None:
    """Give a new book its id, and a copied one another; note the file ``place`` it is written in."""
    known = read_identity(connection)
    if known and known.place == place:
        return
    now = secrets.token_hex(_DIGITS // 2) if known is None or known.is_copied_to(place) else known.id
    connection.execute(book_table.delete())
    connection.execute(book_table.insert(), {"id": now, "place": place})


def _id_in(path: Path) -> str | None:
    """The id of the book in the file ``path``; None where it cannot be read."""
    with suppress(sqlite3.Error), closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True, timeout=1)) as beside:
        row = beside.execute("SELECT id FROM register_book").fetchone()
        return str(row[0]) if row else None
    return None
