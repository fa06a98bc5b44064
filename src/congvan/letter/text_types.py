"""The types of a letter's parts: text in Unicode form NFC, lists of bare lines, the user's own fields."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Annotated, Any, Final

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

BLANK_WORDS: Final = "…" * 10
"""Room to write by hand where words are still open in a draft."""

JOINT: Final = " - "
"""Between the names of bodies that issue a document together."""


_FOREIGN_LINE_ENDS: Final = re.compile("[\x0b\x0c\x85\u2028\u2029]")


def line_of_yaml(item: object) -> object:
    """A line of YAML such as ``- Lưu: VT`` without quotes, which is read as a mapping, as the text it was."""
    if isinstance(item, dict) and len(item) == 1:
        ((before, after),) = item.items()
        if isinstance(before, str) and isinstance(after, str | int | None):
            return f"{before}:" if after is None else f"{before}: {after}"
    return item


def one_or_many(value: object) -> object:
    """A single string as a list of one; the type refuses anything else."""
    return (value,) if isinstance(value, str) else value


def as_lines(value: object) -> object:
    """A single text as a list of one; the type refuses anything else."""
    if isinstance(value, str):
        return (value,)
    return tuple(map(line_of_yaml, value)) if isinstance(value, list | tuple) else value


def _blank(value: object) -> object:
    """What is still open in a draft: an empty text."""
    return "" if value is None else value


def _room(value: object) -> object:
    """Room to write by hand, for words that are still open."""
    return BLANK_WORDS if value is None else value


def _line_ends(text: str) -> str:
    """Every kind of line end, such as Word's own (U+000B), as the plain one; no empty lines."""
    return "\n".join(line.strip() for line in text.splitlines() if line.strip()) if not text.isprintable() else text


def _whole_lines(text: str) -> str:
    """Line ends of other programs in a body, as Word and the web copy them, as plain ones: U+000B, U+0085, U+2028."""
    return _FOREIGN_LINE_ENDS.sub("\n", text)


def _joint(value: object) -> object:
    """Bodies that issue a document together: ``SỞ TÀI CHÍNH - SỞ NỘI VỤ``."""
    if isinstance(value, list | tuple) and value and all(isinstance(body, str) for body in value):
        return JOINT.join(value)
    return value


def _frozen(fields: object, validate: ValidatorFunctionWrapHandler) -> FrozenFields:
    return fields if isinstance(fields, FrozenFields) else FrozenFields(validate(fields))


Text = Annotated[str, AfterValidator(nfc)]
OpenText = Annotated[Text, BeforeValidator(_blank)]
"""A text that is empty while it is open."""
Heading = Annotated[Text, AfterValidator(_line_ends)]
"""A text that may have line ends of the user's: a body's name, a title."""
OpenHeading = Annotated[Heading, BeforeValidator(_blank)]
Issuer = Annotated[Heading, BeforeValidator(_joint)]
"""The name of a body, or of those that issue a document together, given as a list."""
OpenWords = Annotated[Text, BeforeValidator(_room)]
"""A text that is room to write while it is open; an empty one is none."""
Body = Annotated[OpenWords, AfterValidator(_whole_lines)]
"""A text in Markdown."""
Lines = Annotated[tuple[Text, ...], BeforeValidator(as_lines)]
Fields = Annotated[Mapping[str, Any], WrapValidator(_frozen), PlainSerializer(plain_fields, return_type=dict)]


class Part(BaseModel):
    """A part of a letter that has parts itself: frozen, without unknown parts."""

    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True)
