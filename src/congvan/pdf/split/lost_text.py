"""Finds text of a letter's table rows that is missing on its pages.

An engine that cannot break a row draws it past the end of the page without an error. So the words on the pages are
compared with the text of the letter. This is a second look, because it takes time: where words can be followed along
the text from its beginning to its end, as in most letters, none is lost.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from congvan.pdf.paragraphs import LetterText
    from congvan.pdf.split.text_rewriting import LineRewriter

_EXCERPT: Final = 60
"""Letters of lost text in a message."""


class DrawnPage(NamedTuple):
    """A page's content, the rewriter that reads its lines, and its height in points."""

    content: bytes
    rewriter: LineRewriter
    height: float


def find_lost_text(letter_text: LetterText, pages: Iterable[DrawnPage]) -> str | None:
    """The beginning of the first text in a table's row that ``pages`` lack; None if they lack none.

    Raises:
        KeyError: when a page has words that cannot be read.
    """
    texts = [paragraph.text for paragraph in letter_text.paragraphs if paragraph.text]
    in_rows = [paragraph.text for paragraph in letter_text.paragraphs if paragraph.text and paragraph.in_row]
    printed = _PrintedWords([word for page in pages for word in _words(page)])
    missing: dict[str, int] = {}
    for text, times in sorted(Counter(texts).items(), key=_longest_first):
        missing[text] = times - printed.take(text, times)
    rest = printed.rest
    for text in dict.fromkeys(in_rows):
        again = text * missing[text]
        read = _length_read(again, rest)
        if read < len(again):
            return text if len(text) <= _EXCERPT else again[read : read + _EXCERPT]
    return None


def _longest_first(counted: tuple[str, int]) -> int:
    """A short text may be part of a long one."""
    return -len(counted[0])


def _words(page: DrawnPage) -> Iterator[str]:
    """The words within ``page``, in the order in which they are drawn."""
    for line in page.rewriter.lines_in(page.content):
        if 0 <= page.rewriter[line].baseline <= page.height:
            yield from (text for _, text in page.rewriter.words(line) if text)


class _PrintedWords:
    """Words in the order in which they are drawn, less and less of them, as paragraphs are found."""

    def __init__(self, words: Sequence[str]) -> None:
        self._words = words
        self._text = "".join(words)
        self._starts = list(accumulate(map(len, words), initial=0))
        self._bounds = frozenset(self._starts)
        self._taken = bytearray(len(self._text))

    def take(self, text: str, times: int) -> int:
        """Take ``text`` away as often as it is there in one piece, at most ``times``; return how often that was."""
        taken, start = 0, self._text.find(text)
        while start >= 0 and taken < times:
            end = start + len(text)
            if start in self._bounds and end in self._bounds and not any(self._taken[start:end]):
                self._taken[start:end] = b"\1" * len(text)
                taken += 1
            start = self._text.find(text, start + 1)
        return taken

    @property
    def rest(self) -> list[str]:
        """The words that were not taken."""
        return [word for word, start in zip(self._words, self._starts, strict=False) if not self._taken[start]]


def _length_read(text: str, words: Sequence[str]) -> int:
    """The length of the beginning of ``text`` among ``words``, which others may interrupt, as where a row goes on."""
    read = 0
    for word in words:
        if text.startswith(word, read):
            read += len(word)
    return read if read == len(text) else _greatest_length_read(text, words)


def _greatest_length_read(text: str, words: Sequence[str]) -> int:
    """The same, where a word that happens to be alike may have been another's."""
    reached = {0}
    for word in words:
        reached |= {read + len(word) for read in reached if text.startswith(word, read)}
    return max(reached)
