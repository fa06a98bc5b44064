"""Whole books: earlier ones entered, others taken over, this one backed up and restored."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

from congvan.findings import Finding, Report
from congvan.register import rules
from congvan.register.entry import Entry, IssuedNumber, as_issued
from congvan.register.legacy.entering import History, history_of
from congvan.register.letter_record import LetterRecord
from congvan.register.methods.connection import OpenRegister
from congvan.register.methods.lines import RegisterLines
from congvan.register.register_errors import raise_errors, register_error
from congvan.register.trail import Act, Stamp

if TYPE_CHECKING:
    from congvan.register.backup.restoring import Restored
    from congvan.register.store.ledger import Ledger


class RegisterBooks(OpenRegister):
    """What a register does with whole books."""

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

    def take_over_book(self, own: RegisterLines) -> int:
        """Enter all that another register holds, all or none; how many numbers were new here.

        Beside the numbers, as :meth:`take_over` enters them, these are its sealed letters and the recipients it knows
        under two codes. Output folders are named from this register's folder from here on.

        Raises:
            RegisterError: as :meth:`take_over`.
        """
        letters = own.letters.all()
        moved = [(_seen_from(self.folder, own.folder, one), own.letters.data(one.khoa)) for one in letters]
        return self.take_over(own.entries(), letters=moved, same=own.letters.all_same())

    def take_over(
        self,
        entries: Iterable[Entry],
        *,
        letters: Iterable[tuple[LetterRecord, bytes | None]] = (),
        same: Mapping[str, str] | None = None,
    ) -> int:
        """Enter the numbers of another register with their keys and states, all or none; how many were new here.

        ``letters`` are its letters, each with its data, and ``same`` its keys that mean the letter under another key.

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
            _enter_letters(ledger, letters, same or {}, stamp)
        return len(keys)

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


def _enter_letters(
    ledger: Ledger, letters: Iterable[tuple[LetterRecord, bytes | None]], same: Mapping[str, str], stamp: Stamp
) -> None:
    """Enter letters and pairs of recipients that are not here yet."""
    from congvan.register.store.letter_ledger import Contents

    given = [(record, data) for record, data in letters]
    known = ledger.letters.known(record.khoa for record, _ in given)
    new = [(record, Contents.of(data) if data else None) for record, data in given if record.khoa not in known]
    ledger.letters.enter(Act.SEAL, new, stamp)
    pairs = ledger.letters.all_same()
    for khoa, khoa_cu in same.items():
        if khoa not in pairs:
            ledger.letters.enter_same(khoa, khoa_cu, stamp)


def _seen_from(here: Path | None, there: Path | None, record: LetterRecord) -> LetterRecord:
    """A letter of a register in the folder ``there``, its paths named from the folder ``here``; None is a server."""
    return replace(record, thu_muc=_renamed(here, there, record.thu_muc), tep_dot=_renamed(here, there, record.tep_dot))


def _renamed(here: Path | None, there: Path | None, path: str) -> str:
    if not path:
        return ""
    whole = Path(os.path.normpath((there or Path()) / path)).absolute()
    try:
        return whole.as_posix() if here is None else Path(os.path.relpath(whole, here)).as_posix()
    except ValueError:  # another drive
        return whole.as_posix()


def _moved(entries: Sequence[Entry], ledger: Ledger | None) -> tuple[History, tuple[Finding, ...]]:
    """The entries of another register that are new here, as lines of a book, and what is wrong or odd about them."""
    known = ledger.known([entry.khoa for entry in entries]) if ledger else {}
    new = [as_issued(entry) for entry in entries if entry.khoa not in known]
    history = history_of(new, ledger.held(line.series for line in new) if ledger else {})
    return history, tuple(rules.take_over_findings(entries, known, history.findings))
