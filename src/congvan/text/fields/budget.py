"""What filling one text may cost: so many steps, so much text made, so much time of the processor.

A template comes from outside. Loops, macros and everything that makes a text or a list spend from the allowance
of the filling they belong to; one that is used up ends the filling with :class:`AllowanceExceeded`. Steps and
signs are counted, so that the same template ends at the same place on every machine; the clock is for what
counting does not see. Nothing here needs a signal or a thread of its own.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, Final

STEPS: Final = 2_000_000
"""Parts of a template that may be carried out; a row of a table has about fifty."""

SIGNS: Final = 32_000_000
"""Characters that may be made, those of the result and those on the way; a page of Word has about 30,000."""

SECONDS: Final = 10.0
"""Processor time, not time on the wall."""

_SIGNS_AN_ITEM: Final = 16  # an item of a list takes about as much memory
_STEPS_A_LOOK: Final = 5_000  # at the clock
_PIECES: Final = 256
_SHORT: Final = 64  # characters that are not worth counting: the steps see to it that there are few such texts
_COLLECTIONS: Final = (list, tuple, dict, set, frozenset)

MOST_INSIDE: Final = 100_000
"""Items that the collections inside a collection may hold together."""


class AllowanceExceeded(Exception):  # noqa: N818 - says what happened, as Jinja's own do
    """A filling that would take too long or grow too large; ``what`` is ``steps``, ``signs`` or ``seconds``."""

    def __init__(self, what: str) -> None:
        super().__init__(what)
        self.what = what


@dataclass(slots=True)
class Allowance:
    """What is left for one filling."""

    steps: int = STEPS
    signs: int = SIGNS
    _look: int = STEPS - _STEPS_A_LOOK
    _until: float = field(default_factory=lambda: time.thread_time() + SECONDS)

    def spend_steps(self, count: int) -> None:
        """Carry out ``count`` parts of the template.

        Raises:
            AllowanceExceeded: when there are no steps or no time left.
        """
        self.steps -= count
        if self.steps < self._look:
            self._look = max(self.steps - _STEPS_A_LOOK, 0)
            if self.steps < 0:
                raise AllowanceExceeded("steps")
            if time.thread_time() > self._until:
                raise AllowanceExceeded("seconds")

    def spend_signs(self, count: int) -> None:
        """Make ``count`` characters.

        Raises:
            AllowanceExceeded: when so many are not left.
        """
        self.signs -= count
        if self.signs < 0:
            raise AllowanceExceeded("signs")


_CURRENT: Final[ContextVar[Allowance]] = ContextVar("allowance")


@contextmanager
def fresh_allowance() -> Iterator[Allowance]:
    """A full allowance for the filling that happens inside."""
    allowance = Allowance()
    token = _CURRENT.set(allowance)
    try:
        yield allowance
    finally:
        _CURRENT.reset(token)


def current_allowance() -> Allowance:
    """The allowance of the filling that is going on; a full one outside of any."""
    return _CURRENT.get(None) or Allowance()


def spend_steps(count: int) -> None:
    """Spend from the current allowance; see :meth:`Allowance.spend_steps`."""
    current_allowance().spend_steps(count)


def spend_signs(count: int) -> None:
    """Spend from the current allowance; see :meth:`Allowance.spend_signs`."""
    current_allowance().spend_signs(count)


def made(value: Any) -> Any:
    """``value``, its size spent from the current allowance if it is a text or a collection.

    A collection counts with all it holds, as often as it holds it: that is how long it is when printed or compared.

    Raises:
        AllowanceExceeded: when it is larger than what is left, or holds more than 100,000 items inside others.
    """
    if isinstance(value, str):
        if len(value) > _SHORT:
            current_allowance().spend_signs(len(value))
    elif isinstance(value, _COLLECTIONS):
        current_allowance().spend_signs((len(value) + _inside(value, MOST_INSIDE)) * _SIGNS_AN_ITEM)
    return value


def _inside(value: Any, limit: int) -> int:
    """How many items the collections in ``value`` hold; a list may hold another twice, and that one a third twice."""
    count = 0
    for part in value.values() if isinstance(value, dict) else value:
        if isinstance(part, _COLLECTIONS):
            count += len(part)
            count += _inside(part, limit - count)
            if count > limit:
                raise AllowanceExceeded("signs")
    return count


def joined(pieces: Iterable[str]) -> str:
    """``pieces`` in one text, its length spent while it grows."""
    allowance, source, parts = current_allowance(), iter(pieces), []
    while group := list(islice(source, _PIECES)):
        part = "".join(group)
        allowance.spend_signs(len(part))
        parts.append(part)
    return parts[0] if len(parts) == 1 else "".join(parts)
