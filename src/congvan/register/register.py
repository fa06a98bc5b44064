"""The register: numbers reserved, issued and voided, each call one transaction."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from datetime import UTC, date, datetime
from functools import cached_property
from itertools import count
from pathlib import Path, PurePosixPath
from types import TracebackType
from typing import TYPE_CHECKING, Self

from congvan.errors import RegisterError
from congvan.findings import Finding, Report, finding
from congvan.register import rules
from congvan.register.audit import Holdings, audit
from congvan.register.entry import Entry, IssuedNumber, NumberRequest, State, as_issued
from congvan.register.legacy.entering import History, history_of
from congvan.register.letter_book import LetterBook, damaged_contents
from congvan.register.letter_chain import Chains
from congvan.register.letter_record import LetterState
from congvan.register.lookup.letter_name import LetterName, keys_meant
from congvan.register.lookup.search import FoundLetter, Search
from congvan.register.number_register import NumberRegister
from congvan.register.numbering import Snapshot
from congvan.register.preview import Preview
from congvan.register.register_errors import raise_errors, register_error
from congvan.register.trail import Stamp, TrailRow
from congvan.support.computer_user import named_user, real_user

if TYPE_CHECKING:
    from congvan.register.backup.restoring import Restored
    from congvan.register.store.book_identity import BookIdentity
    from congvan.register.store.database import Database
    from congvan.register.store.ledger import Ledger

Clock = Callable[[], datetime]


def _now() -> datetime:
    return datetime.now(UTC)


class Register(NumberRegister):
    """The number register of one or many issuing bodies (sổ đăng ký văn bản đi; Decree 30/2020, Art. 15).

    Every method may raise :class:`~congvan.errors.RegisterError` for a register that cannot be read or
    written, and :class:`~congvan.errors.UnreadableFileError` for a file that is none. Each call is one
    transaction; only :meth:`holding` keeps one open, for the length of its block.
    """

    def __init__(
        self,
        connect: Callable[[], Database],
        clock: Clock = _now,
        who: str | None = None,
        run: str = "",
        file: Path | None = None,
        role: str | None = None,
    ) -> None:
        self._connect = connect
        self._file = file
        self._clock = clock
        self._role = role
        self._who = unicodedata.normalize("NFC", (role or named_user()) if who is None else who)
        self._run = unicodedata.normalize("NFC", run)
        raise_errors(rules.writer_findings(self._who, self._run))

    @classmethod
    def open(cls, where: Path | str, *, clock: Clock = _now, who: str | None = None, run: str = "") -> Self:
        """Open the register in a file (created by the first write), or at a URL ``postgresql://…``.

        Args:
            where: path or URL.
            clock: gives the time, with its zone, for entries and the trail.
            who: the writer named in the trail; the role of the URL if None, or else the user of this computer.
            run: the run named in the trail, if any.

        Raises:
            RegisterError: for a URL that is none, when PostgreSQL's driver is not installed, or for a name or
                a run no database can hold.
        """
        if isinstance(where, str) and ("://" in where or where.startswith(("postgresql:", "postgres:"))):
            from congvan.register.store.database import server

            there = server(where)
            return cls(lambda: there, clock, who, run, role=there.role)
        file = Path(where).absolute()
        return cls(lambda: _in_file(file), clock, who, run, file)

    def require(self) -> Self:
        """Return this register if it exists; otherwise a missing one would read like an empty book.

        Raises:
            RegisterError: when it does not exist.
        """
        with self._database.reading() as ledger:
            if ledger is None:
                raise register_error("register-missing", self._database.place)
        return self

    def preview(self, requests: Iterable[NumberRequest]) -> tuple[Report, Mapping[str, int]]:
        """The findings of :meth:`check`, and the numbers :meth:`reserve` would give now if none is an error.

        Writes nothing, not even an empty register.
        """
        preview = self._preview(requests)
        return preview.report, preview.numbering.numbers

    def reserve(
        self, requests: Iterable[NumberRequest], *, expected: Mapping[str, int] | None = None
    ) -> Mapping[str, int]:
        """Give every letter its number, by key, in one transaction: all of them or none.

        Keys the register knows keep their number, and their entry takes over what the request holds beside it;
        new keys take the next numbers of their series in the order given.

        With ``expected``, the numbers of a preview, they are taken only if they are exactly those. If another
        writer was quicker, none is taken: the answer then differs from ``expected`` and is what they would get now.

        Raises:
            RegisterError: with the findings of :meth:`check`, if any of them is an error.
        """
        preview = self._preview(requests)
        preview.raise_errors()  # before the transaction: requests that are refused create no file
        if preview.numbering.is_recorded or not _agree(preview, expected):
            return preview.numbering.numbers
        with self._database.writing(self._stamp, create=True) as (ledger, stamp):
            preview = preview.refresh(ledger.snapshot(preview.requests))
            preview.raise_errors()
            if _agree(preview, expected):
                ledger.record(preview.numbering, preview.snapshot.known, stamp)
        return preview.numbering.numbers

    def numbers_of(self, keys: Iterable[str]) -> Mapping[str, int]:
        """The numbers that keys have already; keys without a number, or with a void one, are left out."""
        wanted = [unicodedata.normalize("NFC", key) for key in keys]
        with self._database.reading() as ledger:
            known = ledger.known(wanted) if ledger else {}
        return {key: entry.so for key, entry in known.items() if entry.trang_thai is not State.VOID}

    def void_keys(self, dot: str) -> frozenset[str]:
        """The keys of the campaign's void numbers."""
        if self._is_empty():
            return frozenset()
        with self._database.reading() as ledger:
            return frozenset(ledger.void_keys(dot) if ledger else ())

    def dates_of(self, keys: Iterable[str]) -> Mapping[str, date]:
        """The dates beside the numbers that keys have already; open dates and void numbers are left out."""
        wanted = [unicodedata.normalize("NFC", key) for key in keys]
        if self._is_empty():
            return {}
        with self._database.reading() as ledger:
            known = ledger.known(wanted) if ledger else {}
        return {key: entry.ngay for key, entry in known.items() if entry.ngay and entry.trang_thai is not State.VOID}

    @contextmanager
    def holding(self, requests: Iterable[NumberRequest]) -> Iterator[Mapping[str, int]]:
        """Reserve numbers when the ``with`` block ends; an exception inside it takes none.

        The block gets the numbers while no other writer can move the register: the last resort of a run that was
        overtaken again and again. Others, this object's own writing methods included, wait :data:`~congvan.register.
        database.PATIENCE` seconds and then fail with ``register-busy``, so keep the block short.

        Raises:
            RegisterError: as :meth:`reserve`.
        """
        from congvan.register.store.database import Rollback

        preview = self._preview(requests)
        preview.raise_errors()
        failure: BaseException | None = None
        with suppress(Rollback), self._database.writing(self._stamp, create=True) as (ledger, stamp):
            preview = preview.refresh(ledger.snapshot(preview.requests))
            preview.raise_errors()
            ledger.record(preview.numbering, preview.snapshot.known, stamp)
            try:
                yield preview.numbering.numbers
            except BaseException as error:  # noqa: BLE001  # the block's own: the database must not explain it
                failure = error
                raise Rollback from None
        if failure:
            raise failure

    def check(self, requests: Iterable[NumberRequest]) -> Report:
        """Everything that forbids numbering these letters, or deserves a warning; writes nothing.

        Errors are voided and repeated keys, dates that miss the year or run backwards in a series, and letters
        that change their series. Warnings are a date or symbol that the entry will take over anew, and a first
        number that has no effect because the series is not empty.
        """
        return self._preview(requests).report

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
            raise_errors(rules.issue_findings(impossible, ledger.known(impossible)))  # undoes the others

    def named(self, name: str) -> tuple[str, ...]:
        """The keys of the letters that ``name`` means: ``18/ĐLHL``, ``18/ĐLHL@2026``, ``18/ĐLHL#key``, or a key.

        A number means all its letters. One of which the register holds no letters, as every number that is not
        issued, stands for itself under its own key.

        Raises:
            RegisterError: when nothing has that name, or several numbers do; the finding lists them.
        """
        with self._database.reading() as ledger:
            if ledger is None:
                raise register_error("register-missing", self._database.place)
            return _named(ledger, name)

    def find(self, search: Search) -> tuple[FoundLetter, ...]:
        """The lines of the book that ``search`` finds, by series and number, with their letters."""
        with self._database.reading() as ledger:
            entries = ledger.found(search) if ledger else []
            chains = ledger.chains(entries) if ledger else Chains()
        return tuple(_found(entry, chains) for entry in entries)

    def chains(self, entries: Sequence[Entry]) -> Chains:
        """The letters of these ``entries``, with those they follow and those that follow them."""
        with self._database.reading() as ledger:
            return ledger.chains(entries) if ledger else Chains()

    def void(self, key: str, reason: str) -> Entry:
        """Make the number of ``key`` void for ``reason``; it is never given again. Returns its line.

        Raises:
            RegisterError: for a key without a number, a number already void or of an issued letter, or an empty reason.
        """
        khoa, why = (unicodedata.normalize("NFC", text.strip()) for text in (key, reason))
        with self._database.writing(self._stamp) as (ledger, stamp):
            return _void(ledger, [khoa], why, stamp)[0]

    def void_named(self, names: Iterable[str], reason: str) -> tuple[Entry, ...]:
        """Make the numbers that ``names`` mean void, all or none; returns their lines. See :meth:`named`.

        A letter that is still to go out takes the next number under its following key, ``…~2``.

        Raises:
            RegisterError: as :meth:`named` and :meth:`void`, and for one of several letters that share a number.
        """
        why = unicodedata.normalize("NFC", reason.strip())
        with self._database.writing(self._stamp) as (ledger, stamp):
            letters = [khoa for name in names for khoa in _named(ledger, name)]
            records = ledger.letters.known(letters)
            numbers = dict.fromkeys(records[khoa].khoa_so if khoa in records else khoa for khoa in letters)
            raise_errors(rules.shared_number_findings(letters, ledger.letters.of_numbers(numbers)))
            return _void(ledger, [*numbers], why, stamp)

    def check_issued(self, issued: Iterable[IssuedNumber]) -> Report:
        """What is odd about letters of an earlier book, line by line; writes nothing.

        It is all warnings, since :meth:`enter_issued` enters history as it stands: numbers that stand twice, are
        missing or are taken already, dates that miss the year or run backwards.
        """
        lines = tuple(issued)
        with self._database.reading() as ledger:
            held = ledger.held(line.series for line in lines) if ledger else {}
        return Report.of(history_of(lines, held).findings)

    def enter_issued(self, issued: Iterable[IssuedNumber]) -> int:
        """Enter letters of an earlier book as issued, in one transaction; returns how many.

        A number that the register has already is left out; the second of two lines with one number is entered as
        ``05(2)``. The next number follows the highest, whatever the dates are.
        """
        lines = tuple(issued)
        if not lines:
            return 0
        with self._database.writing(self._stamp, create=True) as (ledger, stamp):
            history = history_of(lines, ledger.held(line.series for line in lines))
            ledger.import_issued(history.lines, history.opened, stamp)
        return len(history.lines)

    def check_entries(self, entries: Iterable[Entry]) -> Report:
        """Check the entries of another register as :meth:`take_over` does; writes nothing."""
        given = tuple(entries)
        with self._database.reading() as ledger:
            return Report.of(_moved(given, ledger)[1])

    def take_over(self, entries: Iterable[Entry]) -> int:
        """Enter the numbers of another register with their keys and states, all or none; how many were new here.

        Those entered before are left as they are, so that a call that was cut short can be repeated. Dates out of
        order are warnings: a book is moved as it is.

        Raises:
            RegisterError: for a number or a key that is taken here.
        """
        given = tuple(entries)
        raise_errors(self.check_entries(given))  # before the transaction: a refused book creates no file
        if not given:
            return 0
        with self._database.writing(self._stamp, create=True) as (ledger, stamp):
            history, findings = _moved(given, ledger)
            raise_errors(findings)
            keys = {line.letter.khoa for line in history.lines}
            ledger.import_entries((entry for entry in given if entry.khoa in keys), history.opened, stamp)
        return len(keys)

    def verify(self, head: str | None = None) -> Report:
        """Compare entries, series and audit trail; an empty report means that they agree.

        Every row of the trail is hashed together with the row before it, and holds every value before and after;
        replayed from the first row, the trail must give the entries. So a row of any of the three tables that is
        changed, removed, added or moved by other means than this program is found, and a register that cannot be
        read is a finding as well. A book whose file is a copy of another's is a warning: it gets an id of its own with
        the next number.

        No chain shows by itself that somebody removed the *latest* rows of the trail together with their changes, or
        wrote the whole trail anew. That shows only against something kept outside: note :meth:`head` from time to time
        (``congvan register show`` prints it) and give it here. The writer of a row is the name the computer gave,
        not a signature.

        Args:
            head: a hash noted earlier, or at least its first 16 digits; it must still be in the chain.

        Raises:
            UnreadableFileError: for a file that is no register.
        """
        try:
            with self._database.reading() as ledger:
                if ledger is None:
                    raise register_error("register-missing", self._database.place)
                letters = ledger.letters
                held = Holdings(ledger.entries(None, None), ledger.series(), letters.all(), letters.all_same())
                found = [*audit(ledger.trail(), held, head), *damaged_contents(letters)]
                copied = self._copied(ledger.identity())
                return Report.of([*found, *copied])
        except RegisterError as error:
            return error.report

    def trail(self) -> tuple[TrailRow, ...]:
        """The audit trail: every change, who made it and when, from the first."""
        with self._database.reading() as ledger:
            return tuple(ledger.trail()) if ledger else ()

    def head(self) -> str | None:
        """The hash of the latest row of the trail, which seals all before it; None while there is none."""
        with self._database.reading() as ledger:
            last = ledger.last_of_trail() if ledger else None
        return last.hash if last else None

    def entries(self, don_vi: str | None = None, nam: int | None = None) -> Iterator[Entry]:
        """The lines of the book, by series and number; of one body or year, where given."""
        with self._database.reading() as ledger:
            return iter(ledger.entries(don_vi, nam) if ledger else ())

    def entries_of(self, dot: str) -> Sequence[Entry]:
        """The lines of the campaign ``dot``, by key; found by the index, however long the book is."""
        if self._is_empty():
            return ()
        with self._database.reading() as ledger:
            return ledger.entries_of(dot) if ledger else ()

    def keys_of(self, dot: str, chuoi: str | None = None) -> frozenset[str]:
        """The keys alone of those of these lines that are not void, which takes 10 % of the time.

        With ``chuoi`` only those of the series of that name.
        """
        if self._is_empty():
            return frozenset()
        with self._database.reading() as ledger:
            return frozenset(ledger.keys_of(dot, chuoi) if ledger else ())

    def backup(self, target: Path | str, *, check: bool = True) -> int:
        """Write the whole book into the SQLite file ``target``, whole or not at all; returns how many numbers.

        Args:
            target: the file; whatever it holds is replaced.
            check: refuse a book that :meth:`verify` finds at fault.

        Raises:
            RegisterError: when there is no book, it is at fault, or the file cannot be written.
        """
        from congvan.register.backup.restoring import write_backup

        file = Path(target).absolute()
        if file == self._file:
            raise register_error("register-backup-is-book", self._database.place)
        return write_backup(self._database, file, check=check)

    def restore(self, source: Path | str, *, enter_new: bool = False) -> Restored:
        """Make this book hold what the backup ``source`` does; what it held is kept in a file beside it.

        Args:
            source: a backup, which must be sound.
            enter_new: enter the numbers the backup lacks, those of this book and of letters in known output folders.

        Raises:
            RegisterError: for numbers the backup lacks, without ``enter_new``; for an unsound backup.
            UnreadableFileError: for a file that is no register.
        """
        from congvan.register.backup.restoring import restore

        file = Path(source).absolute()
        if file == self._file:
            raise register_error("register-backup-is-book", self._database.place)
        return restore(self._database, file, self._stamp, self.backup_path("khoi-phuc"), enter_new=enter_new)

    def backup_path(self, before: str) -> Path:
        """Where a backup goes that is written ``before`` something that cannot be undone; a new file."""
        moment = f"{self._clock():%Y%m%d-%H%M%S}"
        folder, stem = (self._file.parent, self._file.stem) if self._file else (Path.cwd(), "so")
        first = folder / f"{stem}.truoc-{before}-{moment}.sqlite3"
        others = (first.with_stem(f"{first.stem}-{number}") for number in count(2))
        return first if not first.exists() else next(path for path in others if not path.exists())

    def identity(self) -> str | None:
        """The id of this book, which a copy of it does not keep; None where it was never written by this version."""
        with self._database.reading() as ledger:
            known = ledger.identity() if ledger else None
        return known.id if known else None

    def close(self) -> None:
        """Close the connection to a server, if there is one. A later call opens it again."""
        if "_database" in vars(self):
            self._database.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @cached_property
    def letters(self) -> LetterBook:
        """The letters that left the office, beside their numbers."""
        return LetterBook(
            lambda: self._database, self._stamp, lambda: self._file is not None and _is_missing(self._file)
        )

    @property
    def user(self) -> str:
        """Who uses the register: the role at a server, where its URL names one, or else this computer's real user."""
        return self._role or real_user()

    @property
    def folder(self) -> Path | None:
        """The folder of the register's file; None for one on a server."""
        return self._file.parent if self._file else None

    @cached_property
    def _database(self) -> Database:
        return self._connect()

    def _copied(self, identity: BookIdentity | None) -> Iterator[Finding]:
        """A warning where this file is a copy of another that holds the same book."""
        if identity and identity.is_copied_to(self._database.location):
            yield finding("register-copied", self._database.place, other=identity.place)

    def _is_empty(self) -> bool:
        """Whether there is no file yet."""
        return self._file is not None and _is_missing(self._file)

    def _stamp(self) -> Stamp:
        return Stamp(self._clock().astimezone(UTC), self._who, self._run)

    def _preview(self, requests: Iterable[NumberRequest]) -> Preview:
        asked = tuple(requests)
        if self._is_empty():  # an empty register: loading SQLAlchemy would take 0.1 s
            return Preview.of(asked, Snapshot())
        with self._database.reading() as ledger:
            snapshot = ledger.snapshot(asked) if ledger else Snapshot()
        return Preview.of(asked, snapshot)


