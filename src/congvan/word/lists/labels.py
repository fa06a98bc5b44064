"""Counts the list paragraphs of a document, asked for in reading order, as Word does (17.9 of ISO/IEC 29500-1)."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from congvan.support.ooxml import W
from congvan.word.lists.number_forms import in_form
from congvan.word.lists.numbering import Level, ListPlace, Numbering, WordList
from congvan.word.lists.symbols import bullet_text

_PLACEHOLDER: Final = re.compile(r"%([1-9])")
_GONE: Final = (f"{W}del", f"{W}moveFrom")
_MARK_GONE: Final = tuple(f"{W}pPr/{W}rPr/{name}" for name in _GONE)
_SHOWN: Final = tuple(f"{W}{name}" for name in ("t", "drawing", "pict", "object", "sym", "fldChar"))


@dataclass(frozen=True, slots=True, eq=False)
class Label:
    """The number or bullet of a paragraph, and the level that says how it looks."""

    text: str
    place: ListPlace
    level: Level


class ListLabels:
    """The labels of a document's paragraphs; each text of its own (body, header, notes) counts for itself."""

    def __init__(self, numbering: Numbering) -> None:
        self.numbering = numbering
        self.restart()

    def restart(self) -> None:
        """Begin again, as in another document."""
        self._counts: dict[str, dict[int, int]] = defaultdict(dict)
        self._begun: set[tuple[str, int]] = set()

    def next_label(self, paragraph: Any) -> Label | None:
        """The label of the next paragraph in order; None for one in no list, and for one that was deleted."""
        place = self.numbering.place_of(paragraph)
        if place is None or _is_deleted(paragraph):
            return None
        known = self.numbering.list_named(place.name)
        assert known is not None
        counts = self._counts[known.definition]
        for above in range(place.level):  # a level that was passed over counts as used
            if above in known.levels:
                counts.setdefault(above, known.restarts.get(above, known.levels[above].start))
        counts[place.level] = self._count(place, known, counts)
        for deeper in [each for each in counts if each > place.level]:
            if _begins_again(known.levels.get(deeper), deeper, place.level):
                del counts[deeper]
        return Label(_text(known, place.level, counts), place, known.levels[place.level])

    def _count(self, place: ListPlace, known: WordList, counts: Mapping[int, int]) -> int:
        first = (place.name, place.level) not in self._begun
        self._begun.add((place.name, place.level))
        if first and place.level in known.restarts:
            return known.restarts[place.level]
        return counts[place.level] + 1 if place.level in counts else known.levels[place.level].start


def _begins_again(level: Level | None, deeper: int, used: int) -> bool:
    """True if a paragraph of level ``used`` lets the level ``deeper``, below it, begin again."""
    restart = level.restart if level is not None else None
    return used < (deeper if restart is None else restart)


def _text(known: WordList, level: int, counts: Mapping[int, int]) -> str:
    own = known.levels[level]
    if own.form == "bullet":
        return bullet_text(own.text, own.font)

    def number(place: re.Match[str]) -> str:
        at = int(place[1]) - 1
        shown = known.levels.get(at, own)
        count = counts.get(at, shown.start)
        if own.is_legal:
            return str(count)
        return in_form(count, shown.form).zfill(shown.width) if shown.width else in_form(count, shown.form)

    return _PLACEHOLDER.sub(number, own.text)


def _is_deleted(paragraph: Any) -> bool:
    """True for a paragraph of which nothing is left once tracked changes are accepted."""
    if all(paragraph.find(path) is None for path in _MARK_GONE):
        return False
    return all(next(shown.iterancestors(*_GONE), None) is not None for shown in paragraph.iter(*_SHOWN))
