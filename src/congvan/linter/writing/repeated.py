"""Words that stand twice in a row and never should: «ngày ngày», «của của»."""

from __future__ import annotations

from collections.abc import Iterator

from congvan.findings import Finding, finding
from congvan.letter.doubled_words import repeated_words
from congvan.linter.read_letter import ReadLetter
from congvan.linter.rule import Rule


def find(letter: ReadLetter) -> Iterator[Finding]:
    """Each of them, where it stands."""
    for passage in letter.passages():
        for words in repeated_words(passage.text):
            at = max(passage.text.find(words), 0)
            yield finding("lint-repeated", passage.place(at, at + len(words)), words=words)


REPEATED = Rule("lint-repeated", find)
