"""The types of a letter's parts: text in Unicode form NFC, lists of bare lines, the user's own fields."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Annotated, Any

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    PlainSerializer,
    ValidatorFunctionWrapHandler,
    WrapValidator,
)

from congvan.letter.layered import Layered, plain_fields
from congvan.text.unicode_form import nfc


def _one_or_many(value: object) -> object:
    """A single string is a list of one; anything else is left to the type."""
    return (value,) if isinstance(value, str) else value


def _unchanging(fields: object, read: ValidatorFunctionWrapHandler) -> Mapping[str, Any]:
    """Fields as nobody can change them any more; layers are so already."""
    return fields if isinstance(fields, Layered) else MappingProxyType(dict(read(fields)))


Text = Annotated[str, AfterValidator(nfc)]
Lines = Annotated[tuple[Text, ...], BeforeValidator(_one_or_many)]
Fields = Annotated[Mapping[str, Any], WrapValidator(_unchanging), PlainSerializer(plain_fields, return_type=dict)]


class Part(BaseModel):
    """A part of a letter that has parts itself: frozen, and nothing unknown in it."""

    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True)
