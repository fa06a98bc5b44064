"""Messages to customers: their words, their length as telephones count it (3GPP TS 23.038), what is wrong with them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any, Final

from congvan.campaign.did_you_mean import did_you_mean
from congvan.campaign.model import Campaign
from congvan.campaign.planning.field_flaws import field_flaws
from congvan.campaign.regulation.declared import Message
from congvan.errors import TemplateError
from congvan.findings import Finding, Place, finding
from congvan.letter import IssueDate
from congvan.text.fields.pattern import Values, fill
from congvan.text.unicode_form import without_marks

_EXTENDED: Final = frozenset("^{}\\[~]|€")
"""Signs that count for two."""

_ONE: Final = 160
_EACH_OF_SEVERAL: Final = 153


def message_fields(campaign: Campaign, values: Mapping[str, Any]) -> tuple[Values, ...]:
    """The messages of ``campaign`` as texts print them; ``values`` are the fields they may use themselves."""
    return tuple(_fields(message, values) for message in campaign.tin_nhan)


def message_findings(campaign: Campaign, values: Mapping[str, Any]) -> Iterator[Finding]:
    """What is wrong with the messages of ``campaign``: fields without a value, accents, more than one message."""
    for message in campaign.tin_nhan:
        flaws = list(field_flaws(message.noi_dung, values))
        if flaws:
            yield from (_flaw(flaw, message.place, values) for flaw in flaws)
        else:
            yield from _length_findings(fill(message.noi_dung, values), message.place)


def _fields(message: Message, values: Mapping[str, Any]) -> Values:
    try:
        text = fill(message.noi_dung, values)
    except TemplateError:  # reported once, with the other findings about messages
        text = message.noi_dung
    counted = {"so_ky_tu": _length(text), "so_tin": _parts(text)}
    return Values("tin_nhan", {"ngay": IssueDate.of(message.ngay).ngan, "noi_dung": text, **counted})


def _length_findings(text: str, place: Place) -> Iterator[Finding]:
    if letters := _accented(text):
        yield finding("rule-message-accents", place, letters=letters, plain=_unaccented(text))
    elif (count := _parts(text)) > 1:
        yield finding("rule-message-long", place, count=_length(text), parts=count)


def _flaw(flaw: str | Finding, place: Place, values: Mapping[str, Any]) -> Finding:
    if isinstance(flaw, Finding):
        return replace(flaw, place=place)
    known = did_you_mean(flaw, values)
    return finding("campaign-field-unknown", place, name=flaw, where="tin_nhan", cap="tin_nhan", **known)


def _accented(text: str) -> str:
    """The letters of ``text`` that have an accent or are no letters of English, each once; empty where it has none."""
    odd = (sign for sign in text if not sign.isascii() and sign not in _EXTENDED)
    return "".join(dict.fromkeys(odd))


def _unaccented(text: str) -> str:
    """``text`` without its accents."""
    return without_marks(text)


def _length(text: str) -> int:
    """The signs of ``text`` as telephones count them, of the basic alphabet."""
    return sum(2 if sign in _EXTENDED else 1 for sign in text)


def _parts(text: str) -> int:
    """How many messages ``text`` is sent as: 160 signs in one, 153 in each of several."""
    count = _length(text)
    return 1 if count <= _ONE else -(-count // _EACH_OF_SEVERAL)
