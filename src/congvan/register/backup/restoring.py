"""A book backed up, and restored: no number that was given since the backup is forgotten.

Restoring is one transaction of the present book. It is refused while that book, or an output folder, holds numbers the
backup lacks, unless they are entered at once; what was there before is kept in a file of its own.
"""

from __future__ import annotations

import dataclasses
import secrets
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from congvan.errors import RegisterError, UnreadableFileError
from congvan.findings import Finding, Place, Report, finding
from congvan.register.audit import Holdings, audit
from congvan.register.backup.later_numbers import (
    ListedLetter,
    as_history,
    entries_further,
    entries_lacking,
    letters_lacking,
    listed_letters,
    loses_findings,
    output_folders,
)
from congvan.register.entry import BOOK_PARTS, HISTORY, Entry, IssuedNumber, NumberRequest, State
from congvan.register.legacy.entering import history_of
from congvan.register.letter_book import damaged_contents
from congvan.register.letter_record import LetterRecord, LetterState
from congvan.register.register_errors import raise_errors, register_error
from congvan.register.store.book_copy import copy_file, copy_rows
from congvan.register.store.database import Database, SqliteFile
from congvan.register.store.ledger import Ledger
from congvan.register.store.letter_ledger import Contents
from congvan.register.trail import Act, Stamp
from congvan.support.files import TEMPORARY_FILES, replace

_DAMAGED: Final = "register-damaged"
_FATE: Final = {
    LetterState.ISSUED: 1,
    LetterState.CORRECTED: 2,
    LetterState.REPLACED: 3,
    LetterState.RECALLED: 3,
    LetterState.VOID: 3,
}
"""How far a letter is gone in each state; 0 before it is issued."""


@dataclass(frozen=True, slots=True)
class Restored:
    """What restoring did: the numbers the book holds now, those entered beside the backup's, and what went before.

    ``before`` is the file that keeps the book as it was, None where there was none; ``report`` has warnings.
    """

    numbers: int
    entered: tuple[str, ...]
    before: Path | None
    report: Report


@dataclass(frozen=True, slots=True)
class _Book:
    """All that a book holds and a backup may lack."""

    entries: Sequence[Entry]
    letters: Sequence[LetterRecord]
    same: Mapping[str, str]

    @classmethod
    def of(cls, ledger: Ledger) -> _Book:
        return cls(ledger.entries(None, None), ledger.letters.all(), ledger.letters.all_same())


def write_backup(book: Database, target: Path, *, check: bool = True) -> int:
    """Write the whole book into the file ``target``, which is there whole or not at all; returns how many numbers.

    Of a file this is a copy to the byte, of a server a file that holds the same rows.

    Raises:
        RegisterError: when there is no book, it does not agree with its trail, or the file cannot be written.
    """
    temporary = target.with_name(TEMPORARY_FILES.replace("*", secrets.token_hex(8)))
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        _copy(book, temporary)
        with SqliteFile(temporary).reading() as ledger:
            if ledger is None:
                raise register_error("register-missing", book.place)
            if check:
                raise_errors(_flaws(ledger))
            count = len(ledger.entries(None, None))
        replace(temporary, target)
    except (OSError, sqlite3.Error) as error:
        raise register_error("register-backup-unwritable", Place(file=str(target)), why=error) from error
    finally:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)
    return count


def _copy(book: Database, target: Path) -> None:
    with book.reading() as ledger:
        if ledger is None:
            raise register_error("register-missing", book.place)
    if book.location:
        copy_file(Path(book.location), target)
        return
    with book.connected() as here, SqliteFile(target).connected(writing=True) as there:
        copy_rows(here, there, "")


