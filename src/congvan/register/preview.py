"""Preview the numbers some letters would get, and what the rules say about them. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

from congvan.errors import RegisterError
from congvan.findings import Report
from congvan.register.entry import NumberRequest
from congvan.register.numbering import Numbering, Snapshot, assign
from congvan.register.rules import request_findings


@dataclass(frozen=True, slots=True)
class Preview:
    """Requests numbered by a snapshot of the register; ``report`` holds the findings of the rules."""

    requests: tuple[NumberRequest, ...]
    snapshot: Snapshot
    numbering: Numbering
    report: Report

    @classmethod
    def of(cls, requests: tuple[NumberRequest, ...], snapshot: Snapshot) -> Self:
        """Number ``requests`` as ``snapshot`` allows, and check them."""
        numbering = assign(requests, snapshot)
        return cls(requests, snapshot, numbering, Report.of(request_findings(requests, snapshot, numbering)))

    def refresh(self, snapshot: Snapshot) -> Self:
        """The preview of the same requests by ``snapshot``, which mostly holds what it held before."""
        return self if snapshot == self.snapshot else type(self).of(self.requests, snapshot)

    def raise_errors(self) -> None:
        """Refuse requests that break a rule.

        Raises:
            RegisterError: with the whole report, if any of it is an error.
        """
        self.report.raise_errors(RegisterError)
