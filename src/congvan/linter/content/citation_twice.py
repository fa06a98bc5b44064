"""A text cited twice is cited alike: one kind and one date."""

from __future__ import annotations

from collections.abc import Iterator

from congvan.findings import Finding, Place, finding
from congvan.linter.content.citations import Citation, citations
from congvan.linter.read_letter import ReadLetter
from congvan.linter.rule import Rule


def find(letter: ReadLetter) -> Iterator[Finding]:
    """A later citation with another kind or date than the first."""
    kinds: dict[str, Citation] = {}
    days: dict[str, Citation] = {}
    for cited in citations(letter):
        first = kinds.setdefault(cited.number, cited)
        if first.kind != cited.kind:
            place = cited.passage.place(*cited.found.span("kind"))
            yield _finding(place, cited, cited.found["kind"], first.found["kind"])
        if not cited.day:
            continue
        dated = days.setdefault(cited.number, cited)
        if dated.day != cited.day:
            place = cited.passage.place(*cited.found.span("date"))
            yield _finding(place, cited, cited.found["date"], dated.found["date"])


def _finding(place: Place, cited: Citation, written: str, first: str) -> Finding:
    return finding("lint-citation-twice", place, number=cited.found["number"], written=written, first=first)


CITATION_TWICE = Rule("lint-citation-twice", find)
