"""Numbers of letters while the rest of their plan is still made: those a run mostly gets, and none is taken.

They are good for trying letters early. What letters are made with are the numbers that the register gives when it is
asked for all of them; where they are not the ones foretold, what was tried is tried again.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import count
from pathlib import Path

from congvan.batch.numbers import Given
from congvan.campaign import Campaign, PlannedLetter
from congvan.campaign.plan import number_request_of, with_numbers
from congvan.errors import CongvanError
from congvan.register import NumberRequest, Register, Series


class Foretold:
    """The numbers of the letters of ``campaign`` as far as they are planned; in each series one follows the other.

    What the first of a series gets, the ``register`` says. Without one, numbers stay blank.
    """

    def __init__(self, campaign: Campaign, register: Path | str | None) -> None:
        self._campaign = campaign
        self._register = register
        self._numbers: dict[str, int] = {}
        self._of_series: dict[Series, Iterator[int]] = {}
        self._alike: dict[tuple[object, ...], Iterator[int]] = {}
        self._is_sound = True

    def letters(self, planned: Iterable[PlannedLetter]) -> Iterator[PlannedLetter]:
        """The letters with the numbers they will mostly get, each made when it is asked for."""
        if self._register is None:
            yield from planned
            return
        try:
            yield from with_numbers(self._noted(planned), self._numbers, self._campaign)
        except CongvanError:  # of the register or of a letter: said to whoever asks for all of them
            self._is_sound = False

    def came_true(self, given: Given) -> bool:
        """Whether all of them are those that the letters are ``given``."""
        numbers: Mapping[str, int] = given or {}
        return self._is_sound and all(numbers.get(khoa) == so for khoa, so in self._numbers.items())

    def _noted(self, planned: Iterable[PlannedLetter]) -> Iterator[PlannedLetter]:
        for item in planned:
            khoa = item.own_khoa
            if khoa and khoa not in self._numbers:
                self._numbers[khoa] = next(self._following(khoa, item))
            yield item

    def _following(self, khoa: str, item: PlannedLetter) -> Iterator[int]:
        """The numbers to come of the series that a letter is numbered in; letters of a tier mostly share it."""
        alike = (item.cap, item.don_vi.ma, item.letter.do_mat, item.letter.ban_sao is None)
        if alike not in self._alike:
            self._alike[alike] = self._numbers_to_come(number_request_of(khoa, [item]))
        return self._alike[alike]

    def _numbers_to_come(self, request: NumberRequest) -> Iterator[int]:
        if request.series not in self._of_series:
            self._of_series[request.series] = count(self._next_number(request))
        return self._of_series[request.series]

    def _next_number(self, request: NumberRequest) -> int:
        assert self._register is not None
        with Register.open(self._register, run=self._campaign.ma) as book:
            return book.preview([request])[1].get(request.khoa, request.bat_dau)
