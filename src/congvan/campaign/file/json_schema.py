"""The files an office writes as JSON Schema, so that an editor completes keys and marks what ``check`` would refuse.

What a key may hold stands in :mod:`congvan.campaign.file.schema` as types whose checks are code; the table here says
the same in the words of JSON Schema (draft 2020-12). A type that is missing from it is an error, not a key without a
rule.
"""

from __future__ import annotations

import types
from collections.abc import Callable, Iterator, Mapping
from typing import Annotated, Any, Final, Literal, Union, get_args, get_origin, get_type_hints

from congvan.campaign.file import schema as keys
from congvan.findings import Severity, codes
from congvan.letter import KINDS, IssueDate
from congvan.letter.text_types import Lines
from congvan.recipients import ERAS

Json = dict[str, Any]
Describe = Callable[[str, str], str]
"""What a key of an entry means, for an editor to show: called with the entry's name and the key."""

_YEAR: Final = r"(19(4[5-9]|[5-9]\d)|[2-9]\d{3})"
_DAY_MONTH: Final = r"((0?[1-9]|1\d|2\d){s}(0?[1-9]|1[0-2])|30{s}(0?[13-9]|1[0-2])|31{s}(0?[13578]|1[02]))".replace(
    "{s}", "[/.-]"
)
_MONTH_DAY: Final = r"((0?[1-9]|1[0-2])-(0?[1-9]|1\d|2\d)|(0?[13-9]|1[0-2])-30|(0?[13578]|1[02])-31)"
_WRITTEN_DAY: Final = rf"{_DAY_MONTH}[/.-]{_YEAR}|{_YEAR}-{_MONTH_DAY}|[Nn]gày \d{{1,2}} tháng \d{{1,2}} năm {_YEAR}"
_WRITTEN_MONTH: Final = rf"{_YEAR}-(0?[1-9]|1[0-2])|(0?[1-9]|1[0-2])[/.-]{_YEAR}"

_TEXT: Final[Json] = {"type": "string", "pattern": r"\S"}
_OPEN_TEXT: Final[Json] = {"type": ["string", "null"]}
_LINE: Final[Json] = {"anyOf": [{"type": "string"}, {"type": "object", "minProperties": 1, "maxProperties": 1}]}
_LINES: Final[Json] = {"anyOf": [{"type": "string"}, {"type": "array", "items": _LINE}]}
_YES_NO: Final[Json] = {
    "anyOf": [
        {"type": "boolean"},
        {"type": "integer", "minimum": 0, "maximum": 1},
        {"type": "string", "pattern": "^([Tt]rue|[Ff]alse|[Yy]es|[Nn]o|[Oo]n|[Oo]ff)$"},
    ]
}
_NULL: Final[Json] = {"type": "null"}
_YEAR_NUMBER: Final[Json] = {"type": "integer", "minimum": 1945, "maximum": 9999}
_DAY: Final[Json] = {"type": "string", "pattern": f"^\\s*({_WRITTEN_DAY})\\s*$"}
_DATE: Final[Json] = {
    "anyOf": [
        {"type": "string", "pattern": f"^\\s*({_WRITTEN_DAY}|{_WRITTEN_MONTH}|{_YEAR})?\\s*$"},
        _YEAR_NUMBER,
        _NULL,
    ]
}
_CODE: Final[Json] = {"type": "string", "pattern": r"^[^\W_][\w.-]*$"}
_NUMBER_TEXT: Final[Json] = {"anyOf": [_TEXT, {"type": "integer"}]}
_FIELDS: Final[Json] = {"type": "object", "propertyNames": {"pattern": "^[A-Za-z_][A-Za-z0-9_]*$"}}
_FIRST_NUMBER: Final[Json] = {
    "anyOf": [
        {"type": "integer", "minimum": 1},
        {"type": "string", "pattern": "^0*[1-9][0-9]{0,8}$"},
        {"type": "object", "minProperties": 1, "propertyNames": {"pattern": "^[0-9]{4}$"}},
    ]
}


def _written_type(annotation: Any) -> Json | None:
    """The rule of a type that checks by code."""
    table: tuple[tuple[Any, Json], ...] = (
        (keys.Filled, _TEXT),
        (keys.Open, _OPEN_TEXT),
        (keys.Patterns, _LINES),
        (keys.OpenPatterns, {"anyOf": [*_LINES["anyOf"], _NULL]}),
        (keys.Code, _CODE),
        (keys.OpenDate, _DATE),
        (keys.TierDate, {"anyOf": [{"const": keys.TODAY}, *_DATE["anyOf"]]}),
        (keys.DayPattern, _TEXT),
        (keys.Days, {"type": "array", "items": _DAY}),
        (keys.Month, {"anyOf": [{"type": "string", "pattern": f"^({_WRITTEN_MONTH})$"}, _NULL]}),
        (keys.KindName, {"enum": sorted(KINDS)}),
        (keys.EraName, {"anyOf": [{"enum": [era.ma for era in ERAS]}, {"const": 2021}]}),
        (keys.UnitNames, {"anyOf": [_NUMBER_TEXT, {"type": "array", "items": _NUMBER_TEXT}, _NULL]}),
        (keys.FieldMap, _FIELDS),
        (keys.Measure, {"anyOf": [{"type": "number"}, {"type": "string", "pattern": r"^\d{1,3}([.,]\d{1,2})?$"}]}),
        (keys.ToneMarks, {"anyOf": [_TEXT, _NULL]}),
        (keys.Abbreviations, _LINES),
        (keys.IgnoredCodes, _list_of(sorted(_ignorable()))),
        (keys.OpenSignature, {"anyOf": [_reference(keys.SignatureEntry), _NULL]}),
        (keys.AddresseePatterns, _addressees()),
        (Lines, _LINES),
        (IssueDate, {"anyOf": _DATE["anyOf"][:2]}),
        (bool, _YES_NO),
        (str, {"type": "string"}),
        (type(None), _NULL),
    )
    return next((rule for known, rule in table if known == annotation), None)


