"""A plan beside the register: its recipients under the keys their letters have, and those that seem to be recoded."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from congvan.campaign import Plan
from congvan.campaign.planning.identity import Recoded, RegisteredLetter, recoded_finding, recoded_letters
from congvan.campaign.planning.number_requests import SERIES_OF_COPIES
from congvan.errors import CampaignError
from congvan.findings import Report
from congvan.register.entry import State
from congvan.register.letter_record import LetterState, first_key
from congvan.register.register import Register


def with_known_keys(plan: Plan, register: Register | None) -> Plan:
    """``plan`` with the keys its letters have in the register, where that knows a recipient by another code.

    Recipients that look like one of the register under another code are an error in its report, which nobody but the
    office can answer: otherwise one recipient would get two letters.
    """
    if register is None:
        return plan
    plan, pairs = _compared(plan, register)
    return replace(plan, report=plan.report + Report.of(recoded_finding(pairs)))


def note_recoded(plan: Plan, register: Register) -> tuple[Recoded, ...]:
    """Note in the register that the recipients of ``plan`` which look like known ones are these; returns the pairs.

    Raises:
        CampaignError: when two letters of the plan would have one key.
        RegisterError: when the register refuses.
    """
    plan, pairs = _compared(plan, register)
    plan.report.raise_errors(CampaignError)
    if pairs:
        register.letters.note_all_same({pair.planned.key: pair.known.khoa for pair in pairs})
    return pairs


def _compared(plan: Plan, register: Register) -> tuple[Plan, tuple[Recoded, ...]]:
    keys = register.keys_of(plan.campaign.ma)
    if all(item.key in keys for item in plan.whole if not item.letter.ban_sao):
        return plan, ()
    plan = plan.with_same(register.letters.same(plan.campaign.ma))
    return plan, recoded_letters(plan, list(_known_letters(plan.campaign.ma, register)))


def _known_letters(dot: str, register: Register) -> Iterator[RegisteredLetter]:
    """The letters of the campaign in the book but void ones, each recipient's once, and no copies."""
    seen: set[str] = set()
    for entry in register.entries_of(dot):
        khoa = first_key(entry.khoa)
        if entry.trang_thai is not State.VOID and entry.chuoi != SERIES_OF_COPIES and khoa not in seen:
            seen.add(khoa)
            yield RegisteredLetter(khoa, f"{entry.so:02}/{entry.ky_hieu}", entry.noi_nhan)
    for khoa, record in register.letters.of_campaign(dot).items():
        if record.trang_thai is not LetterState.VOID and first_key(khoa) not in seen:
            seen.add(first_key(khoa))
            yield RegisteredLetter(first_key(khoa))
