"""Whether a letter's pages have all the text they are to have: that of its tables' rows, so far.

An engine that cannot break a row draws it past the end of the page and says nothing. So the words on the pages are
compared with the story of the letter. This is a second look, because it takes time: where words can be followed along
the story from its beginning to its end, as in most letters, none is lost.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from congvan.pdf.paragraphs import Story
    from congvan.pdf.split.text_rewriting import Script

_SHOWN: Final = 60
"""Letters of lost text that are shown."""


class DrawnPage(NamedTuple):
    """A page's content, the script its lines are written in, and its height in points."""

    content: bytes
    script: Script
    height: float


def lost_text(story: Story, pages: Iterable[DrawnPage]) -> str | None:
    """The beginning of what ``story`` says in the row of a table and ``pages`` do not; None if they say it all.

    Raises:
        KeyError: when a page has words that cannot be read.
    """
    printed = _Printed([word for page in pages for word in _words(page)])
    asked = Counter(block.text for block in story.blocks if block.text)
    missing = {text: times - printed.take(text, times) for text, times in sorted(asked.items(), key=_longest_first)}
    rest = printed.rest
    for text in dict.fromkeys(block.text for block in story.blocks if block.in_row and block.text):
        again = text * missing[text]
        if (read := _read(again, rest)) < len(again):
            return text if len(text) <= _SHOWN else again[read : read + _SHOWN]
    return None


def _longest_first(asked: tuple[str, int]) -> int:
    """A short text may stand within a long one."""
    return -len(asked[0])


def _words(page: DrawnPage) -> Iterator[str]:
    """The words within ``page``, in the order in which they are drawn."""
    for line in page.script.lines_in(page.content):
        if 0 <= page.script[line].baseline <= page.height:
            yield from (text for _, text in page.script.words(line) if text)


class _Printed:
    """Words in the order in which they are drawn, less and less of them, as paragraphs are found."""

    def __init__(self, words: Sequence[str]) -> None:
        self._words = words
        self._text = "".join(words)
        self._starts = list(accumulate(map(len, words), initial=0))
        self._bounds = frozenset(self._starts)
        self._taken = bytearray(len(self._text))

    def take(self, text: str, times: int) -> int:
        """Take ``text`` away as often as it stands in one piece, at most ``times``; tells how often that was."""
        taken, place = 0, self._text.find(text)
        while place >= 0 and taken < times:
            end = place + len(text)
            if place in self._bounds and end in self._bounds and not any(self._taken[place:end]):
                self._taken[place:end] = b"\1" * len(text)
                taken += 1
            place = self._text.find(text, place + 1)
        return taken

    @property
    def rest(self) -> list[str]:
        """The words that were not taken."""
        return [word for word, start in zip(self._words, self._starts, strict=False) if not self._taken[start]]


def _read(text: str, words: Sequence[str]) -> int:
    """How much of ``text`` can be read among ``words``, others between its own, as where a row goes on overleaf."""
    read = 0
    for word in words:
        if text.startswith(word, read):
            read += len(word)
    return read if read == len(text) else _most_read(text, words)


def _most_read(text: str, words: Sequence[str]) -> int:
    """The same, where a word that happens to be alike may have been another's."""
    reached = {0}
    for word in words:
        reached |= {read + len(word) for read in reached if text.startswith(word, read)}
    return max(reached)
