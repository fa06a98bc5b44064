"""The register as the rest of the program sees it."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from congvan.findings import Report
from congvan.register import objections
from congvan.register.entry import Entry, NumberRequest
from congvan.register.numbering import Book, Numbering, assign
from congvan.register.refusal import refuse

if TYPE_CHECKING:
    from congvan.register.database import Database

Clock = Callable[[], datetime]


def _now() -> datetime:
    return datetime.now(UTC)


class Register:
    """The number register of one or many issuing bodies (sổ đăng ký văn bản đi; Decree 30/2020, Art. 15).

    Every method may raise :class:`~congvan.errors.RegisterError` for a register that cannot be read or
    written, and :class:`~congvan.errors.UnreadableFileError` for a file that is none. Nothing is held
    between calls.
    """

    def __init__(self, database: Database, clock: Clock = _now) -> None:
        self._database = database
        self._clock = clock

    @classmethod
    def open(cls, where: Path | str, *, clock: Clock = _now) -> Self:
        """The register in a file (made when first written), or at a URL ``postgresql://…``.

        Args:
            where: path or URL.
            clock: tells the time, with its zone, that entries are stamped with.

        Raises:
            RegisterError: for a URL that is none, or when PostgreSQL's driver is not installed.
        """
        from congvan.register.database import database

        return cls(database(where), clock)

    def peek(self, requests: Iterable[NumberRequest]) -> Mapping[str, int]:
        """The numbers :meth:`reserve` would give now, by key. Writes nothing, not even an empty register.

        Raises:
            RegisterError: where :meth:`reserve` would.
        """
        return self._look(tuple(requests)).numbers

    def reserve(self, requests: Iterable[NumberRequest]) -> Mapping[str, int]:
        """Give every letter of a run its number, by key, in one transaction: all of them or none.

        Keys the register knows keep their number, and the book takes over what the requests say beside it;
        new keys take the next numbers of their series in the order given.

        Raises:
            RegisterError: with the findings of :meth:`check`, if any of them is an error.
        """
        run = tuple(requests)
        looked = self._look(run)  # a refused run makes no file; one with nothing new disturbs nobody
        if looked.settled:
            return looked.numbers
        with self._database.writing(make=True) as ledger:
            numbering = _numbering(run, ledger.book(run))
            ledger.take_down(numbering, self._clock())
        return numbering.numbers

    def check(self, requests: Iterable[NumberRequest]) -> Report:
        """What stands against a run, in words for a clerk; writes nothing.

        Errors are voided and repeated keys, dates that miss the year or run backwards in a series, and letters
        that change their series. Warnings are a date or symbol that the book will take over anew, and a first
        number that a series no longer empty passes over.
        """
        run = tuple(requests)
        book = self._book(run)
        return Report.of(objections.to_run(run, book, assign(run, book)))

    def issue(self, keys: Iterable[str]) -> None:
        """Mark reserved numbers as issued, all or none; numbers already issued stay as they are.

        Raises:
            RegisterError: for keys without a number, and for void numbers.
        """
        wanted = tuple(unicodedata.normalize("NFC", khoa) for khoa in keys)
        if not wanted:
            return
        with self._database.writing() as ledger:
            refuse(objections.to_issue(wanted, ledger.known(wanted)))
            ledger.issue(wanted, self._clock())

    def void(self, key: str, reason: str) -> None:
        """Make the number of ``key`` void for ``reason``; it is never given again.

        Raises:
            RegisterError: for a key without a number, a number already void, or an empty reason.
        """
        khoa, why = (unicodedata.normalize("NFC", text.strip()) for text in (key, reason))
        with self._database.writing() as ledger:
            refuse(objections.to_void(khoa, why, ledger.known([khoa]).get(khoa)))
            ledger.void(khoa, why, self._clock())

    def entries(self, don_vi: str | None = None, nam: int | None = None) -> Iterator[Entry]:
        """The lines of the book, by series and number; of one body or year, where given."""
        with self._database.reading() as ledger:
            return iter(ledger.entries(don_vi, nam) if ledger else ())

    def close(self) -> None:
        """Let go of the register. Between calls it holds nothing, so this is for the reader of a program."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _look(self, run: tuple[NumberRequest, ...]) -> Numbering:
        return _numbering(run, self._book(run))

    def _book(self, run: tuple[NumberRequest, ...]) -> Book:
        with self._database.reading() as ledger:
            return ledger.book(run) if ledger else Book()


def _numbering(run: tuple[NumberRequest, ...], book: Book) -> Numbering:
    """The numbers of ``run``, unless something stands against it."""
    numbering = assign(run, book)
    refuse(objections.to_run(run, book, numbering))
    return numbering
