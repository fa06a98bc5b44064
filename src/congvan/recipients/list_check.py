"""Everything that can be said of a list before letters are made from it, in one pass that needs little memory."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from congvan.findings import Report
from congvan.recipients.directory import OpenDirectory
from congvan.recipients.scope import ScopeCheck
from congvan.recipients.sources.source import Listed, recipient_source
from congvan.recipients.tiers import Tier
from congvan.recipients.units.letter_day import DayCheck
from congvan.recipients.units.unit_list import UnitList
from congvan.text.legacy import Encoding


@dataclass(frozen=True, slots=True)
class ListCheck:
    """A list that was looked through: how many recipients it has, how many posts are vacant, and what was found."""

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
    """Look through a list: its rows, its units in ``units``, the ``day`` of its letters, the ``scope`` approved.

    A scope is only looked at with ``units``. Without ``cap`` the columns say of which tier the list is. The other
    parameters are those of :func:`~congvan.recipients.read_directory`.

    Raises:
        UnreadableFileError: when the file cannot be read at all; anything else is in the report.
        DirectoryError: when a database does not give its answer.
    """
    source = recipient_source(listed, sheet=sheet, encoding=encoding)
    directory = OpenDirectory(source, cap, units=units, ma_tinh=ma_tinh)
    on_the_day = DayCheck(day) if day else None
    in_scope = ScopeCheck(directory.name, directory.cap, units, scope) if units and scope else None
    checks = [check for check in (on_the_day, in_scope) if check]
    count = vacant = 0
    for recipient in directory:
        count += 1
        vacant += recipient.khuyet
        for check in checks:
            check.add(recipient)
    report = directory.report()
    if on_the_day:
        report += Report.of(on_the_day.findings())
    if in_scope:
        report += in_scope.coverage().report
    return ListCheck(directory.name, directory.cap, count, vacant, report)
