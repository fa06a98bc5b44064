"""The ordered list of letters a campaign means: pure data; no file is read or written, no clock asked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any, NamedTuple

from congvan.campaign.campaign import Campaign, TierPlan
from congvan.campaign.citation import Citations
from congvan.campaign.deadline import Deadline
from congvan.campaign.desk import Desk
from congvan.campaign.draft import Draft
from congvan.campaign.number_requests import copy_number_request, number_request
from congvan.errors import CampaignError
from congvan.findings import Finding, Place, Report, finding
from congvan.letter import Agency, BanSao, Letter, NumberRequest
from congvan.letter.frozen_fields import FrozenFields
from congvan.recipients import Recipient


class PlannedLetter(NamedTuple):
    """One letter of a plan.

    ``thu_tu`` is its place in the whole plan, from 1. ``khoa`` is what it *is*, ``<campaign>/<tier>/<ma>``, whatever
    other rows the lists hold; ``so_khoa`` is the key its number is kept under, shared by letters of one number and
    None for a letter that takes none. A copy of a letter is a letter of its own with ``ban_sao`` in it: it prints
    the number under ``so_khoa`` again and takes that under ``sao_khoa``. ``units`` are the names and
    codes of its district and commune, as far as all its recipients share them; ``truoc`` the places of the earlier
    letters it may cite, by tier.
    """

    thu_tu: int
    cap: str
    khoa: str
    so_khoa: str | None
    sao_khoa: str | None
    ma: str
    don_vi: Agency
    recipients: tuple[Recipient, ...]
    units: Mapping[str, str]
    letter: Letter
    tier: TierPlan
    truoc: Mapping[str, int]

    @property
    def document(self) -> Letter | BanSao:
        """What leaves the office under a number and a date: the letter, or its copy where this is one."""
        return self.letter.ban_sao or self.letter

    @property
    def loai(self) -> str:
        """The kind of the letter, or the form of the copy: ``cong-van``, ``sao-y``."""
        return self.letter.ban_sao.hinh_thuc if self.letter.ban_sao else self.letter.loai

    @property
    def own_khoa(self) -> str | None:
        """The key of the number that is taken for it alone; a copy's letter has taken its own before."""
        return self.sao_khoa if self.letter.ban_sao else self.so_khoa

    def with_letter(self, letter: Letter) -> PlannedLetter:
        """The same with ``letter`` in the place of its own; in a third of the time ``_replace`` takes."""
        return PlannedLetter(
            self.thu_tu, self.cap, self.khoa, self.so_khoa, self.sao_khoa, self.ma, self.don_vi, self.recipients,
            self.units, letter, self.tier, self.truoc,
        )  # fmt: skip

    def unit_name(self, cap: str) -> str | None:
        """The name of its ``tinh``, ``huyen`` or ``xa``; None when it has none or several."""
        return self.units.get(cap)

    def unit_code(self, cap: str) -> str | None:
        """The code of its ``tinh``, ``huyen`` or ``xa``; None when it has none or several, or the list has no codes."""
        return self.units.get(f"ma_{cap}")


