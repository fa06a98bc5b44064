"""The columns that the letters of a tier need in its list of recipients, found in its texts before a list exists."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Final

from congvan.campaign.did_you_mean import did_you_mean
from congvan.campaign.file.schema import CampaignEntry
from congvan.campaign.load import load_tiers
from congvan.campaign.model import CampaignTier
from congvan.campaign.rules.field_names import FIELD_GROUPS
from congvan.errors import CampaignError
from congvan.findings import Place, Report, finding
from congvan.letter.part_values import PART_NAMES
from congvan.recipients import Tier
from congvan.text.fields.condition import Condition
from congvan.text.fields.pattern import field_names

_OF_A_PERSON: Final = ("ong_ba", "chuc_danh", "xa")
"""The columns the line after «Kính gửi» needs for a person where a campaign has no pattern of its own.

The district comes last in it, or the province where there are no districts.
"""


@dataclass(frozen=True, slots=True)
class ListFields:
    """The ``fields`` that the texts of tier ``cap`` need in a list.

    ``mau`` is a template of the user's own, which may need more, apart from those ``provided`` by the
    campaign file or by congvan. ``era`` and ``ma_tinh`` are the units and the province of the campaign.
    """

    cap: str
    fields: frozenset[str]
    mau: Path | None
    provided: frozenset[str]
    era: str | None
    ma_tinh: str | None


def list_fields(path: Path | str, caps: Collection[str] = ()) -> tuple[ListFields, ...]:
    """The columns each tier of the campaign at ``path`` needs in its list; of ``caps`` alone, if there are any.

    Raises:
        UnreadableFileError: when the file itself cannot be read.
        CampaignError: with every finding of the file and of the texts it names, or for a tier it does not have.
    """
    tiers, campaign = load_tiers(path)
    names = [tier.cap for tier in tiers]
    if unknown := [cap for cap in caps if cap not in names]:
        place = Place(file=Path(path).as_posix())
        raise CampaignError(
            Report.of(
                finding("campaign-list-of-no-tier", place, cap=cap, **did_you_mean(cap, names)) for cap in unknown
            )
        )
    by_cap = [list(rounds) for cap, rounds in groupby(tiers, key=lambda tier: tier.cap) if not caps or cap in caps]
    return tuple(_fields_of(tier, rounds, campaign) for tier, *rounds in by_cap)


def _fields_of(tier: CampaignTier, rounds: Sequence[CampaignTier], campaign: CampaignEntry) -> ListFields:
    """The fields of a tier and of the later ``rounds`` that share its list, which says the round of each row."""
    provided = frozenset({*PART_NAMES, *FIELD_GROUPS, *campaign.du_lieu, *tier.du_lieu})
    needed = {name for one in (tier, *rounds) for text in (*one.lines, *one.bodies) for name in field_names(text)}
    needed = needed - provided | ({"dot_gui"} if rounds else set())
    if tier.loc:  # it reads the columns of the list alone, also those called like a part of the letter
        needed.update(Condition(tier.loc).names)
    if not tier.kinh_gui and Tier.of(tier.cap).is_person:
        needed.update((*_OF_A_PERSON, "huyen" if "huyen" in campaign.he_thong_cap else "tinh"))
    if tier.kind.loi_goi and tier.mot_van_ban_cho != "nguoi_nhan" and not Tier.of(tier.cap).is_person:
        needed.add("nhom")
    needed.update({tier.by_unit or "", tier.mot_van_ban_cho} & {"huyen", "xa"})
    units = campaign.don_vi_hanh_chinh
    era, ma_tinh = (units.thoi_ky, units.tinh) if units else (None, None)
    return ListFields(tier.cap, frozenset(needed), tier.mau, provided, era, ma_tinh)
