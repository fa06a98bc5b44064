"""The letters of the register: sealed when they are issued, then replaced, recalled or corrected, never lost.

Each method is one transaction. What the register refuses is a :class:`~congvan.errors.RegisterError`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from congvan.findings import Finding, Place, finding
from congvan.register import rules
from congvan.register.entry import State
from congvan.register.letter_record import LetterRecord, LetterState, Relation
from congvan.register.register_errors import raise_errors, register_error
from congvan.register.trail import Act, Stamp
from congvan.text import short_date_of

if TYPE_CHECKING:
    from congvan.register.store.database import Database
    from congvan.register.store.ledger import Ledger
    from congvan.register.store.letter_ledger import LetterLedger

_FATE: Final = {
    Relation.REPLACE: (Act.REPLACE, LetterState.REPLACED),
    Relation.RECALL: (Act.RECALL, LetterState.RECALLED),
    Relation.CORRECT: (Act.CORRECT, LetterState.CORRECTED),
}
"""What becomes of a letter, by the relation of the one that follows it."""


class SealedLetter(NamedTuple):
    """A letter to be sealed: its line, and itself as data in JSON."""

    record: LetterRecord
    data: bytes


class Receipt(NamedTuple):
    """Who signed for a letter, and on which day; ``place`` is where that is written."""

    ngay: date
    nguoi_ky: str
    place: Place


class LetterBook:
    """The letters of one register; see :attr:`congvan.register.Register.letters`."""

    def __init__(
        self, database: Callable[[], Database], stamp: Callable[[], Stamp], is_missing: Callable[[], bool]
    ) -> None:
        self._database = database
        self._stamp = stamp
        self._is_missing = is_missing

    def of_campaign(self, dot: str) -> Mapping[str, LetterRecord]:
        """The letters of the campaign by key."""
        with self._reading() as letters:
            return {record.khoa: record for record in letters.of_campaign(dot)} if letters else {}

    def known(self, keys: Iterable[str]) -> Mapping[str, LetterRecord]:
        """Those of these ``keys`` that are in the book."""
        with self._reading() as letters:
            return letters.known(keys) if letters else {}

    def all(self) -> Sequence[LetterRecord]:
        """Every letter, by key."""
        with self._reading() as letters:
            return letters.all() if letters else ()

    def same(self, dot: str) -> Mapping[str, str]:
        """Keys of the campaign that mean the letter under another key."""
        with self._reading() as letters:
            return letters.same(dot) if letters else {}

    def data(self, khoa: str) -> bytes | None:
        """The letter under this key as data in JSON; None where the book does not have it."""
        with self._reading() as letters:
            contents = letters.contents(khoa) if letters else None
            return contents.data if contents else None

    def seal(self, sealed: Iterable[SealedLetter]) -> None:
        """Issue these letters and their numbers: from here on nothing changes them. All or none.

        Raises:
            RegisterError: for a number that is missing or void, and for a letter that is sealed already.
        """
        from congvan.register.store.letter_ledger import Contents

        lines = tuple(sealed)
        if not lines:
            return
        with self._writing() as (ledger, stamp):
            numbers = tuple(dict.fromkeys(line.record.khoa_so for line in lines if line.record.khoa_so))
            impossible = ledger.issue(numbers, stamp)
            raise_errors(rules.issue_findings(impossible, ledger.known(impossible)))
            known = ledger.letters.known(line.record.khoa for line in lines)
            raise_errors(_sealed_findings(known.values()))
            new, changed = [], []
            for record, data in lines:
                contents = Contents.of(data)
                issued = {"trang_thai": LetterState.ISSUED, "issued_at": stamp.at}
                if before := known.get(record.khoa):
                    parts = {name: getattr(record, name) for name in _SEALED_PARTS} | issued
                    changed.append((before, parts, contents))
                else:
                    new.append((_with(record, issued), contents))
            ledger.letters.enter(Act.SEAL, new, stamp)
            ledger.letters.amend(Act.SEAL, changed, stamp)

    def unseal(self, keys: Iterable[str], reason: str) -> None:
        """Take back a mistaken issue of letters that were not delivered: they are numbered again. All or none.

        Raises:
            RegisterError: for a letter that is not issued, was delivered or is followed by another; without a reason.
        """
        wanted = tuple(dict.fromkeys(keys))
        with self._writing() as (ledger, stamp):
            known = ledger.letters.known(wanted)
            raise_errors(_unseal_findings(wanted, known, reason))
            back = {"trang_thai": LetterState.NUMBERED, "issued_at": None, "ly_do": reason}
            ledger.letters.amend(Act.UNSEAL, [(record, back, None) for record in known.values()], stamp)
            numbers = {record.khoa_so for record in known.values() if record.khoa_so}
            held = {one.khoa_so for one in ledger.letters.of_numbers(numbers) if one.trang_thai.is_sealed}
            ledger.unissue(sorted(numbers - held), stamp)

    def follow(self, old: str, new: LetterRecord, moved: Mapping[str, str]) -> None:
        """Let the numbered letter ``new`` replace, recall or correct the issued letter ``old``, by its ``quan_he``.

        ``moved`` are the new paths of the old letter's files by kind, where they move.

        Raises:
            RegisterError: when ``old`` is not issued, or is followed by another letter already.
        """
        act, state = _FATE[Relation(new.quan_he)]
        with self._writing() as (ledger, stamp):
            known = ledger.letters.known([old, new.khoa])
            if new.khoa in known and known[new.khoa].lien_quan == old:
                return  # a command that was cut short, given again
            raise_errors(_follow_findings(old, known.get(old)))
            ledger.letters.enter(Act.FOLLOW, [(new, None)], stamp)
            ledger.letters.amend(act, [(known[old], {"trang_thai": state, **moved}, None)], stamp)

    def place(self, khoa: str, values: Mapping[str, Any]) -> None:
        """Note a file that an issued letter got later, in a format it did not have."""
        with self._writing() as (ledger, stamp):
            known = ledger.letters.known([khoa])
            ledger.letters.amend(Act.SEAL, [(known[khoa], values, None)], stamp)

    def deliver(self, keys: Iterable[str]) -> None:
        """Note that issued letters were handed over; their issue can no longer be taken back.

        Raises:
            RegisterError: for a letter that is not issued.
        """
        wanted = tuple(dict.fromkeys(keys))
        with self._writing() as (ledger, stamp):
            known = ledger.letters.known(wanted)
            raise_errors(_unissued_findings(wanted, known))
            fresh = [record for record in known.values() if record.delivered_at is None]
            ledger.letters.amend(Act.DELIVER, [(record, {"delivered_at": stamp.at}, None) for record in fresh], stamp)

    def receive(self, receipts: Mapping[str, Receipt]) -> tuple[str, ...]:
        """Note who signed for issued letters and on which day; returns the keys of those it changed. All or none.

        A letter whose receipt was noted before gets the new one: the trail keeps both.

        Raises:
            RegisterError: for a letter that is not issued, and for a day before its own.
        """
        with self._writing() as (ledger, stamp):
            known = ledger.letters.known(receipts)
            raise_errors(_unissued_findings(tuple(receipts), known))
            raise_errors(_early_findings(receipts, known))
            changes = []
            for khoa, receipt in receipts.items():
                record = known[khoa]
                values: dict[str, Any] = {"ngay_nhan": receipt.ngay, "nguoi_ky_nhan": receipt.nguoi_ky}
                if any(getattr(record, name) != value for name, value in values.items()):
                    changes.append((record, values | {"delivered_at": record.delivered_at or stamp.at}, None))
            ledger.letters.amend(Act.DELIVER, changes, stamp)
            return tuple(record.khoa for record, _, _ in changes)

    def note_same(self, khoa: str, khoa_cu: str) -> None:
        """Note that the recipient under ``khoa`` is the one whose letter has the key ``khoa_cu``.

        Raises:
            RegisterError: when no letter has that key, or ``khoa`` has a number of its own.
        """
        self.note_all_same({khoa: khoa_cu})

    def note_all_same(self, same: Mapping[str, str]) -> None:
        """Note for each key the key under which its recipient has a letter, all or none.

        Raises:
            RegisterError: when no letter has such a key, or a key has a number of its own.
        """
        with self._writing() as (ledger, stamp):
            numbers = ledger.known([*same, *same.values()])
            letters = ledger.letters.known(same.values())
            known = ledger.letters.all_same()
            raise_errors(found for new, old in same.items() for found in _same_findings(new, old, numbers, letters))
            raise_errors(_same_already(same, known))
            for khoa, khoa_cu in same.items():
                if known.get(khoa) != khoa_cu:
                    ledger.letters.enter_same(khoa, khoa_cu, stamp)

    def undo_same(self, khoa: str, khoa_cu: str) -> None:
        """Take back the note that the recipient under ``khoa`` is the one under ``khoa_cu``: it is another again.

        The letters under ``khoa_cu`` stay what they are; with the next run ``khoa`` is a recipient without a letter.

        Raises:
            RegisterError: when the book has no such note.
        """
        with self._writing() as (ledger, stamp):
            if ledger.letters.all_same().get(khoa) != khoa_cu:
                raise register_error("register-same-unknown", Place(key=khoa), old=khoa_cu)
            ledger.letters.remove_same(khoa, khoa_cu, stamp)

    def forget(self, before: date, reason: str) -> tuple[str, ...]:
        """Remove what letters dated ``before`` that day say; returns their keys. Nothing brings it back.

        Numbers, dates, states and hashes stay, and so do the lines of the book. Letters that are only numbered are left
        out. The campaign of such a letter cannot be rendered any more.

        Raises:
            RegisterError: without a reason.
        """
        if not reason.strip():
            raise register_error("register-forget-reason-missing")
        with self._writing() as (ledger, stamp):
            old = [
                record
                for record in ledger.letters.all()
                if record.trang_thai.is_sealed and record.du_lieu_sha256 and record.ngay and record.ngay < before
            ]
            ledger.letters.forget(old, reason.strip(), stamp)
        return tuple(record.khoa for record in old)

    def all_same(self) -> Mapping[str, str]:
        """Every key that means the letter under another key."""
        with self._reading() as letters:
            return letters.all_same() if letters else {}

    @contextmanager
    def _reading(self) -> Iterator[LetterLedger | None]:
        if self._is_missing():  # an empty book: loading SQLAlchemy would take 0.1 s
            yield None
            return
        with self._database().reading() as ledger:
            yield ledger.letters if ledger else None

    @contextmanager
    def _writing(self) -> Iterator[tuple[Ledger, Stamp]]:
        with self._database().writing(self._stamp) as (ledger, stamp):
            yield ledger, stamp


def damaged_contents(letters: LetterLedger) -> Iterator[Finding]:
    """A finding for each letter whose data are not those that were sealed."""
    hashes = {record.khoa: record.du_lieu_sha256 for record in letters.all()}
    for khoa, contents in letters.contents_of_all():
        try:
            found = hashlib.sha256(contents.data).hexdigest() if contents else ""
        except ValueError:
            found = "?"
        if found != hashes.get(khoa, ""):
            yield finding("register-letter-damaged", Place(key=khoa))


_SEALED_PARTS: Final = (
    *("khoa_so", "ngay", "thu_muc", "docx", "docx_sha256", "pdf", "pdf_sha256", "trang"),
    *("du_lieu_sha256", "mau_sha256", "tep_dot"),
)


def _with(record: LetterRecord, values: Mapping[str, Any]) -> LetterRecord:
    return replace(record, **values)


def _sealed_findings(known: Iterable[LetterRecord]) -> Iterator[Finding]:
    for record in known:
        if record.trang_thai is not LetterState.NUMBERED:
            yield finding("register-letter-sealed", Place(key=record.khoa))


def _unissued_findings(keys: Iterable[str], known: Mapping[str, LetterRecord]) -> Iterator[Finding]:
    for khoa in keys:
        record = known.get(khoa)
        if record is None or not record.trang_thai.is_sealed:
            yield finding("register-letter-not-issued", Place(key=khoa))


def _early_findings(receipts: Mapping[str, Receipt], known: Mapping[str, LetterRecord]) -> Iterator[Finding]:
    for khoa, receipt in receipts.items():
        ngay = known[khoa].ngay
        if ngay and receipt.ngay < ngay:
            yield finding("delivery-day-before-letter", receipt.place, value=short_date_of(receipt.ngay), letter=khoa)


def _unseal_findings(keys: Iterable[str], known: Mapping[str, LetterRecord], reason: str) -> Iterator[Finding]:
    if not reason.strip():
        yield finding("register-undo-reason-missing")
    for khoa in keys:
        record = known.get(khoa)
        if record is None or record.trang_thai is LetterState.NUMBERED:
            yield finding("register-letter-not-issued", Place(key=khoa))
        elif record.trang_thai is not LetterState.ISSUED:
            yield finding("register-letter-followed", Place(key=khoa))
        elif record.delivered_at:
            yield finding("register-letter-delivered", Place(key=khoa))


def _follow_findings(khoa: str, record: LetterRecord | None) -> Iterator[Finding]:
    if record is None or record.trang_thai is LetterState.NUMBERED:
        yield finding("register-letter-not-issued", Place(key=khoa))
    elif record.trang_thai not in (LetterState.ISSUED, LetterState.CORRECTED):
        yield finding("register-letter-followed", Place(key=khoa))


def _same_findings(
    khoa: str, khoa_cu: str, numbers: Mapping[str, Any], letters: Mapping[str, LetterRecord]
) -> Iterator[Finding]:
    if khoa_cu not in numbers and khoa_cu not in letters:
        yield finding("register-key-unknown", Place(key=khoa_cu))
    elif _tier(khoa) != _tier(khoa_cu):
        yield finding("register-same-of-another-tier", Place(key=khoa), old=khoa_cu)
    if khoa in numbers and numbers[khoa].trang_thai is not State.VOID:
        yield finding("register-same-has-number", Place(key=khoa))


def _same_already(same: Mapping[str, str], known: Mapping[str, str]) -> Iterator[Finding]:
    for khoa, khoa_cu in same.items():
        if known.get(khoa, khoa_cu) != khoa_cu:
            yield finding("register-same-already", Place(key=khoa), old=known[khoa])


def _tier(khoa: str) -> list[str]:
    """Campaign and tier of a key."""
    return khoa.split("/")[:2]