def _named(ledger: Ledger, name: str) -> tuple[str, ...]:
    """The keys of the letters that ``name`` means.

    Raises:
        RegisterError: when nothing has that name, or several numbers do.
    """
    text = unicodedata.normalize("NFC", name.strip())
    if ledger.letters.known([text]):
        return (text,)
    if ledger.known([text]):
        return tuple(record.khoa for record in ledger.letters.of_numbers([text])) or (text,)
    read = LetterName.parse(text)
    if read is None:
        raise register_error("register-name-unknown", name=text)
    entries = ledger.numbered(read.so)
    keys, findings = keys_meant(read, entries, ledger.chains(entries).letters)
    raise_errors(findings)
    return keys


def _moved(entries: Sequence[Entry], ledger: Ledger | None) -> tuple[History, tuple[Finding, ...]]:
    """The entries of another register that are new here, as lines of a book, and what is wrong or odd about them."""
    known = ledger.known([entry.khoa for entry in entries]) if ledger else {}
    new = [as_issued(entry) for entry in entries if entry.khoa not in known]
    history = history_of(new, ledger.held(line.series for line in new) if ledger else {})
    return history, tuple(rules.take_over_findings(entries, known, history.findings))


def _found(entry: Entry, chains: Chains) -> FoundLetter:
    letters = tuple(chains.of_number(entry.khoa))
    paths = (PurePosixPath(one.thu_muc, path) for one in letters for path, _ in one.files.values())
    return FoundLetter(entry, letters, chains.links(entry), tuple(paths))


def _void(ledger: Ledger, keys: Sequence[str], reason: str, stamp: Stamp) -> tuple[Entry, ...]:
    known = ledger.known(keys)
    letters = ledger.letters.of_numbers(keys)
    sealed = {letter.khoa_so: letter.khoa for letter in letters if letter.trang_thai.is_sealed}
    raise_errors(rules.void_findings(keys, reason, known, sealed))
    ledger.letters.cancel([letter for letter in letters if letter.trang_thai is LetterState.NUMBERED], reason, stamp)
    return tuple(ledger.void(known[khoa], reason, stamp) for khoa in keys)


def _agree(preview: Preview, expected: Mapping[str, int] | None) -> bool:
    return expected is None or dict(preview.numbering.numbers) == dict(expected)


def _in_file(path: Path) -> Database:
    from congvan.register.store.database import SqliteFile

    return SqliteFile(path)


def _is_missing(path: Path) -> bool:
    try:
        path.stat()
    except FileNotFoundError:
        return True
    except OSError:  # the database says what is wrong
        return False
    return False
