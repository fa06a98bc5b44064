"""A letter before it is written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from congvan.campaign.citation import NoCitation
from congvan.letter import Agency
from congvan.letter.frozen_fields import plain_fields
from congvan.recipients import Recipient


@dataclass(frozen=True, slots=True)
class Draft:
    """Who issues a letter, to whom, and its fields: ``truong`` as the letter keeps them, ``values`` to fill texts with.

    ``ma`` is what the letter is about inside its tier. ``cited`` says for every earlier tier which letter of the
    plan, by its place, this one cites, or why there is none.
    """

    ma: str
    don_vi: Agency
    recipients: tuple[Recipient, ...]
    truong: Mapping[str, Any]
    cited: Mapping[str, int | NoCitation]
    values: dict[str, Any] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "values", plain_fields(self.truong))
