"""The text of a page on which all is plainly seen, read from the lines an engine wrote.

Almost every page is that: dark text beside text, thin rules, and nothing that could hide it. Lines of a bundle are much
alike, so that each is looked at once. Any other page is read letter by letter (:mod:`congvan.pdf.ink.painted_page`),
which takes 50 times as long.
"""

from __future__ import annotations

import re
from functools import lru_cache
from operator import attrgetter
from typing import Final, NamedTuple

from congvan.pdf.ink.page_ink import SMALLEST_SIZE
from congvan.pdf.split.text_rewriting import LineRewriter, PlacedWord, RewrittenPage

_DARK: Final = 0.6
"""Of white at the most in one of red, green and blue: such a colour stands out from the paper."""
_THIN: Final = 3.0
"""Points: what is thinner hides no letter."""
_HIGH: Final = 0.45
"""Of the type size: the core of letters above the base line."""
_NEAR: Final = 1.5
"""Of the type size: words as near as this are looked at together."""
_MOST_OVERLAP: Final = 0.2
"""Of the type size: how far a word may reach into the next."""
_EDGE: Final = 1.0
"""Points by which the paper may be exceeded, since positions are rounded."""
_NUMBER: Final = r"-?(?:\d+\.?\d*|\.\d+)"
_STEP: Final = re.compile(
    rf"\s*(?:(?P<numbers>(?:{_NUMBER}\s+)*)(?P<operator>rg|RG|cm|re|[mlSqQwJjfnh]|W\*|W|gs)(?=\s|$)|(?P<state>/\w+)\s)"
)
_LEFT: Final = attrgetter("left")
_UPSIDE_DOWN: Final = [1, 0, 0, -1, 0]
"""How the embedded engine begins a page, but for its height."""
_OPAQUE: Final = re.compile(rb"/(?:BM(?! */Normal)|SMask(?! */None)|Font)|/(?:ca|CA) +(?!1\b)")


class _Span(NamedTuple):
    """Words next to each other: their left and right end, and the height of their core above the base line."""

    left: float
    right: float
    height: float


class _Look(NamedTuple):
    """A line: its words next to each other; None where it has to be looked at letter by letter."""

    spans: tuple[_Span, ...] | None


class PlainLines:
    """Looks at the lines of pages of one size, written by one set of fonts."""

    def __init__(self, lines: LineRewriter, width: float, height: float) -> None:
        self.lines = lines
        self._width, self._height = width, height
        self._looks: dict[bytes, _Look] = {}

    def text(self, page: RewrittenPage, states: bytes) -> str | None:
        """All text of ``page``, whose graphics states are ``states``; None if it is not plain that all is seen."""
        if not _is_opaque(states):
            return None
        if not all(_is_harmless(drawn, self._width, self._height) for drawn in page.between):
            return None
        placed: list[tuple[float, _Span]] = []
        for source in page.lines:
            look = self._looks.get(source)
            if look is None:
                look = self._looks[source] = self._look(source)
            if look.spans is None:
                return None
            baseline = self.lines[source].baseline
            placed += [(baseline, span) for span in look.spans]
        if _overlap(placed):
            return None
        return "".join([self.lines[source].text for source in page.lines])

    def pieces(self, page: RewrittenPage) -> tuple[str, ...]:
        """The words of ``page``, or the pieces of its lines."""
        return tuple(word.text for source in page.lines for word in self.lines.placed(source) if word.text)

    def _look(self, source: bytes) -> _Look:
        """The words of a line from left to right, each joined to the one it stands next to."""
        spans: list[_Span] = []
        size = 0.0
        for word in sorted([word for word in self.lines.placed(source) if word.text], key=_LEFT):
            left, height = word.left, word.size * _HIGH
            if not self._is_seen(word):
                return _Look(None)
            if spans and left - spans[-1].right < _NEAR * word.size:
                if spans[-1].right - left >= _MOST_OVERLAP * size:
                    return _Look(None)
                before = spans.pop()
                left, height = before.left, max(before.height, height)
            spans.append(_Span(left, word.right, height))
            size = word.size
        baseline = self.lines[source].baseline
        on_paper = all(span.height <= baseline for span in spans) and baseline <= self._height
        return _Look(tuple(spans) if on_paper else None)

    def _is_seen(self, word: PlacedWord) -> bool:
        if word.size < SMALLEST_SIZE or (word.colour is not None and not _is_dark(word.colour)):
            return False
        return word.left >= -_EDGE and word.right <= self._width + _EDGE


def _overlap(placed: list[tuple[float, _Span]]) -> bool:
    """Whether words of two lines may lie on one another; those of one line are known to be apart."""
    placed.sort()
    highest = max((span.height for _, span in placed), default=0.0)
    for at, (baseline, span) in enumerate(placed):
        for below, other in placed[at + 1 :]:
            if below - highest >= baseline:
                break
            if below - other.height < baseline and min(span.right, other.right) - max(span.left, other.left) > _EDGE:
                return True
    return False


@lru_cache(maxsize=64)
def _is_dark(colour: bytes) -> bool:
    return min(float(part) for part in colour.split()[:3]) <= _DARK


@lru_cache(maxsize=64)
def _is_opaque(states: bytes) -> bool:
    return _OPAQUE.search(states) is None


@lru_cache(maxsize=2048)  # rules mostly stand where they do in other letters
def _is_harmless(drawn: bytes, width: float, height: float) -> bool:
    """True for rules, dark colours and a clip as large as the page; false for whatever else there is."""
    source, at, graphics = drawn.decode("latin-1"), 0, _Graphics(width, height)
    while source[at:].strip():
        step = _STEP.match(source, at)
        if step is None:
            return False
        at = step.end()
        if not step["state"] and not graphics.allow(step["operator"], list(map(float, step["numbers"].split()))):
            return False
    return not any(graphics.clipped)


class _Graphics:
    """Follows graphics between lines; ``clipped`` has for each state that is kept whether less than the page is left.

    What clips rules alone ends with them.
    """

    def __init__(self, width: float, height: float) -> None:
        self.clipped = [False]
        self._width, self._height = width, height
        self._area, self._covers = (0.0, 0.0), False

    def allow(self, operator: str, numbers: list[float]) -> bool:
        """Whether this hides no letter, as far as one can tell at once."""
        match operator, numbers:
            case "rg" | "RG", [_, _, _]:
                return min(numbers) <= _DARK
            case "w", [thickness]:
                return thickness < _THIN
            case "cm", _:
                return numbers[:5] == _UPSIDE_DOWN
            case "f", []:
                return min(self._area) < _THIN
            case "re", [left, bottom, across, up]:
                self._area = abs(across), abs(up)
                on_all = self._area[0] >= self._width - _EDGE and self._area[1] >= self._height - _EDGE
                self._covers = on_all and max(left, bottom) <= _EDGE
        self._keep(operator)
        return True

    def _keep(self, operator: str) -> None:
        if operator in {"W", "W*"}:
            self.clipped[-1] = self.clipped[-1] or not self._covers
        elif operator == "q":
            self.clipped.append(self.clipped[-1])
        elif operator == "Q":
            self.clipped = self.clipped[:-1] or [False]