@dataclass(frozen=True)
class Plan:
    """The letters of a campaign in sending order.

    ``items`` are those asked for; ``whole`` are all, since a letter may cite one that was not asked for.
    """

    campaign: Campaign
    items: tuple[PlannedLetter, ...]
    whole: tuple[PlannedLetter, ...]
    report: Report

    @property
    def letters(self) -> tuple[Letter, ...]:
        """The letters alone, copies of them included."""
        return tuple(item.letter for item in self.items)

    def deadlines(self) -> tuple[Deadline, ...]:
        """By when each tier should be dated; see :mod:`congvan.campaign.deadline`."""
        return self.campaign.deadlines()

    def number_requests(self) -> tuple[NumberRequest, ...]:
        """The numbers these letters need, in order: their own, those of the letters they cite, and those of copies."""
        return tuple(number_request_of(khoa, items) for khoa, items in self._needed_by_key().items())

    def numbered(self, numbers: Mapping[str, int]) -> Plan:
        """This plan with its numbers, by key, and every citation of them written out.

        Raises:
            CampaignError: when a letter's number is not among them or is none, or a letter cannot be one with it.
        """
        Report.of(self._number_findings(numbers)).raise_errors(CampaignError)
        whole = tuple(with_numbers(self.whole, numbers, self.campaign))
        asked_for = {item.thu_tu for item in self.items}
        return replace(self, whole=whole, items=tuple(item for item in whole if item.thu_tu in asked_for))

    def numbered_one_by_one(self, numbers: Mapping[str, int]) -> Iterator[PlannedLetter]:
        """``items`` as :meth:`numbered` has them, each made when it is asked for, so that many need no room.

        Raises:
            CampaignError: as :meth:`numbered`; for a letter that cannot be one with its number, when it comes to it.
        """
        Report.of(self._number_findings(numbers)).raise_errors(CampaignError)
        asked_for = {item.thu_tu for item in self.items}
        return (item for item in with_numbers(self.whole, numbers, self.campaign) if item.thu_tu in asked_for)

    def _number_findings(self, numbers: Mapping[str, int]) -> Iterator[Finding]:
        needed = self._needed()
        for khoa in dict.fromkeys(item.own_khoa for item in self.whole if item.thu_tu in needed):
            if khoa is None:
                continue
            so = numbers.get(khoa)
            if so is None:
                yield finding("campaign-number-missing", Place(key=khoa), khoa=khoa)
            elif so < 1:
                yield finding("letter-number-impossible", Place(key=khoa), value=so)

    def _needed_by_key(self) -> Mapping[str, Sequence[PlannedLetter]]:
        """The letters of each number these letters need, in order."""
        needed = self._needed()
        of_key: dict[str, list[PlannedLetter]] = {}
        for item in self.whole:
            if khoa := item.own_khoa:
                of_key.setdefault(khoa, []).append(item)
        return {khoa: items for khoa, items in of_key.items() if any(item.thu_tu in needed for item in items)}

    def _needed(self) -> set[int]:
        """The places of the letters asked for and of those they cite, directly or through another."""
        needed = {item.thu_tu for item in self.items}
        for item in reversed(self.whole):
            if item.thu_tu in needed and item.tier.cites:
                needed |= set(item.truoc.values())
        return needed


def number_request_of(khoa: str, items: Sequence[PlannedLetter]) -> NumberRequest:
    """The number of these letters, which share the key ``khoa``."""
    letters, tier = [item.letter for item in items], items[0].tier
    if tier.ban_sao and letters[0].ban_sao:
        return copy_number_request(khoa, tier.ban_sao, items[0].don_vi, letters)
    return number_request(khoa, items[0].don_vi, letters)


def with_numbers(
    letters: Iterable[PlannedLetter], numbers: Mapping[str, int], campaign: Campaign
) -> Iterator[PlannedLetter]:
    """All letters of ``campaign`` again, in order, each with its number, citing the earlier ones as they now are.

    Raises:
        CampaignError: for a letter that cannot be one with its number, when it comes to it.
    """
    citations = Citations()
    for _, of_tier in groupby(letters, key=lambda item: item.cap):
        desk = None
        for item in of_tier:
            desk = desk or Desk(item.tier)
            fields = FrozenFields(citations.of(item.truoc), item.letter.truong) if item.truoc else item.letter.truong
            letter = _rewritten(item, fields, numbers.get(item.so_khoa or ""), desk)
            if item.sao_khoa and letter.ban_sao:
                copy = letter.ban_sao.model_copy(update={"so": numbers.get(item.sao_khoa)})
                letter = letter.model_copy(update={"ban_sao": copy})
            if item.tier is not campaign.cap[-1]:  # nobody cites a letter of the last tier, and it has most
                citations.add(item.thu_tu, item.tier, item.don_vi, letter)
            yield item.with_letter(letter)


def _rewritten(item: PlannedLetter, fields: Mapping[str, Any], so: int | None, desk: Desk) -> Letter:
    """The letter with its number; written anew only where its own lines cite another."""
    if not item.tier.lines_cite:
        return item.letter.model_copy(update={"so": so, "truong": fields})
    draft = Draft(item.ma, item.don_vi, item.recipients, fields, {})
    letter = desk.write(draft, so)
    if item.letter.ban_sao:
        letter = desk.copy(draft, letter)
    if letter is None:
        raise CampaignError(Report.of(desk.objections.refusals(item.khoa)))
    return letter
