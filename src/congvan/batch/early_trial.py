"""Letters laid out on trial while the rest of their plan is still made, so that no processor waits for the other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Executor
from pathlib import Path
from typing import Final, Self

from congvan.batch.foretold import Foretold
from congvan.batch.numbers import Given
from congvan.batch.portion import Making, Portion, portions
from congvan.batch.preflight import Trial
from congvan.batch.proofs import RunProofs
from congvan.campaign import Planning

MOST: Final = 10_000
"""Letters begun while the others are planned; they are held until it shows whether their numbers came true."""


class EarlyTrial:
    """The first letters of ``planning``, tried with the numbers foretold; those that nothing stops are ``kept``.

    As a context: what nobody has begun at its end is not tried any more.
    """

    def __init__(
        self,
        planning: Planning,
        register: Path | str | None,
        sources: dict[Path, bytes],
        makes: Making,
        executor: Executor,
        kept: RunProofs,
    ) -> None:
        self._foretold = Foretold(planning.campaign, register)
        self._kept = kept
        self._portions: list[Portion] = []
        every = portions(self._foretold.letters(planning), sources, makes)
        self.trial = Trial(self._noted(every), executor, kept, MOST)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.trial.call_off()

    def portions(self, given: Given) -> Sequence[Portion]:
        """What was begun, if its letters have the numbers they are ``given``; else nothing, and nothing is kept."""
        if self._foretold.came_true(given):
            return self._portions
        self.trial.call_off()
        self._kept.discard()
        return ()

    def _noted(self, every: Iterable[Portion]) -> Iterator[Portion]:
        letters = 0
        for portion in every:
            self._portions.append(portion)
            yield portion
            letters += len(portion.items)
            if letters >= MOST:
                return
