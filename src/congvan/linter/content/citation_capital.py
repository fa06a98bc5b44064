"""The kind of a cited text has a capital: «Nghị định số …»."""

from __future__ import annotations

from collections.abc import Iterator

from congvan.findings import Finding, finding
from congvan.linter.content.citations import citations
from congvan.linter.read_letter import ReadLetter
from congvan.linter.rule import Rule


def find(letter: ReadLetter) -> Iterator[Finding]:
    """A cited text whose kind begins small."""
    for cited in citations(letter):
        written = cited.found["kind"]
        if written[0].islower():
            place = cited.passage.place(*cited.found.span("kind"))
            yield finding("lint-citation-capital", place, written=written, wanted=written[0].upper() + written[1:])


CITATION_CAPITAL = Rule("lint-citation-capital", find)
