"""The issuing body: there, in capitals, on the left."""

from __future__ import annotations

from collections.abc import Iterator

from congvan.decree import phrases
from congvan.findings import Finding, finding
from congvan.linter.read_letter import ReadLetter
from congvan.linter.rule import Rule


def find(letter: ReadLetter) -> Iterator[Finding]:
    """A head without an issuer, or with one in small letters."""
    part = letter.part("co_quan")
    if part is None:
        yield finding("lint-issuer-missing", letter.file_place())
        return
    small = next((line for line in part.lines if not phrases.is_capitals(line.text)), None)
    if small is not None and small.font.bold:
        yield finding("lint-issuer", letter.place(small, 0, len(small.text)), written=small.text.upper())


ISSUER = Rule("lint-issuer", find, also=("lint-issuer-missing",), kinds=lambda kind: not kind.la_thu)
