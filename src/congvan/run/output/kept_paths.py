"""The places that letters have in a folder already, and the free ones between them: 015, 015a, 015b, 016. Pure."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Container, Iterator
from dataclasses import dataclass, field
from itertools import count
from typing import Final, NamedTuple

_NAME: Final = re.compile(r"(?P<count>(?P<number>[0-9]+)(?P<between>[a-z]*))_.+")
_SIGNS: Final = "abcdefghijklmnopqrstuvwxyz"


class KeptPath(NamedTuple):
    """Where a letter lies: its folder, and its count as written; all letters of ``of_folder`` are counted through."""

    of_folder: str
    folder: str
    written: str
    place: tuple[int, str]

    @classmethod
    def of(cls, path: str, folders: Container[str]) -> KeptPath | None:
        """The place in ``path``, which has no ending; None where that is not one of these ``folders``."""
        folder, _, name = path.rpartition("/")
        found = _NAME.fullmatch(name)
        inside = [one for one in _heads(folder) if one in folders]
        if found is None or not inside:
            return None
        return cls(inside[-1], folder, found["count"], (int(found["number"]), found["between"]))


def _heads(folder: str) -> Iterator[str]:
    """The folder and those above it, the longest last."""
    parts = folder.split("/")
    return ("/".join(parts[:length]) for length in range(1, len(parts) + 1))


@dataclass
class KeptCounts:
    """The places taken in one folder, and the last one passed, in the order of the plan."""

    _taken: dict[int, set[str]] = field(default_factory=lambda: defaultdict(set))
    _last: tuple[int, str] = (0, "")

    def add(self, path: KeptPath) -> None:
        """Note a place as taken."""
        number, between = path.place
        self._taken[number].add(between)

    def pass_by(self, path: KeptPath) -> None:
        """Go on after the letter that lies there; one that a list moved up does not lead back."""
        self._last = max(self._last, path.place)

    def take_next(self, digits: int) -> str:
        """The next free place after the last one: a number of its own, or else one with a letter behind."""
        number, between = self._last
        if "" not in self._taken.get(number + 1, ()):
            number, between = number + 1, ""
        else:
            between = _free_after(between, self._taken[number])
        self._last = number, between
        self._taken[number].add(between)
        return f"{number:0{digits}}{between}"


def _free_after(between: str, taken: Collection[str]) -> str:
    """The letters of a free place after ``between`` and before the next one: b after a, aa between a and b.

    Where nothing lies between, as between 015 and 015a, it is the first free one after that.
    """
    following = min((one for one in taken if one > between), default=None)
    for names in (_names(""), _names(between)):
        found = next(name for name in names if name > between and name not in taken)
        if following is None or found < following:
            return found
    return next(name for name in _names("") if name > between and name not in taken)


def _names(head: str) -> Iterator[str]:
    """``a`` to ``z``, ``za`` and on, each after the one before, all behind ``head``."""
    return (head + "z" * (index // len(_SIGNS)) + _SIGNS[index % len(_SIGNS)] for index in count())