_OF_KEY: Final[Mapping[str, Json]] = {
    "so_bat_dau": _FIRST_NUMBER,
    "gom": _LINES,
    "trich_yeu": {"anyOf": [_TEXT, _NULL]},
    "so": _NUMBER_TEXT,
    "tinh": {"anyOf": [*_NUMBER_TEXT["anyOf"], _NULL]},
    "so_ban": {"type": ["integer", "null"]},
    "thoi_ky": {"anyOf": [{"enum": [era.ma for era in ERAS]}, {"const": 2021}]},
}
"""Keys whose type says less than their reader checks."""


def office_schema(describe: Describe) -> Json:
    """The schema of ``co-quan.yaml``."""
    return _document(keys.OfficeEntry, describe)


def style_schema(describe: Describe) -> Json:
    """The schema of the file that ``mau_trinh_bay`` names."""
    return _document(keys.OfficeStyleEntry, describe)


def campaign_schema(describe: Describe) -> Json:
    """The schema of a campaign file, with its tiers and their rounds."""
    document = _document(keys.CampaignEntry, describe, keys.TierEntry, keys.RoundEntry, keys.DocumentEntry)
    document["properties"]["van_ban"]["items"] = _reference(keys.DocumentEntry)
    document["properties"]["cap"] = {"type": "array", "minItems": 1, "items": _reference(keys.TierEntry)}
    document["$defs"]["TierEntry"]["properties"]["dot_gui"] = {"type": "array", "items": _reference(keys.RoundEntry)}
    return document


def _document(root: type[keys.Entry], describe: Describe, *further: type[keys.Entry]) -> Json:
    """The schema of one file; the entries inside it stand under ``$defs``."""
    inner = {found for one in (root, *further) for found in _entries_below(one)} | set(further)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **_entry(root, describe),
        "$defs": {one.__name__: _entry(one, describe) for one in sorted(inner, key=lambda one: one.__name__)},
    }


def _entry(model: type[keys.Entry], describe: Describe) -> Json:
    hints = get_type_hints(model, include_extras=True)
    properties: Json = {}
    for name in model.model_fields:
        rule = dict(_key_rule(model, name, hints[name]))
        if said := describe(model.__name__, name):
            rule["description"] = said
        properties[name] = rule
    required = [name for name, field in model.model_fields.items() if field.is_required()]
    return {"type": "object", "properties": properties, "required": required, "additionalProperties": False}


def _key_rule(model: type[keys.Entry], name: str, annotation: Any) -> Json:
    if name in {"cap", "he_thong_cap"} and model is keys.CampaignEntry:
        return {"type": "array", "minItems": 1, "items": _CODE}
    if name == "so" and model is keys.CopyEntry:
        return {"anyOf": [{"type": "integer", "minimum": 1}, _NULL]}
    return _OF_KEY[name] if name in _OF_KEY else _rule(annotation)


def _rule(annotation: Any) -> Json:
    if (written := _written_type(annotation)) is not None:
        return written
    origin, parts = get_origin(annotation), get_args(annotation)
    if origin in (Union, types.UnionType, Literal):
        return {"enum": list(parts)} if origin is Literal else {"anyOf": [_rule(part) for part in parts]}
    if origin is tuple:
        return {"type": "array", "items": {} if parts[0] is Any else _rule(parts[0])}
    if origin is Mapping:
        return {"type": "object"} if parts[1] is Any else {"type": "object", "additionalProperties": _rule(parts[1])}
    if origin is Annotated:
        return _rule(parts[0])
    if isinstance(annotation, type) and issubclass(annotation, keys.Entry):
        return _reference(annotation)
    raise TypeError(f"no rule for {annotation!r}")


def _reference(model: type[keys.Entry]) -> Json:
    return {"$ref": f"#/$defs/{model.__name__}"}


def _list_of(names: list[str]) -> Json:
    return {"anyOf": [{"enum": names}, {"type": "array", "items": {"enum": names}}]}


def _ignorable() -> Iterator[str]:
    """The findings that may go unseen."""
    return (code for code, meaning in codes().items() if meaning.severity is not Severity.ERROR)


def _addressees() -> Json:
    item = {"anyOf": [_reference(keys.AddresseeGroupEntry), _LINE]}
    return {"anyOf": [_TEXT, _reference(keys.AddresseeGroupEntry), {"type": "array", "items": item}]}


def _entries_below(model: type[keys.Entry]) -> set[type[keys.Entry]]:
    """The entries that the keys of ``model`` hold, at any depth."""
    found: set[type[keys.Entry]] = set()
    for field in model.model_fields.values():
        for one in _entries_in(field.annotation):
            found |= {one} | _entries_below(one)
    return found


def _entries_in(annotation: Any) -> Iterator[type[keys.Entry]]:
    if isinstance(annotation, type) and issubclass(annotation, keys.Entry):
        yield annotation
    for part in get_args(annotation):
        yield from _entries_in(part)
