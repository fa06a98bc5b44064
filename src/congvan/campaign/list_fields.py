"""What the letters of a tier take from its list of recipients, found in its texts before there is any list."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from congvan.campaign.campaign import TierPlan
from congvan.campaign.choices import choices
from congvan.campaign.entry import CampaignEntry
from congvan.campaign.loading import load_tiers
from congvan.campaign.values import GROUPS_OF_FIELDS
from congvan.errors import CampaignError
from congvan.findings import Place, Report, finding
from congvan.letter.printed_parts import PART_NAMES
from congvan.recipients import Tier
from congvan.text.fields.pattern import field_names

_OF_A_PERSON: Final = ("ong_ba", "chuc_danh", "xa")
"""What the line after «Kính gửi» takes from the row of a person where a campaign gives no pattern of its own.

The district comes last in it, or the province where there are no districts.
"""


@dataclass(frozen=True, slots=True)
class ListFields:
    """The ``fields`` that the texts of tier ``cap`` ask a list for.

    ``mau`` is the template of the user's own, whose fields may come besides, apart from those ``given`` by the
    campaign file or by congvan. ``era`` and ``ma_tinh`` are the units and the province the campaign goes by.
    """

    cap: str
    fields: frozenset[str]
    mau: Path | None
    given: frozenset[str]
    era: str | None
    ma_tinh: str | None


def list_fields(path: Path | str, caps: Collection[str] = ()) -> tuple[ListFields, ...]:
    """What each tier of the campaign at ``path`` takes from its list; of ``caps`` alone, if any are given.

    Raises:
        UnreadableFileError: when the file itself cannot be read.
        CampaignError: with every finding of the file and of the texts it names, or for a tier it does not have.
    """
    tiers, campaign = load_tiers(path)
    names = [tier.cap for tier in tiers]
    if unknown := [cap for cap in caps if cap not in names]:
        place = Place(file=Path(path).as_posix())
        raise CampaignError(
            Report.of(finding("campaign-list-of-no-tier", place, cap=cap, **choices(cap, names)) for cap in unknown)
        )
    return tuple(_fields_of(tier, campaign) for tier in tiers if not caps or tier.cap in caps)


def _fields_of(tier: TierPlan, campaign: CampaignEntry) -> ListFields:
    given = frozenset({*PART_NAMES, *GROUPS_OF_FIELDS, *campaign.du_lieu, *tier.du_lieu})
    asked = {name for text in (*tier.lines, *tier.bodies) for name in field_names(text)} - given
    if not tier.kinh_gui and Tier.of(tier.cap).is_person:
        asked.update((*_OF_A_PERSON, "huyen" if "huyen" in campaign.he_thong_cap else "tinh"))
    if tier.kind.loi_goi and tier.mot_van_ban_cho != "nguoi_nhan" and not Tier.of(tier.cap).is_person:
        asked.add("nhom")
    asked.update({tier.by_unit or "", tier.mot_van_ban_cho} & {"huyen", "xa"})
    units = campaign.don_vi_hanh_chinh
    era, ma_tinh = (units.thoi_ky, units.tinh) if units else (None, None)
    return ListFields(tier.cap, frozenset(asked), tier.mau, given, era, ma_tinh)
