"""Groups the recipients of a tier into letters, finds the issuer of each, and orders them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache
from typing import Final, NamedTuple

from congvan.campaign.agencies import Agencies
from congvan.campaign.area.unit_scope import EVERYWHERE, LEVELS, UnitRef, unit_refs
from congvan.campaign.did_you_mean import did_you_mean
from congvan.campaign.model import CampaignTier, Grouping
from congvan.findings import Finding, Place, finding
from congvan.letter import Agency
from congvan.letter.frozen_fields import FrozenFields
from congvan.recipients import Recipient
from congvan.recipients.columns import KNOWN_COLUMNS
from congvan.text.collation import collation_key

_UNIT_LEVELS: Final = {"cap": 1, "huyen": 2, "xa": 3, "nguoi_nhan": 3}
"""The number of levels of units, from the province down, that all recipients of a group share."""


def letter_code(recipient: Recipient) -> str:
    """The code a letter to this recipient alone has: the one it had when it first got a letter."""
    return recipient.truong.get("ma_cu") or recipient.ma


class Group(NamedTuple):
    """The recipients of one letter.

    ``ma`` identifies the letter inside its tier. ``units`` are the names and codes the group shares
    (``huyen``, ``ma_huyen`` …); ``refs`` the same units, the most exact first; ``holds_for`` the units for
    which a later letter may cite this one.
    """

    ma: str
    don_vi: Agency
    recipients: tuple[Recipient, ...]
    units: Mapping[str, str]
    refs: tuple[UnitRef, ...]
    holds_for: frozenset[UnitRef]


def grouped(
    tier: CampaignTier, recipients: Sequence[Recipient], agencies: Agencies
) -> tuple[list[Group], list[Finding]]:
    """The groups of the tier in their order, and a finding for every recipient without one."""
    if tier.by_unit is None and tier.don_vi not in agencies:
        values = {"ma": tier.don_vi, **did_you_mean(tier.don_vi, agencies)}
        return [], [finding("campaign-agency-unknown", tier.place_of("don_vi"), **values)]
    if tier.mot_van_ban_cho == "huyen" and tier.by_unit == "xa":
        values = {"cap": tier.cap, "group": "huyen", "agency": tier.don_vi}
        return [], [finding("campaign-group-too-wide", tier.place_of("mot_van_ban_cho"), **values)]
    sorter = _Sorter(tier, agencies)
    for recipient in _ordered(tier, recipients):
        sorter.add(recipient)
    return [_group(tier, *letter) for letter in sorter.letters()], sorter.findings


def _ordered(tier: CampaignTier, recipients: Sequence[Recipient]) -> Sequence[Recipient]:
    """In the order of the list, or by the Vietnamese names of district, commune and recipient."""
    if tier.thu_tu == "theo_danh_sach":
        return recipients
    key = cache(collation_key)  # most recipients share the names of their units
    return sorted(recipients, key=lambda one: tuple(map(key, (one.huyen or "", one.xa or "", one.ten, one.ma))))


class _Sorter:
    """Collects recipients by letter; the first recipient of a letter decides its place in the order."""

    def __init__(self, tier: CampaignTier, agencies: Agencies) -> None:
        self.findings: list[Finding] = []
        self._tier = tier
        self._agencies = agencies
        self._by_code: dict[str, tuple[Agency, list[Recipient]]] = {}
        self._served: dict[UnitRef, Agency | None] = {}

    def letters(self) -> Iterator[tuple[str, Agency, Sequence[Recipient]]]:
        for ma, (agency, recipients) in self._by_code.items():
            yield ma, agency, recipients

    def add(self, recipient: Recipient) -> None:
        agency = self._agency(recipient)
        ma = self._letter_code(recipient, agency) if agency else None
        if agency is None or ma is None:
            return
        issuer, together = self._by_code.setdefault(ma, (agency, []))
        if together and (issuer is not agency or self._tier.mot_van_ban_cho == "nguoi_nhan"):
            column = "ma_cu" if recipient.truong.get("ma_cu") == ma else "ma"
            has_code = column in recipient.headers
            place = recipient.place_of(column) if has_code else recipient.place
            called = ma if has_code else ", ".join(filter(None, (recipient.ten, recipient.xa)))
            self._note("campaign-letter-twice", place, ma=called, first=together[0].place)
        else:
            together.append(recipient)

    def _letter_code(self, recipient: Recipient, agency: Agency) -> str | None:
        match self._tier.mot_van_ban_cho:
            case "nguoi_nhan":
                return letter_code(recipient)
            case "cap":
                return agency.ma if self._tier.by_unit else self._tier.cap
            case level:
                unit = self._unit(recipient, level)
                return unit.ma if unit else None

    def _agency(self, recipient: Recipient) -> Agency | None:
        level = self._tier.by_unit
        if level is None:
            return self._agencies[self._tier.don_vi]
        unit = self._unit(recipient, level)
        if unit and unit not in self._served:
            self._served[unit] = self._serving(unit, recipient)
        return self._served[unit] if unit else None

    def _serving(self, unit: UnitRef, recipient: Recipient) -> Agency | None:
        """The only body that serves ``unit``; one finding for all its recipients when there is none or several."""
        name = recipient.truong.get(unit.cap, "")
        bodies = self._agencies.serving(unit.ma, name)
        code = recipient.truong.get(f"ma_{unit.cap}")
        values = {"unit": name or unit.cap, **({"ma": code} if code else {})}
        if not bodies:
            kind = "no-unit" if code else "unmatched-unit"
            self._note(f"campaign-agency-of-{kind}", self._tier.place_of("don_vi"), **values)
        if len(bodies) > 1:
            names = ", ".join(body.ma for body in bodies)
            self._note(
                "campaign-agency-of-one-unit-twice", self._agencies.place(bodies[1].ma), agencies=names, **values
            )
        return bodies[0] if len(bodies) == 1 else None

    def _unit(self, recipient: Recipient, level: str) -> UnitRef | None:
        """The recipient's unit at ``level``; a list with a column for codes has one for every recipient."""
        unit = next((ref for ref in unit_refs(recipient) if ref.cap == level), None)
        column = f"ma_{level}"
        if unit is None or (column in recipient.headers and column not in recipient.truong):
            shown = level if level in recipient.headers else column
            title = recipient.headers.get(shown, KNOWN_COLUMNS[level][0])
            self._note("campaign-unit-missing", recipient.place_of(shown), column=title)
            return None
        return unit

    def _note(self, code: str, place: Place, **values: object) -> None:
        self.findings.append(finding(code, place, cap=self._tier.cap, **values))