def restore(
    book: Database, source: Path, stamp: Callable[[], Stamp], before: Path, *, enter_new: bool = False
) -> Restored:
    """Make ``book`` hold what the backup ``source`` does; ``before`` is the file that will keep what it held.

    With ``enter_new`` the numbers the backup lacks are entered, too; the letters issued since keep their seal.

    Raises:
        RegisterError: for a backup that does not agree with its trail; for numbers it lacks, without ``enter_new``.
        UnreadableFileError: for a file that is no register.
    """
    backup = SqliteFile(source)
    with backup.reading() as ledger:
        if ledger is None:
            raise register_error("register-missing", backup.place)
        raise_errors(_flaws(ledger))
        kept = _Book.of(ledger)
    damaged = _set_aside_damaged(book, before)
    with _removed_if_refused(book), backup.connected() as here, book.connected(writing=True, create=True) as there:
        now = stamp()
        present = _Book.of(Ledger(there))
        lacking, listed, later = _lacking(present, kept, _folder(book))
        further = entries_further(present.entries, kept.entries)
        if not enter_new:
            raise_errors([*loses_findings(lacking, further, listed), *_loses_letters(later)])
        lines, unknown = as_history(listed, [*kept.entries, *present.entries])
        raise_errors(unknown)
        if present.entries:
            write_backup(book, before, check=False)
        contents = {one.khoa: Ledger(there).letters.contents(one.khoa) for one in later}
        copy_rows(here, there, book.location)
        entered = _enter(Ledger(there), [*_lines(lacking), *lines], now)
        Ledger(there).issue([entry.khoa for entry in further if entry.trang_thai is State.ISSUED], now)
        _void(Ledger(there), [*lacking, *further], now)
        _enter_letters(Ledger(there), later, contents, now)
        Ledger(there).unissue(_numbers_taken_back(present, kept), now)
        _enter_same(Ledger(there), present, kept, now)
    is_kept = damaged or bool(present.entries)
    return Restored(len(kept.entries) + len(entered), entered, before if is_kept else None, _report(book, damaged))


@contextmanager
def _removed_if_refused(book: Database) -> Iterator[None]:
    """Remove the file of a new book that could not be restored."""
    is_new = bool(book.location) and not Path(book.location).exists()
    try:
        yield
    except BaseException:
        if is_new:
            with suppress(OSError):
                Path(book.location).unlink()
        raise


def _flaws(ledger: Ledger) -> Iterator[Finding]:
    letters = ledger.letters
    held = Holdings(ledger.entries(None, None), ledger.series(), letters.all(), letters.all_same())
    yield from audit(ledger.trail(), held)
    yield from damaged_contents(letters)


def _folder(book: Database) -> Path | None:
    return Path(book.location).parent if book.location else None


def _lacking(
    present: _Book, kept: _Book, folder: Path | None
) -> tuple[tuple[Entry, ...], tuple[ListedLetter, ...], tuple[LetterRecord, ...]]:
    """The numbers of ``present`` that ``kept`` lacks, those of letters in folders, and the letters gone further."""
    lacking = entries_lacking(present.entries, kept.entries)
    folders = output_folders([*kept.letters, *present.letters], folder)
    listed = letters_lacking(listed_letters(folders), [*kept.entries, *present.entries])
    known = {letter.khoa: letter for letter in kept.letters}
    later = tuple(letter for letter in present.letters if _has_gone_further(letter, known.get(letter.khoa)))
    return lacking, listed, later


def _has_gone_further(letter: LetterRecord, before: LetterRecord | None) -> bool:
    if (
        before is None
        or _is_taken_back(letter, before)
        or _FATE.get(letter.trang_thai, 0) > _FATE.get(before.trang_thai, 0)
    ):
        return True
    return letter.delivered_at is not None and before.delivered_at is None


def _is_taken_back(letter: LetterRecord, before: LetterRecord | None) -> bool:
    """Whether its issue, which the backup has, was a mistake and was taken back."""
    return bool(before and before.trang_thai is LetterState.ISSUED and letter.trang_thai is LetterState.NUMBERED)


def _loses_letters(later: Sequence[LetterRecord]) -> Iterator[Finding]:
    if later:
        shown = ", ".join(letter.khoa for letter in later[:3])
        yield finding("register-restore-loses-issues", count=len(later), letters=shown)


def _lines(entries: Iterable[Entry]) -> Iterator[IssuedNumber]:
    """Entries as lines of an earlier book, under their own keys, so that their letters find them again."""
    for entry in entries:
        parts: dict[str, Any] = {name: getattr(entry, name) for name in BOOK_PARTS}
        request = NumberRequest(khoa=entry.khoa, don_vi=entry.don_vi, nam=entry.nam, chuoi=entry.chuoi, **parts)
        yield IssuedNumber(entry.so, request, Place(key=entry.khoa), entry.so_phu)


