"""A job's letters in batches: neighbours that share template and body, rendered by one call and converted at once."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain, groupby, islice
from math import ceil
from typing import Any, Final, TypeVar

from congvan.findings import Place
from congvan.letter import Letter
from congvan.pdf.engine import Engine
from congvan.pdf.engines.available import engine

P = TypeVar("P")

BATCH_SIZE = 50
"""Letters a batch, unless the engine is quicker with more."""

_FEWEST_BATCHES: Final = 8
"""A run of few hundred letters is split into as many batches, so that all workers are busy to its end."""


@dataclass(frozen=True, slots=True)
class TemplateSource:
    """A template of the user's own as bytes, or None in ``docx`` for the built-in one of the letter's kind."""

    docx: bytes | None = None
    name: str | None = None


@dataclass(frozen=True, slots=True)
class Record:
    """The values of one letter of a table, and where they stand."""

    values: Mapping[str, Any]
    place: Place


@dataclass(frozen=True, slots=True)
class Batch:
    """Letters of one template, the kinds of file to make of them, and the engine that converts them.

    It is all that a worker needs to know, and travels to it. ``engine`` is None where no PDF is made.
    ``mark`` is what stands behind the text of every page, «DỰ THẢO» of a draft. ``tier`` is that of its letters.
    """

    letters: tuple[Letter | Record, ...]
    template: TemplateSource
    formats: tuple[str, ...]
    engine: str | Engine | None = None
    mark: str = ""
    tier: str = ""

    def __len__(self) -> int:
        return len(self.letters)

    @property
    def pdf_engine(self) -> Engine | None:
        """The engine itself, where there is one."""
        return None if self.engine is None else engine(self.engine)

    @property
    def is_bundle_independent(self) -> bool:
        """Whether each letter has the same bytes alone as with its neighbours."""
        by = self.pdf_engine
        return by is None or by.is_bundle_independent

    def only(self, indices: Sequence[int]) -> Batch:
        """The batch of the letters at these ``indices``."""
        return replace(self, letters=tuple(self.letters[index] for index in indices))

    def without_pdf(self) -> Batch:
        """The same letters as Word documents alone."""
        return replace(self, formats=("docx",), engine=None)


def batched(
    letters: Iterable[P], batch_key: Callable[[P], Hashable], size_of: Callable[[P], int]
) -> Iterator[tuple[P, ...]]:
    """Neighbours with the same ``batch_key``, at most as many together as ``size_of`` the first of them says."""
    for _, group in groupby(letters, key=batch_key):
        first = next(group)
        yield from _split(chain([first], group), size_of(first))  # noqa: B031 - the rest of the same group


def _split(letters: Iterator[P], most: int) -> Iterator[tuple[P, ...]]:
    """Batches of ``most`` letters; smaller ones where few letters are left.

    The number of workers has no say, so that files do not depend on it.
    """
    window = most * _FEWEST_BATCHES if most > BATCH_SIZE else BATCH_SIZE
    while ahead := tuple(islice(letters, window)):
        size = max(BATCH_SIZE, min(most, ceil(len(ahead) / _FEWEST_BATCHES)))
        for start in range(0, len(ahead), size):
            yield ahead[start : start + size]
