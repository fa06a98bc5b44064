"""Numbers of the register: previewed, reserved, issued and made void."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from datetime import date
from typing import TYPE_CHECKING

from congvan.findings import Report
from congvan.register import rules
from congvan.register.entry import Entry, NumberRequest, State
from congvan.register.letter_record import LetterState
from congvan.register.numbering import Snapshot
from congvan.register.preview import Preview
from congvan.register.register_errors import raise_errors
from congvan.register.trail import Stamp

if TYPE_CHECKING:
    from congvan.register.store.ledger import Ledger

from congvan.register.methods.connection import OpenRegister
from congvan.register.methods.lines import keys_named


class RegisterNumbers(OpenRegister):
    """What a register does with numbers."""

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
            letters = [khoa for name in names for khoa in keys_named(ledger, name)]
            records = ledger.letters.known(letters)
            numbers = dict.fromkeys(records[khoa].khoa_so if khoa in records else khoa for khoa in letters)
            raise_errors(rules.shared_number_findings(letters, ledger.letters.of_numbers(numbers)))
            return _void(ledger, [*numbers], why, stamp)

    def _preview(self, requests: Iterable[NumberRequest]) -> Preview:
        asked = tuple(requests)
        if self._is_empty():  # an empty register: loading SQLAlchemy would take 0.1 s
            return Preview.of(asked, Snapshot())
        with self._database.reading() as ledger:
            snapshot = ledger.snapshot(asked) if ledger else Snapshot()
        return Preview.of(asked, snapshot)


def _void(ledger: Ledger, keys: Sequence[str], reason: str, stamp: Stamp) -> tuple[Entry, ...]:
    known = ledger.known(keys)
    letters = ledger.letters.of_numbers(keys)
    sealed = {letter.khoa_so: letter.khoa for letter in letters if letter.trang_thai.is_sealed}
    raise_errors(rules.void_findings(keys, reason, known, sealed))
    ledger.letters.cancel([letter for letter in letters if letter.trang_thai is LetterState.NUMBERED], reason, stamp)
    return tuple(ledger.void(known[khoa], reason, stamp) for khoa in keys)


def _agree(preview: Preview, expected: Mapping[str, int] | None) -> bool:
    return expected is None or dict(preview.numbering.numbers) == dict(expected)
