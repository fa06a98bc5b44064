"""Letters laid out on trial while the rest of their plan is still made, so that no processor waits for the other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Final

from congvan.batch.crew import Crew
from congvan.batch.foretold import Foretold
from congvan.batch.numbers import Given
from congvan.batch.portion import Making, Portion, portions
from congvan.batch.preflight import Trial
from congvan.batch.proofs import RunProofs
from congvan.campaign import Planning

MOST: Final = 200
"""Portions begun while letters are planned; they are held until it shows whether their numbers came true."""


class EarlyTrial:
    """The first letters of ``planning``, tried with the numbers foretold; those that nothing stops are ``kept``."""

    def __init__(
        self,
        planning: Planning,
        foretold: Foretold,
        sources: dict[Path, bytes],
        makes: Making,
        crew: Crew,
        kept: RunProofs,
    ) -> None:
        self._foretold = foretold
        self._kept = kept
        self._portions: list[Portion] = []
        every = portions(foretold.letters(planning), sources, makes)
        self.trial = Trial(islice(self._noted(every), MOST), crew, kept, MOST)

    def portions(self, given: Given) -> Sequence[Portion]:
        """What was begun, if its letters have the numbers they are ``given``; else nothing, and nothing is kept."""
        if self._foretold.came_true(given):
            return self._portions
        self.trial.call_off()
        self._kept.discard()
        return ()

    def _noted(self, every: Iterable[Portion]) -> Iterator[Portion]:
        for portion in every:
            self._portions.append(portion)
            yield portion
