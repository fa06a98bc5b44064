"""A plan in portions: letters beside each other that share template and body, made together."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from itertools import groupby
from pathlib import Path

from congvan.batch.basis import alike_alone, bases
from congvan.batch.engine_choice import EngineChoice
from congvan.batch.preflight import template_source
from congvan.batch.task import BUNDLE_SIZE, Task
from congvan.campaign import Plan, PlannedLetter
from congvan.word import Shared


@dataclass(frozen=True, slots=True)
class Making:
    """What is made of each letter: kinds of file, and by which PDF engines."""

    formats: tuple[str, ...]
    engines: EngineChoice


@dataclass(frozen=True, slots=True)
class Portion:
    """Some letters of a plan, the task that makes them, and what each is made from."""

    items: tuple[PlannedLetter, ...]
    task: Task
    bases: tuple[str, ...]

    def without(self, kept: Collection[str]) -> Portion | None:
        """What is still to be made when letters of these keys are there; None when that is nothing.

        All of it, where a letter would not have the same bytes without its neighbours.
        """
        missing = [index for index, item in enumerate(self.items) if item.khoa not in kept]
        if not missing or not alike_alone(self.task):
            return self if missing else None
        return Portion(
            tuple(self.items[index] for index in missing),
            replace(self.task, letters=tuple(self.task.letters[index] for index in missing)),
            tuple(self.bases[index] for index in missing),
        )


def portions(plan: Plan, sources: dict[Path, bytes], makes: Making) -> Iterator[Portion]:
    """The letters of ``plan`` in order, a bundle's worth at most in each portion."""

    def shared(item: PlannedLetter) -> tuple[object, ...]:
        return (item.cap, item.letter.loai, item.letter.ban_sao is None, Shared.of(item.letter))

    for _, group in groupby(plan.items, key=shared):
        items = tuple(group)
        for start in range(0, len(items), BUNDLE_SIZE):
            part = items[start : start + BUNDLE_SIZE]
            by = makes.engines.engine_of(part[0].tier.mau)
            task = Task(tuple(item.letter for item in part), template_source(part[0], sources), by)
            yield Portion(part, task, bases(task, makes.formats))
