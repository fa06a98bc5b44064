"""Reads a mapping of the campaign file as one of its entries and reports every wrong key."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator, Mapping
from typing import Any, Final, TypeVar, cast, get_args

from pydantic import ValidationError

from congvan.campaign.did_you_mean import did_you_mean
from congvan.campaign.file.schema import GROUP_TAG, LINE_TAG, Entry
from congvan.campaign.file.yaml_source import Source, Steps, key_path
from congvan.findings import Finding, finding

AnyEntry = TypeVar("AnyEntry", bound=Entry)


def read_entry(model: type[AnyEntry], source: Source, *path: str | int) -> tuple[AnyEntry, list[Finding]]:
    """The mapping at ``path`` as ``model``, and every key in it that is wrong.

    Keys are read one by one: a wrong one stays unset (see ``model_fields_set``) and hides no other.
    """
    entry = cast("AnyEntry", model.model_construct(set()))  # mypy's pydantic plugin loses the model's type
    values = source.at(*path)
    if not isinstance(values, Mapping):
        place = source.place(*path)
        return entry, [finding("campaign-value-not-mapping", place, key=key_path(path), value=_quoted(values))]
    found: list[Finding] = []
    unknown = [key for key in values if key not in model.model_fields]
    for key, value in values.items():
        if key in unknown[_MOST_UNKNOWN:]:
            continue
        try:
            setattr(entry, key, value)
        except ValidationError as error:
            found += (_key_finding(model, detail, source, path) for detail in error.errors())
    if len(unknown) > _MOST_UNKNOWN:
        found.append(finding("campaign-keys-more", source.place(*path), count=len(unknown) - _MOST_UNKNOWN))
    found += _missing(model, values, source, path)
    return entry, found


def _missing(model: type[Entry], values: Mapping[str, Any], source: Source, path: Steps) -> Iterator[Finding]:
    for name, field in model.model_fields.items():
        if field.is_required() and name not in values:
            yield finding("campaign-key-missing", source.place(*path, name), key=name)


_MOST_UNKNOWN: Final = 20
"""Unknown keys that are named, each with the known one it may mean; the rest are counted."""

_TYPE_CODES: Final = {
    "string_type": "campaign-value-not-text",
    "int_type": "campaign-value-not-number",
    "int_parsing": "campaign-value-not-number",
    "int_from_float": "campaign-value-not-number",
    "greater_than_equal": "campaign-value-not-number",
    "bool_type": "campaign-value-not-yes-no",
    "bool_parsing": "campaign-value-not-yes-no",
    "dataclass_type": "campaign-value-not-date",
    "tuple_type": "campaign-value-not-list",
    "list_type": "campaign-value-not-list",
    "literal_error": "campaign-value-not-choice",
    "missing": "campaign-key-missing",
    "no_such_attribute": "campaign-key-unknown",
    "extra_forbidden": "campaign-key-unknown",
}


def _key_finding(model: type[Entry], detail: Any, source: Source, path: Steps) -> Finding:
    """A pydantic refusal as a finding: which key, on which line, what was expected, what came."""
    steps, kind = tuple(step for step in detail["loc"] if step not in {LINE_TAG, GROUP_TAG}), str(detail["type"])
    code = (
        kind
        if kind.startswith(("campaign-", "office-", "rule-"))
        else _TYPE_CODES.get(kind, "campaign-value-not-mapping")
    )
    values = {"key": key_path(steps[-1:]), "value": _quoted(detail["input"]), **detail.get("ctx", {})}
    if code == "campaign-key-unknown":
        values |= did_you_mean(str(steps[-1]), _model_at(model, steps[:-1]).model_fields)
    if kind == "literal_error":
        values |= did_you_mean(str(detail["input"]), re.findall(r"'([^']*)'", values["expected"]))
    return finding(code, source.place(*path, *steps), **values)


def _quoted(value: object) -> str:
    return textwrap.shorten(str(value), 60, placeholder="…") if value is not None else "null"


def _model_at(model: type[Entry], steps: Steps) -> type[Entry]:
    """The entry type ``steps`` below ``model``."""
    for step in steps:
        if isinstance(step, str) and step in model.model_fields:  # others are names in a map
            model = next(_entries_in(model.model_fields[step].annotation))
    return model


def _entries_in(annotation: Any) -> Iterator[type[Entry]]:
    if isinstance(annotation, type) and issubclass(annotation, Entry):
        yield annotation
    for part in get_args(annotation):
        yield from _entries_in(part)
