"""Letters as they were laid out on trial, kept until they are made, so that none is filled twice.

A run lays out every letter with the numbers the register would give it, and takes the numbers when all of them are in
order. If they are the same then, the letters are too. The run's own processes keep what they laid out and make it
themselves, so that it travels no further than to the disk; what others laid out and handed back, the run keeps. In
either case it is in a file without a name, so that nothing stays behind whatever becomes of the run, and memory does
not grow with the number of letters.
"""

from __future__ import annotations

import os
from array import array
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from tempfile import TemporaryFile
from typing import IO, Final, Self

_AT_ONCE: Final = 256 * 1024
"""Bytes of letters that go to the file and come back together."""


@dataclass(frozen=True, slots=True)
class Kept:
    """What the process ``keeper`` keeps for ``run``: letters by their ``places`` in the plan, as far as it has them."""

    run: str
    places: tuple[int, ...]
    keeper: int = 0

    def __len__(self) -> int:
        return len(self.places)


class Proofs:
    """Letters as bytes, by their place in the plan, as far as there was room for them."""

    def __init__(self) -> None:
        self._file: IO[bytes] | None = None
        self._start = array("Q")
        self._size = array("Q")
        self._end = 0
        self._at_end = True

    def __enter__(self) -> Self:
        with suppress(OSError):  # nowhere to keep them: they are made again
            self._file = TemporaryFile(prefix="congvan-", buffering=_AT_ONCE)
        return self

    def __exit__(self, *_: object) -> None:
        self.discard()

    def keep(self, place: int, letter: bytes) -> bool:
        """Keep the letter at this place of the plan, if there is room."""
        if self._file is None:
            return False
        _lengthen(self._start, place)
        _lengthen(self._size, place)
        try:
            if not self._at_end:
                self._end, self._at_end = self._file.seek(0, os.SEEK_END), True
            written = self._file.write(letter)
        except OSError:
            written = -1
        if written < len(letter):  # no room: they are made again
            self.discard()
            return False
        self._start[place], self._size[place] = self._end, len(letter)
        self._end += len(letter)
        return True

    def of(self, place: int) -> bytes:
        """The letter at this place; nothing when it was not kept, or could not be after all."""
        if self._file is None or place >= len(self._size) or not self._size[place]:
            return b""
        self._at_end = False
        try:
            self._file.seek(self._start[place])
            letter = self._file.read(self._size[place])
        except OSError:
            return b""
        return letter if len(letter) == self._size[place] else b""

    def discard(self) -> None:
        """Keep nothing any more, as when numbers turned out to be others."""
        file, self._file = self._file, None
        if file:
            with suppress(OSError):
                file.close()


class RunProofs:
    """The letters of one run: those that are kept here, and who keeps the others."""

    def __init__(self) -> None:
        self._run = _name()
        self._here = Proofs()
        self._keepers = array("Q")

    def __enter__(self) -> Self:
        self._here.__enter__()
        return self

    def __exit__(self, *_: object) -> None:
        self.discard()

    def to_keep(self, places: Sequence[int]) -> Kept:
        """What a process of this run is to keep."""
        return Kept(self._run, tuple(places))

    def take(self, place: int, docx: bytes, keeper: int) -> None:
        """Keep the letter at this place, or note who does."""
        if keeper:
            _lengthen(self._keepers, place)
            self._keepers[place] = keeper
        elif docx:
            self._here.keep(place, docx)

    def of(self, place: int) -> bytes:
        """The letter at this place; nothing when it is not kept here."""
        return self._here.of(place)

    def kept(self, places: Sequence[int]) -> Kept | None:
        """Who keeps letters at these places; None when nobody does. One process lays out letters side by side."""
        keepers = (self._keepers[place] for place in places if place < len(self._keepers))
        keeper = next(filter(None, keepers), 0)
        return Kept(self._run, tuple(places), keeper) if keeper else None

    def discard(self) -> None:
        """Know of nothing any more, as when numbers turned out to be others; nor has a process anything it may use."""
        self._run = _name()
        self._here.discard()
        del self._keepers[:]


def _name() -> str:
    """A name that nothing else has."""
    return os.urandom(8).hex()


def _lengthen(numbers: array[int], place: int) -> None:
    numbers.extend([0] * (place + 1 - len(numbers)))