@lru_cache(maxsize=1024)
def _units(names: tuple[tuple[str, str], ...]) -> Mapping[str, str]:
    """Names and codes of units; groups in the same units share them."""
    return FrozenFields(dict(names))


@lru_cache(maxsize=1024)
def _shared(
    chains: frozenset[tuple[UnitRef, ...]], first: tuple[UnitRef, ...], each: Grouping
) -> tuple[tuple[UnitRef, ...], frozenset[UnitRef]]:
    """The units that recipients in ``chains`` share, ``first`` among these, and those their letter holds for."""
    levels = LEVELS[: _UNIT_LEVELS[each]]
    common = set.intersection(*map(set, chains))
    refs = tuple(ref for ref in first if ref in common and ref.cap in levels)
    if each in {"huyen", "xa"}:
        return refs, frozenset(refs[:1])
    return refs, frozenset(chain[0] if chain else EVERYWHERE for chain in chains)


def _group(tier: CampaignTier, ma: str, agency: Agency, recipients: Sequence[Recipient]) -> Group:
    chains = [*map(unit_refs, recipients)]
    refs, holds_for = _shared(frozenset(chains), chains[0], tier.mot_van_ban_cho)
    first = recipients[0]
    names = (name for ref in refs for name in (ref.cap, f"ma_{ref.cap}"))
    units = _units(tuple((name, first.truong[name]) for name in names if name in first.truong))
    return Group(ma, agency, tuple(recipients), units, refs, holds_for)
