"""Raise a RegisterError from findings."""

from __future__ import annotations

from collections.abc import Iterable

from congvan.errors import RegisterError
from congvan.findings import Finding, Place, Report, finding


def register_error(code: str, place: Place | None = None, **values: object) -> RegisterError:
    """The error for one finding, ready to raise."""
    return RegisterError(Report((finding(code, place, **values),)))


def raise_errors(findings: Iterable[Finding]) -> None:
    """Stop if any finding is an error.

    Raises:
        RegisterError: with all the findings as a report.
    """
    Report.of(findings).raise_errors(RegisterError)
