"""Check a list completely before letters are rendered from it, in one pass of constant memory."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from congvan.findings import Report
from congvan.recipients.directory import OpenDirectory
from congvan.recipients.scope import ScopeCheck
from congvan.recipients.sources.source import Listed, recipient_source
from congvan.recipients.tiers import Tier
from congvan.recipients.units.era_check import EraCheck
from congvan.recipients.units.unit_list import UnitList
from congvan.text.legacy import Encoding


@dataclass(frozen=True, slots=True)
class ListCheck:
    """The result of a check: the number of recipients and of vacant posts, and the findings."""

    name: str
    cap: str
    recipients: int
    vacant: int
    report: Report


def check_list(
    listed: Listed,
    cap: Tier | str | None = None,
    *,
    units: UnitList | None = None,
    ma_tinh: str | None = None,
    day: date | None = None,
    scope: Sequence[str] = (),
    sheet: str | None = None,
    encoding: Encoding | None = None,
) -> ListCheck:
    """Check a list: its rows, its units in ``units``, the ``day`` of its letters, the ``scope`` approved.

    A scope is checked only with ``units``. Without ``cap`` the columns decide the tier. The other
    parameters are those of :func:`~congvan.recipients.read_directory`.

    Raises:
        UnreadableFileError: when the file cannot be read at all; anything else is in the report.
        DirectoryError: when a database does not give its answer.
    """
    source = recipient_source(listed, sheet=sheet, encoding=encoding)
    directory = OpenDirectory(source, cap, units=units, ma_tinh=ma_tinh, scope=[one.partition("/")[0] for one in scope])
    in_era = EraCheck(day) if day else None
    in_scope = ScopeCheck(directory.name, directory.cap, units, scope) if units and scope else None
    checks = [check for check in (in_era, in_scope) if check]
    count = vacant = 0
    for recipient in directory:
        count += 1
        vacant += recipient.khuyet
        for check in checks:
            check.add(recipient)
    report = directory.report()
    if in_era:
        report += Report.of(in_era.findings())
    if in_scope:
        report += in_scope.coverage().report
    return ListCheck(directory.name, directory.cap, count, vacant, report)
