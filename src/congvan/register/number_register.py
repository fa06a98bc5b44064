"""The protocol of a register: what a run asks of whoever numbers its letters."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Protocol, runtime_checkable

from congvan.findings import Report
from congvan.register.entry import NumberRequest


@runtime_checkable
class NumberRegister(Protocol):
    """Give letters their numbers; an office system that numbers by itself implements these four methods.

    :class:`~congvan.register.Register` is the one congvan brings. Numbers are mappings from a request's ``khoa`` to
    its number. A key has the same number for ever, and no number of a series is given to two keys. What cannot be
    numbered is a :class:`~congvan.errors.RegisterError`.
    """

    def preview(self, requests: Iterable[NumberRequest]) -> tuple[Report, Mapping[str, int]]:
        """The findings about these requests and the numbers they would get now; takes no number."""
        ...

    def reserve(
        self, requests: Iterable[NumberRequest], *, expected: Mapping[str, int] | None = None
    ) -> Mapping[str, int]:
        """Take a number for every request, all or none, and return them.

        With ``expected``, the numbers of a preview, take them only if they are exactly those; otherwise take none
        and return the numbers the requests would get now. The caller compares.
        """
        ...

    def numbers_of(self, keys: Iterable[str]) -> Mapping[str, int]:
        """The numbers that keys have already; keys without a number, or with a void one, are left out."""
        ...

    def issue(self, keys: Iterable[str]) -> None:
        """Mark the numbers of ``keys`` as issued, all or none; those issued already stay as they are."""
        ...
