"""Words of a Word file that its PDF does not show, where both are given."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final

from congvan.findings import Finding, Place, finding
from congvan.inspect.model import DocumentFacts, Line
from congvan.text.unicode_form import WITHOUT_INVISIBLE

_MOST: Final = 8
"""Words a finding quotes."""
_OUTSIDE: Final = frozenset({"header", "footer"})
"""Regions that show page numbers and what repeats on every page."""


def lost_words(word: DocumentFacts, pdf: DocumentFacts, file: str) -> Iterator[Finding]:
    """One finding where words of ``word`` are on no page of ``pdf``; ``file`` is the name of the PDF.

    Words are compared without their place: a line may break elsewhere, also after a hyphen within a word.
    """
    shown = _shown(pdf.lines)
    lost: list[str] = []
    first: Line | None = None
    for line in word.lines:
        if line.region in _OUTSIDE:
            continue
        for one in _words(line):
            if shown[one]:
                shown[one] -= 1
            elif first is None:
                first = line
                lost.append(one)
            else:
                lost.append(one)
    if first is not None:
        quoted = " ".join(lost[:_MOST]) + (" …" if len(lost) > _MOST else "")
        yield finding("lint-lost-words", Place(file=file, near=first.text), count=len(lost), words=quoted)


def _shown(lines: Sequence[Line]) -> Counter[str]:
    """The words of the pages, those that break after a hyphen also as one."""
    shown: Counter[str] = Counter()
    before = ""
    for words in map(_words, lines):
        shown.update(words)
        if before.endswith("-") and words:
            shown[before + words[0]] += 1
        before = words[-1] if words else ""
    return shown


def _words(line: Line) -> list[str]:
    return line.text.translate(WITHOUT_INVISIBLE).split()
