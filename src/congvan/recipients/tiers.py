"""Levels of recipients (cấp) and the order of their letters: data, not code.

The tiers congvan knows are those of the administration and of the hamlets below it; a campaign may
list others. What a tier needs from a list of recipients belongs to the tier.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Final, Self

UNCLEAR: Final = "?"
"""The tier of a list whose columns are not enough for any; it requires none."""


@dataclass(frozen=True, slots=True)
class Tier:
    """A level of recipients: ``ma`` is how files name it, ``ten`` how people do.

    ``required_columns`` are those a list of this tier's recipients must fill in every row.
    """

    ma: str
    ten: str
    required_columns: tuple[str, ...] = ("ten",)

    @classmethod
    def of(cls, tier: Tier | str) -> Tier:
        """The tier congvan knows by this name, or a new one of this name that needs only ``ten``."""
        if isinstance(tier, Tier):
            return tier
        if tier == UNCLEAR:
            return cls(UNCLEAR, "chưa rõ", ())
        return TIERS.get(tier) or cls(tier, tier.replace("_", " ").replace("-", " "))

    @property
    def is_person(self) -> bool:
        """True when its letters go to a person, not to a body."""
        return "ho_ten" in self.required_columns

    @property
    def is_hamlet(self) -> bool:
        """True when its letters go to the heads of hamlets."""
        return "thon" in self.required_columns


TIERS: Final[dict[str, Tier]] = {
    tier.ma: tier
    for tier in (
        Tier("tinh", "tỉnh"),
        Tier("huyen", "huyện", ("huyen", "ten")),
        Tier("xa", "xã", ("xa", "ten")),
        Tier("thon", "thôn", ("xa", "thon", "ho_ten")),
    )
}
"""The tiers congvan knows. A row may give the unit's code in place of its name: ``ma_xa`` for ``xa``."""


def tier_of(columns: Collection[str]) -> Tier | None:
    """The lowest tier whose required columns are all among ``columns``; None when there is none."""
    for tier in reversed(TIERS.values()):
        if all({name, f"ma_{name}"} & set(columns) for name in tier.required_columns):
            return tier
    return None


@dataclass(frozen=True, slots=True)
class TierScheme:
    """Tiers in the order their letters go out (``he_thong_cap``).

    Raises:
        ValueError: when a tier occurs twice, or there is none.
    """

    tiers: tuple[Tier, ...]

    def __post_init__(self) -> None:
        if not self.tiers or len(set(self.names)) != len(self.tiers):
            raise ValueError(f"a scheme of tiers names each tier once, and at least one: {', '.join(self.names)}")

    @classmethod
    def of(cls, tiers: Iterable[Tier | str]) -> Self:
        """The scheme of these tiers or names of tiers."""
        return cls(tuple(Tier.of(tier) for tier in tiers))

    @property
    def names(self) -> tuple[str, ...]:
        """The tiers' names in order: ``("tinh", "huyen", "thon")``."""
        return tuple(tier.ma for tier in self.tiers)

    def __contains__(self, tier: object) -> bool:
        return (tier.ma if isinstance(tier, Tier) else tier) in self.names

    def __iter__(self) -> Iterator[Tier]:
        return iter(self.tiers)

    def __len__(self) -> int:
        return len(self.tiers)
