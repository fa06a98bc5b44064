"""Follows the words of a letter's pages along those of its .docx.

Several readings are followed at a time, since a word may belong to more than one cell; a reading ends where the next
word on the page is none that may come there. What may come stands in :mod:`congvan.pdf.ink.allowed`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final, NamedTuple

from congvan.pdf.ink.allowed import LONGEST_UNKNOWN, MARKS, MAY_BE_NOTHING, PAGE, PAGE_NUMBER, is_leader, without_hyphen
from congvan.pdf.ink.document_text import LetterWords
from congvan.pdf.ink.story import ANYWHERE, Flow
from congvan.pdf.paragraphs import match_key

_MOST_READINGS: Final = 48


@dataclass(frozen=True, slots=True)
class _Track:
    """A flow to be followed: its place among the others, and the page it belongs to (0: any).

    ``is_needed`` is false for what a page may lack; ``after`` are the tracks that have to be begun before it.
    """

    text: str
    flow: Flow
    page: int = 0
    is_needed: bool = True
    after: int = 0

    @property
    def group(self) -> int:
        return self.flow.group

    @property
    def row(self) -> int:
        return self.flow.row


class _Reading(NamedTuple):
    """One way of reading: the tracks begun, as bits, and how far those are read that are not finished yet.

    ``guesses`` is how much text was taken for something unknown: of many readings those with the fewest are followed.
    """

    begun: int
    open: tuple[tuple[int, int], ...]
    guesses: int = 0


@dataclass(frozen=True, slots=True)
class Mismatch:
    """Where no reading went on: what the .docx has next, the rest of it, and what the pages have instead.

    ``missing`` is as it is written, ``expected`` and ``printed`` as words are compared.
    """

    missing: str
    expected: tuple[Flow, ...]
    expected_texts: tuple[str, ...]
    printed: tuple[str, ...]


def compare(words: LetterWords, pages: Sequence[Sequence[str]]) -> Mismatch | None:
    """None if the pieces of text on ``pages``, in the order in which they are drawn, are the letter's words."""
    return _Comparison(words, pages).mismatch()


