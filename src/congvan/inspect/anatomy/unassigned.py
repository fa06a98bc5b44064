"""The lines of a letter that belong to no part yet, and the parts found so far."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import takewhile
from typing import Final

from congvan.inspect.anatomy import relations
from congvan.inspect.model import DocumentFacts, Line, Rule

SURE: Final = 0.95
"""Likeness from which a text is a prescribed one for sure."""

_HEAD_LINES: Final = 40
_CENTRED: Final = 3.0  # mm off the middle of the text area
_WIDE: Final = 0.8  # of the text area


class UnassignedLines:
    """A letter whose parts are being found.

    ``lines`` are still open, ``parts`` have been taken, ``unsure`` are parts in doubt.
    ``left`` and ``right`` are the edges of its text in mm; ``rules`` its level rules, those of frames left out.
    """

    def __init__(self, facts: DocumentFacts) -> None:
        self.facts = facts
        self.lines = list(facts.lines)
        self.parts: dict[str, list[Line]] = {}
        self.unsure: set[str] = set()
        self.left, self.right = relations.text_edges(facts)
        self.rules = [rule for rule in facts.rules if rule.level and not relations.is_side(rule, facts.frames)]
        self._on_first_page = {1, *_continued(facts)}
        self._order = {id(line): place for place, line in enumerate(facts.lines)}
        self._carriers = [(rule, relations.carrier(rule, facts.lines)) for rule in self.rules]

    def take(self, name: str, lines: Iterable[Line], *, sure: bool = True) -> None:
        """Assign ``lines`` to the part ``name``, after those it has; no lines change nothing."""
        taken = list(lines)
        if not taken:
            return
        self.parts.setdefault(name, []).extend(taken)
        self.lines = without(self.lines, taken)
        if not sure:
            self.unsure.add(name)

    def put_aside(self, start: int) -> list[Line]:
        """The open lines from the place ``start`` on, which are open no longer."""
        self.lines, aside = self.lines[:start], self.lines[start:]
        return aside

    def part(self, *names: str) -> list[Line]:
        """The lines of the first of these parts the letter has."""
        return next((self.parts[name] for name in names if self.parts.get(name)), [])

    def head(self) -> list[Line]:
        """The open lines the heading is among: the first ones of the first page."""
        return [line for line in self.lines if line.page in self._on_first_page][:_HEAD_LINES]

    def first(self, test: Callable[[str], bool], lines: Iterable[Line] | None = None) -> Line | None:
        """The first line, of the heading if none are given, whose text passes ``test``."""
        return next((line for line in (self.head() if lines is None else lines) if test(line.text)), None)

    def after(self, line: Line) -> list[Line]:
        """The open lines behind ``line`` in reading order, which itself may be taken already."""
        return [each for each in self.lines if self._order[id(each)] > self._order[id(line)]]

    def before(self, line: Line) -> list[Line]:
        """The heading's open lines above ``line`` on paper, or before it in Word."""
        if line.top is not None:
            return [each for each in self.head() if each.top is not None and each.top < line.top]
        return [each for each in self.head() if self._order[id(each)] < self._order[id(line)]]

    def rule_below(self, line: Line) -> Rule | None:
        """The rule that stands below ``line`` for sure."""
        return next((rule for rule, over in self._carriers if over is line), None)

    def is_across(self, rule: Rule) -> bool:
        """True for a rule about as wide as the text."""
        return rule.length > _WIDE * (self.right - self.left)

    def is_left(self, line: Line) -> bool:
        """True for a line left of the quốc hiệu, or of the paper's middle where there is none."""
        motto = self.part("quoc_hieu", "tieu_ngu")
        return line.middle < (motto[0].left if motto else self.facts.sheets[0].width / 2)

    def is_right(self, line: Line) -> bool:
        """True for a line that begins right of the column of the recipients."""
        return line.left > self.left + (self.right - self.left) / 3

    def is_narrow(self, line: Line) -> bool:
        """True for a line that does not go across the page."""
        return line.width < _WIDE * (self.right - self.left)

    def is_in_middle(self, line: Line) -> bool:
        """True for a line with its middle in that of the text."""
        return abs(line.middle - (self.left + self.right) / 2) < _CENTRED

    def is_centred(self, line: Line) -> bool:
        """True for a line set in the middle of the text, not one that fills it by chance."""
        if line.paragraph_format is not None:
            return line.paragraph_format.align == "center" and self.is_in_middle(line)
        return self.is_in_middle(line) and line.left > self.left + 1


def without(lines: Sequence[Line], gone: Iterable[Line]) -> list[Line]:
    """``lines`` but for those very lines (not lines that say the same)."""
    identities = set(map(id, gone))
    return [line for line in lines if id(line) not in identities]


def _continued(facts: DocumentFacts) -> Iterator[int]:
    """The sections of a .docx that begin on its first page."""
    yield from (sheet.number for sheet in takewhile(lambda sheet: sheet.continuous, facts.sheets[1:]))
