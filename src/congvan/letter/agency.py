"""An issuing body: its names in the head of a letter and in texts, and the symbol of its numbers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, TypeAlias, cast

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field

from congvan.letter.frozen_fields import FrozenFields
from congvan.letter.text_types import Fields, Issuer, Lines, Text

FirstNumber: TypeAlias = int | Mapping[int, int]
"""The first number of a series: one number, or numbers by year."""


def first_number(so_bat_dau: FirstNumber, nam: int) -> int:
    """The first number of the year ``nam``; 1 where the years that are named are others."""
    return so_bat_dau if isinstance(so_bat_dau, int) else so_bat_dau.get(nam, 1)


def _frozen(so_bat_dau: FirstNumber) -> FirstNumber:
    """The numbers by year as a mapping that can be hashed and pickled, as an agency can."""
    return so_bat_dau if isinstance(so_bat_dau, int) else cast("FirstNumber", FrozenFields(cast("Any", so_bat_dau)))


class Agency(BaseModel):
    """An issuing body, a row of ``don-vi.csv``.

    ``ten_thuong`` is its name in running text ("Điện lực Hậu Lộc"), ``ky_hieu`` its abbreviation, fixed
    by its head and never derived (Decree 30/2020, Annex I, part II, item 3). ``pham_vi`` are the codes
    of the units it serves. ``so_bat_dau`` is the first number congvan may take, for a body that has already issued
    letters: a mapping of years to numbers, or one number, which counts for the first year alone that the register has
    letters of the body in. Unknown columns are in ``truong``.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True)

    ma: Text
    chu_quan: Issuer | None = None
    co_quan: Issuer
    ten_thuong: Text
    ky_hieu: Text
    dia_danh: Text
    pham_vi: Annotated[tuple[str, ...], BeforeValidator(lambda value: value or ())] = ()
    so_bat_dau: Annotated[FirstNumber, AfterValidator(_frozen)] = 1
    lien_he: Lines = ()
    truong: Fields = Field(default_factory=FrozenFields)

    def first_number(self, nam: int) -> int:
        """The first number of the body's letters in the year ``nam``, as far as ``so_bat_dau`` says."""
        return first_number(self.so_bat_dau, nam)
