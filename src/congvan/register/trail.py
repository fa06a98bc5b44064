"""The audit trail: a row for every change, each hashed together with the row before it. Pure.

A row holds the time, the writer, the run, the act, its subject and every value before and after. Its hash is the
SHA-256 of all that and of the hash of the row before, so that changing, removing, inserting or moving a row breaks
the chain.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields
from datetime import date, datetime
from enum import StrEnum
from json.encoder import encode_basestring_ascii as _quoted
from operator import attrgetter
from typing import Any, Final, NamedTuple

from congvan.register.entry import Entry, OpenedSeries
from congvan.register.letter_record import LetterRecord

NO_ROW: Final = "0" * 64
"""The hash before the first row."""

Value = str | int | None
Facts = dict[str, Value]
"""The values of one entry or series as plain values, without the blank ones."""

Change = Mapping[str, tuple[Value, Value]]
"""The values before and after, by name."""


Line = Entry | OpenedSeries | LetterRecord
"""What the register holds and the trail accounts for."""


class Act(StrEnum):
    """The kind of a change."""

    OPEN = "open"
    RESERVE = "reserve"
    ISSUE = "issue"
    AMEND = "amend"
    VOID = "void"
    IMPORT = "import"
    SEAL = "seal"
    UNSEAL = "unseal"
    FOLLOW = "follow"
    REPLACE = "replace"
    RECALL = "recall"
    CORRECT = "correct"
    DELIVER = "deliver"
    SAME = "same"
    CANCEL = "cancel"
    FORGET = "forget"


ACTS_ON_LETTERS: Final = frozenset(
    {
        Act.SEAL,
        Act.UNSEAL,
        Act.FOLLOW,
        Act.REPLACE,
        Act.RECALL,
        Act.CORRECT,
        Act.DELIVER,
        Act.SAME,
        Act.CANCEL,
        Act.FORGET,
    }
)
"""Acts whose subject is a letter (or a key that means the same letter), not a number."""


class Stamp(NamedTuple):
    """The time (in UTC), the writer and the run of a change."""

    at: datetime
    who: str
    run: str


class Step(NamedTuple):
    """One change, not yet in the trail: ``subject`` is an entry's key or a series."""

    act: Act
    subject: str
    change: Change


class TrailRow(NamedTuple):
    """One row of the trail. ``at`` is a time in UTC, ``change`` the values before and after as JSON.

    ``at`` and ``change`` stay the texts that were hashed.
    """

    number: int
    at: str
    who: str
    run: str
    act: str
    subject: str
    change: str
    previous_hash: str
    hash: str

    @property
    def computed_hash(self) -> str:
        """The hash computed from the row's content."""
        return _hash_of(_EXACT(self[:-1]))

    def read_change(self) -> Change | None:
        """The values before and after; None for a text that no trail holds."""
        try:
            change = json.loads(self.change)
            return {name: (before, after) for name, (before, after) in change.items()}
        except (ValueError, TypeError, AttributeError):
            return None


def subject_of(line: Line) -> str:
    """The name of ``line`` in the trail: the key of an entry or letter; body, year and split of a series."""
    return _READABLE(line.series) if isinstance(line, OpenedSeries) else line.khoa


def cells_of(line: Line) -> tuple[Any, ...]:
    """The parts of ``line``, in order."""
    return _CELLS[type(line)](line)


def initial_change(line: Line) -> Change:
    """The change from nothing to ``line``, without its blank parts."""
    parts = zip(_BLANKS[type(line)].items(), cells_of(line), strict=True)
    return {name: (None, _plain(value, blank)) for (name, blank), value in parts if value != blank}


def facts(line: Line) -> Facts:
    """The values of ``line``, as the trail writes them."""
    return {name: value for name, (_, value) in initial_change(line).items()}


def change_of(before: Mapping[str, Any], after: Mapping[str, Any], kind: type[Line] = Entry) -> Change:
    """The parts of an entry, or of a line of another ``kind``, that differ ``before`` and ``after``."""
    blanks = _BLANKS[kind]
    return {
        name: (_plain(before[name], blanks[name]), _plain(value, blanks[name]))
        for name, value in after.items()
        if value != before[name]
    }


def difference(before: Facts, after: Facts) -> Change:
    """The change that turns ``before`` into ``after``."""
    names = before | after
    return {name: (before.get(name), after.get(name)) for name in names if before.get(name) != after.get(name)}


def chained_rows(steps: Iterable[Step], stamp: Stamp, last: TrailRow | None) -> Iterator[TrailRow]:
    """``steps`` as the rows that follow ``last``."""
    number, previous = (last.number, last.hash) if last else (0, NO_ROW)
    at = _moment(stamp.at)
    encoded: Change | None = None
    for act, subject, change in steps:
        number += 1
        if change is not encoded:  # letters issued together share one change: encode it once
            encoded, text = change, _READABLE(change)
        row = (number, at, stamp.who, stamp.run, str(act), subject, text, previous)
        previous = _hash_of(f"[{number}, {', '.join(map(_quoted, row[1:]))}]")
        yield TrailRow(*row, previous)


def _plain(value: Any, blank: str | None) -> Value:
    if value == blank:
        return None
    return value.isoformat() if isinstance(value, date) else value


def _hash_of(content: str) -> str:
    return hashlib.sha256(content.encode()).hexdigest()


def _moment(at: datetime) -> str:
    return at.isoformat(timespec="microseconds")


# With repr: somebody may have put bytes into a cell, which no register does; they too must change the hash.
_READABLE: Final = json.JSONEncoder(ensure_ascii=False, check_circular=False, default=repr).encode
_EXACT: Final = json.JSONEncoder(check_circular=False, default=repr).encode

_BLANKS: Final = {
    kind: {part.name: "" if part.type == "str" else None for part in fields(kind)}
    for kind in (Entry, OpenedSeries, LetterRecord)
}
"""The blank value of each part."""

_CELLS: Final = {kind: attrgetter(*names) for kind, names in _BLANKS.items()}
