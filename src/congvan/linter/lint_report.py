"""What the linter says of one letter: its regime and kind, each rule asked, and the findings."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal, TypeAlias

from congvan.findings import Finding, Report
from congvan.linter.regime import Regime, RegimeFound

Result: TypeAlias = Literal["passed", "failed", "not_evaluated"]


@dataclass(frozen=True, slots=True)
class CheckedRule:
    """One rule and how the letter stood to it; ``reason`` says why it could not be judged."""

    code: str
    result: Result
    reason: Finding | None = None


@dataclass(frozen=True, slots=True)
class Suppressed:
    """A finding the office does not count, with the reason it gives."""

    finding: Finding
    reason: str


@dataclass(frozen=True, slots=True)
class LintReport(Report):
    """The findings about one letter, in the order of its pages, and the rules that were asked.

    ``kind`` is the name of its kind in congvan files (``cong-van``), None where nothing tells. Rules that could not be
    judged are not among those that passed. ``suppressed`` are the findings the office wants to leave.
    """

    file: str = ""
    regime: RegimeFound = field(default_factory=lambda: RegimeFound(Regime.UNKNOWN, ()))
    kind: str | None = None
    rules: tuple[CheckedRule, ...] = ()
    suppressed: tuple[Suppressed, ...] = ()

    def count(self, result: Result) -> int:
        """How many rules passed, failed, or were not evaluated."""
        return sum(rule.result == result for rule in self.rules)

    def as_dict(self) -> dict[str, Any]:
        """All of it as plain values for JSON, sentences in the language in force."""
        unjudged = {rule.code: rule.reason.message for rule in self.rules if rule.reason is not None}
        return {
            "file": self.file,
            "regime": self.regime.regime.value,
            "confidence": self.regime.confidence,
            "cues": list(self.regime.cues),
            "kind": self.kind,
            "passed": self.count("passed"),
            "failed": self.count("failed"),
            "not_evaluated": unjudged,
            "findings": [found.as_dict() for found in self.findings],
            "suppressed": [{**one.finding.as_dict(), "reason": one.reason} for one in self.suppressed],
        }
