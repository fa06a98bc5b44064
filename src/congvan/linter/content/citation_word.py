"""The number of a cited text stands behind the word «số»."""

from __future__ import annotations

from collections.abc import Iterator

from congvan.findings import Finding, finding
from congvan.linter.content.citations import citations
from congvan.linter.read_letter import ReadLetter
from congvan.linter.rule import Rule


def find(letter: ReadLetter) -> Iterator[Finding]:
    """«Nghị định 30/2020/NĐ-CP», the first of each text."""
    seen: set[str] = set()
    for cited in citations(letter):
        if not cited.found["so"] and cited.number not in seen:
            seen.add(cited.number)
            written = cited.found["kind"]
            place = cited.passage.place(*cited.found.span("kind"))
            yield finding("lint-citation-word", place, written=written, number=cited.found["number"])


CITATION_WORD = Rule("lint-citation-word", find)
