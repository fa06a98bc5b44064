"""What a rule says of a campaign: kept, missed, not declared; by which day; and what would have been right."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from congvan.campaign.regulation.rule import ONE_WAY, Reading, Rule
from congvan.findings import Finding, Place, finding
from congvan.findings.finding import Sentence
from congvan.letter import IssueDate


class Verdict(StrEnum):
    """A rule held against a campaign, or one of its works.

    ``NEAR`` is after the day by which it should be done, ``OPEN`` depends on a date that is still blank, ``MISSING``
    lacks the work or the declaration, ``WAIVED`` does not hold here by the campaign's own word, ``IDLE`` has nothing in
    this campaign it could be about.
    """

    KEPT = "dat"
    NEAR = "sat_han"
    MISSED = "khong_dat"
    OPEN = "chua_ro"
    MISSING = "chua_co"
    WAIVED = "mien"
    IDLE = "khong_ap_dung"


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """One rule held against one work of a campaign, or against the whole.

    ``work`` is the tier, document or activity, empty for the whole campaign, ``viec`` what people call it; ``ngay`` is
    its day, ``mem`` and ``cung`` the days by which it should and must be done. ``why`` says what is wrong and ``right``
    what would be right, as findings whose sentences are used; None for a rule that is kept.
    """

    rule: Rule
    verdict: Verdict
    reading: Reading = ONE_WAY
    work: str = ""
    viec: str = ""
    ngay: IssueDate | None = None
    mem: date | None = None
    cung: date | None = None
    why: Finding | None = None
    right: Finding | None = None
    place: Place = field(default_factory=Place)
    is_later_round: bool = False

    @property
    def limit(self) -> date | None:
        """The last day that keeps the rule; the day it should be done by where none must."""
        return self.cung or self.mem

    @property
    def spare(self) -> int | None:
        """Days between the work and its limit, negative when it is late; None where either is open."""
        if self.limit is None or self.ngay is None or self.ngay.day is None:
            return None
        return (self.limit - self.ngay.day).days

    def left(self, today: date) -> int | None:
        """Days from ``today`` to the limit, negative when it has passed."""
        return (self.limit - today).days if self.limit else None

    def findings(self) -> Iterator[Finding]:
        """A finding where the rule is broken: an error for a hard rule, a warning for others and for later rounds."""
        if self.why is None or self.verdict in (Verdict.KEPT, Verdict.OPEN, Verdict.WAIVED, Verdict.IDLE):
            return
        code = "rule-broken" if self.rule.cung and self.verdict is not Verdict.NEAR else "rule-advised"
        values = {
            "rule": self.rule.ma,
            "ten": self.rule.ten,
            "nguon": self.rule.nguon,
            "why": Sentence(self.why),
            "right": Sentence(self.right) if self.right else "",
            "cach": self.reading.loi or "—",
        }
        yield finding("rule-late-round" if self.is_later_round else code, self.place, **values)
