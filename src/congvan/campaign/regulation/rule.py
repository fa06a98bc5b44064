"""A rule of a campaign, as data: what it asks, how strictly, and where that is written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final, Literal

from congvan.campaign.regulation.day_words import DayWords
from congvan.findings import Place

INTERNAL: Final = "noi_bo"
EXTERNAL: Final = "ben_ngoai"
"""The group of every work that is in no other group of its rule set."""

CountedTo = Literal["cuoi", "dau"]
"""The day of a series that a deadline looks at: its last, or its first."""


class RuleKind(StrEnum):
    """What a rule asks for."""

    CONDITION = "dieu_kien"
    DEADLINE = "thoi_han"
    COUNT = "so_luot"
    ORDER = "thu_tu"
    AREA = "dia_ban"
    COVERAGE = "phu_kin"
    PRESENCE = "phai_co"


@dataclass(frozen=True, slots=True)
class Reading:
    """One way of reading a rule: after ``nen_xong`` a warning, after ``cham_nhat`` the rule is broken.

    ``loi`` says in words how the rule is read; empty for a rule that is read in one way only.
    """

    ma: str = ""
    loi: str = ""
    cham_nhat: DayWords | None = None
    nen_xong: DayWords | None = None
    tinh_den: CountedTo = "cuoi"


ONE_WAY: Final = Reading()


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One rule; ``loai`` decides which of its parts count.

    ``ten`` is the rule in a sentence, ``nguon`` its source. ``cung`` rules stop a run, others warn. ``viec`` are names
    of works it is about: the first that the campaign has. ``can`` are what must be there before the works ``truoc``
    (an approval, declared flags); in an order rule ``truoc`` come before ``sau``. ``it_nhat`` is the least count of
    days, ``moi_ngay`` of times a day. A campaign that lacks the work breaks the rule, unless it is ``tuy_chon``.
    """

    ma: str
    ten: str
    loai: RuleKind
    nguon: str
    cung: bool = True
    viec: tuple[str, ...] = ()
    can: tuple[str, ...] = ()
    truoc: tuple[str, ...] = ()
    sau: tuple[str, ...] = ()
    it_nhat: int | None = None
    moi_ngay: int | None = None
    lien_tiep: bool = False
    tuy_chon: bool = False
    cach_hieu: tuple[Reading, ...] = (ONE_WAY,)
    place: Place = field(default=Place(), compare=False)

    def reading(self, chosen: str | None) -> Reading:
        """The reading of this code; the first where there is none of it."""
        return next((one for one in self.cach_hieu if one.ma == chosen), self.cach_hieu[0])

    @property
    def is_open(self) -> bool:
        """Whether it may be read in several ways."""
        return len(self.cach_hieu) > 1

    @property
    def works(self) -> tuple[str, ...]:
        """Every work or group it names."""
        return (*self.viec, *self.truoc, *self.sau)


@dataclass(frozen=True, slots=True)
class RuleSet:
    """Rules that belong together.

    ``nhom`` are groups of works by name, ``ten_viec`` the works and flags as people call them.
    """

    ma: str
    ten: str
    quy_tac: tuple[Rule, ...]
    nhom: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    ten_viec: Mapping[str, str] = field(default_factory=dict)

    def __add__(self, other: RuleSet) -> RuleSet:
        """Both together; a rule or a name of the other wins."""
        own = {rule.ma: rule for rule in self.quy_tac} | {rule.ma: rule for rule in other.quy_tac}
        groups = {name: (*self.nhom.get(name, ()), *other.nhom.get(name, ())) for name in {**self.nhom, **other.nhom}}
        names = {**self.ten_viec, **other.ten_viec}
        return RuleSet(f"{self.ma}+{other.ma}", self.ten, tuple(own.values()), groups, names)

    @property
    def asks_for_approval(self) -> bool:
        """Whether a rule says what must not come before the approval; without one no tier may."""
        return any(rule.loai is RuleKind.CONDITION and APPROVAL in rule.can for rule in self.quy_tac)

    @property
    def flags(self) -> tuple[str, ...]:
        """The flags that its rules ask for, such as ``tap_huan``."""
        named = (name for rule in self.quy_tac for name in rule.can if name != APPROVAL)
        return tuple(dict.fromkeys(named))

    @property
    def works(self) -> tuple[str, ...]:
        """The works that its rules and groups name."""
        named = [name for rule in self.quy_tac for name in rule.works]
        named += [name for members in self.nhom.values() for name in members]
        return tuple(dict.fromkeys(name for name in named if name not in self.nhom and name != EXTERNAL))

    def called(self, name: str) -> str:
        """A work or flag as people call it."""
        return self.ten_viec.get(name) or name.replace("_", " ")


APPROVAL: Final = "chap_thuan"
"""The condition that the campaign has its approval."""
