"""A fix: what it mends, and how it changes the copy of a letter."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from congvan.findings import Finding, Place
from congvan.inspect.model import Line
from congvan.linter.fixes.changes import Changes
from congvan.linter.fixes.word_copy import WordCopy


@dataclass(frozen=True, slots=True)
class Fix:
    """``apply`` changes the copy and yields a remark a change; ``mends`` are the codes of findings it answers."""

    mends: frozenset[str]
    apply: Callable[[WordCopy, Changes], Iterator[Finding]]


def place_of(copy: WordCopy, line: Line) -> Place:
    """Where a change was made, by the words that stand there."""
    region = line.region if line.region != "body" else None
    return Place(file=copy.name, paragraph=line.paragraph, region=region, near=line.text)
