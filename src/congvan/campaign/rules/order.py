"""The order a campaign must keep: its tiers, and the dates its tiers carry."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Self

from congvan.campaign.did_you_mean import did_you_mean
from congvan.campaign.model import Campaign, CampaignTier
from congvan.findings import Finding, Place, finding
from congvan.letter import IssueDate


@dataclass(frozen=True, slots=True)
class DatedTier:
    """The part of a tier its order depends on, or of a later round; also of a tier that cannot be read whole.

    ``ngay`` is None where the file has no sound date, or the tier is dated when it is numbered; ``place`` and
    ``ngay_place`` are the places of tier and date.
    """

    cap: str
    ngay: IssueDate | None
    place: Place
    ngay_place: Place

    @classmethod
    def of(cls, tier: CampaignTier) -> Self:
        """The name and date of a whole tier or round."""
        return cls(tier.name, None if tier.hom_nay else tier.ngay, tier.place_of("cap"), tier.place_of("ngay"))


def campaign_order_findings(campaign: Campaign) -> Iterator[Finding]:
    """Every breach of the order in a whole campaign; none in one that was loaded, since loading refuses them."""
    tiers = [tier for tier in campaign.cap if not tier.is_document]
    first = [DatedTier.of(tier) for tier in tiers if tier.dot_gui is None]
    yield from order_findings(campaign.he_thong_cap, first)
    if campaign.chap_thuan and not campaign.quy_tac.asks_for_approval:
        yield from approval_findings(campaign.chap_thuan.ngay, map(DatedTier.of, tiers))


def order_findings(scheme: Sequence[str], tiers: Iterable[DatedTier]) -> Iterator[Finding]:
    """Every breach of the order: tiers that are unknown, twice or out of turn, and dates that run backwards."""
    known, seen = [], set()
    for tier in tiers:
        if tier.cap not in scheme:
            yield finding("campaign-tier-unknown", tier.place, cap=tier.cap, **did_you_mean(tier.cap, scheme))
        elif tier.cap in seen:
            yield finding("campaign-tier-twice", tier.place, cap=tier.cap)
        else:
            known.append(tier)
        seen.add(tier.cap)
    for first, second in pairwise(known):
        if scheme.index(second.cap) < scheme.index(first.cap):
            yield finding(
                "campaign-tier-out-of-turn", second.place, cap=second.cap, sau=first.cap, scheme=_arrows(scheme)
            )
    yield from _backward_dates(sorted(known, key=lambda tier: scheme.index(tier.cap)))


def _backward_dates(tiers: Sequence[DatedTier]) -> Iterator[Finding]:
    """Each tier against the nearest earlier one it is surely dated before."""
    for position, tier in enumerate(tiers):
        for earlier in reversed(tiers[:position]):
            if tier.ngay and earlier.ngay and tier.ngay.surely_before(earlier.ngay):
                values = {
                    "cap": tier.cap,
                    "ngay": tier.ngay.ngan,
                    "truoc": earlier.cap,
                    "ngay_truoc": earlier.ngay.ngan,
                }
                yield finding("campaign-date-backwards", tier.ngay_place, **values)
                break


def approval_findings(approved: IssueDate, tiers: Iterable[DatedTier]) -> Iterator[Finding]:
    """Tiers, and rounds of tiers, dated before the document that allows the campaign (rule P2)."""
    for tier in tiers:
        if tier.ngay and tier.ngay.surely_before(approved):
            values = {"cap": tier.cap, "ngay": tier.ngay.ngan, "ngay_chap_thuan": approved.ngan}
            yield finding("campaign-date-before-approval", tier.ngay_place, **values)


def _arrows(scheme: Sequence[str]) -> str:
    return " → ".join(scheme)


def numbering_order(tiers: Sequence[CampaignTier]) -> Mapping[str, int]:
    """The places of tiers and rounds, by name, in the order in which numbers are given.

    Tiers keep their order. A later round comes after its tier, and after every tier and round that is not surely
    dated later, so that the dates of a series rise with its numbers.
    """
    order = [tier for tier in tiers if tier.dot_gui is None]
    for later in (tier for tier in tiers if tier.dot_gui):
        after = [at for at, one in enumerate(order) if one.cap == later.cap or not later.ngay.surely_before(one.ngay)]
        order.insert(max(after, default=-1) + 1, later)
    return {tier.name: at for at, tier in enumerate(order)}


def with_documents(tiers: Sequence[CampaignTier], documents: Iterable[CampaignTier]) -> tuple[CampaignTier, ...]:
    """The tiers with the documents among them: each goes out before the first tier that is surely dated later.

    Tiers and their rounds stay together and keep their order, and so do documents of one date.
    """
    order = list(tiers)
    for document in documents:
        order.insert(_position(order, document), document)
    return tuple(order)


def _position(order: Sequence[CampaignTier], document: CampaignTier) -> int:
    """Before the first tier or document that is surely dated later; never between a tier and its rounds."""
    for index, other in enumerate(order):
        if other.dot_gui is None and document.ngay.surely_before(other.ngay):
            return index
    return len(order)
