"""A plan in portions: letters beside each other that share template and body, made together."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import chain, groupby, islice
from math import ceil
from pathlib import Path
from typing import Final

from congvan.batch.basis import alike_alone, bases
from congvan.batch.engine_choice import EngineChoice
from congvan.batch.task import BUNDLE_SIZE, Task, TemplateSource
from congvan.campaign import PlannedLetter
from congvan.pdf.engine import engine
from congvan.word import TemplateBinding

_AT_LEAST: Final = 8
"""Bundles that many letters are made in, so that a middling run keeps several processes busy to its end."""


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

    @property
    def places(self) -> tuple[int, ...]:
        """The places of its letters in the plan."""
        return tuple(item.position for item in self.items)

    @cached_property
    def bases(self) -> tuple[str, ...]:
        """What each letter is made from."""
        return bases(self.task, self.formats)

    def without(self, kept: Collection[str]) -> Portion | None:
        """What is still to be made when letters of these keys are there; None when that is nothing.

        All of it, where a letter would not have the same bytes without its neighbours.
        """
        missing = self.only(index for index, item in enumerate(self.items) if item.key not in kept)
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
        return (item.cap, item.letter.loai, item.letter.ban_sao is None, TemplateBinding.of(item.letter))

    for _, group in groupby(items, key=shared):
        first = next(group)
        by = makes.engines.engine_of(first.tier.mau)
        for part in _bundles(chain([first], group), engine(by).most_letters if by else BUNDLE_SIZE):
            task = Task(tuple(item.letter for item in part), template_source(first, sources), by)
            yield Portion(part, task, makes.formats)


def _bundles(letters: Iterator[PlannedLetter], most: int) -> Iterator[tuple[PlannedLetter, ...]]:
    """Bundles of ``most`` letters, smaller ones where few are to come.

    The number of processes has no say, so that files do not depend on it.
    """
    ahead = most * _AT_LEAST if most > BUNDLE_SIZE else BUNDLE_SIZE
    while some := tuple(islice(letters, ahead)):
        size = max(BUNDLE_SIZE, min(most, ceil(len(some) / _AT_LEAST)))
        yield from (some[start : start + size] for start in range(0, len(some), size))


def template_source(item: PlannedLetter, sources: dict[Path, bytes]) -> TemplateSource:
    """The template a letter is laid out by."""
    mau = item.tier.mau
    return TemplateSource(sources.get(mau), mau.name) if mau else TemplateSource()
