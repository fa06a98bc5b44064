"""The signer's name is written as a name: each syllable with a capital, the rest small."""

from __future__ import annotations

from collections.abc import Iterator

from congvan.decree import phrases
from congvan.findings import Finding, finding
from congvan.linter.read_letter import ReadLetter
from congvan.linter.rule import Rule


def find(letter: ReadLetter) -> Iterator[Finding]:
    """A name in capitals throughout."""
    for line in letter.parts["ho_ten"].lines:
        if phrases.is_capitals(line.text) and not phrases.names_post(line.text):
            written = " ".join(word.capitalize() for word in line.text.split())
            yield finding("lint-signer-name", letter.place(line, 0, len(line.text)), wanted=written)


SIGNER_NAME = Rule("lint-signer-name", find, needs=("ho_ten",), even_unsure=True)
