"""The numbers of a run: previewed, and reserved if they are still those; what the register knows of its letters."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Protocol, runtime_checkable

from congvan.campaign import Campaign, Office
from congvan.campaign.office import Right
from congvan.errors import CampaignError, RegisterError
from congvan.findings import Place, Report, finding
from congvan.letter import Letter
from congvan.letter.number_request import SERIES_OF_MARKED_LETTERS
from congvan.letter.record.past_letter import History, PastLetter
from congvan.register import NumberRegister, NumberRequest, Register
from congvan.register.letter_book import LetterBook, SealedLetter
from congvan.register.letter_record import LetterRecord
from congvan.support.computer_user import real_user

Clock = Callable[[], datetime]
"""Tells the time, with its zone."""

RegisterGiven = Path | str | NumberRegister
"""A register as a caller names it: a file, the URL of a server, or an office system that numbers by itself."""


@runtime_checkable
class HoldingRegister(Protocol):
    """A register that can hold its series while a run stages letters with the numbers."""

    def holding(self, requests: Sequence[NumberRequest]) -> AbstractContextManager[Mapping[str, int]]: ...


@runtime_checkable
class DatingRegister(Protocol):
    """A register that knows the dates beside its numbers, which letters with ``ngay: hom-nay`` keep."""

    def dates_of(self, keys: Iterable[str]) -> Mapping[str, date]: ...


class Numbers:
    """The numbers of one run from a register; None where no letter takes a number.

    Every method may raise :class:`~congvan.errors.RegisterError`.
    """

    def __init__(self, register: NumberRegister | None, office: Office | None = None) -> None:
        self._register = register
        self._office = office

    def require_right(self, right: Right) -> None:
        """Refuse a user whom the office does not give this right.

        Raises:
            CampaignError: with the user's name, and who may.
        """
        user = self.book.user if self.book else real_user()
        if self._office and (missing := self._office.right_missing(right, user)):
            raise CampaignError(Report((missing,)))

    def require_right_to(self, preview: Mapping[str, int]) -> None:
        """The same for the right to number, where any of these numbers is not taken yet."""
        if self._office and preview.keys() - self.known(preview.keys()).keys():
            self.require_right("cap_so")

    @property
    def book(self) -> Register | None:
        """The register where it is congvan's own, which knows more than numbers."""
        return self._register if isinstance(self._register, Register) else None

    def marked_keys(self, dot: str) -> frozenset[str]:
        """The keys of the campaign's numbers that letters with a secrecy mark have."""
        return self.book.keys_of(dot, SERIES_OF_MARKED_LETTERS) if self.book else frozenset()

    def preview(self, requests: Sequence[NumberRequest]) -> tuple[Report, Mapping[str, int]]:
        """What stands against the requests, and the numbers they would get now; takes none."""
        if not requests:
            return Report(), {}
        if self._register is None:
            return Report((finding("register-required"),)), {}
        return self._register.preview(requests)

    def known(self, keys: Collection[str]) -> Mapping[str, int]:
        """The numbers that letters of these keys have already."""
        return self._register.numbers_of(keys) if self._register and keys else {}

    def dates(self, keys: Collection[str]) -> Mapping[str, date]:
        """The dates of letters of these keys that have their numbers already.

        Raises:
            RegisterError: when the register has such a number and does not tell its date.
        """
        if not keys or self._register is None:
            return {}
        if isinstance(self._register, DatingRegister):
            return self._register.dates_of(keys)
        if numbered := self._register.numbers_of(keys):
            raise RegisterError(Report((finding("register-day-untold", count=len(numbered)),)))
        return {}

    def reserve(self, requests: Sequence[NumberRequest], expected: Mapping[str, int]) -> bool:
        """Take the ``expected`` numbers, all or none; False when they would be others now."""
        if not requests or self._register is None:
            return True
        return self._register.reserve(requests, expected=expected) == expected

    @contextmanager
    def holding(self, requests: Sequence[NumberRequest]) -> Iterator[Mapping[str, int]]:
        """Keep all others from taking numbers while the block runs; the numbers are taken at its end.

        Raises:
            RegisterError: when the register cannot do that.
        """
        if not isinstance(self._register, HoldingRegister):
            raise RegisterError(Report((finding("register-moving"),)))
        with self._register.holding(requests) as numbers:
            yield numbers

    def seal(self, letters: Sequence[SealedLetter]) -> None:
        """Issue letters and their numbers; a register that numbers alone issues the numbers.

        Raises:
            RegisterError: when there is none.
        """
        if self._register is None:
            raise RegisterError(Report((finding("register-required"),)))
        if isinstance(self._register, Register):
            self._register.letters.seal(letters)
        else:
            self._register.issue([*dict.fromkeys(one.record.khoa_so for one in letters if one.record.khoa_so)])

    def unseal(self, keys: Sequence[str], reason: str) -> None:
        """Take back the issue of letters.

        Raises:
            RegisterError: when there is no register that keeps letters.
        """
        self.keeper.unseal(keys, reason)

    @property
    def keeper(self) -> LetterBook:
        """The letters of the register.

        Raises:
            RegisterError: when there is none, or one that gives numbers alone.
        """
        if not isinstance(self._register, Register):
            raise RegisterError(Report((finding("register-keeps-no-letters"),)))
        return self._register.letters

    def relative(self, path: Path) -> str:
        """``path`` as the register names it: from its own folder, where it is a file, so that both can be moved."""
        home = self._register.folder if isinstance(self._register, Register) else None
        absolute = path.absolute()
        if home is None:
            return absolute.as_posix()
        try:
            return Path(os.path.relpath(absolute, home)).as_posix()
        except ValueError:  # another drive
            return absolute.as_posix()

    def located(self, path: str) -> Path:
        """The path that :meth:`relative` named."""
        home = self._register.folder if isinstance(self._register, Register) else None
        return Path(home or "", path)

    def records(self, dot: str) -> Mapping[str, LetterRecord]:
        """The letters of the campaign that the register keeps, by key; one that numbers alone keeps none."""
        return self._register.letters.of_campaign(dot) if isinstance(self._register, Register) else {}

    def history(self, dot: str) -> History:
        """The same as the plan needs them, and the campaign's void numbers."""
        if not isinstance(self._register, Register):
            return History()
        past = [self._past(self._register, record) for record in self.records(dot).values()]
        return History(tuple(past), self._register.void_keys(dot))

    def _past(self, register: Register, record: LetterRecord) -> PastLetter:
        @cache
        def read() -> Letter:
            data = register.letters.data(record.khoa)
            if data is None:
                raise RegisterError(Report((finding("register-letter-forgotten", Place(key=record.khoa)),)))
            return Letter.from_json(data)

        return PastLetter(
            record.khoa,
            record.khoa_so,
            record.trang_thai,
            record.quan_he,
            record.lien_quan,
            record.ngay,
            record.ly_do,
            read if record.trang_thai.is_sealed else None,
        )


@contextmanager
def open_numbers(register: RegisterGiven | None, campaign: Campaign, clock: Clock | None = None) -> Iterator[Numbers]:
    """The numbers of a run of ``campaign``; a register that this function opens is closed again.

    ``clock`` tells the time that the register's entries are stamped with.
    """
    run, office = campaign.ma, campaign.office
    if isinstance(register, Path | str):
        opened = Register.open(register, run=run, clock=clock) if clock else Register.open(register, run=run)
        with opened:
            yield Numbers(opened, office)
    else:
        yield Numbers(register, office)
