"""By when a tier's letters should be dated, counted back from the month the campaign takes effect.

T is the first day of that month. District letters are due "at the latest 01-02 months right before the
month" (rule L2): read strictly (``chat``), a warning after T - 2 months and an error after T - 1 month; read
loosely (``rong``), any day before T will do. Letters to hamlet heads have no date in the rules; congvan's own
reading is T - 1 month, when the notices are posted (rule L3), and only a warning. Months are calendar months.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Literal

from congvan.campaign.open_date import latest
from congvan.findings import Finding, Place, finding
from congvan.letter import IssueDate
from congvan.text.dates import months_before

Reading = Literal["chat", "rong", "khong"]
_SATURDAY = 5


class Standing(StrEnum):
    """How a tier's date stands to its deadlines."""

    KEPT = "dat"
    NEAR = "sat_han"
    MISSED = "qua_han"
    OPEN = "chua_ro"


@dataclass(frozen=True, slots=True)
class DeadlineSetting:
    """``thoi_han``: how deadlines are counted.

    ``cach_tinh`` is the reading of the rules, ``khong`` for none. With ``lui_ve_ngay_lam_viec`` a deadline on a
    Saturday, a Sunday or one of ``ngay_nghi`` moves to the working day before.
    """

    cach_tinh: Reading = "chat"
    lui_ve_ngay_lam_viec: bool = False
    ngay_nghi: frozenset[date] = frozenset()


@dataclass(frozen=True, slots=True)
class Deadline:
    """One tier's deadline: after ``han_mem`` a warning, after ``han_cung`` an error; either may be None.

    ``quy_tac`` is the rule (``L2``, ``L3``), ``cach_tinh`` the reading that was used, ``ngay`` the tier's date.
    """

    quy_tac: str
    cap: str
    ngay: IssueDate
    han_mem: date | None
    han_cung: date | None
    cach_tinh: Reading

    @property
    def tinh_trang(self) -> Standing:
        """Where the tier's date stands; ``chua_ro`` while its blanks leave it open."""
        last = latest(self.ngay)
        if self.han_cung and self.ngay.earliest > self.han_cung:
            return Standing.MISSED
        if self.han_mem and self.ngay.earliest > self.han_mem:
            return Standing.NEAR
        return (
            Standing.OPEN if any(limit and last > limit for limit in (self.han_mem, self.han_cung)) else Standing.KEPT
        )

    def findings(self, place: Place) -> Iterator[Finding]:
        """What to say when the date is late."""
        code = {Standing.MISSED: "campaign-deadline-missed", Standing.NEAR: _NEAR[self.quy_tac]}.get(self.tinh_trang)
        if code:
            limits = {"mem": _text(self.han_mem), "cung": _text(self.han_cung)}
            yield finding(code, place, cap=self.cap, ngay=self.ngay.ngan, cach=self.cach_tinh, **limits)


_NEAR = {"L2": "campaign-deadline-near", "L3": "campaign-deadline-hamlets"}


def deadlines(
    month: tuple[int, int], scheme: Sequence[str], dates: Sequence[tuple[str, IssueDate]], setting: DeadlineSetting
) -> Iterator[Deadline]:
    """The deadline of every tier that has one; ``dates`` are the tiers with their dates, in order."""
    first = date(*month, 1)
    for cap, issued in dates:
        rule = _rule(cap, scheme)
        if rule and setting.cach_tinh != "khong":
            soft, hard = (_moved(limit, setting) for limit in _limits(rule, first, setting.cach_tinh))
            yield Deadline(rule, cap, issued, soft, hard, setting.cach_tinh)


def _rule(cap: str, scheme: Sequence[str]) -> str | None:
    """Since July 2025 there is no district tier, and the commune receives what went to the district."""
    if cap == "huyen" or (cap == "xa" and "huyen" not in scheme):
        return "L2"
    return "L3" if cap == "thon" else None


def _limits(rule: str, first: date, reading: Reading) -> tuple[date | None, date | None]:
    if rule == "L3":
        return months_before(first, 1), None
    if reading == "rong":
        return None, first - timedelta(days=1)
    return months_before(first, 2), months_before(first, 1)


def _moved(day: date | None, setting: DeadlineSetting) -> date | None:
    while day and setting.lui_ve_ngay_lam_viec and (day.weekday() >= _SATURDAY or day in setting.ngay_nghi):
        day -= timedelta(days=1)
    return day


def _text(day: date | None) -> str:
    return IssueDate.of(day).ngan if day else "—"
