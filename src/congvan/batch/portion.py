"""A plan in portions: letters beside each other that share template and body, made together."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import groupby, islice
from pathlib import Path

from congvan.batch.basis import alike_alone, bases
from congvan.batch.engine_choice import EngineChoice
from congvan.batch.task import BUNDLE_SIZE, Task, TemplateSource
from congvan.campaign import PlannedLetter
from congvan.word import Shared


@dataclass(frozen=True, slots=True)
class Making:
    """What is made of each letter: kinds of file, and by which PDF engines."""

    formats: tuple[str, ...]
    engines: EngineChoice


@dataclass(frozen=True)
class Portion:
    """Some letters of a plan, and the task that makes them in these ``formats``."""

    items: tuple[PlannedLetter, ...]
    task: Task
    formats: tuple[str, ...]

    @cached_property
    def bases(self) -> tuple[str, ...]:
        """What each letter is made from."""
        return bases(self.task, self.formats)

    def without(self, kept: Collection[str]) -> Portion | None:
        """What is still to be made when letters of these keys are there; None when that is nothing.

        All of it, where a letter would not have the same bytes without its neighbours.
        """
        missing = self.only(index for index, item in enumerate(self.items) if item.khoa not in kept)
        return missing if missing is None or alike_alone(self.task) else self

    def only(self, places: Iterable[int]) -> Portion | None:
        """The letters at these ``places`` of it; None when there are none."""
        chosen = tuple(places)
        if len(chosen) == len(self.items) or not chosen:
            return self if chosen else None
        letters = tuple(self.task.letters[place] for place in chosen)
        return Portion(tuple(self.items[place] for place in chosen), replace(self.task, letters=letters), self.formats)


def portions(items: Iterable[PlannedLetter], sources: dict[Path, bytes], makes: Making) -> Iterator[Portion]:
    """The letters of a plan in order, a bundle's worth at most in each portion."""

    def shared(item: PlannedLetter) -> tuple[object, ...]:
        return (item.cap, item.letter.loai, item.letter.ban_sao is None, Shared.of(item.letter))

    for _, group in groupby(items, key=shared):
        while part := tuple(islice(group, BUNDLE_SIZE)):
            by = makes.engines.engine_of(part[0].tier.mau)
            task = Task(tuple(item.letter for item in part), template_source(part[0], sources), by)
            yield Portion(part, task, makes.formats)


def template_source(item: PlannedLetter, sources: dict[Path, bytes]) -> TemplateSource:
    """The template a letter is laid out by."""
    mau = item.tier.mau
    return TemplateSource(sources.get(mau), mau.name) if mau else TemplateSource()
