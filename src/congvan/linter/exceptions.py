"""What an office decides to leave: the exceptions of ``co-quan.yaml``, each with its reason."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from fnmatch import fnmatch
from pathlib import PurePath

from congvan.campaign.office import LintException
from congvan.linter.lint_report import LintReport, Suppressed


def without_exceptions(report: LintReport, exceptions: Iterable[LintException]) -> LintReport:
    """``report`` with the findings the office leaves among the suppressed ones."""
    chosen = [one for one in exceptions if fnmatch(PurePath(report.file).name, one.tep)]
    reasons = {one.ma: one.ly_do for one in chosen}
    if not reasons:
        return report
    left = tuple(Suppressed(found, reasons[found.code]) for found in report if found.code in reasons)
    kept = tuple(found for found in report if found.code not in reasons)
    return replace(report, findings=kept, suppressed=(*report.suppressed, *left))
