"""The timetable of a campaign: its works in the order of their days, each with its limits and rules."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from congvan.campaign.model import Campaign
from congvan.campaign.regulation.judgement import Judgement, Verdict
from congvan.campaign.regulation.judging import judge
from congvan.campaign.regulation.works import Work, Works, called

_WORST: tuple[Verdict, ...] = (Verdict.MISSED, Verdict.MISSING, Verdict.NEAR, Verdict.OPEN, Verdict.KEPT)


@dataclass(frozen=True, slots=True)
class TimetableRow:
    """One work; ``ten`` is what people call it, ``judged`` what the rules say of it."""

    work: Work
    ten: str
    judged: tuple[Judgement, ...]

    @property
    def tu(self) -> date | None:
        """Its first day; None while a part of its date is blank."""
        return self.work.first.day if self.work.first else None

    @property
    def den(self) -> date | None:
        """Its last day."""
        return self.work.last.day if self.work.last else None

    @property
    def limit(self) -> date | None:
        """The earliest of its last days."""
        return min((one.limit for one in self.judged if one.limit), default=None)

    @property
    def spare(self) -> int | None:
        """The fewest days between it and a limit, negative when it is late."""
        return min((one.spare for one in self.judged if one.spare is not None), default=None)

    @property
    def verdict(self) -> Verdict:
        """The worst of its rules."""
        found = {one.verdict for one in self.judged}
        return next((one for one in _WORST if one in found), Verdict.IDLE)

    @property
    def rules(self) -> tuple[str, ...]:
        """The codes of its rules."""
        return tuple(dict.fromkeys(one.rule.ma for one in self.judged))

    def left(self, today: date) -> int | None:
        """Days from ``today`` to its first day, negative when that has passed."""
        return (self.tu - today).days if self.tu else None


def timetable(campaign: Campaign, judgements: Sequence[Judgement] | None = None) -> tuple[TimetableRow, ...]:
    """The works of ``campaign`` by their days; those without a day come last."""
    judged = judge(campaign) if judgements is None else judgements
    by_work: dict[str, list[Judgement]] = {}
    for one in judged:
        by_work.setdefault(one.work, []).append(one)
    rows = [
        TimetableRow(work, called(campaign.quy_tac, work), tuple(by_work.get(work.name, ())))
        for work in Works(campaign)
    ]
    return tuple(sorted(rows, key=lambda row: (row.tu or date.max, row.den or date.max)))
