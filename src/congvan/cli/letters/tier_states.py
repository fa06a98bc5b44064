"""How far the letters of each tier are: planned, numbered, issued, void."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from congvan.campaign import Plan
from congvan.letter.record.letter_state import LetterState
from congvan.register import Entry, State
from congvan.register.letter_record import LetterRecord

_LETTER_STATES: Final = (LetterState.REPLACED, LetterState.RECALLED, LetterState.CORRECTED)
"""States that a number does not have, but a letter."""


@dataclass(frozen=True, slots=True)
class TierStates:
    """The letters of tier ``cap``: how many are ``planned``, and how many of them are in which state of the register.

    ``planned`` is None where only the register was asked. ``unplanned`` are numbers whose letter the campaign no
    longer has. ``letters`` are the letters that left the office by their states, ``delivered`` those handed over.
    """

    cap: str
    planned: int | None
    states: Mapping[State, int]
    unplanned: int = 0
    letters: Mapping[LetterState, int] = field(default_factory=dict)
    delivered: int = 0

    @property
    def without_number(self) -> int | None:
        """The planned letters that have no number yet."""
        return None if self.planned is None else self.planned - sum(self.states.values())

    @property
    def fates(self) -> Mapping[LetterState, int]:
        """How many letters were replaced, recalled or corrected, which their numbers do not tell."""
        return {state: self.letters[state] for state in _LETTER_STATES if self.letters.get(state)}

    def as_dict(self) -> dict[str, Any]:
        """The same for ``--json``."""
        return {
            "cap": self.cap,
            "du_kien": self.planned,
            "chua_co_so": self.without_number,
            "trang_thai": {state.value: self.states.get(state, 0) for state in State},
            "khong_con_trong_danh_sach": self.unplanned,
            "van_ban": {state.value: count for state, count in self.letters.items()},
            "da_gui": self.delivered,
        }


def tier_states(plan: Plan, entries: Iterable[Entry], letters: Iterable[LetterRecord]) -> Sequence[TierStates]:
    """The tiers of ``plan``, whose numbers are among ``entries`` and whose letters of the register are ``letters``."""
    records = list(letters)
    known = {entry.khoa: entry for entry in entries if _campaign(entry) == plan.campaign.ma}
    found = []
    for cap in dict.fromkeys(item.cap for item in plan.whole):
        keys = [item.own_number_key for item in plan.whole if item.cap == cap]
        states = Counter(known[key].trang_thai for key in keys if key in known)
        planned = set(keys)
        gone = [entry for entry in known.values() if _tier(entry) == cap and entry.khoa not in planned]
        mine = [record for record in records if record.khoa.split("/")[1:2] == [cap]]
        fates = Counter(record.trang_thai for record in mine)
        delivered = sum(record.delivered_at is not None for record in mine)
        found.append(TierStates(cap, len(keys), states, len(gone), fates, delivered))
    return found


def campaigns_in_book(entries: Iterable[Entry]) -> Mapping[str, Sequence[TierStates]]:
    """The tiers of every campaign that has numbers among ``entries``, by the campaign's code."""
    counts: dict[str, dict[str, Counter[State]]] = {}
    for entry in entries:
        counts.setdefault(_campaign(entry), {}).setdefault(_tier(entry), Counter())[entry.trang_thai] += 1
    return {ma: [TierStates(cap, None, states) for cap, states in tiers.items()] for ma, tiers in counts.items()}


def _campaign(entry: Entry) -> str:
    return entry.khoa.partition("/")[0]


def _tier(entry: Entry) -> str:
    return entry.khoa.split("/")[1] if "/" in entry.khoa else ""
