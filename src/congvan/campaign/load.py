"""Loads a campaign file with every table, list and text it names; never plans."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TypeAlias

from congvan.campaign.did_you_mean import did_you_mean
from congvan.campaign.file.named_files import NamedFiles
from congvan.campaign.file.schema import CampaignEntry
from congvan.campaign.file.yaml_source import Source, read_source
from congvan.campaign.model import Campaign, CampaignTier
from congvan.campaign.reader import CampaignReader
from congvan.errors import CampaignError
from congvan.findings import Finding, Place, Report, finding
from congvan.recipients import AllowedDatabases, Listed

ListsByTier: TypeAlias = Mapping[str, Listed] | Listed | None
"""Lists by tier, or one list for a campaign of one tier."""


def load_campaign(path: Path | str, *, recipients: ListsByTier = None, allow_databases: Sequence[str] = ()) -> Campaign:
    """The campaign in a YAML file, with the lists and texts it names; paths in it start from its folder.

    ``recipients`` are lists by tier to be read in place of those the file names: paths of files, addresses of queries
    (``postgresql://…?query=SELECT …``) or sources of one's own; for a campaign of one tier also one list alone.
    ``allow_databases`` are the databases the file itself may name: PostgreSQL servers by host, and SQLite files, or
    folders of them, by path; SQLite files in the file's own folder it may always name.

    Raises:
        UnreadableFileError: when the file itself cannot be read.
        CampaignError: with every finding of the file and of all it names, when any is an error.
    """
    campaign = read_campaign(path, recipients=recipients, allow_databases=allow_databases)
    campaign.report.raise_errors(CampaignError)
    return campaign


def read_campaign(path: Path | str, *, recipients: ListsByTier = None, allow_databases: Sequence[str] = ()) -> Campaign:
    """As :func:`load_campaign`, but a campaign with errors is returned as far as it is sound, with all its findings.

    Raises:
        UnreadableFileError: when the file itself cannot be read.
        CampaignError: when there is no mapping in the file.
    """
    source, found = _source(Path(path))
    folder = Path(path).parent
    reader = CampaignReader(source, NamedFiles(folder, AllowedDatabases.of(allow_databases, folder)))
    lists, misplaced = lists_by_tier(recipients, reader.caps, source.place())
    campaign = reader.campaign(lists, Path(path))
    every = sorted([*found, *misplaced, *reader.findings()], key=lambda one: _reading_order(one, source.file))
    return replace(campaign, report=Report.of(every))


def load_tiers(path: Path | str) -> tuple[tuple[CampaignTier, ...], CampaignEntry]:
    """The tiers of a campaign file whose lists are still to be made, and the file's own keys.

    Raises:
        UnreadableFileError: when the file itself cannot be read.
        CampaignError: with every finding of the file and of the texts it names, when any is an error.
    """
    source, found = _source(Path(path))
    folder = Path(path).parent
    reader = CampaignReader(source, NamedFiles(folder, AllowedDatabases.of((), folder)))
    tiers = reader.tiers_without_lists()
    # The lists do not exist yet: findings about them would be wrong.
    every = [one for one in (*found, *reader.findings()) if not one.code.startswith("recipients-")]
    Report.of(every).raise_errors(CampaignError)
    return tiers, reader.entry


def lists_by_tier(
    recipients: ListsByTier, caps: Sequence[str], place: Place
) -> tuple[Mapping[str, Listed], tuple[Finding, ...]]:
    """The lists by tier, and a finding for each that fits no tier; ``caps`` are the campaign's tiers."""
    if recipients is None:
        return {}, ()
    known = list(dict.fromkeys(caps))
    if isinstance(recipients, Mapping):
        unknown = [cap for cap in recipients if cap not in known]
        found = [finding("campaign-list-of-no-tier", place, cap=cap, **did_you_mean(cap, known)) for cap in unknown]
        return recipients, tuple(found)
    if len(known) != 1:
        return {}, (finding("campaign-list-of-which-tier", place, caps=", ".join(known)),)
    return {known[0]: recipients}, ()


def _source(path: Path) -> tuple[Source, list[Finding]]:
    source, found = read_source(path)
    if not isinstance(source.values, Mapping):
        raise CampaignError(Report.of(found or [finding("campaign-empty", source.place())]))
    return source, found


def _reading_order(found: Finding, file: str) -> tuple[bool, int]:
    """The campaign file's own findings first, from top to bottom; the others as they came."""
    own = found.place.file == file
    return not own, (found.place.line or 0) if own else 0
