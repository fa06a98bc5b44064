"""The register as the rest of the program sees it."""

from __future__ import annotations

import getpass
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from congvan.errors import RegisterError
from congvan.findings import Report
from congvan.register import objections
from congvan.register.audit import audit
from congvan.register.entry import Entry, IssuedNumber, NumberRequest
from congvan.register.look import Look
from congvan.register.numbering import Book, first_numbers
from congvan.register.refusal import refusal, refuse
from congvan.register.trail import Stamp, TrailRow

if TYPE_CHECKING:
    from congvan.register.database import Database

Clock = Callable[[], datetime]


def _now() -> datetime:
    return datetime.now(UTC)


def _user() -> str:
    """The user of this computer, as far as it says."""
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):  # no name in the environment and none in the system's list
        return "?"


class Register:
    """The number register of one or many issuing bodies (sổ đăng ký văn bản đi; Decree 30/2020, Art. 15).

    Every method may raise :class:`~congvan.errors.RegisterError` for a register that cannot be read or
    written, and :class:`~congvan.errors.UnreadableFileError` for a file that is none. No transaction is
    held between calls.
    """

    def __init__(
        self,
        database: Callable[[], Database],
        clock: Clock = _now,
        who: str | None = None,
        run: str = "",
        file: Path | None = None,
    ) -> None:
        self._opened = database
        self._file = file
        self._clock = clock
        self._who = unicodedata.normalize("NFC", _user() if who is None else who)
        self._run = unicodedata.normalize("NFC", run)
        refuse(objections.to_writer(self._who, self._run))

    @classmethod
    def open(cls, where: Path | str, *, clock: Clock = _now, who: str | None = None, run: str = "") -> Self:
        """The register in a file (made when first written), or at a URL ``postgresql://…``.

        Args:
            where: path or URL.
            clock: tells the time, with its zone, that entries and the trail are stamped with.
            who: who the trail says it was; the user of this computer if None.
            run: the run the trail says it was in, if any.

        Raises:
            RegisterError: for a URL that is none, when PostgreSQL's driver is not installed, or for a name or
                a run no database can hold.
        """
        if isinstance(where, str) and ("://" in where or where.startswith(("postgresql:", "postgres:"))):
            from congvan.register.database import server

            there = server(where)
            return cls(lambda: there, clock, who, run)
        file = Path(where).absolute()
        return cls(lambda: _in_file(file), clock, who, run, file)

    def require(self) -> Self:
        """This register, which must be there already: one that is not looks like an empty book otherwise.

        Raises:
            RegisterError: when it is not there.
        """
        with self._database.reading() as ledger:
            if ledger is None:
                raise refusal("register-missing", self._database.place)
        return self

    def peek(self, requests: Iterable[NumberRequest]) -> Mapping[str, int]:
        """The numbers :meth:`reserve` would give now, by key. Writes nothing, not even an empty register.

        Raises:
            RegisterError: where :meth:`reserve` would.
        """
        return self._look(requests).allowed.numbers

    def preview(self, requests: Iterable[NumberRequest]) -> tuple[Report, Mapping[str, int]]:
        """What :meth:`check` says, and the numbers that :meth:`peek` gives if nothing of it is an error."""
        look = self._look(requests)
        return look.report, look.numbering.numbers

    def reserve(self, requests: Iterable[NumberRequest]) -> Mapping[str, int]:
        """Give every letter of a run its number, by key, in one transaction: all of them or none.

        Keys the register knows keep their number, and the book takes over what the requests say beside it;
        new keys take the next numbers of their series in the order given.

        Raises:
            RegisterError: with the findings of :meth:`check`, if any of them is an error.
        """
        look = self._look(requests)
        if look.allowed.settled:  # a refused run makes no file; one with nothing new disturbs nobody
            return look.numbering.numbers
        with self._database.writing(self._stamp, make=True) as (ledger, stamp):
            look = look.again(ledger.book(look.run))
            ledger.take_down(look.allowed, look.book.known, stamp)
        return look.numbering.numbers

    def check(self, requests: Iterable[NumberRequest]) -> Report:
        """What stands against a run, in words for a clerk; writes nothing.

        Errors are voided and repeated keys, dates that miss the year or run backwards in a series, and letters
        that change their series. Warnings are a date or symbol that the book will take over anew, and a first
        number that a series no longer empty passes over.
        """
        return self._look(requests).report

    def issue(self, keys: Iterable[str]) -> None:
        """Mark reserved numbers as issued, all or none; numbers already issued stay as they are.

        Raises:
            RegisterError: for keys without a number, and for void numbers.
        """
        wanted = tuple(unicodedata.normalize("NFC", khoa) for khoa in keys)
        if not wanted:
            return
        with self._database.writing(self._stamp) as (ledger, stamp):
            impossible = ledger.issue(wanted, stamp)
            refuse(objections.to_issue(impossible, ledger.known(impossible)))  # which undoes the others

    def void(self, key: str, reason: str) -> Entry:
        """Make the number of ``key`` void for ``reason``; it is never given again. Returns its line.

        Raises:
            RegisterError: for a key without a number, a number already void, or an empty reason.
        """
        khoa, why = (unicodedata.normalize("NFC", text.strip()) for text in (key, reason))
        with self._database.writing(self._stamp) as (ledger, stamp):
            entry = ledger.known([khoa]).get(khoa)
            refuse(objections.to_void(khoa, why, entry))
            assert entry is not None
            return ledger.void(entry, why, stamp)

    def check_issued(self, issued: Iterable[IssuedNumber]) -> Report:
        """What stands against entering letters that had their numbers before, line by line; writes nothing.

        Errors are numbers that stand twice or are taken, dates that miss the year or run backwards. Warnings
        are numbers that are missing in between.
        """
        lines = tuple(issued)
        letters = [line.letter for line in lines]
        with self._database.reading() as ledger:
            return Report.of(objections.to_issued(lines, ledger.whole_book(letters) if ledger else Book()))

    def enter_issued(self, issued: Iterable[IssuedNumber]) -> None:
        """Enter letters of a book kept before, all or none, as issued; the next number follows the highest.

        Raises:
            RegisterError: with the findings of :meth:`check_issued`, if any of them is an error.
        """
        lines = tuple(issued)
        refuse(self.check_issued(lines))  # a refused book makes no file
        if not lines:
            return
        with self._database.writing(self._stamp, make=True) as (ledger, stamp):
            book = ledger.whole_book([line.letter for line in lines])
            refuse(objections.to_issued(lines, book))
            ledger.take_over(lines, first_numbers(lines, book), stamp)

    def verify(self, head: str | None = None) -> Report:
        """Whether entries, series and audit trail still say the same; nothing found means that they do.

        Every row of the trail is sealed together with the row before it, and holds every value before and
        after; carried out from the first row, the trail must give the book. So whoever changes, removes, adds
        or moves a row of any of the three tables by other means than this program is found, and a register
        that cannot be read is a finding as well.

        What no chain shows by itself: somebody who removes the *latest* rows of the trail together with what
        they did, or writes the whole trail anew, leaves a register that is sound in itself. That shows only
        against something kept outside: note :meth:`head` from time to time (``congvan register show`` prints
        it) and give it here. Who wrote a row is what the computer said, not a signature.

        Args:
            head: a hash noted earlier, or at least its first 16 digits; it must still be in the chain.

        Raises:
            UnreadableFileError: for a file that is no register.
        """
        try:
            with self._database.reading() as ledger:
                if ledger is None or not ledger.has_trail:
                    raise refusal("register-missing" if ledger is None else "register-trail-none", self._database.place)
                return Report.of(audit(ledger.trail(), ledger.entries(None, None), ledger.series(), head))
        except RegisterError as error:
            return error.report

    def trail(self) -> tuple[TrailRow, ...]:
        """The audit trail: every change, who made it and when, from the first."""
        with self._database.reading() as ledger:
            return tuple(ledger.trail()) if ledger and ledger.has_trail else ()

    def head(self) -> str | None:
        """The hash of the latest row of the trail, which seals all before it; None while there is none."""
        with self._database.reading() as ledger:
            last = ledger.last_of_trail() if ledger and ledger.has_trail else None
        return last.hash if last else None

    def entries(self, don_vi: str | None = None, nam: int | None = None) -> Iterator[Entry]:
        """The lines of the book, by series and number; of one body or year, where given."""
        with self._database.reading() as ledger:
            return iter(ledger.entries(don_vi, nam) if ledger else ())

    def close(self) -> None:
        """Let go of the register: of a server's connection, where it is on one. A call after it opens it again."""
        if "_database" in vars(self):
            self._database.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @cached_property
    def _database(self) -> Database:
        return self._opened()

    def _stamp(self) -> Stamp:
        return Stamp(self._clock().astimezone(UTC), self._who, self._run)

    def _look(self, requests: Iterable[NumberRequest]) -> Look:
        run = tuple(requests)
        if self._file and _is_not_there(self._file):  # what there is not, needs no database to be looked at
            return Look.at(Book(), run)
        with self._database.reading() as ledger:
            book = ledger.book(run) if ledger else Book()
        return Look.at(book, run)


def _in_file(path: Path) -> Database:
    from congvan.register.database import SqliteFile

    return SqliteFile(path)


def _is_not_there(path: Path) -> bool:
    try:
        path.stat()
    except FileNotFoundError:
        return True
    except OSError:  # the database says what is wrong
        return False
    return False
