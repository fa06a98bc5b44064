"""A plan's numbers: looked at, taken, and issued once their letters are on disk."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from functools import cached_property
from importlib import import_module
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING

from congvan.batch.manifest import ManifestRow
from congvan.campaign import Plan, PlannedLetter
from congvan.errors import RegisterError
from congvan.findings import Report

if TYPE_CHECKING:
    from congvan.register import NumberRequest, Register


Given = Mapping[str, int] | None
"""Numbers by key; None where they stay blank."""


class Numbers:
    """The numbers of ``plan`` in the register at ``register``; without one, as in a draft, they stay blank.

    Every method may raise :class:`~congvan.errors.RegisterError`.
    """

    def __init__(self, plan: Plan, register: Path | str | None) -> None:
        self._plan = plan
        self._register = register

    def check(self) -> Report:
        """What stands against the numbers; takes none."""
        return self._preview[0]

    def shown(self) -> Given:
        """The numbers :meth:`taken` would give now; takes none."""
        report, numbers = self._preview
        report.raise_errors(RegisterError)
        return numbers

    def taken(self) -> Given:
        """The numbers, which are reserved: all of them or none, the same at every run."""
        if self._register is None or not self._requests:
            return None
        requests, self._requests = self._requests, []  # nobody asks again, and there may be many
        with self._book as book:
            return book.reserve(requests)

    def make_ready(self) -> None:
        """Load what taking numbers needs, while others are at work: it is as long as laying out hundreds of letters."""
        if self._register is not None and self._requests:
            Thread(target=_load).start()

    def letters(self, given: Given) -> Iterator[PlannedLetter]:
        """The letters with the numbers they are given, one by one."""
        return iter(self._plan.items) if given is None else self._plan.iter_with_numbers(given)

    def issue(self, rows: Iterable[ManifestRow]) -> None:
        """Issue the numbers of letters that are on disk and carry their full date; the others stay reserved."""
        if self._register is None:
            return
        whole = {row.thu_tu for row in rows if row.trang_thai == "xong"}
        done = (item for item in self._plan.items if item.position in whole and item.document.ngay.day)
        if keys := [key for key in dict.fromkeys(item.own_number_key for item in done) if key]:
            with self._book as book:
                book.issue(keys)

    @cached_property
    def _book(self) -> Register:
        """The register; what a run changes in it is noted under the campaign's code."""
        from congvan.register import Register

        assert self._register is not None
        return Register.open(self._register, run=self._plan.campaign.ma)

    @cached_property
    def _preview(self) -> tuple[Report, Given]:
        """What stands against the numbers, and what they would be, as one look at the register finds it."""
        if self._register is None:
            return Report(), None
        with self._book as book:
            report, numbers = book.preview(self._requests)
        return report, numbers or None

    @cached_property
    def _requests(self) -> list[NumberRequest]:

        return list(self._plan.number_requests())


def _load() -> None:
    with suppress(ImportError):  # said by whoever needs it
        import_module("congvan.register.database")
