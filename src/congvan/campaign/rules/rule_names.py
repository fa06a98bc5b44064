"""Names of rules, works and flags in a campaign file that its rules do not know."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from congvan.campaign.did_you_mean import did_you_mean
from congvan.campaign.model import Campaign
from congvan.campaign.regulation.works import MESSAGES
from congvan.findings import Finding, Place, finding


def rule_name_findings(campaign: Campaign, place: Callable[[str, str], Place]) -> Iterator[Finding]:
    """Every name no rule knows, with the nearest; ``place`` gives that of a key below another.

    A work no rule is about stays in the timetable, so that it is only a caution.
    """
    rules = {rule.ma: rule for rule in campaign.quy_tac.quy_tac}
    for key, named in (("cach_hieu", campaign.cach_hieu), ("mien_quy_tac", campaign.mien_quy_tac)):
        for name in named:
            if name not in rules:
                yield finding("rule-unknown", place(key, name), name=name, **did_you_mean(name, rules))
    for name, chosen in campaign.cach_hieu.items():
        known = [reading.ma for reading in rules[name].cach_hieu] if name in rules else [chosen]
        if chosen not in known:
            values = {"rule": name, "name": chosen, **did_you_mean(chosen, filter(None, known))}
            yield finding("rule-reading-unknown", place("cach_hieu", name), **values)
    yield from _unknown_works(campaign)


def _unknown_works(campaign: Campaign) -> Iterator[Finding]:
    rules = campaign.quy_tac
    flags = {*rules.flags, *(name for rule in rules.quy_tac for name in rule.viec)}
    for flag in campaign.da_xong:
        if flag.ma not in flags:
            yield finding("rule-flag-unknown", flag.place, name=flag.ma, **did_you_mean(flag.ma, rules.flags))
    known = {*rules.works, MESSAGES}
    named = [(one.ma, one.place) for one in campaign.lich]
    named += [(tier.viec, tier.place_of("viec")) for tier in campaign.cap if tier.viec and not tier.dot_gui]
    for name, at in named:
        if name not in known:
            yield finding("rule-work-unknown", at, name=name, near=did_you_mean(name, known)["near"])
