"""Fields that would make a text print something else than intended: two values of one name, a kind of unit twice."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from congvan.campaign.model import CampaignTier
from congvan.findings import Finding, Place, finding
from congvan.letter.part_values import PART_NAMES
from congvan.recipients import Unit
from congvan.text.fields.pattern import field_names

FIELD_GROUPS: Final = frozenset({"dot", "don_vi", "truoc", "han", "lich", "tien_do", "tin_nhan"})
"""Names that hold fields of their own: ``dot.ten``, ``don_vi.co_quan``, ``truoc.tinh.ngay``."""

_RESERVED: Final = PART_NAMES | FIELD_GROUPS
_KIND_BEFORE_UNIT: Final = re.compile(
    r"(?<!\w)(?P<kind>tỉnh|thành phố|thị xã|quận|huyện|phường|xã|thị trấn|đặc khu)"
    r"\s+\{\{-?\s*(?P<level>tinh|huyen|xa)\s*-?\}\}",
    re.IGNORECASE,
)


def name_conflicts(tiers: Sequence[CampaignTier], du_lieu: Mapping[str, Any], place: Place) -> Iterator[Finding]:
    """Every conflict in a campaign; ``du_lieu`` are its own fields, at ``place``."""
    yield from _reserved_names(du_lieu, place)
    for tier in tiers:
        yield from _reserved_names(tier.du_lieu, tier.place_of("du_lieu"))
        yield from _column_conflicts(tier, du_lieu)
        yield from _kinds_twice(tier)


def _reserved_names(du_lieu: Mapping[str, Any], place: Place) -> Iterator[Finding]:
    """Fields of the campaign file called like a part of the letter or a group of fields."""
    for name in du_lieu:
        if name in _RESERVED:
            yield finding("campaign-field-reserved", place, name=name)


def _column_conflicts(tier: CampaignTier, du_lieu: Mapping[str, Any]) -> Iterator[Finding]:
    """Columns of the tier's recipients called like a field of the campaign file, or hidden by a part of the letter."""
    columns = set[str]().union(*(recipient.truong for recipient in tier.nguoi_nhan))
    for name in sorted(columns & {*du_lieu, *tier.du_lieu}):
        yield finding("campaign-field-twice", tier.place_of("du_lieu"), name=name, cap=tier.cap)
    for name in sorted(columns & _RESERVED & field_names(tier.noi_dung)):
        yield finding("campaign-column-hidden", tier.place_of("noi_dung"), name=name, cap=tier.cap)


def _kinds_twice(tier: CampaignTier) -> Iterator[Finding]:
    """Kinds of units written before a field that begins with one: "xã {{ xa }}" prints "xã xã Đa Lộc"."""
    places = [(text, tier.place_of()) for text in tier.lines]
    places += [(text, tier.noi_dung_place or tier.place_of("noi_dung")) for text in tier.bodies]
    for text, place in places:
        for match in _KIND_BEFORE_UNIT.finditer(text):
            units = (recipient.truong.get(match["level"], "") for recipient in tier.nguoi_nhan)
            if unit := next((one for one in units if Unit("", one, "").loai), ""):
                words = {"words": match[0], "printed": f"{match['kind']} {unit}", "name": match["level"]}
                yield finding("campaign-kind-twice", place, cap=tier.cap, **words)
