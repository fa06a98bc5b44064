"""The types of a letter's parts: text in Unicode form NFC, lists of bare lines, the user's own fields."""

from __future__ import annotations

from collections.abc import Mapping
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

from congvan.letter.frozen_fields import FrozenFields, plain_fields
from congvan.text.unicode_form import nfc


def _one_or_many(value: object) -> object:
    """A single string as a list of one; the type refuses anything else."""
    return (value,) if isinstance(value, str) else value


def _frozen(fields: object, validate: ValidatorFunctionWrapHandler) -> FrozenFields:
    return fields if isinstance(fields, FrozenFields) else FrozenFields(validate(fields))


Text = Annotated[str, AfterValidator(nfc)]
Lines = Annotated[tuple[Text, ...], BeforeValidator(_one_or_many)]
Fields = Annotated[Mapping[str, Any], WrapValidator(_frozen), PlainSerializer(plain_fields, return_type=dict)]


class Part(BaseModel):
    """A part of a letter that has parts itself: frozen, without unknown parts."""

    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True)
