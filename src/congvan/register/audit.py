"""Compare the trail with the entries and series of the register. Pure; every difference is a finding.

The trail is replayed from its first row, each row checked against its hash. The result must be, value by value,
what the register holds.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from congvan.findings import Finding, Place, finding
from congvan.register.entry import Entry, OpenedSeries
from congvan.register.letter_record import LetterRecord
from congvan.register.trail import ACTS_ON_LETTERS, NO_ROW, Act, Facts, TrailRow, difference, facts, subject_of

SHORTEST_HEAD: Final = 16
"""Digits of a noted hash that are enough to identify it."""

FactsBySubject = dict[str, Facts]
"""The values of each entry, or of each series, by its key."""


@dataclass(frozen=True, slots=True)
class Holdings:
    """All that the register holds, to be compared with its trail.

    ``same`` are keys that mean the letter under another key.
    """

    entries: Iterable[Entry]
    series: Iterable[OpenedSeries]
    letters: Iterable[LetterRecord] = ()
    same: Mapping[str, str] = field(default_factory=dict)


def audit(trail: Sequence[TrailRow], held: Holdings, head: str | None = None) -> Iterator[Finding]:
    """Find every difference; ``head`` is a hash of the trail that somebody noted outside the register."""
    yield from _broken_hashes(trail)
    replayed: dict[str, FactsBySubject] = {"series": {}, "entry": {}, "letter": {}, "same": {}}
    for row in trail:
        if not _replay(row, replayed[_kind_of(row.act)]):
            yield finding("register-trail-unsound", _place(row), subject=row.subject)
    facts_held: dict[str, FactsBySubject] = {
        "series": {subject_of(one): facts(one) for one in held.series},
        "entry": {subject_of(line): facts(line) for line in held.entries},
        "letter": {subject_of(letter): facts(letter) for letter in held.letters},
        "same": {khoa: {"khoa_cu": khoa_cu} for khoa, khoa_cu in held.same.items()},
    }
    for kind, by_subject in facts_held.items():
        yield from _differences(f"register-{kind}", replayed[kind], by_subject)
    yield from _lost_head(trail, head)


def _kind_of(act: str) -> str:
    """What the subject of an act is."""
    if act == Act.OPEN:
        return "series"
    if act == Act.SAME:
        return "same"
    return "letter" if act in ACTS_ON_LETTERS else "entry"


def _broken_hashes(trail: Sequence[TrailRow]) -> Iterator[Finding]:
    number, previous = 0, NO_ROW
    for row in trail:
        if row.number != number + 1:
            yield finding("register-trail-gap", _place(row), last=number, number=row.number)
        if row.hash != row.computed_hash:
            yield finding("register-trail-changed", _place(row), subject=row.subject)
        elif row.previous_hash != previous:
            yield finding("register-trail-unlinked", _place(row), subject=row.subject)
        number, previous = row.number, row.hash


def _replay(row: TrailRow, replayed: FactsBySubject) -> bool:
    """Apply ``row`` to ``replayed``; False where it changes nothing, or its values before are not those found."""
    change = row.read_change()
    before = replayed.get(row.subject, {})
    if not change or any(before.get(name) != old for name, (old, _) in change.items()):
        return False
    whole = before | {name: new for name, (_, new) in change.items()}
    after: Facts = {name: value for name, value in whole.items() if value is not None}
    replayed[row.subject] = after
    if not after:  # a pair of recipients that was taken back
        del replayed[row.subject]
    return difference(before, after) == change


def _differences(code: str, replayed: FactsBySubject, held: FactsBySubject) -> Iterator[Finding]:
    for subject in replayed | held:
        place = Place(key=str(subject))
        if subject not in held:
            yield finding(f"{code}-lost", place, so=replayed[subject].get("so", "?"))
        elif subject not in replayed:
            yield finding(f"{code}-unaccounted", place, so=held[subject].get("so", "?"))
        else:
            for name, (before, after) in difference(replayed[subject], held[subject]).items():
                yield finding(f"{code}-differs", place, part=name, trail=_text(before), book=_text(after))


def _lost_head(trail: Sequence[TrailRow], head: str | None) -> Iterator[Finding]:
    """A noted hash must still be one of the chain's: if it is gone, so are the rows up to it."""
    if head is None:
        return
    wanted = "".join(head.lower().split())
    if len(wanted) < SHORTEST_HEAD or not any(str(row.hash).startswith(wanted) for row in trail):
        yield finding("register-head-lost", head=head, digits=SHORTEST_HEAD)


def _place(row: TrailRow) -> Place:
    return Place(row=row.number)


def _text(value: object) -> str:
    return "…" if value is None else str(value)
