"""Whether the book, the series and the trail still say the same: pure; what does not is a finding.

The trail is read from its first row, each row checked against its seal and carried out on an empty book.
What comes out must be, value by value, what the register holds.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from congvan.findings import Finding, Place, finding
from congvan.register.entry import Entry, OpenedSeries
from congvan.register.trail import NO_ROW, Act, Facts, TrailRow, difference, facts, subject_of

SHORTEST_HEAD: Final = 16
"""Digits of a noted hash that are enough to know it by."""

Book = dict[str, Facts]
"""What is said about each entry, or each series, by subject."""


def audit(
    trail: Sequence[TrailRow], entries: Iterable[Entry], series: Iterable[OpenedSeries], head: str | None = None
) -> Iterator[Finding]:
    """Everything that does not fit, ``head`` being a hash of the trail noted outside it."""
    yield from _broken_seals(trail)
    told_series: Book = {}
    told_entries: Book = {}
    for row in trail:
        told = told_series if row.act in _ABOUT_SERIES else told_entries
        if not _carry_out(row, told):
            yield finding("register-trail-unsound", _place(row), subject=row.subject)
    yield from _differences("register-series", told_series, {subject_of(one): facts(one) for one in series})
    yield from _differences("register-entry", told_entries, {subject_of(line): facts(line) for line in entries})
    yield from _lost_head(trail, head)


def _broken_seals(trail: Sequence[TrailRow]) -> Iterator[Finding]:
    number, previous = 0, NO_ROW
    for row in trail:
        if row.number != number + 1:
            yield finding("register-trail-gap", _place(row), last=number, number=row.number)
        if row.hash != row.sealed:
            yield finding("register-trail-changed", _place(row), subject=row.subject)
        elif row.previous_hash != previous:
            yield finding("register-trail-unlinked", _place(row), subject=row.subject)
        number, previous = row.number, row.hash


def _carry_out(row: TrailRow, told: Book) -> bool:
    """Do to ``told`` what ``row`` says; False where it changes nothing, or something that was not so."""
    change = row.read_change()
    before = told.get(row.subject, {})
    if not change or any(before.get(name) != old for name, (old, _) in change.items()):
        return False
    after = before | {name: new for name, (_, new) in change.items()}
    told[row.subject] = {name: value for name, value in after.items() if value is not None}
    return difference(before, told[row.subject]) == change


def _differences(code: str, told: Book, held: Book) -> Iterator[Finding]:
    for subject in told | held:
        place = Place(key=str(subject))
        if subject not in held:
            yield finding(f"{code}-lost", place, so=told[subject].get("so", "?"))
        elif subject not in told:
            yield finding(f"{code}-unaccounted", place, so=held[subject].get("so", "?"))
        else:
            for name, (before, after) in difference(told[subject], held[subject]).items():
                yield finding(f"{code}-differs", place, part=name, trail=_shown(before), book=_shown(after))


def _lost_head(trail: Sequence[TrailRow], head: str | None) -> Iterator[Finding]:
    """A noted hash must still be one of the chain's: if it is gone, so are the rows up to it."""
    if head is None:
        return
    wanted = "".join(head.lower().split())
    if len(wanted) < SHORTEST_HEAD or not any(str(row.hash).startswith(wanted) for row in trail):
        yield finding("register-head-lost", head=head, digits=SHORTEST_HEAD)


def _place(row: TrailRow) -> Place:
    return Place(row=row.number)


def _shown(value: object) -> str:
    return "…" if value is None else str(value)


_ABOUT_SERIES: Final = frozenset(act for act in Act if act.is_about_a_series)
