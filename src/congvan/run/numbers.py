"""The numbers of a run: previewed, reserved if they are still those, issued once their letters are in place."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from datetime import datetime
from pathlib import Path
from typing import Protocol, runtime_checkable

from congvan.errors import RegisterError
from congvan.findings import Report, finding
from congvan.register import NumberRegister, NumberRequest, Register

Clock = Callable[[], datetime]
"""Tells the time, with its zone."""

RegisterGiven = Path | str | NumberRegister
"""A register as a caller names it: a file, the URL of a server, or an office system that numbers by itself."""


@runtime_checkable
class HoldingRegister(Protocol):
    """A register that can hold its series while a run stages letters with the numbers."""

    def holding(self, requests: Sequence[NumberRequest]) -> AbstractContextManager[Mapping[str, int]]: ...


class Numbers:
    """The numbers of one run from a register; None where no letter takes a number.

    Every method may raise :class:`~congvan.errors.RegisterError`.
    """

    def __init__(self, register: NumberRegister | None) -> None:
        self._register = register

    @property
    def book(self) -> Register | None:
        """The register where it is congvan's own, which knows more than numbers."""
        return self._register if isinstance(self._register, Register) else None

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

    def issue(self, keys: Sequence[str]) -> None:
        """Mark numbers as issued."""
        if keys and self._register is not None:
            self._register.issue(keys)


@contextmanager
def open_numbers(register: RegisterGiven | None, run: str, clock: Clock | None = None) -> Iterator[Numbers]:
    """The numbers of the run called ``run``; a register that this function opens is closed again.

    ``clock`` tells the time that the register's entries are stamped with.
    """
    if isinstance(register, Path | str):
        opened = Register.open(register, run=run, clock=clock) if clock else Register.open(register, run=run)
        with opened:
            yield Numbers(opened)
    else:
        yield Numbers(register)
