"""What the suites read of a finished PDF, by a program that had no part in making it."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

import pytest

_WORD = re.compile(r'<word xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">(.*?)</word>')
_SAME_LINE = 4


@dataclass(frozen=True)
class Word:
    """A word and its box in points from the upper left corner of its page."""

    text: str
    left: float
    top: float
    right: float
    bottom: float


@pytest.fixture(scope="session")
def words() -> Callable[[Path], list[list[Word]]]:
    """For each page of a PDF, each word with its place, left to right and top to bottom."""

    def read(pdf: Path) -> list[list[Word]]:
        told = subprocess.run(["pdftotext", "-bbox", pdf, "-"], capture_output=True, check=True).stdout.decode()
        found = (
            [Word(text, *map(float, box)) for *box, text in _WORD.findall(page)] for page in told.split("<page ")[1:]
        )
        return [sorted(page, key=lambda word: (round(word.top / _SAME_LINE), word.left)) for page in found]

    return read


def lines(page: list[Word]) -> list[str]:
    """The words of a page line by line."""
    rows = groupby(page, key=lambda word: round(word.top / _SAME_LINE))
    return [" ".join(word.text for word in row) for _, row in rows]
