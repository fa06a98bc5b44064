"""Lists of recipients given beside a campaign file, in place of those the file names."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeAlias

from congvan.campaign.choices import choices
from congvan.findings import Finding, Place, finding
from congvan.recipients import Listed

Replacing: TypeAlias = "Mapping[str, Listed] | Listed | None"
"""Lists by tier, or one list for a campaign of one tier."""


def replaced_lists(
    given: Replacing, caps: Sequence[str], place: Place
) -> tuple[Mapping[str, Listed], tuple[Finding, ...]]:
    """The lists by tier, and what is wrong with how they were given; ``caps`` are the campaign's tiers."""
    if given is None:
        return {}, ()
    if isinstance(given, Mapping):
        unknown = [cap for cap in given if cap not in caps]
        found = tuple(
            finding("campaign-list-of-no-tier", place, cap=cap, **choices(cap, dict.fromkeys(caps))) for cap in unknown
        )
        return given, found
    if len(set(caps)) != 1:
        return {}, (finding("campaign-list-of-which-tier", place, caps=", ".join(dict.fromkeys(caps))),)
    return {caps[0]: given}, ()
