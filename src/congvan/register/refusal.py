"""How the register says no: an error that carries every finding."""

from __future__ import annotations

from collections.abc import Iterable

from congvan.errors import RegisterError
from congvan.findings import Finding, Place, Report, finding


def refusal(code: str, place: Place | None = None, **values: object) -> RegisterError:
    """The error for one finding, ready to raise."""
    return RegisterError(Report((finding(code, place, **values),)))


def refuse(findings: Iterable[Finding]) -> None:
    """Stop if any finding is an error.

    Raises:
        RegisterError: with all the findings as a report.
    """
    report = Report.of(findings)
    if not report.ok:
        raise RegisterError(report)
