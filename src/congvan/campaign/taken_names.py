"""Fields whose name already stands for something else, so that a text would print another value than meant."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from congvan.campaign.campaign import TierPlan
from congvan.campaign.values import GROUPS_OF_FIELDS
from congvan.findings import Finding, Place, finding
from congvan.letter.printed_parts import PART_NAMES
from congvan.text.fields.pattern import field_names


def reserved_names(du_lieu: Mapping[str, Any], place: Place) -> Iterator[Finding]:
    """Fields of the campaign file called like a part of the letter or a group of fields."""
    for name in du_lieu:
        if name in PART_NAMES or name in GROUPS_OF_FIELDS:
            yield finding("campaign-field-reserved", place, name=name)


def columns_taken(tier: TierPlan, du_lieu: Mapping[str, Any]) -> Iterator[Finding]:
    """Columns of the tier's recipients called like a field of the campaign file, or hidden by a part of the letter."""
    columns = set[str]().union(*(recipient.truong for recipient in tier.nguoi_nhan))
    for name in sorted(columns & {*du_lieu, *tier.du_lieu}):
        yield finding("campaign-field-twice", tier.place_of("du_lieu"), name=name, cap=tier.cap)
    for name in sorted(columns & (PART_NAMES | GROUPS_OF_FIELDS) & field_names(tier.noi_dung)):
        yield finding("campaign-column-hidden", tier.place_of("noi_dung"), name=name, cap=tier.cap)
