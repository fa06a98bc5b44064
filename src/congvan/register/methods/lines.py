"""Lines of the register: looked for, listed and verified; nothing is written."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from functools import cached_property
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from congvan.errors import RegisterError
from congvan.findings import Finding, Report, finding
from congvan.register.audit import Holdings, audit
from congvan.register.entry import Entry
from congvan.register.letter_book import LetterBook, damaged_contents
from congvan.register.letter_chain import Chains
from congvan.register.lookup.letter_name import LetterName, keys_meant
from congvan.register.lookup.search import FoundLetter, Search
from congvan.register.register_errors import raise_errors, register_error
from congvan.register.trail import TrailRow

if TYPE_CHECKING:
    from congvan.register.store.book_identity import BookIdentity
    from congvan.register.store.ledger import Ledger

from congvan.register.methods.connection import OpenRegister


class RegisterLines(OpenRegister):
    """What a register tells of its lines, letters and trail."""

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
            return keys_named(ledger, name)

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

    def identity(self) -> str | None:
        """The id of this book, which a copy of it does not keep; None where it was never written by this version."""
        with self._database.reading() as ledger:
            known = ledger.identity() if ledger else None
        return known.id if known else None

    @cached_property
    def letters(self) -> LetterBook:
        """The letters that left the office, beside their numbers."""
        return LetterBook(lambda: self._database, self._stamp, self._is_empty)

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

    def _copied(self, identity: BookIdentity | None) -> Iterator[Finding]:
        """A warning where this file is a copy of another that holds the same book."""
        if identity and identity.is_copied_to(self._database.location):
            yield finding("register-copied", self._database.place, other=identity.place)


def keys_named(ledger: Ledger, name: str) -> tuple[str, ...]:
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


def _found(entry: Entry, chains: Chains) -> FoundLetter:
    letters = tuple(chains.of_number(entry.khoa))
    paths = (PurePosixPath(one.thu_muc, path) for one in letters for path, _ in one.files.values())
    return FoundLetter(entry, letters, chains.links(entry), tuple(paths))
