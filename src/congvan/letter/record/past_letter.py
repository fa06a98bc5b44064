"""The letters of a campaign as the register has them, in their chains."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from congvan.letter.letter import Letter
from congvan.letter.record.letter_state import LetterState, Relation, first_key, following_key, generation


@dataclass(frozen=True, slots=True)
class PastLetter:
    """A letter as the register has it: its key, that of its number, its state, and what it does to which letter.

    ``ngay`` and ``ly_do`` are those of a letter that follows another. ``read`` gives the letter as it was issued.
    """

    khoa: str
    khoa_so: str
    trang_thai: LetterState
    quan_he: str = ""
    lien_quan: str = ""
    ngay: date | None = None
    ly_do: str = ""
    read: Callable[[], Letter] | None = None

    @property
    def is_notice(self) -> bool:
        """Whether it recalls or corrects another letter, rather than taking its place."""
        return self.quan_he in (Relation.RECALL, Relation.CORRECT)

    @property
    def letter(self) -> Letter:
        """The letter as it was issued."""
        assert self.read is not None, "only a sealed letter is kept as data"
        return self.read()


@dataclass(frozen=True, slots=True)
class History:
    """The letters of a campaign that the register knows beside their numbers, and the keys of its void numbers."""

    letters: tuple[PastLetter, ...] = ()
    void_keys: frozenset[str] = frozenset()
    chains: Mapping[str, tuple[PastLetter, ...]] = field(init=False)

    def __post_init__(self) -> None:
        chains: dict[str, list[PastLetter]] = {}
        for past in sorted(self.letters, key=lambda one: generation(one.khoa)):
            chains.setdefault(first_key(past.khoa), []).append(past)
        object.__setattr__(self, "chains", {key: tuple(chain) for key, chain in chains.items()})

    def with_letters(self, more: Iterable[PastLetter]) -> History:
        """The same with further letters."""
        return History((*self.letters, *more), self.void_keys)

    def living_key(self, key: str) -> str:
        """``key``, or the first key after it whose number is not void."""
        while key in self.void_keys:
            key = following_key(key)
        return key

    def latest_key(self, key: str) -> str:
        """The latest key in use for the recipient of ``key``."""
        chain = self.chains.get(first_key(key), ())
        return self.living_key(max([key, *(past.khoa for past in chain)], key=generation))
