"""The works of a campaign as its rules see them: letters, activities and messages by name, with their days."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from congvan.campaign.model import Campaign, CampaignTier
from congvan.campaign.regulation.rule import EXTERNAL, RuleSet
from congvan.findings import Place
from congvan.letter import IssueDate
from congvan.recipients import Recipient

MESSAGES = "tin_nhan"
"""The work of sending messages to customers, whose days are those of ``tin_nhan``."""


@dataclass(frozen=True, slots=True)
class Work:
    """A work under the name ``viec`` that rules use; ``name`` is the tier, round, document or activity itself.

    ``days`` are its days in order; those of letters ``is_dated_later`` are not settled before they are numbered.
    ``place`` is where they are written. ``recipients`` are those of letters.
    """

    viec: str
    name: str
    days: tuple[IssueDate, ...]
    place: Place
    moi_ngay: int = 1
    gio: tuple[str, ...] = ()
    is_letter: bool = False
    is_later_round: bool = False
    is_dated_later: bool = False
    recipients: tuple[Recipient, ...] = ()

    @property
    def first(self) -> IssueDate | None:
        """Its first day."""
        return self.days[0] if self.days else None

    @property
    def last(self) -> IssueDate | None:
        """Its last day."""
        return self.days[-1] if self.days else None


class Works:
    """The works of ``campaign``, found by the names rules use."""

    def __init__(self, campaign: Campaign) -> None:
        self._all = tuple(_works(campaign))
        self._known = {*(work.viec for work in self._all), *campaign.he_thong_cap}
        self._groups = campaign.quy_tac.nhom
        self._grouped = {name for members in self._groups.values() for name in members}

    def __iter__(self) -> Iterator[Work]:
        return iter(self._all)

    def first_of(self, names: Sequence[str]) -> tuple[Work, ...]:
        """The works of the first name that means one of this campaign: names are alternatives, as huyện and xã are."""
        name = next((name for name in names if name in self._known), None)
        return self.named(name) if name else ()

    def all_of(self, names: Iterable[str]) -> tuple[Work, ...]:
        """The works of all these names and groups, each once."""
        return tuple(dict.fromkeys(work for name in names for work in self._members(name)))

    def named(self, name: str) -> tuple[Work, ...]:
        """The works of one name."""
        return tuple(work for work in self._all if work.viec == name)

    def _members(self, name: str) -> Iterator[Work]:
        if name == EXTERNAL:
            yield from (work for work in self._all if work.viec not in self._grouped)
            return
        for member in self._groups.get(name, (name,)):
            yield from self.named(member)


def _works(campaign: Campaign) -> Iterator[Work]:
    for tier in campaign.cap:
        yield _letters(tier)
    for one in campaign.lich:
        yield Work(one.ma, one.ma, _dates(one.ngay), one.place, one.moi_ngay, one.gio)
    if campaign.tin_nhan:
        days = sorted({message.ngay for message in campaign.tin_nhan})
        yield Work(MESSAGES, MESSAGES, _dates(days), campaign.place_of("tin_nhan"))


def _letters(tier: CampaignTier) -> Work:
    place = tier.place_of("ngay")
    is_later = tier.dot_gui is not None
    return Work(
        tier.work,
        tier.name,
        (tier.ngay,),
        place,
        is_letter=True,
        is_later_round=is_later,
        is_dated_later=tier.hom_nay,
        recipients=tier.nguoi_nhan,
    )


def _dates(days: Iterable[date]) -> tuple[IssueDate, ...]:
    return tuple(IssueDate.of(day) for day in sorted(days))


def called(rules: RuleSet, work: Work) -> str:
    """A work as people call it: by the rules' name for it, or by its own."""
    return rules.ten_viec.get(work.viec) or work.name.replace("_", " ")
