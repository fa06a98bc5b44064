"""The rounds of a tier: how they are selected, and what their letters may not do together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from congvan.campaign.model import FIRST_ROUND, Campaign, CampaignTier, round_name
from congvan.campaign.planning.identity import code_key, meaning_key
from congvan.campaign.planning.plan import PlannedLetter
from congvan.findings import Finding, finding
from congvan.recipients import Recipient

_Seen = tuple[Recipient, str]
"""A recipient, and the name of its round."""


def selection_names(tier: CampaignTier, campaign: Campaign) -> tuple[str, ...]:
    """The names that select the letters of ``tier``: all of its tier, and where that has rounds its own alone."""
    if not any(one.dot_gui and one.cap == tier.cap for one in campaign.cap):
        return (tier.cap,)
    return tier.cap, round_name(tier.cap, tier.dot_gui or FIRST_ROUND)


def round_findings(letters: Sequence[PlannedLetter]) -> Iterator[Finding]:
    """Recipients and units with letters in two rounds, and dates that run backwards; none without later rounds."""
    if not any(item.tier.dot_gui for item in letters):
        return
    originals = [item for item in letters if not item.letter.ban_sao]
    for _, of_tier in groupby(originals, key=lambda item: item.cap):
        items = list(of_tier)
        twice = list(_recipients_twice(items))
        yield from twice or _letters_twice(items)
    yield from _backward_dates(originals)


def _recipients_twice(letters: Iterable[PlannedLetter]) -> Iterator[Finding]:
    """A finding at both places of each recipient that two rounds of one tier have."""
    seen: dict[tuple[str, ...], _Seen] = {}
    for item in letters:
        name = round_name(item.cap, item.tier.dot_gui or FIRST_ROUND)
        for recipient in item.recipients:
            keys = [("ma", code_key(recipient.truong.get("ma_cu") or recipient.ma)), meaning_key(recipient)]
            before = next((seen[key] for key in keys if key in seen and seen[key][1] != name), None)
            if before:
                yield _twice(recipient, name, *before)
                yield _twice(before[0], before[1], recipient, name)
            for key in keys:
                seen.setdefault(key, (recipient, name))


def _twice(recipient: Recipient, name: str, other: Recipient, other_name: str) -> Finding:
    values = {"ma": recipient.ma, "name": name, "other": other_name, "place": other.place}
    return finding("campaign-recipient-in-two-rounds", recipient.place, **values)


def _letters_twice(letters: Iterable[PlannedLetter]) -> Iterator[Finding]:
    """A finding for each round with a letter to a unit that has one of an earlier round, for other recipients."""
    first: dict[str, PlannedLetter] = {}
    again: dict[str, list[PlannedLetter]] = {}
    for item in letters:
        if first.setdefault(item.key, item) is not item:
            again.setdefault(item.tier.name, []).append(item)
    for name, items in again.items():
        place = items[0].tier.place_of("mot_van_ban_cho")
        values = {"name": name, "ma": items[0].ma, "count": len(items), "first": first[items[0].key].tier.name}
        yield finding("campaign-letter-in-two-rounds", place, **values)


def _backward_dates(letters: Sequence[PlannedLetter]) -> Iterator[Finding]:
    """Letters dated before one they cite, or before that of the first round of an earlier tier for their unit.

    Where neither is of a later round, the order of the tiers has this already.
    """
    by_position = {item.position: item for item in letters}
    found: dict[tuple[str, str], list[PlannedLetter]] = {}
    for item in letters:
        for cap, position in item.cited.items():
            cited = by_position.get(position)
            if cited and _is_backward(item.tier, cited.tier, cap):
                found.setdefault((item.tier.name, cited.tier.name), []).append(item)
    tiers = {item.tier.name: item.tier for item in letters}
    for (name, before), items in found.items():
        values = {"ngay": items[0].tier.ngay.ngan, "ngay_truoc": tiers[before].ngay.ngan}
        place = items[0].tier.place_of("ngay")
        yield finding("campaign-round-backwards", place, name=name, before=before, count=len(items), **values)


def _is_backward(tier: CampaignTier, cited: CampaignTier, cap: str) -> bool:
    if not (tier.dot_gui or cited.dot_gui) or not tier.ngay.surely_before(cited.ngay):
        return False
    return cited.dot_gui is None or tier.may_cite(cap)
