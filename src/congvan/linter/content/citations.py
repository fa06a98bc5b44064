"""The texts a letter cites by number: kind, number and date of each."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from congvan.linter.read_letter import Passage, ReadLetter

KINDS: Final = (
    "bộ luật|luật|pháp lệnh|nghị định|thông tư liên tịch|thông tư|nghị quyết liên tịch|nghị quyết|quyết định|chỉ thị|"
    "công văn|kế hoạch|thông báo|tờ trình|báo cáo|hướng dẫn|công điện"
)
_CITED: Final = re.compile(
    rf"\b(?P<kind>{KINDS})(?P<so> số:?)? (?P<number>\d[\d.]*/(?:\d{{4}}/)?[A-ZĐ][\w&Đđ-]*)"
    r"(?:,? (?:ngày )(?P<date>\d{1,2}(?: tháng \d{1,2} năm \d{4}|[/.-]\d{1,2}[/.-]\d{4})))?",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Citation:
    """A text cited in a passage; ``date`` is empty where none is said."""

    passage: Passage
    found: re.Match[str]

    @property
    def number(self) -> str:
        """Number and symbol."""
        return self.found["number"].upper().rstrip("-")

    @property
    def kind(self) -> str:
        """The kind in small letters."""
        return " ".join(self.found["kind"].lower().split())

    @property
    def day(self) -> tuple[int, ...]:
        """Day, month and year; empty where no date is said."""
        return tuple(map(int, re.findall(r"\d+", self.found["date"] or "")))


def citations(letter: ReadLetter) -> Iterator[Citation]:
    """Every text cited by its number, in order."""
    for passage in letter.passages():
        for found in _CITED.finditer(passage.text):
            yield Citation(passage, found)
