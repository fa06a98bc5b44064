"""Documents so large that the embedded engine would end the program instead of refusing them.

The engine takes memory with the square of what one paragraph holds, and about 0.6 MB for a page. Where there is none
left it cannot say so any more. The limits are several times what letters and their annexes have.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Final

from congvan.findings import Finding, finding
from congvan.support.ooxml import W

if TYPE_CHECKING:
    from lxml.etree import _Element


MAX_PARAGRAPHS: Final = 60_000
MAX_CHARACTERS_PER_PARAGRAPH: Final = 100_000
MAX_BREAKS_PER_PARAGRAPH: Final = 5_000
"""Line ends and tabs together."""
MAX_PAGE_BREAKS: Final = 1_000
MAX_COLUMNS: Final = 45
"""Word's own limit."""


def size_findings(parts: Iterable[_Element]) -> Iterator[Finding]:
    """A finding for each limit that ``parts`` exceed."""
    for part in parts:
        lengths: Counter[_Element | None] = Counter()
        for text in part.iter(f"{W}t"):
            lengths[_paragraph(text)] += len(text.text or "")
        longest = max(lengths.values(), default=0)
        paragraphs = sum(1 for _ in part.iter(f"{W}p"))
        yield from _too_much("đoạn (paragraphs)", paragraphs, MAX_PARAGRAPHS)
        yield from _too_much("chữ trong một đoạn (letters in one paragraph)", longest, MAX_CHARACTERS_PER_PARAGRAPH)
        breaks = Counter(map(_paragraph, part.iter(*_BREAKS)))
        pages = sum(1 for found in part.iter(f"{W}br") if found.get(f"{W}type") == "page")
        columns = max((_number(found.get(f"{W}num")) for found in part.iter(f"{W}cols")), default=0)
        most = max(breaks.values(), default=0)
        yield from _too_much("dấu ngắt trong một đoạn (breaks in one paragraph)", most, MAX_BREAKS_PER_PARAGRAPH)
        yield from _too_much("ngắt trang (page breaks)", pages, MAX_PAGE_BREAKS)
        yield from _too_much("cột chữ (columns)", columns, MAX_COLUMNS)


def _too_much(what: str, count: int, most: int) -> Iterator[Finding]:
    if count > most:
        yield finding("pdf-too-much", what=what, count=count, most=most)


_BREAKS: Final = (f"{W}br", f"{W}tab", f"{W}cr")


def _paragraph(element: _Element) -> _Element | None:
    return next(element.iterancestors(f"{W}p"), None)


def _number(text: str | None) -> int:
    """A count as written; one that is no small number counts as too many."""
    if not text:
        return 0
    return int(text) if re.fullmatch("[0-9]{1,9}", text) else MAX_COLUMNS + 1
