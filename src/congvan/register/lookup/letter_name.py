"""Names of letters as on paper: ``18/ĐLHL``, ``18/ĐLHL@2026`` with the year, ``18/ĐLHL#key`` for one of many."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Self

from congvan.findings import Finding, finding
from congvan.register.entry import Entry
from congvan.register.letter_record import LetterRecord
from congvan.text import fold

_NAME: Final = re.compile(
    r"(?:số ?:? ?)?(?P<so>[0-9]{1,9})(?P<so_phu>(?:[a-zđ]{1,3})?(?:\([0-9]{1,3}\))?)/(?P<ky_hieu>[^@#]*[^@#\s])"
    r"(?:@(?P<nam>[0-9]{4}))?(?:#(?P<khoa>.+))?",
    re.IGNORECASE,
)
_SHOWN: Final = 12
"""Letters that a question names."""


@dataclass(frozen=True, slots=True)
class LetterName:
    """A name: number, what stands behind it, symbol, and where given the year and the key or its end."""

    so: int
    so_phu: str
    ky_hieu: str
    nam: int | None = None
    khoa: str = ""

    @classmethod
    def parse(cls, text: str) -> Self | None:
        """Read a name; None for what may be a key alone."""
        match = _NAME.fullmatch(" ".join(text.split()))
        if match is None or not int(match["so"]):
            return None
        nam = int(match["nam"]) if match["nam"] else None
        return cls(int(match["so"]), match["so_phu"].lower(), match["ky_hieu"].strip(), nam, match["khoa"] or "")

    def __str__(self) -> str:
        year = f"@{self.nam}" if self.nam else ""
        return f"{self.so:02}{self.so_phu}/{self.ky_hieu}{year}{f'#{self.khoa}' if self.khoa else ''}"

    def means(self, entry: Entry) -> bool:
        """Whether ``entry`` has this number, symbol and year."""
        number = (entry.so, entry.so_phu) == (self.so, self.so_phu)
        return number and fold(entry.ky_hieu) == fold(self.ky_hieu) and self.nam in (None, entry.nam)

    def is_key(self, khoa: str) -> bool:
        """Whether the key part of this name, where it has one, is ``khoa`` or its end."""
        return not self.khoa or khoa == self.khoa or khoa.endswith(f"/{self.khoa}")


def keys_meant(
    name: LetterName, entries: Sequence[Entry], letters: Mapping[str, Sequence[LetterRecord]]
) -> tuple[tuple[str, ...], list[Finding]]:
    """The keys of the letters that ``name`` means, or a finding that asks which.

    ``entries`` are those that may be meant, ``letters`` the letters of each entry by its key; a number without
    letters stands for itself.
    """
    by_entry: dict[str, tuple[str, ...]] = {}
    for entry in filter(name.means, entries):
        keys = [record.khoa for record in letters.get(entry.khoa, ())] or [entry.khoa]
        meant = tuple(keys) if name.is_key(entry.khoa) else tuple(filter(name.is_key, keys))
        if meant:
            by_entry[entry.khoa] = meant
    if not by_entry:
        return (), [finding("register-name-unknown", name=name)]
    if len(by_entry) > 1:
        known = "; ".join(_described(entries, by_entry))
        return (), [finding("register-name-several", name=name, known=known)]
    return next(iter(by_entry.values())), []


def _described(entries: Iterable[Entry], meant: Iterable[str]) -> Iterator[str]:
    """Each entry that is meant by the name that means it alone."""
    wanted = {*meant}
    found = [entry for entry in entries if entry.khoa in wanted]
    for entry in found[:_SHOWN]:
        name = LetterName(entry.so, entry.so_phu, entry.ky_hieu, entry.nam, entry.khoa)
        yield f"{name} ({entry.series})"
    if len(found) > _SHOWN:
        yield "…"
