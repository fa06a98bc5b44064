"""Compares a letter's words with its ink, and says what is lost and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from typing import Final, NamedTuple

from congvan.findings import Finding, Place, finding
from congvan.pdf.ink.allowed import MARKS
from congvan.pdf.ink.comparison import Mismatch, as_written, compare
from congvan.pdf.ink.document_text import LetterWords, page_text
from congvan.pdf.ink.page_ink import PageInk, UnseenText
from congvan.pdf.ink.painted_page import UnreadableTextError
from congvan.pdf.paragraphs import match_key

_EXCERPT: Final = 60
"""Letters of lost text in a message."""


class InkedPage(NamedTuple):
    """A page of a letter: all its ``text`` in the order in which it is drawn, and its ``ink`` piece by piece.

    ``text`` is None where the page has to be read letter by letter. ``ink`` is asked for when texts differ.
    """

    text: str | None
    ink: Callable[[], PageInk]


def find_lost_words(words: LetterWords, pages: Sequence[InkedPage], place: Place | None = None) -> Finding | None:
    """What is wrong with the words on ``pages``; None if they are those of the letter, each in its order and once.

    Most letters are found to match as they are. Only another is followed word by word.
    """
    if _match_at_once(words, pages):
        return None
    try:
        inks = [page.ink() for page in pages]
    except UnreadableTextError as error:
        return finding("pdf-words-unreadable", place, why=str(error))
    mismatch = compare(words, [ink.seen for ink in inks])
    if mismatch is None:
        return None
    return _explain(mismatch, [unseen for ink in inks for unseen in ink.unseen], place)


def _match_at_once(words: LetterWords, pages: Sequence[InkedPage]) -> bool:
    """True if the pages say the letter's text from beginning to end, headers and footers aside."""
    if not words.is_plain:
        return False
    printed = []
    for number, page in enumerate(pages, 1):
        text = page.text
        if text is None:
            return False
        for margin in dict.fromkeys(words.margins.on_page(number)):
            said = page_text(margin, number)
            if MARKS.search(said):
                return False
            if text.startswith(said):
                text = text[len(said) :]
            elif text.endswith(said):
                text = text[: -len(said)]
            elif words.margins.is_certain:
                return False
        printed.append(text)
    return "".join(printed) == words.body


def _explain(mismatch: Mismatch, unseen: Sequence[UnseenText], place: Place | None) -> Finding:
    expected = [MARKS.sub("", text) for text in mismatch.expected_texts]
    for text, flaw in unseen:
        for index, flow in enumerate(mismatch.expected):
            if text in expected[index]:
                whole = "".join(map(_plain_key, flow.paragraphs))
                start = whole.find(text, len(whole) - len(expected[index]))
                words = as_written(flow, start)[: max(_EXCERPT, len(text))]
                return finding(f"pdf-words-{flaw}", place, words=_excerpt(words))
    first = mismatch.printed[0] if mismatch.printed else ""
    rest = "".join(expected)
    if first and first not in rest:
        return finding("pdf-words-added", place, words=_excerpt(first))
    if rest and not Counter(rest) - Counter("".join(mismatch.printed)):
        return finding("pdf-words-moved", place, words=_excerpt(mismatch.missing))
    return finding("pdf-lost-words", place, words=_excerpt(mismatch.missing))


def _plain_key(paragraph: str) -> str:
    return MARKS.sub("", match_key(paragraph))


def _excerpt(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= _EXCERPT else f"{words[:_EXCERPT].rstrip()} …"