class _Comparison:
    def __init__(self, words: LetterWords, pages: Sequence[Sequence[str]]) -> None:
        self._words, self._pages = words, pages
        running = [_Track(_key(flow), flow) for flow in words.flows]
        self._tracks = [track for track in running if MAY_BE_NOTHING.sub("", track.text)]
        self._unknown = [track for track in running if track.text and not MAY_BE_NOTHING.sub("", track.text)]
        self._main = len(self._tracks)
        self._tracks += [track for number in range(1, len(pages) + 1) for track in self._of_page(number)]
        self._tracks += [
            _Track(track.text, Flow(track.flow.paragraphs, ANYWHERE), is_needed=False) for track in self._unknown
        ]
        self._in_order = [index for index in range(self._main) if self._tracks[index].group != ANYWHERE]
        self._positions = {index: position for position, index in enumerate(self._in_order)}
        self._bits_in_order = _bits(self._in_order)
        self._anywhere = [index for index in range(len(self._tracks)) if self._tracks[index].group == ANYWHERE]

    def mismatch(self) -> Mismatch | None:
        readings = [_Reading(0, ())]
        for number, page in enumerate(self._pages, 1):
            for index, piece in enumerate(page):
                following = self._read(readings, piece, number)
                if not following:
                    return self._stopped(readings[0], number, page[index:])
                readings = following
            ended = [own for reading in readings if (own := self._ended(reading, number)) is not None]
            if not ended:
                return self._stopped(readings[0], number, ())
            readings = ended
        if any(self._is_complete(reading) for reading in readings):
            return None
        return self._stopped(readings[0], len(self._pages), ())

    def _of_page(self, number: int) -> Iterator[_Track]:
        """Header and footer of a page, and the heads of tables that go on there."""
        margins = self._words.margins
        for margin in margins.on_page(number):
            for flow in margin.flows:
                if text := _key(flow):
                    certain = margins.is_certain and bool(MAY_BE_NOTHING.sub("", text))
                    yield _Track(text, flow, number, certain)
        if number > 1:
            for heads in self._heads:
                text = "".join(self._tracks[index].text for index in heads)
                flow = Flow((text,), ANYWHERE)
                yield _Track(text, flow, number, is_needed=False, after=_bits(heads))

    @cached_property
    def _heads(self) -> list[list[int]]:
        """For each table the tracks of its heads."""
        heads: dict[int, list[int]] = {}
        for index in range(self._main):
            track = self._tracks[index]
            if track.flow.is_head:
                heads.setdefault(track.group, []).append(index)
        return list(heads.values())

    def _read(self, readings: Sequence[_Reading], piece: str, page: int) -> list[_Reading]:
        """The readings in which ``piece`` comes next."""
        found = self._advance(readings, piece, page)
        if not found and (short := without_hyphen(piece)) is not None:
            found = self._advance(readings, short, page)
        if not found and (self._words.writes_more or is_leader(piece)):
            return list(readings)
        return found

    def _advance(self, readings: Sequence[_Reading], piece: str, page: int) -> list[_Reading]:
        found: dict[tuple[int, tuple[tuple[int, int], ...]], int] = {}
        for reading in readings:
            for begun, left, guesses in self._following(reading, piece, page):
                found[begun, left] = min(guesses, found.get((begun, left), guesses))
        best = sorted((_Reading(*state, guesses) for state, guesses in found.items()), key=_guesses)
        return best[:_MOST_READINGS]

    def _following(self, reading: _Reading, piece: str, page: int) -> Iterator[_Reading]:
        """What is read already goes on; or something new begins."""
        for place in reversed(range(len(reading.open))):  # most often that which was begun last
            index, offset = reading.open[place]
            for end, guesses in _ends(self._tracks[index].text, offset, piece):
                yield self._moved(reading, index, end, place, guesses)
        seen: set[str] = set()
        for index in self._may_begin(reading, page):
            text = self._tracks[index].text
            if text in seen:  # of equal cells the first is read first
                continue
            seen.add(text)
            for end, guesses in _ends(text, 0, piece):
                yield self._moved(reading, index, end, None, guesses)

    def _moved(self, reading: _Reading, index: int, end: int, place: int | None, guesses: int) -> _Reading:
        left = list(reading.open)
        if place is not None:
            del left[place]
        text = self._tracks[index].text
        if end < len(text):
            left.append((index, end))
        return _Reading(reading.begun | 1 << index, tuple(left), reading.guesses + guesses)

    def _may_begin(self, reading: _Reading, page: int) -> Iterator[int]:
        yield from self._next_in_order(reading)
        for index in self._anywhere:
            track = self._tracks[index]
            is_free = not reading.begun >> index & 1 and track.page in {0, page}
            if is_free and reading.begun & track.after == track.after:
                yield index

    def _next_in_order(self, reading: _Reading) -> Iterator[int]:
        """The tracks that come next: the text after a table when that is done, the cells of one row together."""
        group: int | None = None
        row: int | None = None
        unfinished = {self._tracks[index].group for index, offset in reading.open if self._is_unfinished(index, offset)}
        unfinished.discard(ANYWHERE)
        free = ~reading.begun & self._bits_in_order
        if not free:
            return
        for index in self._in_order[self._positions[(free & -free).bit_length() - 1] :]:
            if reading.begun >> index & 1:
                continue
            track = self._tracks[index]
            group = track.group if group is None else group
            if track.group != group or any(other < group for other in unfinished):
                return
            if track.row >= 0:
                row = track.row if row is None else row
                if track.row > row:
                    return
            yield index

    def _is_unfinished(self, index: int, offset: int) -> bool:
        return bool(MAY_BE_NOTHING.sub("", self._tracks[index].text[offset:]))

    def _ended(self, reading: _Reading, page: int) -> _Reading | None:
        """The reading at the end of a page; None if header or footer are not whole."""
        for index in range(self._main, len(self._tracks)):
            track = self._tracks[index]
            if track.page == page and track.is_needed and not reading.begun >> index & 1:
                return None
        left = []
        for index, offset in reading.open:
            if self._tracks[index].page != page:
                left.append((index, offset))
            elif self._is_unfinished(index, offset):
                return None
        return reading._replace(open=tuple(left))

    def _is_complete(self, reading: _Reading) -> bool:
        if any(self._is_unfinished(index, offset) for index, offset in reading.open):
            return False
        return all(reading.begun >> index & 1 for index in range(self._main))

    def _stopped(self, reading: _Reading, page: int, rest: Sequence[str]) -> Mismatch:
        """What is missing: first the rest of what is half read, then what was not begun."""
        missing = [
            (self._tracks[index].flow, self._tracks[index].text, offset)
            for index, offset in reversed(reading.open)
            if self._is_unfinished(index, offset)
        ]
        missing += [
            (track.flow, track.text, 0)
            for index, track in enumerate(self._tracks)
            if track.is_needed and track.page in {0, page} and not reading.begun >> index & 1
        ]
        printed = (*rest, *(piece for pages in self._pages[page:] for piece in pages))
        first = as_written(missing[0][0], missing[0][2]) if missing else ""
        first = first or str(page)  # what has no words is the number of the page
        flows = tuple(flow for flow, _, _ in missing)
        return Mismatch(first, flows, tuple(text[offset:] for _, text, offset in missing), printed)


def as_written(flow: Flow, offset: int) -> str:
    """What ``flow`` says from this place of its text as words are compared, as it is written."""
    written = MARKS.sub("", " ".join(flow.paragraphs))
    offset -= len(MARKS.findall(_key(flow)[:offset]))
    read = 0
    for at, sign in enumerate(written):
        if read >= offset and not sign.isspace():
            return written[at:]
        read += len(match_key(sign)) if not sign.isspace() else 0
    return ""


def _key(flow: Flow) -> str:
    return "".join(map(match_key, flow.paragraphs))


def _bits(indices: Iterable[int]) -> int:
    return sum(1 << index for index in indices)


def _guesses(reading: _Reading) -> int:
    return reading.guesses


def _ends(text: str, start: int, piece: str) -> Iterator[tuple[int, int]]:
    """Where ``piece`` may end in ``text`` when it begins at ``start``, and how many of its letters are a guess."""
    if text.startswith(piece, start):
        yield start + len(piece), 0
        return
    found = MARKS.search(text, start, start + len(piece))
    if found is not None and piece.startswith(text[start : found.start()]):
        rest = piece[found.start() - start :]
        yield from _ends_beyond(text, found.start(), rest)


def _ends_beyond(text: str, mark: int, piece: str) -> Iterator[tuple[int, int]]:
    """The same where the mark of something unknown comes next: it may be any beginning of ``piece``, or all of it."""
    is_number = text[mark] == PAGE
    for length in range(min(len(piece), LONGEST_UNKNOWN) + 1):
        if is_number and not PAGE_NUMBER.fullmatch(piece[:length]):
            continue
        if length == len(piece):
            yield (mark + 1 if is_number else mark), length  # the unknown may go on, a number does not
            continue
        for end, guesses in _ends(text, mark + 1, piece[length:]):
            yield end, guesses + length
