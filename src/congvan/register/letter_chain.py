"""Which letter replaces, recalls or corrects which, by their numbers. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from congvan.findings import language
from congvan.register.entry import Entry
from congvan.register.letter_record import LetterRecord, Relation
from congvan.text import short_date_of

_NO_LETTERS: Final[tuple[LetterRecord, ...]] = ()


@dataclass(frozen=True, slots=True)
class Link:
    """What a number has to do with another letter: it is replaced, recalled or corrected by it, or does so to it.

    ``count`` of the ``total`` letters of the number are meant; ``so_ky_hieu`` and ``ngay`` are the other letter's.
    """

    relation: Relation
    is_followed: bool
    so_ky_hieu: str
    ngay: date | None
    count: int = 1
    total: int = 1

    def sentence(self, lang: str | None = None) -> str:
        """``Thay thế bằng số 25/ĐLHL ngày 03/5/2026``, in the language in force or in ``lang``."""
        lang = lang or language()
        words = _WORDS[self.relation, self.is_followed][lang]
        day = _DATED[lang].format(short_date_of(self.ngay)) if self.ngay else ""
        some = _SOME[lang].format(count=self.count, total=self.total) if self.count < self.total else ""
        return f"{words} {self.so_ky_hieu}{day}{some}"


@dataclass(frozen=True, slots=True)
class Chains:
    """The letters of some numbers, with those they follow and those that follow them.

    ``letters`` are by the key of their number, ``followers`` by the key of the letter they follow, ``numbers`` the
    entries of them all by key, ``known`` the letters themselves by key.
    """

    letters: Mapping[str, Sequence[LetterRecord]] = field(default_factory=dict)
    followers: Mapping[str, Sequence[LetterRecord]] = field(default_factory=dict)
    known: Mapping[str, LetterRecord] = field(default_factory=dict)
    numbers: Mapping[str, Entry] = field(default_factory=dict)

    @classmethod
    def of(
        cls, letters: Iterable[LetterRecord], around: Iterable[LetterRecord], numbers: Mapping[str, Entry]
    ) -> Chains:
        """The chains of ``letters``; ``around`` are those before and after them."""
        by_number: dict[str, list[LetterRecord]] = defaultdict(list)
        followers: dict[str, list[LetterRecord]] = defaultdict(list)
        known = {one.khoa: one for one in (*letters, *around)}
        for one in known.values():
            by_number[one.khoa_so].append(one)
            if one.lien_quan:
                followers[one.lien_quan].append(one)
        return cls(by_number, followers, known, numbers)

    def of_number(self, khoa: str) -> Sequence[LetterRecord]:
        """The letters that have the number under this key."""
        return self.letters.get(khoa, _NO_LETTERS)

    def links(self, entry: Entry) -> tuple[Link, ...]:
        """What the number has to do with others; each other number once."""
        own = self.of_number(entry.khoa)
        counted: dict[tuple[Relation, bool, str, date | None], int] = defaultdict(int)
        for letter in own:
            for relation, is_followed, other in self._related(letter):
                number = self.numbers.get(other.khoa_so)
                name = number.so_ky_hieu if number else other.khoa
                day = other.ngay or (number.ngay if number else None)
                counted[relation, is_followed, name, day] += 1
        return tuple(Link(*which, count, len(own)) for which, count in counted.items())

    def _related(self, letter: LetterRecord) -> Iterator[tuple[Relation, bool, LetterRecord]]:
        for follower in self.followers.get(letter.khoa, _NO_LETTERS):
            yield Relation(follower.quan_he), True, follower
        if letter.lien_quan and (before := self.known.get(letter.lien_quan)):
            yield Relation(letter.quan_he), False, before


_WORDS: Final = {
    (Relation.REPLACE, True): {"vi": "Thay thế bằng số", "en": "Replaced by number"},
    (Relation.RECALL, True): {"vi": "Đã thu hồi theo số", "en": "Recalled by number"},
    (Relation.CORRECT, True): {"vi": "Đính chính tại số", "en": "Corrected by number"},
    (Relation.REPLACE, False): {"vi": "Thay thế số", "en": "Replaces number"},
    (Relation.RECALL, False): {"vi": "Thu hồi số", "en": "Recalls number"},
    (Relation.CORRECT, False): {"vi": "Đính chính số", "en": "Corrects number"},
}
_DATED: Final = {"vi": " ngày {}", "en": " of {}"}
_SOME: Final = {"vi": " ({count} trong {total} văn bản)", "en": " ({count} of {total} letters)"}
