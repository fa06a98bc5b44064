"""The audit trail: a row for every change, each sealed together with the row before it. Pure.

A row says when, who, in which run, what was done to what, and every value before and after. Its hash is
the SHA-256 of all that and of the hash of the row before, so that no row can be changed, taken out, put in
or moved without breaking the chain.
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

NO_ROW: Final = "0" * 64
"""What stands for the hash before the first row."""

Value = str | int | None
Facts = dict[str, Value]
"""What the book says about one entry or series, as plain values; what is blank is not there."""

Change = Mapping[str, tuple[Value, Value]]
"""The values before and after, by name."""


class Act(StrEnum):
    """What was done."""

    OPEN = "open"
    RESERVE = "reserve"
    ISSUE = "issue"
    AMEND = "amend"
    VOID = "void"
    IMPORT = "import"
    MIGRATE_SERIES = "migrate-series"
    MIGRATE_ENTRY = "migrate-entry"

    @property
    def is_about_a_series(self) -> bool:
        """Whether the row's subject is a series; otherwise it is the key of an entry."""
        return self in {Act.OPEN, Act.MIGRATE_SERIES}


class Stamp(NamedTuple):
    """When something is done (in UTC), by whom, and in which run."""

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

    ``at`` and ``change`` stay the texts that were sealed.
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
    def sealed(self) -> str:
        """The hash that the row's content gives."""
        return _sealed(_EXACT(self[:-1]))

    def read_change(self) -> Change | None:
        """The values before and after; None for a text that no trail holds."""
        try:
            change = json.loads(self.change)
            return {name: (before, after) for name, (before, after) in change.items()}
        except (ValueError, TypeError, AttributeError):
            return None


def subject_of(line: Entry | OpenedSeries) -> str:
    """What a row of the trail calls ``line``: the key of an entry; body, year and split of a series."""
    return line.khoa if isinstance(line, Entry) else _READABLE(line.series)


def cells_of(line: Entry | OpenedSeries) -> tuple[Any, ...]:
    """The parts of ``line``, in order."""
    return _CELLS[type(line)](line)


def beginning(kind: type[Entry | OpenedSeries], cells: Iterable[Any]) -> Change:
    """All that a line whose parts are ``cells`` says and is not blank, when there was nothing before."""
    return {
        name: (None, value.isoformat() if isinstance(value, date) else value)
        for (name, blank), value in zip(_BLANKS[kind].items(), cells, strict=True)
        if value != blank
    }


def facts(line: Entry | OpenedSeries) -> Facts:
    """What ``line`` says, as the trail writes it."""
    return {name: value for name, (_, value) in beginning(type(line), cells_of(line)).items()}


def change_of(before: Mapping[str, Any], after: Mapping[str, Any]) -> Change:
    """What is said anew when those parts of an entry, in its own order, take the place of what they said ``before``."""
    blanks = _BLANKS[Entry]
    return {
        name: (_plain(before[name], blanks[name]), _plain(value, blanks[name]))
        for name, value in after.items()
        if value != before[name]
    }


def difference(before: Facts, after: Facts) -> Change:
    """What has to change for ``before`` to become ``after``."""
    names = before | after
    return {name: (before.get(name), after.get(name)) for name in names if before.get(name) != after.get(name)}


def sealed_rows(steps: Iterable[Step], stamp: Stamp, last: TrailRow | None) -> Iterator[TrailRow]:
    """``steps`` as the rows that follow ``last``."""
    number, previous = (last.number, last.hash) if last else (0, NO_ROW)
    at = _moment(stamp.at)
    told: Change | None = None
    for act, subject, change in steps:
        number += 1
        if change is not told:  # letters issued together share one
            told, text = change, _READABLE(change)
        row = (number, at, stamp.who, stamp.run, str(act), subject, text, previous)
        previous = _sealed(f"[{number}, {', '.join(map(_quoted, row[1:]))}]")
        yield TrailRow(*row, previous)


def _plain(value: Any, blank: str | None) -> Value:
    if value == blank:
        return None
    return value.isoformat() if isinstance(value, date) else value


def _sealed(content: str) -> str:
    return hashlib.sha256(content.encode()).hexdigest()


def _moment(at: datetime) -> str:
    return at.isoformat(timespec="microseconds")


# With repr, since somebody may have put bytes into a cell, where no register writes any: they too are then told apart.
_READABLE: Final = json.JSONEncoder(ensure_ascii=False, check_circular=False, default=repr).encode
_EXACT: Final = json.JSONEncoder(check_circular=False, default=repr).encode

_BLANKS: Final = {
    kind: {part.name: "" if part.type == "str" else None for part in fields(kind)} for kind in (Entry, OpenedSeries)
}
"""What each part says when it is blank."""

_CELLS: Final = {kind: attrgetter(*names) for kind, names in _BLANKS.items()}
