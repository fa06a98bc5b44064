"""The inputs of one letter."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from congvan.campaign.planning.citations import NoCitation
from congvan.letter import Agency
from congvan.letter.frozen_fields import plain_fields
from congvan.recipients import Recipient


@dataclass(frozen=True, slots=True)
class LetterInputs:
    """The issuer of a letter, its recipients and its fields: ``truong`` is stored in it, ``values`` fill its texts.

    ``ma`` identifies the letter inside its tier. ``cited`` has for every earlier tier the position of the letter this
    one cites, or the reason why there is none.
    """

    ma: str
    don_vi: Agency
    recipients: tuple[Recipient, ...]
    truong: Mapping[str, Any]
    cited: Mapping[str, int | NoCitation]
    values: dict[str, Any] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "values", plain_fields(self.truong))
