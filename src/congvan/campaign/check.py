"""Everything that is wrong with a campaign file and with the letters it means, at once."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Final

from congvan.campaign.book import book_findings
from congvan.campaign.load import ListsByTier, read_campaign
from congvan.campaign.planning.plan import Plan
from congvan.campaign.planning.planner import plan, planning_findings
from congvan.errors import CampaignError
from congvan.findings import Report

_CONSEQUENCES: Final = {
    "campaign-agency-of-no-unit",
    "campaign-cited-outside",
    "campaign-cited-unknown",
    "campaign-scope-unknown",
    "campaign-tier-without-letters",
}
"""Findings of a plan that may only follow from a row, a list or a tier that could not be read."""


def plan_file(
    path: Path | str,
    *,
    recipients: ListsByTier = None,
    allow_databases: Sequence[str] = (),
    today: date | None = None,
    office: Path | str | None = None,
    takes_numbers: bool = False,
    only: Collection[str] = (),
    limit: int | None = None,
) -> Plan:
    """The plan of a campaign file; errors in the file do not hide those of its letters.

    ``recipients``, ``allow_databases``, ``today`` and ``office`` as in :func:`congvan.load_campaign`, ``only`` and
    ``limit`` as in :func:`congvan.plan`. With ``takes_numbers`` it is also refused where its own book
    (:attr:`Campaign.book`) cannot be used.

    Raises:
        UnreadableFileError: when the file itself cannot be read.
        CampaignError: with every finding of the file, of all it names and of the letters it means.
    """
    campaign = read_campaign(path, recipients=recipients, allow_databases=allow_databases, today=today, office=office)
    if takes_numbers:
        of_book = Report.of(book_findings(Path(path).parent, campaign.office, campaign.ma))
        campaign = replace(campaign, report=campaign.report + of_book)
    if campaign.report.ok:
        return plan(campaign, only=only, limit=limit)
    further = [one for one in planning_findings(campaign) if one.code not in _CONSEQUENCES]
    raise CampaignError(campaign.report + Report.of(further))
