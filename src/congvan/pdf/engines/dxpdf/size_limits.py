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

if TYPE_CHECKING:
    from lxml.etree import _Element

_W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"

MOST_PARAGRAPHS: Final = 60_000
MOST_LETTERS_A_PARAGRAPH: Final = 100_000
MOST_BREAKS_A_PARAGRAPH: Final = 5_000
"""Line ends and tabs together."""
MOST_PAGE_BREAKS: Final = 1_000
MOST_COLUMNS: Final = 45
"""Word's own limit."""


def bulk_findings(stories: Iterable[_Element]) -> Iterator[Finding]:
    """What the documents have too much of."""
    for story in stories:
        lengths: Counter[_Element | None] = Counter()
        for text in story.iter(f"{_W}t"):
            lengths[_paragraph(text)] += len(text.text or "")
        longest = max(lengths.values(), default=0)
        paragraphs = sum(1 for _ in story.iter(f"{_W}p"))
        yield from _objection("đoạn (paragraphs)", paragraphs, MOST_PARAGRAPHS)
        yield from _objection("chữ trong một đoạn (letters in one paragraph)", longest, MOST_LETTERS_A_PARAGRAPH)
        breaks = Counter(map(_paragraph, story.iter(*_BREAKS)))
        pages = sum(1 for found in story.iter(f"{_W}br") if found.get(f"{_W}type") == "page")
        columns = max((_number(found.get(f"{_W}num")) for found in story.iter(f"{_W}cols")), default=0)
        most = max(breaks.values(), default=0)
        yield from _objection("dấu ngắt trong một đoạn (breaks in one paragraph)", most, MOST_BREAKS_A_PARAGRAPH)
        yield from _objection("ngắt trang (page breaks)", pages, MOST_PAGE_BREAKS)
        yield from _objection("cột chữ (columns)", columns, MOST_COLUMNS)


def _objection(what: str, count: int, most: int) -> Iterator[Finding]:
    if count > most:
        yield finding("pdf-too-much", what=what, count=count, most=most)


_BREAKS: Final = (f"{_W}br", f"{_W}tab", f"{_W}cr")


def _paragraph(element: _Element) -> _Element | None:
    return next(element.iterancestors(f"{_W}p"), None)


def _number(text: str | None) -> int:
    """A count as written; one that is no small number counts as too many."""
    if not text:
        return 0
    return int(text) if re.fullmatch("[0-9]{1,9}", text) else MOST_COLUMNS + 1
