"""Counters of numbered paragraphs, one inside another."""

from __future__ import annotations


class Counters:
    """The numbers reached so far, the innermost last; a 1 opens a list inside the open ones.

    After a number that was out of turn the next may follow it, or the one that should have stood there: one slip is
    found once.
    """

    def __init__(self) -> None:
        self._reached: list[int] = []
        self._should_be: int | None = None

    def follows(self, number: int) -> int | None:
        """Count ``number``; None where it goes on an open list, else the number that should have stood there."""
        should_be, self._should_be = self._should_be, None
        if number == 1:
            self._reached.append(1)
            return None
        if should_be is not None and number == should_be + 1:
            self._reached[-1] = number
            return None
        for depth in range(len(self._reached) - 1, -1, -1):
            if self._reached[depth] + 1 == number:
                self._reached[depth:] = [number]
                return None
        if not self._reached:
            self._reached.append(number)
            return None
        wanted = self._reached[-1] + 1
        self._reached[-1], self._should_be = number, wanted
        return wanted
