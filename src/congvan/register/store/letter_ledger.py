"""Read and write the letters of the register inside one transaction; their SQL is in this module."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, fields, replace
from typing import Any, Final

from sqlalchemy import Column, Connection, Select, bindparam, select

from congvan.register.letter_record import LetterRecord, LetterState
from congvan.register.store.schema import letter_table, same_table
from congvan.register.trail import Act, Stamp, Step, cells_of, change_of, initial_change

_LETTER: Final = letter_table.columns
_PARTS: Final = tuple(part.name for part in fields(LetterRecord))
_LETTERS: Final[Select[Any]] = select(*(_LETTER[name] for name in _PARTS))
_RECEIPT: Final = ("ngay_nhan", "nguoi_ky_nhan")
_LETTERS_WITHOUT_RECEIPTS: Final[Select[Any]] = select(*(_LETTER[name] for name in _PARTS if name not in _RECEIPT))
_SAME: Final = select(same_table.columns.khoa, same_table.columns.khoa_cu)
_KEYS_A_QUERY: Final = 10_000


@dataclass(frozen=True, slots=True)
class Contents:
    """A letter as data, in JSON, compressed for the register."""

    deflated: bytes

    @classmethod
    def of(cls, data: bytes) -> Contents:
        """Compress ``data``."""
        return cls(zlib.compress(data))

    @property
    def data(self) -> bytes:
        """The JSON.

        Raises:
            ValueError: when it is damaged.
        """
        try:
            return zlib.decompress(self.deflated)
        except zlib.error as error:
            raise ValueError(str(error)) from error


class LetterLedger:
    """The letters as one transaction sees and changes them; a book of an earlier version has none."""

    def __init__(
        self,
        connection: Connection,
        write_trail: Callable[[Iterable[Step], Stamp], None],
        *,
        exists: bool,
        has_receipts: bool = True,
    ) -> None:
        self._connection = connection
        self._write_trail = write_trail
        self._exists = exists
        self._letters = _LETTERS if has_receipts else _LETTERS_WITHOUT_RECEIPTS

    def of_campaign(self, dot: str) -> list[LetterRecord]:
        """The letters of the campaign, by key."""
        return self._read(self._letters.where(_LETTER.dot == dot).order_by(_LETTER.khoa))

    def known(self, keys: Iterable[str]) -> dict[str, LetterRecord]:
        """Those of these ``keys`` that are in the book."""
        wanted = [*dict.fromkeys(keys)]
        found: dict[str, LetterRecord] = {}
        for start in range(0, len(wanted), _KEYS_A_QUERY):
            some = wanted[start : start + _KEYS_A_QUERY]
            found |= {record.khoa: record for record in self._read(self._letters.where(_LETTER.khoa.in_(some)))}
        return found

    def of_numbers(self, keys: Iterable[str]) -> list[LetterRecord]:
        """The letters that have one of the numbers under these ``keys``."""
        return self._where_in(_LETTER.khoa_so, keys)

    def following(self, keys: Iterable[str]) -> list[LetterRecord]:
        """The letters that replace, recall or correct one of these ``keys``."""
        return self._where_in(_LETTER.lien_quan, keys)

    def all(self) -> list[LetterRecord]:
        """Every letter, by key."""
        return self._read(self._letters.order_by(_LETTER.khoa))

    def contents(self, khoa: str) -> Contents | None:
        """The letter as data."""
        if not self._exists:
            return None
        deflated = self._connection.scalar(select(_LETTER.du_lieu).where(_LETTER.khoa == khoa))
        return None if deflated is None else Contents(bytes(deflated))

    def same(self, dot: str) -> dict[str, str]:
        """Keys of the campaign that mean the letter under another key."""
        if not self._exists:
            return {}
        mine = same_table.columns.khoa.startswith(f"{dot}/", autoescape=True)
        return {row.khoa: row.khoa_cu for row in self._connection.execute(_SAME.where(mine))}

    def all_same(self) -> dict[str, str]:
        """Every key that means the letter under another key."""
        if not self._exists:
            return {}
        return {row.khoa: row.khoa_cu for row in self._connection.execute(_SAME)}

    def enter(self, act: Act, letters: Iterable[tuple[LetterRecord, Contents | None]], stamp: Stamp) -> None:
        """Write new letters."""
        rows, steps = [], []
        for record, contents in letters:
            rows.append({**_cells(record), "du_lieu": contents and contents.deflated})
            steps.append(Step(act, record.khoa, initial_change(record)))
        if rows:
            self._connection.execute(letter_table.insert(), rows)
            self._write_trail(steps, stamp)

    def amend(
        self, act: Act, changes: Iterable[tuple[LetterRecord, Mapping[str, Any], Contents | None]], stamp: Stamp
    ) -> None:
        """Change letters: the record as it is, its new values by name, and its new contents if they change.

        What would change nothing, such as the second correction of a letter, is no row of the trail.
        """
        steps = []
        for record, values, contents in changes:
            if contents is None and all(getattr(record, name) == value for name, value in values.items()):
                continue
            after = values if contents is None else {**values, "du_lieu": contents.deflated}
            update = letter_table.update().where(_LETTER.khoa == bindparam("of_khoa")).values(after)
            self._connection.execute(update, {"of_khoa": record.khoa})
            before = {name: getattr(record, name) for name in values}
            if change := change_of(before, values, LetterRecord):  # a letter corrected twice is what it was
                steps.append(Step(act, record.khoa, change))
        self._write_trail(steps, stamp)

    def cancel(self, letters: Iterable[LetterRecord], reason: str, stamp: Stamp) -> None:
        """Make letters void whose number becomes void."""
        void = {"trang_thai": LetterState.VOID, "ly_do": reason}
        self.amend(Act.CANCEL, [(letter, void, None) for letter in letters], stamp)

    def enter_same(self, khoa: str, khoa_cu: str, stamp: Stamp) -> None:
        """Note that ``khoa`` means the letter under ``khoa_cu``."""
        self._connection.execute(same_table.insert(), {"khoa": khoa, "khoa_cu": khoa_cu})
        self._write_trail([Step(Act.SAME, khoa, {"khoa_cu": (None, khoa_cu)})], stamp)

    def remove_same(self, khoa: str, khoa_cu: str, stamp: Stamp) -> None:
        """Note no longer that ``khoa`` means the letter under ``khoa_cu``."""
        self._connection.execute(same_table.delete().where(same_table.columns.khoa == khoa))
        self._write_trail([Step(Act.SAME, khoa, {"khoa_cu": (khoa_cu, None)})], stamp)

    def forget(self, letters: Iterable[LetterRecord], reason: str, stamp: Stamp) -> None:
        """Remove what letters say, so that the database file does not hold it either; the trail keeps its hash."""
        if self._connection.dialect.name == "sqlite":
            self._connection.exec_driver_sql("PRAGMA secure_delete = ON")
        steps = []
        for letter in letters:
            after = {"du_lieu_sha256": "", "ly_do": reason}
            update = letter_table.update().where(_LETTER.khoa == letter.khoa).values(du_lieu=None, **after)
            self._connection.execute(update)
            before = {name: getattr(letter, name) for name in after}
            steps.append(Step(Act.FORGET, letter.khoa, change_of(before, after, LetterRecord)))
        self._write_trail(steps, stamp)

    def contents_of_all(self) -> Iterator[tuple[str, Contents | None]]:
        """Key and contents of every letter, one at a time."""
        if not self._exists:
            return
        query = select(_LETTER.khoa, _LETTER.du_lieu).order_by(_LETTER.khoa)
        for khoa, deflated in self._connection.execute(query):
            yield khoa, None if deflated is None else Contents(bytes(deflated))

    def _where_in(self, column: Column[str], keys: Iterable[str]) -> list[LetterRecord]:
        wanted = [*dict.fromkeys(keys)]
        chunks = (wanted[start : start + _KEYS_A_QUERY] for start in range(0, len(wanted), _KEYS_A_QUERY))
        return [
            one for some in chunks for one in self._read(self._letters.where(column.in_(some)).order_by(_LETTER.khoa))
        ]

    def _read(self, query: Select[Any]) -> list[LetterRecord]:
        if not self._exists:
            return []
        return [_record(row) for row in self._connection.execute(query)]


def _record(row: Any) -> LetterRecord:
    record = LetterRecord(*row)
    return replace(record, trang_thai=LetterState(record.trang_thai))


def _cells(record: LetterRecord) -> dict[str, Any]:
    return dict(zip(_PARTS, cells_of(record), strict=True))
