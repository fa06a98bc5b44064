"""Page numbers: Arabic, from page 2 on, none on page 1; annexes and issued texts count anew."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from congvan.decree.phrases import is_annex_title
from congvan.findings import Finding, finding
from congvan.linter.read_letter import ReadLetter
from congvan.linter.rule import Findings, Rule, not_evaluated

_BEGIN_ANEW: Final = ("phu_luc", "van_ban_kem_theo")


def find(letter: ReadLetter) -> Findings:
    """A number on page 1, or pages without one."""
    return _in_word(letter) if letter.in_word else _on_pages(letter)


def _on_pages(letter: ReadLetter) -> Iterator[Finding]:
    numbered = {line.page for line in letter.facts.lines if "PAGE" in line.fields}
    first = next((line for line in letter.facts.lines if "PAGE" in line.fields and line.page == 1), None)
    if first is not None:
        yield finding("lint-page-number-on-first", letter.place(first))
    free = numbered | _first_pages(letter)
    bare = [sheet.number for sheet in letter.facts.sheets[1:] if sheet.margins and sheet.number not in free]
    if bare:
        yield finding("lint-page-number", letter.file_place(bare[0]), pages=", ".join(map(str, bare)))


def _first_pages(letter: ReadLetter) -> set[int]:
    """The first page of each annex and of an issued text, which shows no number."""
    pages = {line.page for line in letter.facts.lines if is_annex_title(line.text)}
    for name in _BEGIN_ANEW:
        part = letter.part(name)
        pages |= {part.lines[0].page} if part else set()
    return pages


def _in_word(letter: ReadLetter) -> Findings:
    fields = [line for line in letter.facts.lines if "PAGE" in line.fields]
    if not fields:
        yield not_evaluated("unjudged-length")
        return
    if letter.facts.sheets[0].number_on_first and fields[0].page == 1:
        yield finding("lint-page-number-on-first", letter.place(fields[0]))


PAGE_NUMBER = Rule("lint-page-number", find, also=("lint-page-number-on-first",))
