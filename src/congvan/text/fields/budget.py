"""Limits on filling one text: steps of the template, characters of text, seconds of processor time.

A template comes from outside. Loops, macros and everything that creates a text or a list spend from the budget of the
filling they belong to; one that is used up ends the filling with :class:`BudgetExceededError`. Steps and characters
are counted, so that the same template ends at the same place on every machine; the clock is for what counting does not
see. Nothing here needs a signal or a thread of its own.
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
"""Nodes of a template that may be evaluated; a row of a table has about fifty."""

CHARACTERS: Final = 32_000_000
"""Characters that may be created, in the result and in values on the way; a page of Word has about 30,000."""

SECONDS: Final = 10.0
"""Processor time, not wall time."""

_CHARACTERS_PER_ITEM: Final = 16  # an item of a list takes about as much memory
_STEPS_PER_CLOCK_CHECK: Final = 5_000
_PIECES: Final = 256
_SHORT: Final = 64  # characters that are not worth counting: the limit on steps limits the number of such texts
_COLLECTIONS: Final = (list, tuple, dict, set, frozenset)

MAX_NESTED_ITEMS: Final = 100_000
"""Items that the collections inside a collection may hold together."""


class BudgetExceededError(Exception):
    """A filling that would take too long or grow too large; ``what`` is ``steps``, ``characters`` or ``seconds``."""

    def __init__(self, what: str) -> None:
        super().__init__(what)
        self.what = what


@dataclass(slots=True)
class Budget:
    """The steps, characters and time left for one filling."""

    steps: int = STEPS
    characters: int = CHARACTERS
    _next_clock_check: int = STEPS - _STEPS_PER_CLOCK_CHECK
    _deadline: float = field(default_factory=lambda: time.thread_time() + SECONDS)

    def spend_steps(self, count: int) -> None:
        """Pay for ``count`` nodes of the template.

        Raises:
            BudgetExceededError: when there are no steps or no time left.
        """
        self.steps -= count
        if self.steps < self._next_clock_check:
            self._next_clock_check = max(self.steps - _STEPS_PER_CLOCK_CHECK, 0)
            if self.steps < 0:
                raise BudgetExceededError("steps")
            if time.thread_time() > self._deadline:
                raise BudgetExceededError("seconds")

    def spend_characters(self, count: int) -> None:
        """Pay for ``count`` characters.

        Raises:
            BudgetExceededError: when so many are not left.
        """
        self.characters -= count
        if self.characters < 0:
            raise BudgetExceededError("characters")


_CURRENT: Final[ContextVar[Budget]] = ContextVar("budget")


@contextmanager
def fresh_budget() -> Iterator[Budget]:
    """Give the filling inside a full budget."""
    budget = Budget()
    token = _CURRENT.set(budget)
    try:
        yield budget
    finally:
        _CURRENT.reset(token)


def current_budget() -> Budget:
    """The budget of the filling in progress; a full one outside of any."""
    return _CURRENT.get(None) or Budget()


def spend_steps(count: int) -> None:
    """Spend from the current budget; see :meth:`Budget.spend_steps`."""
    current_budget().spend_steps(count)


def spend_characters(count: int) -> None:
    """Spend from the current budget; see :meth:`Budget.spend_characters`."""
    current_budget().spend_characters(count)


def charge(value: Any) -> Any:
    """Pay for the size of ``value``, a text or a collection, and return it.

    A collection counts with all its items, as often as it holds them: that is how long it is when printed or compared.

    Raises:
        BudgetExceededError: when it is larger than what is left, or holds more than 100,000 items inside others.
    """
    if isinstance(value, str):
        if len(value) > _SHORT:
            current_budget().spend_characters(len(value))
    elif isinstance(value, _COLLECTIONS):
        current_budget().spend_characters((len(value) + _nested_items(value, MAX_NESTED_ITEMS)) * _CHARACTERS_PER_ITEM)
    return value


def _nested_items(value: Any, limit: int) -> int:
    """The number of items in collections inside ``value``, each counted as often as it is held."""
    count = 0
    for part in value.values() if isinstance(value, dict) else value:
        if isinstance(part, _COLLECTIONS):
            count += len(part)
            count += _nested_items(part, limit - count)
            if count > limit:
                raise BudgetExceededError("characters")
    return count


def join_pieces(pieces: Iterable[str]) -> str:
    """Join ``pieces`` into one text and pay for its length while it grows."""
    budget, source, parts = current_budget(), iter(pieces), []
    while group := list(islice(source, _PIECES)):
        part = "".join(group)
        budget.spend_characters(len(part))
        parts.append(part)
    return parts[0] if len(parts) == 1 else "".join(parts)