def _enter(ledger: Ledger, lines: Sequence[IssuedNumber], stamp: Stamp) -> tuple[str, ...]:
    """Enter ``lines``; a key that has another number by now gives way. Returns the numbers as on paper."""
    taken = ledger.known([line.letter.khoa for line in lines])
    free = [_under_another_key(line) if line.letter.khoa in taken else line for line in lines]
    history = history_of(free, ledger.held(line.series for line in free))
    ledger.import_issued(history.lines, history.opened, stamp)
    return tuple(f"{line.so:02}{line.so_phu}/{line.letter.ky_hieu}" for line in history.lines)


def _under_another_key(line: IssuedNumber) -> IssuedNumber:
    khoa = f"{HISTORY}{line.series}/{line.so}{line.so_phu}"
    return dataclasses.replace(line, letter=dataclasses.replace(line.letter, khoa=khoa))


def _void(ledger: Ledger, entries: Iterable[Entry], stamp: Stamp) -> None:
    """Make the numbers void again that were."""
    void = {entry.khoa: entry.void_reason or "?" for entry in entries if entry.trang_thai is State.VOID}
    for khoa, entry in ledger.known([*void]).items():
        ledger.void(entry, void[khoa], stamp)


def _enter_letters(
    ledger: Ledger, later: Iterable[LetterRecord], contents: Mapping[str, Contents | None], stamp: Stamp
) -> None:
    """Enter the letters that the backup lacks, and the state of those that have gone further."""
    letters = [*later]
    known = ledger.letters.known(letter.khoa for letter in letters)
    new = [(letter, contents[letter.khoa]) for letter in letters if letter.khoa not in known]
    ledger.letters.enter(Act.SEAL, new, stamp)
    changed = [
        (known[letter.khoa], _differing(known[letter.khoa], letter), contents[letter.khoa])
        for letter in letters
        if letter.khoa in known
    ]
    ledger.letters.amend(Act.SEAL, changed, stamp)


def _differing(before: LetterRecord, after: LetterRecord) -> dict[str, Any]:
    names = (part.name for part in dataclasses.fields(LetterRecord))
    return {name: getattr(after, name) for name in names if getattr(after, name) != getattr(before, name)}


def _numbers_taken_back(present: _Book, kept: _Book) -> list[str]:
    """The keys of numbers that the backup has as issued, and that no letter holds as issued any more."""
    before = {letter.khoa: letter for letter in kept.letters}
    taken = {letter.khoa_so for letter in present.letters if _is_taken_back(letter, before.get(letter.khoa))}
    reserved = {entry.khoa for entry in present.entries if entry.trang_thai is State.RESERVED}
    return sorted(taken & reserved)


def _enter_same(ledger: Ledger, present: _Book, kept: _Book, stamp: Stamp) -> None:
    """Enter the recipients noted as the same since the backup, and take back those that were taken back since."""
    for khoa, khoa_cu in kept.same.items():
        if present.entries and present.same.get(khoa) != khoa_cu:
            ledger.letters.remove_same(khoa, khoa_cu, stamp)
    known = ledger.letters.all_same()
    for khoa, khoa_cu in present.same.items():
        if khoa not in known:
            ledger.letters.enter_same(khoa, khoa_cu, stamp)


def _set_aside_damaged(book: Database, before: Path) -> bool:
    """Rename a file that can no longer be read to ``before``; True where that was needed."""
    try:
        with book.reading() as ledger:
            if ledger:
                _Book.of(ledger)
            return False
    except UnreadableFileError:
        if not book.location or not Path(book.location).is_file():
            raise
    except RegisterError as error:
        if not book.location or error.report.findings[0].code != _DAMAGED:
            raise
    file = Path(book.location)
    try:
        replace(file, before)
        for beside in ("-wal", "-shm"):
            with suppress(FileNotFoundError):
                file.with_name(f"{file.name}{beside}").replace(before.with_name(f"{before.name}{beside}"))
    except OSError as error:
        raise register_error("register-backup-unwritable", Place(file=str(before)), why=error) from error
    return True


def _report(book: Database, damaged: bool) -> Report:
    return Report((finding("register-restore-damaged", book.place),) if damaged else ())
